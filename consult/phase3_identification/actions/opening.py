"""Opening the sign-off of a frozen revision."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.ballots.enums import Outcome
from consult.phase1_organization.models import Charter
from consult.phase1_organization.queries import charter_in_force
from consult.phase3_identification.models import (
    SignOff,
)
from consult.phase3_identification.queries import (
    current_sign_off,
    frozen_of,
    has_ended,
)
from consult.phase3_identification.rules import ACTS
from consult.phase3_identification.steps import (
    electors_of,
    open_item_ballots,
    signing_weights,
)
from consult.phase3_identification.telling import tell
from plans.register.models import Plan, RevisionItem
from plans.register.queries import entries_of
from plans.register.rules import require
from plans.register.steps import lock_plan
from stakeholders.record import steps as record
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.duty import Blocker
from stakeholders.terms.errors import Blocked, Conflict, Invalid


@transaction.atomic
def open_sign_off(
    *, actor: Actor, plan: Plan, closes_at: datetime | None = None, is_sealed: bool = False
) -> SignOff:
    """Open the sign-off of the frozen revision: a ballot per item among its signing parties.

    Raises Refused; Invalid for a closing hour that is past, or a sealed one without an hour;
    Conflict when one is open; Blocked without an adopted charter or with an item nobody signs.
    """
    plan = lock_plan(plan)
    require("sign_off.open", ACTS, actor=actor, plan=plan)
    now = clock.now()
    if closes_at is not None and closes_at <= now:
        raise Invalid({"closes_at": _("The closing hour must lie ahead.")})
    if is_sealed and closes_at is None:
        raise Invalid({"closes_at": _("A sealed sign-off needs the hour at which it opens.")})
    last = current_sign_off(plan)
    if last and not has_ended(last):
        raise Conflict(_("A sign-off is open on this plan already."))
    if last and last.end.outcome == Outcome.PASSED.value and last.end.revision == frozen_of(plan):
        raise Conflict(_("This revision has passed its sign-off already."))
    entries = list(entries_of(frozen_of(plan)))
    charter = _basis(plan, entries)
    sign_off = SignOff.objects.create(
        plan=plan,
        revision=frozen_of(plan),
        charter_number=charter.number,
        opened_at=now,
        closes_at=closes_at,
        is_sealed=is_sealed,
    )
    rows = open_item_ballots(
        sign_off=sign_off, revision=frozen_of(plan), entries=entries, concerned={}, changes={}
    )
    weights = signing_weights(plan)
    tell(plan, codes=weights, kind="sign_off.open", title=_("Sign-off opened: take a position"))
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act="sign_off.open",
        subject=f"sign_off:{sign_off.pk}",
        effects={
            "revision": frozen_of(plan).hash,
            "charter": charter.number,
            "closes_at": closes_at,
            "sealed": is_sealed,
            "ballots": {row.item.key: row.ballot_id for row in rows},
        },
    )
    return sign_off


def _basis(plan: Plan, entries: Sequence[RevisionItem]) -> Charter:
    """The charter in force. Blocked with what is missing before a sign-off can open."""
    charter = charter_in_force(plan)
    blockers = []
    if charter is None:
        url = reverse("identification:overview", args=[plan.key])
        text = _("No charter has been adopted: its rules decide what passes.")
        blockers.append(Blocker(code="charter", text=text, url=url))
    weights = signing_weights(plan)
    for entry in entries:
        if not electors_of(entry.version.concerned, weights):
            said = _("Article {number} concerns no party that signs.")
            odd = format_lazy(said, number=entry.number)
            url = reverse("identification:overview", args=[plan.key])
            blockers.append(Blocker(code="electorate", text=odd, url=url))
    if charter is None or blockers:
        raise Blocked(blockers)
    return charter
