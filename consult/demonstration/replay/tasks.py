"""The tasks: of the meetings in every state, the breakdown and all that follows in phase 4."""

from collections.abc import Callable
from datetime import date

from consult.demonstration.reading import Row, by_key, numbered, table
from consult.demonstration.replay.stage import CONTACTS, OFFICE, Scene, Stage
from consult.tasks.actions.breakdown import LineGiven, issue_breakdown
from consult.tasks.actions.notes import issue_note, judge_reply, reply_to_note
from consult.tasks.actions.programmes import issue_programme
from consult.tasks.actions.tasks import report_task, strike_off_task
from consult.tasks.enums import NoteSubject, Origin, TaskProgress
from consult.tasks.models import Task
from consult.tasks.queries import TaskState, get_task, tasks_of
from consult.tasks.queries.breakdown import Line, proposal_of
from consult.tasks.queries.notes import get_note
from consult.tasks.steps import ReportText
from consult.tasks.steps.notes import NoteText
from consult.tasks.steps.programmes import YearLine
from plans.register.models import Plan
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor, Role

# The year of the first programme, and of the next one where a year has begun since.
PROGRAMMES_ON = (130, 400)
DAYS_TO_CHECK = 5
PRESSED = "TK3"
DRAFTER = "U26"


def scenes() -> list[Scene]:
    """The tasks of the meetings."""
    found = []
    for row in table("tasks"):
        if row["done_day"]:
            done, checked = int(row["done_day"]), int(row["checked_day"])
            found.append(Scene(day=done, play=_done(row["zh"], row["done_by"], row["proof_zh"])))
            found.append(Scene(day=checked, play=_strike_off(row["zh"], row["checked_by"])))
    return found


def later_scenes() -> list[Scene]:
    """What follows in the plan in implementation."""
    issued = int(by_key("approval", "step")["A8"]["day"])
    return [
        Scene(day=issued, play=_break_down),
        *[Scene(day=day, play=_issue_programme) for day in PROGRAMMES_ON],
        *_reports_of_breakdown(),
        *[Scene(day=int(row["day"]), play=_report(row)) for row in table("task_reports")],
        *[
            Scene(day=int(row["day"]), play=PRESSING[row["step"]](row))
            for row in table("supervision")
        ],
    ]


def _task(stage: Stage, title: str) -> TaskState:
    """A task of a meeting by its title."""
    row = Task.objects.get(plan__key=stage.key, origin=Origin.RESOLUTION, title_zh=title)
    return get_task(actor=stage.office, plan=stage.plan, number=row.number)


def _speaker(stage: Stage, person: str) -> Actor:
    if person == OFFICE:
        return stage.office
    if person == DRAFTER:
        return stage.actor(person, Role.DRAFTER)
    code = next(code for code, one in CONTACTS.items() if one == person)
    return stage.contact(code)


def _done(title: str, person: str, proof: str) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        report_task(
            actor=_speaker(stage, person),
            plan=stage.plan,
            number=_task(stage, title).task.number,
            said=ReportText(progress=TaskProgress.DONE.value, percent=100, evidence=proof),
        )

    return play


def _strike_off(title: str, person: str) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        _confirm(stage, _task(stage, title), person)

    return play


def _confirm(stage: Stage, state: TaskState, person: str) -> None:
    last = state.last_report
    if last is None:
        raise LookupError("the story strikes off what nobody has reported")
    strike_off_task(
        actor=_speaker(stage, person),
        plan=stage.plan,
        number=state.task.number,
        report=last.pk,
        confirms=True,
    )


def _report(row: Row) -> Callable[[Stage], None]:
    title = by_key("tasks", "id")[row["task"]]["zh"]

    def play(stage: Stage) -> None:
        report_task(
            actor=_speaker(stage, row["by"]),
            plan=stage.plan,
            number=_task(stage, title).task.number,
            said=ReportText(
                progress=row["progress"],
                percent=int(row["percent"]),
                text_zh=row["text_zh"],
                text_en=row["text_en"],
            ),
        )

    return play


def _break_down(stage: Stage) -> None:
    """Every binding line as the text proposes it; the story's table gives dates and evidence."""
    given = by_key("breakdown", "item")
    proposal = proposal_of(stage.plan)
    if proposal.revision is None:
        raise LookupError("the story breaks down a text that is not in force")
    issue_breakdown(
        actor=stage.office,
        plan=stage.plan,
        revision=proposal.revision.number,
        lines=[_line(stage, one, given.get(one.key)) for one in proposal.open_lines],
    )


def _line(stage: Stage, line: Line, row: Row | None) -> LineGiven:
    return LineGiven(
        item=line.key,
        owner=line.owner,
        due_on=_day(stage, row["due"]) if row else line.due_on,
        title_zh=line.title_zh,
        title_en=line.title_en,
        partners=line.partners,
        evidence_zh=row["evidence_zh"] if row else line.evidence_zh,
        evidence_en=row["evidence_en"] if row else line.evidence_en,
    )


def _day(stage: Stage, cell: str) -> date:
    """A day of the story, or the date that the text itself gives."""
    if cell.startswith("day "):
        return stage.date(int(cell.removeprefix("day ")))
    return date.fromisoformat(cell)


def _of_item(stage: Stage, key: str) -> TaskState:
    row = Task.objects.get(plan__key=stage.key, origin=Origin.BREAKDOWN, item__key=key)
    return get_task(actor=stage.office, plan=stage.plan, number=row.number)


def _reports_of_breakdown() -> list[Scene]:
    found = []
    for row in table("breakdown"):
        if row["day"]:
            found.append(Scene(day=int(row["day"]), play=_report_line(row)))
        if row["checked_by"]:
            found.append(Scene(day=int(row["day"]) + DAYS_TO_CHECK, play=_check_line(row)))
    return found


def _report_line(row: Row) -> Callable[[Stage], None]:
    """By the contact point of the unit, or the joint office for its own."""

    def play(stage: Stage) -> None:
        state = _of_item(stage, row["item"])
        is_done = bool(row["checked_by"])
        report_task(
            actor=stage.contact(state.owner) if state.owner else stage.office,
            plan=stage.plan,
            number=state.task.number,
            said=ReportText(
                progress=(TaskProgress.DONE if is_done else TaskProgress.ON_TIME).value,
                percent=int(row["percent"]),
                evidence=row["proof_zh"],
            ),
        )

    return play


def _check_line(row: Row) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        _confirm(stage, _of_item(stage, row["item"]), row["checked_by"])

    return play


def _issue_programme(stage: Stage) -> None:
    """What is done in the year of the day, unless its programme is out; the plan's first at least."""
    plan = stage.plan
    year = max(clock.now().astimezone().year, plan.horizon_from)
    if not plan.programmes.filter(year=year).exists():
        lines = _year_lines(stage, plan)
        issue_programme(actor=stage.office, plan=plan, year=year, edition=1, lines=lines)


def _year_lines(stage: Stage, plan: Plan) -> list[YearLine]:
    """Whatever of the story's lines is not over, and the task of the meeting that is open."""
    texts = by_key("breakdown", "item")
    pressed = by_key("tasks", "id")[PRESSED]
    found = []
    for state in tasks_of(actor=stage.office, plan=plan):
        row = texts.get(state.task.item.key) if state.task.item else None
        zh, en = (row["year_zh"], row["year_en"]) if row else ("", "")
        if state.task.title_zh == pressed["zh"]:
            zh, en = pressed["zh"] + "。", pressed["en"] + "."
        if zh and not state.standing.is_over:
            found.append(YearLine(task=state.task.number, text_zh=zh, text_en=en, due_on=None))
    return found


def _press(row: Row) -> Callable[[Stage], None]:
    """The province presses for what is late."""
    title = by_key("tasks", "id")[PRESSED]["zh"]

    def play(stage: Stage) -> None:
        state = _task(stage, title)
        issue_note(
            actor=_speaker(stage, row["by"]),
            plan=stage.plan,
            addressee=str(state.owner),
            subject=NoteSubject.TASK.value,
            subject_id=str(state.task.number),
            said=_words(stage, row),
            due_on=stage.date(int(row["until_day"])),
        )

    return play


def _words(stage: Stage, row: Row) -> NoteText:
    letter = numbered(row["number"], stage.date(int(row["day"])))
    return NoteText(text_zh=row["zh"], text_en=row["en"], letter=letter)


def _answer(row: Row) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        actor = _speaker(stage, row["by"])
        reply_to_note(actor=actor, plan=stage.plan, number=1, said=_words(stage, row))

    return play


def _judge(row: Row) -> Callable[[Stage], None]:
    """It is not enough: the province asks again."""

    def play(stage: Stage) -> None:
        actor = _speaker(stage, row["by"])
        last = get_note(actor=actor, plan=stage.plan, number=1).last_reply
        if last is None:
            raise LookupError("the story judges a note nobody has answered")
        judge_reply(
            actor=actor,
            plan=stage.plan,
            number=1,
            reply=last.pk,
            accepts=False,
            reason=row["zh"],
            due_on=stage.date(int(row["until_day"])),
        )

    return play


PRESSING = {"issue": _press, "reply": _answer, "judge": _judge}
