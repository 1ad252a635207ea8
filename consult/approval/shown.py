"""The steps and letters of the approval as the page shows them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consult.approval.enums import LetterKind, ReplyOutcome
from consult.approval.models import ApprovalLetter
from consult.approval.needs import StepKind
from consult.approval.procedure import By, State, Step
from consult.approval.queries.readiness import may_ask
from consult.approval.queries.standing import Standing
from consult.approval.rules import ACTS
from plans.register.rules import plan_facts
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.duty import Text
from stakeholders.terms.rights import decide

LABELS: Mapping[StepKind, Text] = {
    StepKind.STATEMENT: _("Common statement signed"),
    StepKind.SUBMISSION: LetterKind.SUBMISSION.label,
    StepKind.FORWARDING: LetterKind.FORWARDING.label,
    StepKind.COMPLETION: LetterKind.COMPLETION.label,
    StepKind.REPLY: LetterKind.REPLY.label,
    StepKind.APPROVED_TEXT: _("Text as the reply changes it"),
    StepKind.PUBLICATION: LetterKind.PUBLICATION.label,
    StepKind.FILING: LetterKind.FILING.label,
}
WAITS: Mapping[StepKind, Text] = {
    StepKind.STATEMENT: _("after a common statement is signed by all parties"),
    StepKind.SUBMISSION: _("after the joint request"),
    StepKind.REPLY: _("after the reply"),
    StepKind.APPROVED_TEXT: _("after the text is published as the reply changes it"),
}
SIGN_OFF_FIRST = _("after the sign-off has passed")
STATES: Mapping[State, tuple[Text, str]] = {
    State.DONE: (pgettext_lazy("step", "Done"), "success"),
    State.OPEN: (pgettext_lazy("step", "Next"), "info"),
    State.WAITING: (pgettext_lazy("step", "Waiting"), "neutral"),
    State.NOT_NEEDED: (pgettext_lazy("step", "Not needed"), "neutral"),
}
NOT_YET = pgettext_lazy("step", "Not yet")
TURNS: Mapping[By, Text] = {
    By.PARTIES: _("the signatories of the parties"),
    By.OFFICE: _("the joint office"),
    By.UNIT: _("the contact point of the unit, or the joint office with its letter"),
    By.AUTHORITY: _("the approving authority"),
}
# Whoever only looks on learns what was decided and where it stands.
OPEN_STEPS = frozenset({StepKind.REPLY, StepKind.PUBLICATION})
BUTTONS: Mapping[StepKind, tuple[str, Text]] = {
    StepKind.SUBMISSION: ("submit", _("Enter the joint request")),
    StepKind.FORWARDING: ("forward", _("Enter the forwarding")),
    StepKind.COMPLETION: ("complete", _("Enter the completed papers")),
    StepKind.REPLY: ("reply", _("Enter the reply")),
    StepKind.PUBLICATION: ("publish", _("Enter the publication")),
    StepKind.FILING: ("file", _("Enter the filing")),
}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One step: what it is, how it stands, whose turn it is, and the button for who may."""

    step: Step
    label: Text
    state: Text
    tone: str
    waits: Text | None = None
    turn: Text | None = None
    unit: Jurisdiction | None = None
    letter: ApprovalLetter | None = None
    notice: ApprovalLetter | None = None
    outcome: Text | None = None
    url: str = ""
    button: Text | None = None

    @property
    def days_overdue(self) -> int:
        left = self.step.days_left
        return -left if left is not None and left < 0 else 0

    @property
    def is_optional(self) -> bool:
        """Its button is for what the kind of plan does not ask for."""
        return self.step.state is State.NOT_NEEDED


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A letter of the history with the names of its units."""

    row: ApprovalLetter
    senders: Sequence[Jurisdiction | str]
    addressees: Sequence[Jurisdiction | str]
    is_corrected: bool
    is_former: bool  # under a statement that another one followed
    correct_url: str = ""


def allowed(standing: Standing, actor: Actor) -> dict[str, bool]:
    """Act -> whether the actor may do it now, for the buttons. Two queries."""
    own = plan_facts(actor=actor, plan=standing.plan, own=True)
    found = {act: bool(decide(act, rule, own)) for act, rule in ACTS.items()}
    office = actor.role is Role.COORDINATOR
    for act in ("approval.ask_completion", "approval.reply"):
        found[act] &= office or may_ask(standing, actor)
    found["approval.acknowledge"] &= actor.jurisdiction_code in standing.facts.parties
    return found


def lines_of(
    standing: Standing,
    *,
    may: Mapping[str, bool],
    actor: Actor,
    units: Mapping[str, Jurisdiction],
    is_open_only: bool,
) -> list[Line]:
    """The steps in order; `is_open_only`: of the reply and the publication only."""
    if not is_open_only:
        return [_line(step, standing, may, actor, units) for step in standing.steps]
    return [_outcome(step, standing) for step in outcomes(standing.steps)]


def outcomes(steps: Iterable[Step]) -> list[Step]:
    """What was decided and where it stands, without whose turn it is and by when."""
    return [
        step
        if step.state is State.DONE
        else replace(step, state=State.WAITING, due_on=None, days_left=None, waits_for=None)
        for step in steps
        if step.kind in OPEN_STEPS
    ]


def _outcome(step: Step, standing: Standing) -> Line:
    is_done = step.state is State.DONE
    return Line(
        step=step,
        label=LABELS[step.kind],
        state=STATES[State.DONE][0] if is_done else NOT_YET,
        tone="success" if is_done else "neutral",
        letter=standing.rows.get(step.letter or 0),
        outcome=ReplyOutcome(step.outcome).label if step.outcome else None,
    )


def _line(
    step: Step,
    standing: Standing,
    may: Mapping[str, bool],
    actor: Actor,
    units: Mapping[str, Jurisdiction],
) -> Line:
    is_early = step.kind is StepKind.STATEMENT and standing.statement is None
    state, tone = STATES[State.WAITING if is_early else step.state]
    if step.outcome == ReplyOutcome.RETURNED:
        tone = "warning"
    url, button = _button(step, standing, may, actor)
    return Line(
        step=step,
        label=LABELS[step.kind],
        state=state,
        tone=tone,
        waits=SIGN_OFF_FIRST if is_early else WAITS.get(step.waits_for) if step.waits_for else None,
        turn=TURNS[step.by] if step.state is State.OPEN and not is_early else None,
        unit=units.get(step.unit),
        letter=standing.rows.get(step.letter or 0),
        notice=standing.rows.get(step.notice or 0),
        outcome=ReplyOutcome(step.outcome).label if step.outcome else None,
        url=url,
        button=button,
    )


def _button(
    step: Step, standing: Standing, may: Mapping[str, bool], actor: Actor
) -> tuple[str, Text | None]:
    if step.kind not in BUTTONS or not _is_due(step, standing):
        return "", None
    name, words = BUTTONS[step.kind]
    if not may[f"approval.{name}"]:
        return "", None
    if step.kind is StepKind.FORWARDING and not _is_own(step, actor):
        return "", None
    args = [standing.plan.key, *([str(step.notice)] if step.notice else [])]
    url = reverse(f"approval:{name}", args=args)
    return (f"{url}?unit={step.unit}" if step.kind is StepKind.FORWARDING else url), words


def _is_own(step: Step, actor: Actor) -> bool:
    """The unit's own; the joint office may enter every one."""
    return actor.role is Role.COORDINATOR or step.unit == actor.jurisdiction_code


def _is_due(step: Step, standing: Standing) -> bool:
    """Open; a filing that the kind does not ask for may be entered all the same."""
    optional = step.kind is StepKind.FILING and step.state is State.NOT_NEEDED
    return step.state is State.OPEN or (optional and standing.is_approved)


def history(
    rows: Iterable[ApprovalLetter],
    *,
    standing: Standing,
    units: Mapping[str, Jurisdiction],
    may: Mapping[str, bool],
    is_reply_open: bool,
) -> list[Letter]:
    """All letters, newest first, with those that were corrected. A reply offers its correction
    only while nothing has come of it (`is_reply_open`)."""
    present = standing.statement.pk if standing.statement else 0
    found = []
    for row in rows:
        is_corrected = hasattr(row, "corrected_by")
        counts = not is_corrected and row.statement_id == present
        counts = counts and (is_reply_open or row.kind != LetterKind.REPLY)
        found.append(
            Letter(
                row=row,
                senders=[units.get(code, code) for code in row.senders],
                addressees=[units.get(code, code) for code in row.addressees],
                is_corrected=is_corrected,
                is_former=row.statement_id != present,
                correct_url=_correct_url(row) if counts and may["approval.correct"] else "",
            )
        )
    return found


def _correct_url(row: ApprovalLetter) -> str:
    """A reply is corrected together with its outcome and conditions."""
    if row.kind == LetterKind.REPLY:
        return reverse("approval:correct_reply", args=[row.plan.key])
    return reverse("approval:correct", args=[row.plan.key, row.pk])


def codes_of(standing: Standing, rows: Iterable[ApprovalLetter]) -> set[str]:
    """Every unit the page names."""
    named = {step.unit for step in standing.steps if step.unit}
    return named.union(*([*row.senders, *row.addressees] for row in rows))
