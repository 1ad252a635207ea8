"""Publishing a revision, and moving a plan from phase to phase."""

from collections.abc import Sequence

from django.db import transaction
from django.urls import reverse
from django.utils.functional import lazystr
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from consult.approval.enums import ReplyOutcome
from consult.approval.queries.replies import ReplyState, reply_state
from consult.phase3_identification.checks import open_request
from consult.phase3_identification.queries import signing_parties
from consult.phase3_identification.steps import answer_request, carry_sign_off, end_item_ballots
from consult.phase3_identification.telling import tell
from consult.workflow import gates
from consult.workflow.audits import gap_blockers, gaps_before_freezing
from consult.workflow.imposing import approved_text_due, require_imposed, write_reasons
from consult.workflow.models import PhaseStep
from consult.workflow.queries import Pending, charter_version, pending
from consult.workflow.rules import ACTS, require_publishing
from consult.workflow.steps import gate_url, step_phase, tell_contact_points
from plans.register import steps as register
from plans.register.enums import Phase, Stage
from plans.register.models import Plan, Revision
from plans.register.rules import require
from stakeholders.record import steps as record
from stakeholders.terms import canonical
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Blocked, Invalid

# Kept on the plan as its message id, so that every reader gets it in the own language.
LOCK_REASON = gettext_noop("The text is frozen for the sign-off.")

APPROVED_REASON = gettext_noop("The text is frozen: it is the approved text.")

LONGEST_REASON = 300  # of a step from phase to phase


@transaction.atomic
def publish(
    *,
    actor: Actor,
    plan: Plan,
    stage: str,
    note_zh: str = "",
    note_en: str = "",
    freeze: bool = False,
    accepts_gaps: bool = False,
) -> Revision:
    """Publish the working draft as the next revision; `freeze` locks the text on it.

    A binding article without lead unit, date or evidence keeps the text from being frozen, unless
    the coordinator `accepts_gaps`: the record then holds how many of each kind there were.

    A sign-off that is open is carried to the frozen text: consent stays with what did not change.
    Once the plan is approved only the approved text is published: it is frozen, changes what the
    conditions name and nothing else, and nobody's consent is asked again.
    Raises NotVisible, Refused (also while frozen), Invalid for an empty draft, Blocked by gaps and
    by what the reply did not ask for.
    """
    plan = register.lock_plan(plan)
    reply = approved_text_due(plan)
    require_publishing(actor=actor, plan=plan, state=reply)
    found = _publishable(plan, stage)
    if reply is not None:
        require_imposed(plan, reply, found, stage=stage, note_zh=note_zh)
    # What the reply does not name is frozen as it was submitted, gaps and all.
    gaps = _gaps(plan, accepts_gaps=accepts_gaps) if freeze and reply is None else {}
    revision = register.publish_revision(
        plan=plan,
        actor=actor,
        stage=stage,
        headings=found.headings,
        places=found.places,
        changes=found.kinds,
        charter_version=charter_version(plan),
        sealed=found.sealed,
        note_zh=note_zh,
        note_en=note_en,
    )
    carried: dict[str, object] = {}
    if freeze or reply is not None:
        reason = LOCK_REASON if reply is None else APPROVED_REASON
        register.freeze(plan=plan, revision=revision, reason=reason)
        carried = carry_sign_off(plan=plan, revision=revision, actor=actor)
    if stage == Stage.APPROVED:
        register.set_in_force(plan=plan, revision=revision)
    imposed = _imposed(plan, reply, actor=actor) if reply is not None else {}
    _tell_published(plan, revision)
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act="revision.publish",
        subject=f"revision:{revision.number}",
        effects={
            "hash": revision.hash,
            "stage": stage,
            "frozen": freeze or reply is not None,
            "items": len(found.places),
            "changes": found.counts,
            **({"gaps": gaps} if gaps else {}),
            **({"carried": carried} if carried else {}),
            **({"imposed": imposed} if imposed else {}),
        },
    )
    return revision


def _imposed(plan: Plan, reply: ReplyState, *, actor: Actor) -> dict[str, object]:
    """The reply becomes the reason of the changes, and who must sign is asked to note them."""
    reasons = write_reasons(plan=plan, actor=actor, state=reply)
    if reply.outcome is ReplyOutcome.WITH_CONDITIONS:
        tell(
            plan,
            codes=[party.jurisdiction_id for party in signing_parties(plan)],
            kind="approval.acknowledge",
            title=_("Acknowledge what the reply changed in the text"),
            url=reverse("approval:acknowledge", args=[plan.key]),
        )
    return {"letter": reply.letter.pk, "items": sorted(reply.named), "reasons": reasons}


def _publishable(plan: Plan, stage: str) -> Pending:
    """What would be published. Invalid for an unknown stage and for an empty draft."""
    if stage not in Stage.values:
        raise Invalid({"stage": _("This is not one of the choices.")})
    found = pending(plan)
    if not found.places:
        raise Invalid({"": _("The working draft is empty: there is nothing to publish.")})
    return found


def _gaps(plan: Plan, *, accepts_gaps: bool) -> dict[str, int]:
    """What a freezing passes over, by kind. Blocked where the coordinator did not say so."""
    gaps = gaps_before_freezing(plan)
    if gaps and not accepts_gaps:
        raise Blocked(gap_blockers(plan, gaps))
    return gaps


def _tell_published(plan: Plan, revision: Revision) -> None:
    tell_contact_points(
        plan=plan,
        kind="revision.published",
        title=format_lazy(
            _("Revision {number} of {plan} was published"),
            number=revision.number,
            plan=lazystr(plan),
        ),
        url=reverse("register:revision", args=[plan.key, revision.number]),
        occasion=str(revision.number),
    )


@transaction.atomic
def advance(*, actor: Actor, plan: Plan) -> PhaseStep:
    """Move a plan into its next phase, if its gate lets it.

    Raises NotVisible, Refused, Blocked with what is still missing.
    """
    plan = register.lock_plan(plan)
    require("phase.advance", ACTS, actor=actor, plan=plan)
    blockers = gates.blockers_of(plan)
    if blockers:
        raise Blocked(blockers)
    step = step_phase(plan=plan, actor=actor, to=plan.phase + 1)
    if step.to_phase == Phase.IMPLEMENTATION and plan.frozen is not None:
        register.set_in_force(plan=plan, revision=plan.frozen)
    tell_contact_points(
        plan=plan,
        kind="phase.advanced",
        title=format_lazy(
            _("{plan} entered the phase “{phase}”"),
            plan=lazystr(plan),
            phase=Phase(step.to_phase).label,
        ),
        url=plan.get_absolute_url(),
        occasion=str(step.pk),
    )
    _record_step(act="phase.advance", actor=actor, plan=plan, step=step)
    return step


@transaction.atomic
def reopen(*, actor: Actor, plan: Plan, reason: str, items: Sequence[str] = ()) -> PhaseStep:
    """Take a plan from identification back to preparation and lift the lock.

    The ballots on `items` (keys) end without result; the sign-off of the others goes on, and all
    positions stand until a changed wording makes them stale. Where the plan was returned by the
    approving authority, the items its reply names go back, with the reply as the reason of their
    change. Raises NotVisible, Refused, Invalid without a reason.
    """
    plan = register.lock_plan(plan)
    require("phase.reopen", ACTS, actor=actor, plan=plan)
    if not reason.strip():
        raise Invalid({"reason": _("Say why the text is opened again.")})
    state = reply_state(plan)
    step, ended = _back(actor=actor, plan=plan, reason=reason, items=items)
    if state is not None and state.waits_for_reopening:
        write_reasons(plan=plan, actor=actor, state=state)
        ended = sorted(state.returned)
    _record_step(act="phase.reopen", actor=actor, plan=plan, step=step, items=ended)
    return step


@transaction.atomic
def accept_reopening(*, actor: Actor, plan: Plan, pk: int) -> PhaseStep:
    """Accept a party's request to reopen: its items go back to preparation, as by `reopen`.

    Raises NotVisible, Refused, Conflict when it is answered or no sign-off is open.
    """
    plan = register.lock_plan(plan)
    require("reopening.accept", ACTS, actor=actor, plan=plan)
    row = open_request(plan, pk=pk)
    keys = [one.item.key for one in row.items.all()]
    answer_request(actor=actor, row=row, is_accepted=True)
    step, ended = _back(actor=actor, plan=plan, reason=row.reason[:LONGEST_REASON], items=keys)
    _record_step(
        act="reopening.accept", actor=actor, plan=plan, step=step, items=ended, request=row.pk
    )
    return step


def _back(
    *, actor: Actor, plan: Plan, reason: str, items: Sequence[str]
) -> tuple[PhaseStep, list[str]]:
    """Lift the lock, go back to preparation, end the ballots on `items`, tell the parties."""
    step = step_phase(plan=plan, actor=actor, to=Phase.PREPARATION.value, reason=reason)
    register.freeze(plan=plan, revision=None)
    ended = end_item_ballots(plan=plan, keys=items, reason=reason) if items else []
    tell_contact_points(
        plan=plan,
        kind="phase.reopened",
        title=format_lazy(_("{plan} was taken back to preparation"), plan=lazystr(plan)),
        url=gate_url(plan),
        occasion=str(step.pk),
    )
    return step, ended


def _record_step(
    *,
    act: str,
    actor: Actor,
    plan: Plan,
    step: PhaseStep,
    items: Sequence[str] = (),
    request: int | None = None,
) -> None:
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act=act,
        subject=f"plan:{plan.key}",
        effects={
            "from": step.from_phase,
            "to": step.to_phase,
            "reason": canonical.digest(step.reason) if step.reason else "",
            "items": list(items),
            **({"request": request} if request else {}),
        },
    )
