"""What is said in a case: answers, neighbours' views, and the step up the ladder."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from consult.matters import ladder
from consult.matters.steps import Wording
from consult.phase4_implementation import steps
from consult.phase4_implementation.models import CaseAnswer, CaseMove, CaseView
from consult.phase4_implementation.queries import CaseRow
from consult.phase4_implementation.rules import require
from consult.phase4_implementation.steps import AnswerText
from plans.register.models import Plan
from plans.register.steps import lock_plan
from stakeholders.files.models import StoredFile
from stakeholders.terms import canonical
from stakeholders.terms.actor import Actor, ActorKind
from stakeholders.terms.errors import Conflict, Invalid, Text


@transaction.atomic
def answer_case(
    *, actor: Actor, plan: Plan, case: CaseRow, jurisdiction: str, said: AnswerText
) -> CaseAnswer:
    """A party that a case asks names cause, measure and date; its newest answer counts.

    By its contact point or deputy, or by the joint office on its behalf with the paper that shows
    it. NotVisible, Refused, Invalid, Conflict (closed).
    """
    plan = lock_plan(plan)
    asked = frozenset(unit.pk for unit in case.answering)
    require("case.answer", actor=actor, plan=plan, code=jurisdiction, parties=asked)
    row = steps.open_again(case, plan=plan)
    is_on_behalf = jurisdiction != actor.jurisdiction_code
    faults = _answer_faults(said, jurisdiction in asked, is_on_behalf)
    if faults:
        raise Invalid(faults)
    answer = steps.add_answer(actor=actor, case=row.case, code=jurisdiction, said=said)
    steps.tell_of_case(
        plan=plan,
        case=row.case,
        kind="case",
        levels=[row.standing.level],
        title=_("Case {case} was answered"),
        occasion=f"answer-{answer.pk}",
    )
    steps.put_on_record(
        actor=actor,
        plan=plan,
        act="case.answer",
        case=row.case,
        effects={
            "answer": answer.pk,
            "jurisdiction": jurisdiction,
            "text": canonical.digest_of(
                [said.cause.zh, said.cause.en, said.measure.zh, said.measure.en]
            ),
            "done_on": said.done_on.isoformat() if said.done_on else None,
            "file": said.file.sha256 if said.file else None,
            "on_behalf": answer.is_on_behalf,
        },
    )
    return answer


def _answer_faults(said: AnswerText, is_asked: bool, is_on_behalf: bool) -> dict[str, Text]:
    faults: dict[str, Text] = {}
    if not is_asked:
        faults["jurisdiction"] = _("The case does not ask this jurisdiction.")
    if not said.cause:
        faults["cause_zh"] = _("Say what the cause is, in Chinese or in English.")
    if not said.measure:
        faults["measure_zh"] = _("Say what is done about it, in Chinese or in English.")
    if said.done_on is None:
        faults["done_on"] = _("Say by when the measure is done.")
    elif said.done_on < steps.today():
        faults["done_on"] = _("Choose today or a day that is still to come.")
    if is_on_behalf and said.file is None:
        faults["file"] = _("Enclose the paper in which the unit says so.")
    return faults


@transaction.atomic
def view_case(
    *,
    actor: Actor,
    plan: Plan,
    case: CaseRow,
    accepts: bool,
    text: Wording,
    file: StoredFile | None = None,
) -> CaseView:
    """A neighbour accepts the measure, or asks for more and says what; its newest view counts.

    By its contact point or deputy, once there is an answer. NotVisible, Refused, Invalid, Conflict
    (closed, nothing answered yet).
    """
    plan = lock_plan(plan)
    told = frozenset(unit.pk for unit in case.neighbours)
    code = str(actor.jurisdiction_code)
    require("case.view", actor=actor, plan=plan, code=code, parties=told)
    row = steps.open_again(case, plan=plan)
    if not accepts and not text:
        raise Invalid({"text_zh": _("Say what more you ask for.")})
    if not row.newest_answers:
        raise Conflict(_("Nobody has answered this case yet."))
    view = steps.add_view(
        actor=actor, case=row.case, code=code, accepts=accepts, text=text, file=file
    )
    title = _("A neighbour accepts the measure in case {case}")
    if not accepts:
        title = _("A neighbour asks for more in case {case}")
    steps.tell_of_case(
        plan=plan,
        case=row.case,
        kind="case",
        levels=[row.standing.level],
        title=title,
        occasion=f"view-{view.pk}",
    )
    steps.put_on_record(
        actor=actor,
        plan=plan,
        act="case.view",
        case=row.case,
        effects={
            "view": view.pk,
            "accepts": accepts,
            "text": canonical.digest_of([text.zh, text.en]),
            "file": file.sha256 if file else None,
        },
    )
    return view


@transaction.atomic
def raise_case(*, actor: Actor, plan: Plan, case: CaseRow, note: str) -> CaseMove:
    """The joint office passes a case on to the next step of the ladder and says why.

    Refused, Invalid, Conflict (closed, at the top, raised a moment ago).
    """
    plan = lock_plan(plan)
    require("case.raise", actor=actor, plan=plan, code=None, parties=frozenset())
    if not note.strip():
        raise Invalid({"note": _("Give the reason.")})
    row = steps.open_again(case, plan=plan)
    if row.standing.level != case.standing.level:
        raise Conflict(_("This case was raised a moment ago."))
    return _climb(actor, plan, row, note=note)


@transaction.atomic
def raise_overdue_case(*, actor: Actor, case: CaseRow, at: datetime) -> CaseMove:
    """The hour: one step up for a case whose answers are not all there at its date.

    The next step's time begins now, so a case climbs one step a run. Conflict when it was answered,
    closed or raised meanwhile, or stands at the top, which has no date.
    """
    plan = lock_plan(case.case.plan)
    require("case.raise", actor=actor, plan=plan, code=None, parties=frozenset())
    row = steps.open_again(case, plan=plan)
    standing = row.standing
    if not standing.missing or standing.due_at is None or standing.due_at > at:
        raise Conflict(_("This case is not overdue."))
    return _climb(actor, plan, row, note="")


def _climb(actor: Actor, plan: Plan, row: CaseRow, *, note: str) -> CaseMove:
    former = row.standing.level
    above = ladder.step_above(ladder.steps_of(plan), level=former)
    if above is None:
        raise Conflict(_("This case stands at the highest level already."))
    days = steps.days_for(plan=plan, level=above.level)
    is_system = actor.kind is ActorKind.SYSTEM
    move = steps.add_move(
        case=row.case,
        actor=None if is_system else actor,
        level=above.level,
        due_at=None if days is None else ladder.end_of(days),
        note=note,
    )
    steps.tell_of_case(
        plan=plan,
        case=row.case,
        kind="case",
        levels=[former, above.level],
        title=_("Case {case} was raised to the next level"),
        occasion=f"move-{move.pk}",
    )
    steps.put_on_record(
        actor=actor,
        plan=plan,
        act="case.raise",
        case=row.case,
        effects={
            "from": former,
            "to": above.level,
            "due_at": move.due_at.isoformat() if move.due_at else None,
            "missing": list(row.standing.missing),
        },
    )
    return move
