"""Reading where a matter stands on the ladder, and which parties ask for the next level."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from consult.matters import ladder
from consult.matters.enums import LADDER, MoveKind
from consult.matters.ladder import Step
from consult.matters.models import Matter, MatterMove
from plans.register.models import Plan
from stakeholders.jurisdictions.enums import Level as UnitLevel
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.templatetags.in_language import in_language
from stakeholders.terms.duty import Text

# With these the asking for the next level begins anew.
TURNS = (MoveKind.OPENED, MoveKind.RAISED, MoveKind.REOPENED)


@dataclass(frozen=True, kw_only=True)
class Rung:
    """One step as a page shows it: `place` is -1 below the matter's, 0 at it, 1 above."""

    step: Step
    seat: Text | str
    place: int


@dataclass(frozen=True, kw_only=True)
class Standing:
    """The ladder of one matter. `left`: working days, below zero when overdue; none: no clock."""

    rungs: Sequence[Rung]
    left: int | None
    is_top: bool
    asked: Sequence[Jurisdiction]

    @property
    def days_overdue(self) -> int | None:
        return -self.left if self.left is not None and self.left < 0 else None


def standing_of(plan: Plan, matter: Matter, *, at: datetime) -> Standing:
    """Where the matter stands, who sits there and at the other steps, and how long it has."""
    steps = ladder.steps_of(plan)
    units = list(matter.jurisdictions.all())
    superior = _superior(ladder.common_superior(units))
    here = LADDER.index(matter.level)
    rungs = [
        Rung(
            step=step,
            seat=in_language(step, "seat") or ladder.seat_words(step, superior=superior),
            place=(LADDER.index(step.level) > here) - (LADDER.index(step.level) < here),
        )
        for step in steps
    ]
    codes = asked_by(matter)
    counts = matter.is_open and matter.due_at is not None
    return Standing(
        rungs=rungs,
        left=ladder.days_left(matter.due_at, at=at) if counts and matter.due_at else None,
        is_top=ladder.step_above(steps, level=matter.level) is None,
        asked=[unit for unit in units if unit.code in codes],
    )


def _superior(code: str) -> Text | str:
    """The authority above the parties by name. Above provinces it is no unit but the State
    Council (国务院), to which what provinces cannot settle goes."""
    unit = Jurisdiction.objects.defer("boundary").filter(code=code).first() if code else None
    if unit is None:
        return ""
    return _("State Council") if unit.level == UnitLevel.COUNTRY else str(unit)


def asked_by(matter: Matter) -> set[str]:
    """The parties that ask for the next level since the matter came to its present one."""
    rows = list(
        MatterMove.objects.filter(matter=matter, kind__in=[*TURNS, MoveKind.ASKED])
        .order_by("-pk")
        .values_list("kind", "jurisdiction")
    )
    found: set[str] = set()
    for kind, code in rows:
        if kind in TURNS:
            break
        found.add(str(code))
    return found


def overdue_matters(*, at: datetime) -> QuerySet[Matter]:
    """Unscoped, for the sweep: open matters of plans whose time at their step is over."""
    found = Matter.objects.filter(plan__isnull=False, due_at__lte=at).open()
    return found.select_related("plan").order_by("pk")
