"""Row writes of cases."""

from dataclasses import dataclass
from datetime import date, datetime

from consult.matters import ladder
from consult.matters.enums import Level
from consult.matters.models import Matter
from consult.matters.steps import Wording
from consult.phase4_implementation.enums import CasePart, WarningLevel
from consult.phase4_implementation.models import (
    Case,
    CaseAnswer,
    CaseEnd,
    CaseMove,
    CaseParty,
    CaseView,
    ThresholdWarning,
)
from consult.phase4_implementation.queries import (
    CaseRow,
    open_case_for,
    who_answers,
    who_is_told,
)
from consult.phase4_implementation.series import Indicator
from plans.register.models import Plan
from stakeholders.files.models import StoredFile
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor

# Working days for an answer where the charter's ladder sets no time.
DAYS = 20


@dataclass(frozen=True, kw_only=True)
class AnswerText:
    """What a party answers: the cause, the measure, until when it is done, and what shows it."""

    cause: Wording
    measure: Wording
    done_on: date | None
    file: StoredFile | None = None


def days_for(*, plan: Plan, level: str, is_grave: bool = False) -> int | None:
    """Working days for an answer at a step of the plan's ladder, half of them (rounded up) when
    the limit is crossed; None at the top, where no step is left."""
    if level == Level.SUPERIOR:
        return None
    step = next((one for one in ladder.steps_of(plan) if one.level == level), None)
    days = DAYS if step is None or step.days is None else step.days
    return (days + 1) // 2 if is_grave else days


def open_case(*, warning: ThresholdWarning, indicator: Indicator, plan: Plan) -> Case:
    """The case of a warning: who answers, which neighbours are told, and until when.

    While a case of the same indicator and unit is open the warning joins it: its answers are asked
    anew, and its date comes nearer or stays. The caller holds the plan's lock and puts it on record.
    """
    is_grave = warning.level == WarningLevel.LIMIT
    running = open_case_for(warning.reading, plan=plan)
    if running is not None:
        return _ask_anew(running, plan=plan, is_grave=is_grave)
    level = ladder.steps_of(plan)[0].level
    days = days_for(plan=plan, level=level, is_grave=is_grave)
    now = clock.now()
    case = Case.objects.create(
        plan=plan,
        number=Case.objects.filter(plan=plan).count() + 1,
        warning=warning,
        due_at=ladder.end_of(days or DAYS),
        at=now,
    )
    add_move(case=case, actor=None, level=level, due_at=case.due_at)
    answering = who_answers(plan=plan, indicator=indicator, code=warning.reading.jurisdiction_id)
    told = who_is_told(plan=plan, indicator=indicator, answering=answering)
    parts = {**dict.fromkeys(told, CasePart.TOLD), **dict.fromkeys(answering, CasePart.ANSWERS)}
    CaseParty.objects.bulk_create(
        CaseParty(case=case, jurisdiction_id=code, part=part) for code, part in parts.items()
    )
    return case


def _ask_anew(row: CaseRow, *, plan: Plan, is_grave: bool) -> Case:
    standing = row.standing
    days = days_for(plan=plan, level=standing.level, is_grave=is_grave)
    due = None if days is None else ladder.end_of(days)
    if due is not None and standing.missing and standing.due_at is not None:
        due = min(due, standing.due_at)
    add_move(case=row.case, actor=None, level=standing.level, due_at=due)
    return row.case


def add_answer(*, actor: Actor, case: Case, code: str, said: AnswerText) -> CaseAnswer:
    return CaseAnswer.objects.create(
        case=case,
        jurisdiction_id=code,
        cause_zh=said.cause.zh.strip(),
        cause_en=said.cause.en.strip(),
        measure_zh=said.measure.zh.strip(),
        measure_en=said.measure.en.strip(),
        done_on=said.done_on,
        file=said.file,
        is_on_behalf=code != actor.jurisdiction_code,
        mandate_id=actor.mandate,
        at=clock.now(),
    )


def add_view(
    *, actor: Actor, case: Case, code: str, accepts: bool, text: Wording, file: StoredFile | None
) -> CaseView:
    return CaseView.objects.create(
        case=case,
        jurisdiction_id=code,
        accepts=accepts,
        text_zh=text.zh.strip(),
        text_en=text.en.strip(),
        file=file,
        mandate_id=actor.mandate,
        at=clock.now(),
    )


def add_move(
    *, case: Case, actor: Actor | None, level: str, due_at: datetime | None, note: str = ""
) -> CaseMove:
    """`actor` None: by the hour, or with a warning."""
    return CaseMove.objects.create(
        case=case,
        level=level,
        due_at=due_at,
        note=note.strip(),
        mandate_id=actor.mandate_id if actor else None,
        at=clock.now(),
    )


def add_end(
    *,
    actor: Actor,
    case: Case,
    outcome: str,
    reason: Wording,
    matter: Matter | None,
    file: StoredFile | None,
) -> CaseEnd:
    return CaseEnd.objects.create(
        case=case,
        outcome=outcome,
        reason_zh=reason.zh.strip(),
        reason_en=reason.en.strip(),
        matter=matter,
        file=file,
        mandate_id=actor.mandate,
        at=clock.now(),
    )
