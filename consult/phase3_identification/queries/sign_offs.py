"""Reading sign-offs, set-based. What is sealed leaves here only through `sees`."""

import json
from collections.abc import Callable, Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import Exists, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Concat, JSONObject
from django.utils.translation import gettext_lazy as _

from consult.ballots.models import Elector
from consult.consensus.changes import ChangeKind
from consult.phase3_identification.models import (
    SignOff,
    SignOffBallot,
)
from plans.register.models import Party, Plan, Revision, RevisionItem
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Conflict

Sees = Callable[[str], bool]


def everything(code: str) -> bool:
    """The sight of gates, sweeps and the close itself: unscoped."""
    return True


def sees(sign_off: SignOff, *, actor: Actor, at: datetime) -> Sees:
    """Whose positions `actor` may read: the one definition for pages, API and exports.

    Sealed and not yet due: only those of its own jurisdiction. Due is `at >= closes_at`, so that
    no sweep has to come first; without a date the end opens it.
    """
    due = sign_off.closes_at is not None and at >= sign_off.closes_at
    if not sign_off.is_sealed or due or has_ended(sign_off):
        return everything
    return lambda code: code == actor.inside


def has_ended(sign_off: SignOff) -> bool:
    return getattr(sign_off, "end", None) is not None


def current_sign_off(plan: Plan) -> SignOff | None:
    """The newest sign-off of a plan with its end and its statement."""
    rows = SignOff.objects.filter(plan=plan).select_related("end__revision", "revision")
    found = rows.order_by("-pk").first()
    if found is not None:
        found.plan = plan  # with what the caller has read of it
    return found


def open_sign_offs(plans: Iterable[Plan]) -> QuerySet[SignOff]:
    return SignOff.objects.filter(plan__in=list(plans), end__isnull=True).select_related(
        "plan__frozen", "revision"
    )


def due_sign_offs(*, now: datetime) -> QuerySet[SignOff]:
    """Unscoped, for the sweep: open ones past their hour whose plan is still in sign-off.

    While an item is back in phase 2 nothing is frozen and nothing can be closed."""
    return SignOff.objects.filter(
        end__isnull=True, closes_at__lte=now, plan__phase=3, plan__frozen__isnull=False
    ).select_related("plan")


def frozen_of(plan: Plan) -> Revision:
    """The frozen revision. Conflict when the lock was lifted."""
    if plan.frozen is None:
        raise Conflict(_("No revision is frozen."))
    return plan.frozen


def revision_at(sign_off: SignOff, *, plan: Plan) -> Revision:
    """The revision the sign-off is on now: at its end, else the frozen one, else the first."""
    if has_ended(sign_off):
        return sign_off.end.revision
    return plan.frozen or sign_off.revision


def signing_parties(plan: Plan) -> QuerySet[Party]:
    """The co-making parties that must sign, in order of code."""
    return plan.parties.co_makers().must_sign().select_related("jurisdiction")


def live_ballots(sign_off: SignOff, *, revision: Revision) -> list[SignOffBallot]:
    """The newest ballot of each item of `revision`, in its order, in one query."""
    return split_ballots(sign_off, revision=revision)[0]


def split_ballots(
    sign_off: SignOff, *, revision: Revision
) -> tuple[list[SignOffBallot], list[SignOffBallot]]:
    """The newest ballots of the items of `revision` in its order, and those that a removed item
    keeps open for an objection or reservation on it. One query.

    Each carries `electors` ([code, weight, weights, is_supporting] of the parties still in it; one
    list for all ballots with the same ones), `place` (number, heading, position) and `adopted`.
    """
    of_item = SignOffBallot.objects.filter(sign_off=sign_off, item=OuterRef("item")).order_by()
    rows = SignOffBallot.objects.filter(
        ~Exists(of_item.filter(pk__gt=OuterRef("pk"))), sign_off=sign_off
    ).select_related(
        "item",
        "version",
        "ballot__end",
        "override__mandate__user",
        "override__second__user",
    )
    parts = RevisionItem.objects.filter(
        item=OuterRef("item"),
        revision__partial_adoption__sign_off__plan=sign_off.plan_id,
        revision__partial_adoption__sign_off__lte=sign_off.pk,
    )
    annotations: dict[str, Any] = {
        "adopted": Subquery(
            parts.order_by("-revision__number").values(
                json=JSONObject(number="revision__number", at="revision__partial_adoption__at")
            )[:1]
        ),
        "elector_text": _elector_text(),
        "place": Subquery(
            RevisionItem.objects.filter(revision=revision, item=OuterRef("item")).values(
                json=JSONObject(number="number", heading="heading", position="position")
            )
        ),
    }
    found: list[SignOffBallot] = list(rows.annotate(**annotations))
    read: dict[str, list[dict[str, Any]]] = {"": []}
    for row in found:
        text = row.elector_text or ""  # None: every party has left the ballot
        if text not in read:
            read[text] = [_elector(line) for line in text.split("\n")]
        row.electors = read[text]
    placed = [row for row in found if row.place]
    removed = [row for row in found if not row.place and row.change == ChangeKind.REMOVED.value]
    return sorted(placed, key=lambda row: row.place["position"]), removed


def _elector_text() -> Subquery:
    """The parties of a ballot, a line each: most ballots have the same text, and it is read once."""
    blank = Value(" ")
    line = Concat(
        "jurisdiction_id",
        blank,
        Cast("weight", TextField()),
        blank,
        Cast("is_supporting", TextField()),
        blank,
        Cast("weights", TextField()),
        output_field=TextField(),
    )
    return Subquery(
        Elector.objects.filter(ballot=OuterRef("ballot"), end__isnull=True)
        .order_by()
        .values("ballot")
        .annotate(all=StringAgg(line, delimiter="\n", order_by="jurisdiction_id"))
        .values("all")
    )


def _elector(line: str) -> dict[str, Any]:
    code, weight, is_supporting, weights = line.split(" ", 3)
    return {
        "code": code,
        "weight": Decimal(weight),
        "weights": json.loads(weights),
        "is_supporting": is_supporting == "true",
    }


def electorate(sign_off: SignOff) -> list[Jurisdiction]:
    """Every jurisdiction that counts for some item, in order of code."""
    electors = Elector.objects.filter(
        ballot__sign_off_ballot__sign_off=sign_off, jurisdiction=OuterRef("pk")
    )
    units = Jurisdiction.objects.defer("boundary")
    return list(units.filter(Exists(electors)).order_by("code"))


def item_ballots_of(sign_off: SignOff, *, item_id: int) -> QuerySet[SignOffBallot]:
    """All ballots of one item in a sign-off, newest first: its wordings and how each ended."""
    rows = sign_off.item_ballots.filter(item=item_id)
    return rows.select_related("ballot__end", "revision", "version").order_by("-pk")
