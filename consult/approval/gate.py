"""What shuts the gate out of phase 3 after the sign-off: what the plan's kind needs and lacks."""

from collections.abc import Mapping

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.approval.needs import StepKind
from consult.approval.procedure import State, Step
from consult.approval.queries.replies import ReplyState, reply_state
from consult.approval.queries.standing import Standing, standing_of
from consult.approval.replying import returned_blocker
from plans.register.models import Plan
from plans.register.queries import names_of
from stakeholders.terms.duty import Blocker, Text

# A filing may come after the plan went into implementation: it shuts nothing.
LACKS: Mapping[StepKind, tuple[str, str, Text]] = {
    StepKind.SUBMISSION: (
        "approval.not_submitted",
        "submit",
        _("The plan has not been submitted for approval."),
    ),
    StepKind.FORWARDING: (
        "approval.not_forwarded",
        "forward",
        _("{unit} has not forwarded the request."),
    ),
    StepKind.COMPLETION: (
        "approval.not_completed",
        "complete",
        _("Papers that {unit} asked for are not completed."),
    ),
    StepKind.REPLY: ("approval.no_reply", "overview", _("The request has not been replied to.")),
    StepKind.APPROVED_TEXT: (
        "approval.no_text",
        "overview",
        _("The text is not published as the reply changes it."),
    ),
    StepKind.PUBLICATION: (
        "approval.not_published",
        "publish",
        _("The approved plan is not published."),
    ),
}


def blockers(*, plan: Plan) -> list[Blocker]:
    """Why phase 3 cannot be left, once all have signed; before, the sign-off's own gate says it.

    Reads unscoped.
    """
    standing = standing_of(plan)
    if standing.facts.signed_on is None:
        return []
    names = names_of(step.unit for step in standing.steps if step.unit)
    state = reply_state(plan)
    if state is not None and not state.is_approving:
        return [returned_blocker(plan, state)]
    found = [
        _lack(plan, step, names.get(step.unit, step.unit))
        for step in standing.steps
        if step.state in (State.OPEN, State.WAITING) and step.kind in LACKS
    ]
    return [*found, *_unnoted(plan, standing, state)]


def _lack(plan: Plan, step: Step, unit: object) -> Blocker:
    """What can be done now leads to its form, what waits for another step to the page of steps."""
    code, page, text = LACKS[step.kind]
    args = [plan.key, *([str(step.notice)] if step.notice else [])]
    is_open = step.state is State.OPEN
    name = f"approval:{page}" if is_open else "approval:overview"
    url = reverse(name, args=args if is_open else [plan.key])
    return Blocker(
        code=code, text=format_lazy(text, unit=unit), url=url, grant="coordinate" if is_open else ""
    )


def _unnoted(plan: Plan, standing: Standing, state: ReplyState | None) -> list[Blocker]:
    """Conditions the text does not show, and parties that have not noted it within their days."""
    if state is None:
        return []
    page = reverse("approval:conditions", args=[plan.key])
    found = [
        Blocker(
            code="approval.condition",
            text=format_lazy(
                _("Condition {number} of the reply is not carried out."), number=one.number
            ),
            url=page,
        )
        for one in state.waiting
    ]
    return [*found, *_outstanding(state, standing, page)]


def _outstanding(state: ReplyState, standing: Standing, page: str) -> list[Blocker]:
    if state.waits_until is None or standing.facts.today > state.waits_until:
        return []
    names = names_of(state.outstanding)
    text = _("{party} has not acknowledged the approved text; the gate waits until {day}.")
    return [
        Blocker(
            code="approval.not_noted",
            text=format_lazy(text, party=names.get(code, code), day=state.waits_until.isoformat()),
            url=page,
        )
        for code in state.outstanding
    ]
