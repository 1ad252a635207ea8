"""Agreeing on the base map and the base figures by a ballot of the co-makers."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.ballots import conduct
from consult.ballots.conduct import Motion, Terms
from consult.ballots.enums import SubjectKind
from consult.ballots.models import Ballot, BallotEnd, Position
from consult.ballots.queries import electors_of
from consult.ballots.steps import Letter, Stance
from consult.phase1_organization.base_set import BaseSet, base_ballots, base_set
from consult.phase1_organization.content import ADOPTION_RULE
from consult.phase1_organization.enums import BaseState
from consult.phase1_organization.queries import charter_in_force, co_makers_of, named_weights
from consult.phase1_organization.rules import ACTS
from consult.phase1_organization.sentences import name_of
from plans.register.models import Plan
from plans.register.rules import require
from plans.register.steps import lock_plan
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Conflict


@transaction.atomic
def open_base_ballot(
    *, actor: Actor, plan: Plan, closes_at: datetime, is_sealed: bool = False
) -> Ballot:
    """Put the base map and base figures as they stand to all co-makers, until `closes_at`.

    All of them have to agree. Raises NotVisible, Refused, Invalid (closing time, fewer than two
    co-makers), Conflict (no base attachment, agreed already, a ballot still open).
    """
    plan, found = _locked("base.open_ballot", actor=actor, plan=plan)
    if found.running is not None:
        raise Conflict(_("A ballot on the base map and base figures is open already."))
    if not found.attachments:
        raise Conflict(_("Attach the base map or the base figures first."))
    if found.state is BaseState.AGREED:
        raise Conflict(_("This base map and these base figures are agreed already."))
    charter = charter_in_force(plan)
    terms = Terms(
        rule=ADOPTION_RULE,
        parties=co_makers_of(plan),
        version=charter.version if charter else "",
        weights=named_weights(charter),
        closes_at=closes_at,
        is_sealed=is_sealed,
    )
    files = [[one.pk, one.file.sha256] for one in found.attachments]
    motion = _motion(plan, found, number=base_ballots(plan).count() + 1)
    return conduct.open_ballot(
        actor=actor, motion=motion, terms=terms, effects={"attachments": files}
    )


@transaction.atomic
def take_base_position(
    *,
    actor: Actor,
    plan: Plan,
    value: str,
    text: str = "",
    wording: str = "",
    letter: Letter | None = None,
    seen: str | None = None,
) -> Position:
    """A signatory says what its jurisdiction holds of the base; the newest position counts.

    Raises NotVisible, Refused (no signatory, no elector), Invalid (value, an objection without its
    reason), Conflict (no ballot open, closed, another set stands by now).
    """
    require("base.take_position", ACTS, actor=actor, plan=plan, own=_is_elector(actor, plan))
    plan = lock_plan(plan)
    require("base.take_position", ACTS, actor=actor, plan=plan, own=_is_elector(actor, plan))
    found = base_set(plan)
    ballot = _running(found)
    return conduct.take(
        actor=actor,
        motion=_motion(plan, found),
        ballot=ballot,
        stance=Stance(ballot=ballot, value=value, text=text, wording=wording),
        letter=letter or Letter(),
        seen=seen,
    )


@transaction.atomic
def close_base_ballot(*, actor: Actor, plan: Plan) -> BallotEnd:
    """Let the rule decide, when all have spoken or the closing time has come.

    Raises NotVisible, Refused, Conflict (no ballot open, too early, another set stands by now).
    """
    plan, found = _locked("base.close_ballot", actor=actor, plan=plan)
    return conduct.close(actor=actor, motion=_motion(plan, found), ballot=_running(found))


@transaction.atomic
def close_base_without_result(*, actor: Actor, plan: Plan, reason: str) -> BallotEnd:
    """End the ballot without a result, for another set to be put. `reason` is compulsory.

    Raises NotVisible, Refused, Invalid, Conflict.
    """
    plan, found = _locked("base.close_without_result", actor=actor, plan=plan)
    return conduct.close_without_result(
        actor=actor, motion=_motion(plan, found), ballot=_running(found), reason=reason
    )


@transaction.atomic
def recall_base_ballot(*, actor: Actor, plan: Plan, reason: str = "") -> BallotEnd:
    """Take the ballot back while nobody has spoken. Raises NotVisible, Refused, Conflict."""
    plan, found = _locked("base.recall_ballot", actor=actor, plan=plan)
    return conduct.recall(
        actor=actor, motion=_motion(plan, found), ballot=_running(found), reason=reason
    )


def _motion(plan: Plan, found: BaseSet, *, number: int | None = None) -> Motion:
    """The set as it stands now. An end names in the record the set the ballot was opened on."""
    running = found.running
    name = name_of(plan, "short")
    return Motion(
        plan=plan,
        kind=SubjectKind.BASE.value,
        id=str(number or (running.subject_id if running else "")),
        hash=found.hash,
        act="base",
        url=reverse("organization:base", args=[plan.key]),
        subject=format_lazy(_("Base map and base figures of {plan}"), plan=name),
        asks=format_lazy(
            _("Take a position on the base map and base figures of {plan}"), plan=name
        ),
        effects={"hash": running.subject_hash if running else found.hash},
    )


def _locked(act: str, *, actor: Actor, plan: Plan) -> tuple[Plan, BaseSet]:
    """Require `act` before and after the plan's row is locked; what stands then."""
    require(act, ACTS, actor=actor, plan=plan)
    plan = lock_plan(plan)
    require(act, ACTS, actor=actor, plan=plan)
    return plan, base_set(plan)


def _running(found: BaseSet) -> Ballot:
    if found.running is None:
        raise Conflict(_("No ballot on the base map and base figures is open."))
    return found.running


def _is_elector(actor: Actor, plan: Plan) -> bool:
    """Whether the actor's jurisdiction stands in the newest ballot; before one, as a co-maker."""
    ballot = base_ballots(plan).first()
    if ballot is None:
        return any(p.jurisdiction_id == actor.jurisdiction_code for p in co_makers_of(plan))
    rows = electors_of([ballot]).get(ballot.pk, [])
    return any(row.jurisdiction_id == actor.jurisdiction_code for row in rows)
