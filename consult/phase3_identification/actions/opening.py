"""Opening the sign-off of a frozen revision; recalling it while nobody has spoken."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.ballots.enums import Outcome
from consult.ballots.steps import end_ballots
from consult.phase1_organization.queries import charter_in_force
from consult.phase3_identification.checks import ends_on_rest_day
from consult.phase3_identification.models import (
    SignOff,
    SignOffEnd,
)
from consult.phase3_identification.queries import (
    current_sign_off,
    frozen_of,
    has_ended,
    life_of,
    readiness,
)
from consult.phase3_identification.rules import ACTS
from consult.phase3_identification.steps import (
    open_first_ballots,
    signing_weights,
)
from consult.phase3_identification.telling import open_one, tell
from plans.register.enums import Stage
from plans.register.models import Plan, RevisionItem
from plans.register.queries import entries_of
from plans.register.rules import require
from plans.register.steps import lock_plan
from stakeholders.record import steps as record
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.duty import Blocker
from stakeholders.terms.errors import Blocked, Conflict, Invalid

REST_DAY = "closing.rest_day"
GONE = _(
    "The items {numbers} are in force and are gone: word them as repealed instead, so that the parties"
    " can consent to it."
)


@transaction.atomic
def open_sign_off(
    *, actor: Actor, plan: Plan, closes_at: datetime | None = None, is_sealed: bool = False
) -> SignOff:
    """Open the sign-off of the frozen revision: a ballot per item among its signing parties.

    Raises Refused; Invalid for a closing hour that is past, or a sealed one without an hour;
    Conflict when one is open; Blocked with all hard preconditions that do not hold. Soft ones and
    a closing day off work are named in the record.
    """
    plan = lock_plan(plan)
    require("sign_off.open", ACTS, actor=actor, plan=plan)
    now = clock.now()
    _check_hour(closes_at, now, is_sealed=is_sealed)
    _refuse_second(plan)
    charter = charter_in_force(plan)
    ready = readiness(plan, charter=charter, at=now)
    if charter is None or not ready.is_ready:
        raise Blocked(ready.blockers)
    entries = _asked(plan)
    sign_off = SignOff.objects.create(
        plan=plan,
        revision=frozen_of(plan),
        charter_number=charter.number,
        opened_at=now,
        closes_at=closes_at,
        is_sealed=is_sealed,
    )
    rows = open_first_ballots(sign_off=sign_off, revision=frozen_of(plan), entries=entries)
    weights = signing_weights(plan)
    tell(plan, codes=weights, kind="sign_off.open", title=_("Sign-off opened: take a position"))
    warnings = [*ready.warnings, *([REST_DAY] if ends_on_rest_day(closes_at, at=now) else [])]
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
            **({"warnings": warnings} if warnings else {}),
        },
    )
    return sign_off


def _asked(plan: Plan) -> list[RevisionItem]:
    """What is signed off: the frozen text; of a text in force that is amended, what differs from it.

    Blocked where an item in force is gone: nobody could consent to that.
    """
    entries = list(entries_of(frozen_of(plan)))
    if plan.in_force is None:
        return entries
    held = {one.item_id: one for one in entries_of(plan.in_force)}
    if gone := held.keys() - {one.item_id for one in entries}:
        numbers = sorted(held[pk].number for pk in gone)
        text = format_lazy(GONE, numbers=", ".join(numbers))
        url = reverse("text:home", args=[plan.key])
        raise Blocked([Blocker(code="sign_off.gone", text=text, url=url)])
    changed = [
        one
        for one in entries
        if one.item_id not in held or held[one.item_id].version_id != one.version_id
    ]
    if not changed:
        raise Conflict(_("The frozen text says what is in force: there is nothing to sign off."))
    return changed


def _check_hour(closes_at: datetime | None, now: datetime, *, is_sealed: bool) -> None:
    if closes_at is not None and closes_at <= now:
        raise Invalid({"closes_at": _("The closing hour must lie ahead.")})
    if is_sealed and closes_at is None:
        raise Invalid({"closes_at": _("A sealed sign-off needs the hour at which it opens.")})


def _refuse_second(plan: Plan) -> None:
    last = current_sign_off(plan)
    if last and not has_ended(last):
        raise Conflict(_("A sign-off is open on this plan already."))
    if last and last.end.outcome == Outcome.PASSED.value and last.end.revision == plan.frozen:
        raise Conflict(_("This revision has passed its sign-off already."))
    passed = last is not None and last.end.outcome == Outcome.PASSED.value
    if passed and plan.frozen is not None and plan.frozen.stage == Stage.APPROVED:
        raise Conflict(_("The text is approved: it is not signed off anew."))


@transaction.atomic
def recall_sign_off(*, actor: Actor, plan: Plan, reason: str) -> SignOffEnd:
    """Take an open sign-off back while nobody has spoken: it leaves no result. Reason compulsory.

    Raises Refused, Invalid, and Conflict once a party has taken a position or the hour has come.
    """
    plan = lock_plan(plan)
    require("sign_off.recall", ACTS, actor=actor, plan=plan)
    sign_off = open_one(plan)
    if not reason.strip():
        raise Invalid({"reason": _("Recalling needs its reason.")})
    now = clock.now()
    life = life_of(sign_off, at=now)
    if life.why_not_recall is not None:
        raise Conflict(life.why_not_recall)
    rows = sign_off.item_ballots.filter(ballot__end__isnull=True).select_related("ballot")
    outcome = Outcome.RECALLED.value
    end_ballots(ballots=[row.ballot for row in rows], outcome=outcome, reason=reason.strip())
    end = SignOffEnd.objects.create(
        sign_off=sign_off,
        revision=plan.frozen or sign_off.revision,
        outcome=outcome,
        reason=reason.strip(),
        at=now,
    )
    codes = [party.code for party in life.parties]
    tell(plan, codes=codes, kind="sign_off.recall", title=_("Sign-off recalled: nothing is asked"))
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act="sign_off.recall",
        subject=f"sign_off:{sign_off.pk}",
        effects={"reason": canonical.digest(reason.strip())},
    )
    return end
