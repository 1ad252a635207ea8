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
from consult.workflow.allowing import unnamed
from consult.workflow.audits import gap_blockers, gaps_before_freezing
from consult.workflow.enums import ChangeStep, ChangeWay
from consult.workflow.imposing import approved_text_due, require_imposed, write_reasons
from consult.workflow.models import PhaseStep
from consult.workflow.queries import Pending, charter_version, pending
from consult.workflow.queries.changes import open_change, since_in_force
from consult.workflow.rules import ACTS, require_publishing
from consult.workflow.steps import gate_url, step_phase, tell_contact_points, write_step
from plans.register import steps as register
from plans.register.enums import Phase, Stage
from plans.register.models import Plan, Revision
from plans.register.rules import require
from stakeholders.record import steps as record
from stakeholders.terms import canonical
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Blocked, Conflict, Invalid

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
    found = _publishable(plan, stage, reply=reply, note_zh=note_zh)
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
    is_frozen = freeze or reply is not None
    reason = APPROVED_REASON if reply else LOCK_REASON
    carried = _frozen(plan, revision, reason=reason, actor=actor) if is_frozen else {}
    if stage == Stage.APPROVED:
        register.set_in_force(plan=plan, revision=revision)
    imposed = _imposed(plan, reply, actor=actor) if reply else {}
    _tell_published(plan, revision)
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act="revision.publish",
        subject=f"revision:{revision.number}",
        effects={
            "hash": revision.hash,
            "stage": stage,
            "frozen": is_frozen,
            "items": len(found.places),
            "changes": found.counts,
            **_said(gaps={**gaps}, carried=carried, imposed=imposed),
        },
    )
    return revision


def _said(**effects: dict[str, object]) -> dict[str, object]:
    """Those of the effects there are."""
    return {name: value for name, value in effects.items() if value}


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


def _frozen(plan: Plan, revision: Revision, *, reason: str, actor: Actor) -> dict[str, object]:
    """Lock the text on `revision`; what became of an open sign-off."""
    register.freeze(plan=plan, revision=revision, reason=reason)
    return carry_sign_off(plan=plan, revision=revision, actor=actor)


def _publishable(plan: Plan, stage: str, *, reply: ReplyState | None, note_zh: str) -> Pending:
    """What would be published. Invalid for an unknown stage, for that of a part and for an empty
    draft; after an approving `reply` whatever `require_imposed` raises."""
    if stage == Stage.ADOPTED_PART:
        raise Invalid({"stage": _("A part is adopted in the sign-off, not by publishing.")})
    if stage not in Stage.values:
        raise Invalid({"stage": _("This is not one of the choices.")})
    found = pending(plan)
    if not found.places:
        raise Invalid({"": _("The working draft is empty: there is nothing to publish.")})
    _keep_to_change(plan)
    if reply is not None:
        require_imposed(plan, reply, found, stage=stage, note_zh=note_zh)
    return found


def _keep_to_change(plan: Plan) -> None:
    """While the text in force is changed: an amendment publishes what it names and nothing else, the
    two other ways publish by their own act. Conflict, Blocked."""
    change = open_change(plan) if plan.in_force_id else None
    if change is None:
        return
    if change.way is not ChangeWay.AMENDMENT:
        raise Conflict(_("The text in force is being changed: put that change in force instead."))
    if left := unnamed(plan, change, since_in_force(plan)):
        raise Blocked(left)


def _gaps(plan: Plan, *, accepts_gaps: bool) -> dict[str, int]:
    """What a freezing passes over, by kind; of the text a reply changes nothing is asked again, it was
    submitted with its gaps. Blocked where the coordinator did not say so."""
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
        _end_amendment(plan, actor=actor)
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


def _end_amendment(plan: Plan, *, actor: Actor) -> None:
    """An amendment is in force with the text that went through both phases again."""
    change = open_change(plan)
    if change is not None:
        write_step(change=change.row, actor=actor, step=ChangeStep.IN_FORCE, revision=plan.frozen)


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
