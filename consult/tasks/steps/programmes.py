"""Row writes of yearly programmes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from consult.tasks.models import Programme, ProgrammeLine, Task
from plans.register.models import Plan
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor


@dataclass(frozen=True, kw_only=True)
class YearLine:
    """What of a task (its number) is done in the year, and until when."""

    task: int
    text_zh: str = ""
    text_en: str = ""
    due_on: date | None = None


def next_edition(plan: Plan, *, year: int) -> int:
    last = Programme.objects.filter(plan=plan, year=year).aggregate(last=Max("edition"))["last"]
    return (last or 0) + 1


def create_programme(
    *,
    actor: Actor,
    plan: Plan,
    year: int,
    edition: int,
    reason: str,
    lines: Sequence[tuple[Task, YearLine]],
) -> Programme:
    programme = Programme.objects.create(
        plan=plan,
        year=year,
        edition=edition,
        reason=reason.strip(),
        mandate_id=actor.mandate,
        at=clock.now(),
    )
    ProgrammeLine.objects.bulk_create(
        ProgrammeLine(
            programme=programme,
            task=task,
            text_zh=line.text_zh.strip(),
            text_en=line.text_en.strip(),
            due_on=line.due_on,
        )
        for task, line in lines
    )
    return programme
