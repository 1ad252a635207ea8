"""Reading cases: where each stands, who was told, what was said in it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from consult.matters import ladder
from consult.matters.enums import LADDER, Level
from consult.phase4_implementation.enums import CasePart, CaseState
from consult.phase4_implementation.models import (
    Case,
    CaseAnswer,
    CaseEnd,
    CaseMove,
    CaseParty,
    CaseView,
    Reading,
    ThresholdWarning,
)
from consult.phase4_implementation.queries.indicators import indicators_of
from consult.phase4_implementation.series import Indicator
from consult.phase4_implementation.standing import (
    Answered,
    Moved,
    Standing,
    Told,
    Viewed,
    standing_of,
)
from plans.register.models import Plan
from plans.register.queries import visible_plans
from stakeholders.files.models import StoredFile
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.duty import Text
from stakeholders.terms.errors import NotVisible


@dataclass(frozen=True, kw_only=True)
class CaseRow:
    """A case with all that was said in it, and where it stands at the instant it was read."""

    case: Case
    standing: Standing
    parties: Sequence[CaseParty]
    answers: Sequence[CaseAnswer]
    views: Sequence[CaseView]
    moves: Sequence[CaseMove]
    end: CaseEnd | None
    indicator: Indicator | None = None

    @property
    def reading(self) -> Reading:
        return self.case.warning.reading

    def of(self, part: CasePart) -> list[Jurisdiction]:
        return [one.jurisdiction for one in self.parties if one.part == part]

    @property
    def answering(self) -> list[Jurisdiction]:
        return self.of(CasePart.ANSWERS)

    @property
    def neighbours(self) -> list[Jurisdiction]:
        return self.of(CasePart.TOLD)

    @property
    def codes(self) -> list[str]:
        return [str(one.jurisdiction_id) for one in self.parties]

    @property
    def turn(self) -> list[Jurisdiction]:
        return [one for one in self.answering if one.pk in self.standing.turn]

    @property
    def unheard(self) -> list[Jurisdiction]:
        return [one for one in self.neighbours if one.pk in self.standing.unheard]

    @property
    def newest_answers(self) -> list[CaseAnswer]:
        """The answer of each party that counts now."""
        newest = {str(one.jurisdiction_id): one for one in self.answers}
        asked = self.standing.asked_at
        found = [newest.get(unit.pk) for unit in self.answering]
        return [one for one in found if one is not None and one.at >= asked]

    @property
    def newest_views(self) -> list[CaseView]:
        newest = {str(one.jurisdiction_id): one for one in self.views}
        return [newest[unit.pk] for unit in self.neighbours if unit.pk in newest]

    @property
    def level_label(self) -> Text:
        return Level(self.standing.level).label

    @property
    def days_left(self) -> int | None:
        due = self.standing.due_at
        return None if due is None else ladder.days_left(due, at=clock.now())

    @property
    def days_overdue(self) -> int | None:
        left = self.days_left
        return -left if left is not None and left < 0 else None


@dataclass(frozen=True, kw_only=True)
class CasesAsked:
    """What a list of cases is narrowed to; "" asks for nothing."""

    state: str = ""
    indicator: str = ""
    jurisdiction: str = ""
    level: str = ""


def _light(name: str, model: type[Any]) -> "Prefetch[Any]":
    units = model.objects.select_related("jurisdiction").defer("jurisdiction__boundary")
    if model is not CaseParty:
        units = units.select_related("jurisdiction", "mandate__user", "file")
    return Prefetch(name, queryset=units)


def cases_of(plans: Sequence[Plan]) -> QuerySet[Case]:
    """The cases of `plans` with what was said in them, unscoped. Five queries for any number."""
    moves = CaseMove.objects.select_related("mandate__user")
    return (
        Case.objects.filter(plan__in=plans)
        .select_related(
            "plan",
            "warning__reading__item",
            "warning__reading__jurisdiction",
            "end__mandate__user",
            "end__matter",
            "end__file",
        )
        .defer("warning__reading__jurisdiction__boundary")
        .prefetch_related(
            _light("parties", CaseParty),
            _light("answers", CaseAnswer),
            _light("views", CaseView),
            Prefetch("moves", queryset=moves),
        )
        .order_by("-number")
    )


def row_of(case: Case, *, now: datetime, indicator: Indicator | None = None) -> CaseRow:
    """The row of a case read by `cases_of`. Its first move says at which step it began."""
    parties, answers = list(case.parties.all()), list(case.answers.all())
    views, moves = list(case.views.all()), list(case.moves.all())
    end = getattr(case, "end", None)
    told = Told(
        level=moves[0].level,
        opened_at=case.at,
        due_at=case.due_at,
        answering=[str(p.jurisdiction_id) for p in parties if p.part == CasePart.ANSWERS],
        neighbours=[str(p.jurisdiction_id) for p in parties if p.part == CasePart.TOLD],
        answers=[Answered(code=str(a.jurisdiction_id), at=a.at) for a in answers],
        views=[Viewed(code=str(v.jurisdiction_id), accepts=v.accepts, at=v.at) for v in views],
        moves=[Moved(level=m.level, due_at=m.due_at, at=m.at) for m in moves[1:]],
        ended_at=end.at if end else None,
    )
    return CaseRow(
        case=case,
        standing=standing_of(told, now=now),
        parties=parties,
        answers=answers,
        views=views,
        moves=moves,
        end=end,
        indicator=indicator,
    )


def rows_of(cases: Iterable[Case], plan: Plan) -> list[CaseRow]:
    """The rows of cases of one plan, each with its indicator where the text still holds it."""
    now = clock.now()
    held = {one.item_id: one for one in indicators_of(plan)}
    return [
        row_of(case, now=now, indicator=held.get(case.warning.reading.item_id)) for case in cases
    ]


def visible_cases(*, actor: Actor, plan: Plan) -> QuerySet[Case]:
    """The cases of a plan for whom it is there, newest first."""
    return cases_of(list(visible_plans(actor=actor).filter(pk=plan.pk)))


def open_cases(*, actor: Actor, plan: Plan) -> list[CaseRow]:
    """The cases that are not closed yet, newest first."""
    return rows_of(visible_cases(actor=actor, plan=plan).filter(end__isnull=True), plan)


def get_case(*, actor: Actor, plan: Plan, number: int) -> CaseRow:
    """One case by its number. NotVisible when it is not there or not for `actor`."""
    rows = rows_of(visible_cases(actor=actor, plan=plan).filter(number=number), plan)
    if not rows:
        raise NotVisible
    return rows[0]


def row_with_all(case: Case) -> CaseRow:
    """A case with all that was said in it by now, unscoped."""
    return row_of(cases_of([case.plan]).get(pk=case.pk), now=clock.now())


def read_again(row: CaseRow, *, plan: Plan) -> CaseRow:
    """The case as it stands now: for an act that holds the plan's lock."""
    return rows_of(cases_of([plan]).filter(pk=row.case.pk), plan)[0]


def case_file(row: CaseRow, *, pk: UUID) -> StoredFile:
    """A file enclosed with an answer, a view or the end of a case. NotVisible for any other."""
    enclosed: list[StoredFile | None] = [
        *(one.file for one in row.answers),
        *(one.file for one in row.views),
        row.end.file if row.end else None,
    ]
    found = next((file for file in enclosed if file is not None and file.pk == pk), None)
    if found is None:
        raise NotVisible
    return found


def listed_cases(*, actor: Actor, plan: Plan, asked: CasesAsked, order: str) -> list[CaseRow]:
    """The cases that fit, in order: few enough in a plan to be read whole."""
    rows = rows_of(visible_cases(actor=actor, plan=plan), plan)
    rows = [row for row in rows if _fits(row, asked)]
    name = order.removeprefix("-")
    rows.sort(key=lambda row: row.case.number, reverse=True)
    rows.sort(key=lambda row: _order(row, name), reverse=order.startswith("-"))
    return rows


def _fits(row: CaseRow, asked: CasesAsked) -> bool:
    if asked.state == "late" and not row.standing.is_late:
        return False
    if asked.state == "running" and not row.standing.is_open:
        return False
    if asked.state in CaseState.values and row.standing.state != asked.state:
        return False
    if asked.indicator and row.reading.item.key != asked.indicator:
        return False
    if asked.jurisdiction and asked.jurisdiction not in row.codes:
        return False
    return not asked.level or row.standing.level == asked.level


def _order(row: CaseRow, name: str) -> tuple[Any, ...]:
    standing = row.standing
    far = standing.due_at is None
    return {
        "number": (row.case.number,),
        "indicator": (row.indicator.number if row.indicator else "", row.reading.item.key),
        "unit": (row.reading.jurisdiction_id or "",),
        "state": (list(CaseState).index(standing.state),),
        "level": (LADDER.index(standing.level),),
        "due": (far, standing.due_at.timestamp() if standing.due_at else 0),
    }[name]


def case_of_warning(warning: ThresholdWarning) -> Case | None:
    """The case a warning opened, or the one of its indicator and unit that was open then."""
    reading = warning.reading
    cases = Case.objects.filter(
        warning__reading__item=reading.item_id,
        warning__reading__jurisdiction=reading.jurisdiction_id,
        warning__pk__lte=warning.pk,
    )
    return cases.order_by("-pk").first()


def case_of_reading(reading: Reading) -> Case | None:
    """The case that a reading opened or joined with its warning; None where it crossed nothing."""
    warning = ThresholdWarning.objects.filter(reading=reading).select_related("reading").first()
    return None if warning is None else case_of_warning(warning)


def open_case_for(reading: Reading, *, plan: Plan) -> CaseRow | None:
    """The open case of a reading's indicator and unit, unscoped: there is at most one."""
    case = (
        cases_of([plan])
        .filter(
            warning__reading__item=reading.item_id,
            warning__reading__jurisdiction=reading.jurisdiction_id,
            end__isnull=True,
        )
        .first()
    )
    return None if case is None else row_of(case, now=clock.now())


def overdue_cases(*, at: datetime) -> list[CaseRow]:
    """Unscoped, for the sweep: open cases not answered by all when their time at the step is
    over."""
    plans = list(Plan.objects.filter(cases__end__isnull=True, cases__isnull=False).distinct())
    rows = [row_of(case, now=at) for case in cases_of(plans).filter(end__isnull=True)]
    return [row for row in rows if row.standing.is_late]


def units_in_cases(plan: Plan) -> Mapping[str, Jurisdiction]:
    """The jurisdictions that answer or were told in a case of the plan: what a filter offers."""
    codes = CaseParty.objects.filter(case__plan=plan).values("jurisdiction")
    return {
        unit.pk: unit
        for unit in Jurisdiction.objects.defer("boundary").filter(pk__in=codes).order_by("code")
    }
