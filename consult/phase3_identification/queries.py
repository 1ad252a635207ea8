"""Reading sign-offs, set-based. What is sealed leaves here only through `sees`."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils.translation import gettext_lazy as _

from consult.ballots.enums import PositionValue
from consult.ballots.models import Elector, Position
from consult.consensus.changes import HARMLESS
from consult.phase3_identification.models import (
    CommonStatement,
    Declaration,
    Reservation,
    SignOff,
    SignOffBallot,
)
from plans.register.models import Party, Plan, Revision, RevisionItem
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Conflict

CONSENTS = (PositionValue.AGREE.value, PositionValue.AGREE_IN_PRINCIPLE.value)
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
    rows = SignOff.objects.filter(plan=plan).select_related(
        "end__revision", "statement", "revision"
    )
    return rows.order_by("-pk").first()


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
    """The newest ballot of each item of `revision`, in its order, in one query.

    Each carries `electors` ([code, weight]), `place` (number, heading, position) and `broken_at`:
    the ballot with which consent given before it went stale.
    """
    of_item = SignOffBallot.objects.filter(sign_off=sign_off, item=OuterRef("item")).order_by()
    broken = of_item.exclude(change__in=[kind.value for kind in HARMLESS])
    rows = (
        SignOffBallot.objects.filter(sign_off=sign_off)
        .order_by("item_id", "-pk")
        .distinct("item_id")
        .select_related("item", "version", "ballot__end")
    )
    annotations: dict[str, Any] = {
        "electors": ArraySubquery(
            Elector.objects.filter(ballot=OuterRef("ballot"))
            .order_by("jurisdiction_id")
            .values(json=JSONObject(code="jurisdiction_id", weight="weight"))
        ),
        "place": Subquery(
            RevisionItem.objects.filter(revision=revision, item=OuterRef("item")).values(
                json=JSONObject(number="number", heading="heading", position="position")
            )
        ),
        "broken_at": Subquery(broken.values("item").annotate(last=Max("pk")).values("last")),
    }
    placed: list[SignOffBallot] = [row for row in rows.annotate(**annotations) if row.place]
    return sorted(placed, key=lambda row: row.place["position"])


def held_positions(sign_off: SignOff) -> dict[tuple[int, str], Position]:
    """(item id, code) -> the newest position of the party on the item, whatever the wording.

    One query; `on` is the id of the item's ballot it was taken in. Unscoped: filter by `sees`.
    """
    rows = (
        Position.objects.filter(ballot__sign_off_ballot__sign_off=sign_off)
        .annotate(item_id=F("ballot__sign_off_ballot__item"), on=F("ballot__sign_off_ballot"))
        .order_by("item_id", "jurisdiction_id", "-pk")
        .distinct("item_id", "jurisdiction_id")
        .select_related("mandate__user", "ballot")
    )
    return {(row.item_id, str(row.jurisdiction_id)): row for row in rows}


def electorate(sign_off: SignOff) -> list[Jurisdiction]:
    """Every jurisdiction that counts for some item, in order of code."""
    electors = Elector.objects.filter(
        ballot__sign_off_ballot__sign_off=sign_off, jurisdiction=OuterRef("pk")
    )
    return list(Jurisdiction.objects.filter(Exists(electors)).order_by("code"))


def newest_declarations(sign_off: SignOff) -> dict[str, Declaration]:
    """Code -> the declaration that counts. Unscoped: filter by `sees` before showing content."""
    rows = (
        Declaration.objects.filter(sign_off=sign_off)
        .order_by("jurisdiction_id", "-pk")
        .distinct("jurisdiction_id")
        .select_related("mandate__user", "jurisdiction")
    )
    return {str(row.jurisdiction_id): row for row in rows}


def declaration_of(sign_off: SignOff, *, code: str | None) -> Declaration | None:
    """The declaration of one party that counts now."""
    rows = sign_off.declarations.filter(jurisdiction=code)
    return rows.order_by("-pk").first() if code else None


def last_declared_on(plan: Plan, *, code: str | None) -> int | None:
    """The number of the revision on which a party took its last position, for that party."""
    rows = Declaration.objects.filter(sign_off__plan=plan, jurisdiction=code)
    newest = rows.order_by("-pk").values_list("revision__number", flat=True)
    return newest.first() if code else None


def standing_reservations(plan: Plan) -> QuerySet[Reservation]:
    """Reservations nobody has lifted. Unscoped: phase 4 and the statement read them."""
    return (
        Reservation.objects.filter(item__plan=plan, lift__isnull=True)
        .select_related("item", "jurisdiction", "position__ballot")
        .order_by("item_id", "jurisdiction_id")
    )


def reservations_by_position(positions: Sequence[Position]) -> dict[int, Reservation]:
    """Position id -> its reservation, for positions the caller may read."""
    rows = Reservation.objects.filter(position__in=[p.pk for p in positions])
    return {row.position_id: row for row in rows}


def statement_of(sign_off: SignOff | None) -> CommonStatement | None:
    return getattr(sign_off, "statement", None) if sign_off else None


def item_ballots_of(sign_off: SignOff, *, item_id: int) -> QuerySet[SignOffBallot]:
    """All ballots of one item in a sign-off, newest first: its wordings and how each ended."""
    rows = sign_off.item_ballots.filter(item=item_id)
    return rows.select_related("ballot__end", "revision", "version").order_by("-pk")


def newest_answers(sign_offs: Iterable[SignOff]) -> set[tuple[int, str]]:
    """(sign-off, code) of every party that has declared. Answered or not is never sealed."""
    rows = Declaration.objects.filter(sign_off__in=[s.pk for s in sign_offs])
    return set(rows.order_by().values_list("sign_off_id", "jurisdiction_id").distinct())


def stale_counts(sign_offs: Iterable[SignOff]) -> dict[tuple[int, str], int]:
    """(sign-off, code) -> on how many items the party's consent waits for renewal. Unscoped.

    In a sealed sign-off every item that changed under a position counts, whatever the position:
    the joint office reads the duties, and must not learn from them who has agreed to what.
    """
    breaking = SignOffBallot.objects.filter(
        sign_off=OuterRef("ballot__sign_off_ballot__sign_off"),
        item=OuterRef("ballot__sign_off_ballot__item"),
        pk__gt=OuterRef("ballot__sign_off_ballot"),
    ).exclude(change__in=[kind.value for kind in HARMLESS])
    later = Position.objects.filter(
        ballot__sign_off_ballot__sign_off=OuterRef("ballot__sign_off_ballot__sign_off"),
        ballot__sign_off_ballot__item=OuterRef("ballot__sign_off_ballot__item"),
        jurisdiction=OuterRef("jurisdiction"),
        pk__gt=OuterRef("pk"),
    )
    rows = (
        Position.objects.filter(
            Exists(breaking),
            ~Exists(later),
            Q(value__in=CONSENTS) | Q(ballot__sign_off_ballot__sign_off__is_sealed=True),
            ballot__sign_off_ballot__sign_off__in=[s.pk for s in sign_offs],
        )
        .order_by()
        .values_list("ballot__sign_off_ballot__sign_off", "jurisdiction_id")
        .annotate(count=Count("pk"))
    )
    return {(sign_off, str(code)): count for sign_off, code, count in rows}


def passed_statements(plans: Iterable[Plan]) -> QuerySet[CommonStatement]:
    """The statements of plans whose newest sign-off passed."""
    newer = SignOff.objects.filter(plan=OuterRef("sign_off__plan"), pk__gt=OuterRef("sign_off"))
    return CommonStatement.objects.filter(
        ~Exists(newer), sign_off__plan__in=list(plans)
    ).select_related("sign_off")
