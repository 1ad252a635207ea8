"""The escalation ladder of a plan: its steps, how long each lasts and who sits there.

The charter in force says the steps, the days and, where it does, who sits there; the common
superior authority stands above all of them and has no time set.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.matters.enums import LADDER, Level
from consult.phase1_organization.queries import charter_in_force
from plans.register.models import Plan
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.jurisdictions.queries import overrides
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from stakeholders.terms.duty import Text
from stakeholders.terms.workdays import add_workdays, workdays_between

HOUR = time(17, 0)
# Who is told and asked at each step, in every party of the matter.
SEATED: dict[str, tuple[Role, ...]] = {
    Level.WORKING.value: (Role.CONTACT_POINT,),
    Level.DEPARTMENT.value: (Role.CONTACT_POINT,),
    Level.GOVERNMENT.value: (Role.CONTACT_POINT, Role.SIGNATORY),
    Level.SUPERIOR.value: (Role.CONTACT_POINT, Role.SIGNATORY),
}
SEATS: dict[str, Text] = {
    Level.WORKING.value: _("Contact points of the parties, with the joint office"),
    Level.DEPARTMENT.value: _("Departments in charge of the parties"),
    Level.GOVERNMENT.value: _("Governments of the parties"),
    Level.SUPERIOR.value: _("Common superior authority"),
}


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step: `days` working days (None: no time set), and who sits there."""

    level: str
    days: int | None
    seat_zh: str = ""
    seat_en: str = ""

    @property
    def label(self) -> Text:
        return Level(self.level).label

    @property
    def seat(self) -> Text:
        """Who sits there where the charter does not say it itself."""
        return SEATS[self.level]


def steps_of(plan: Plan) -> list[Step]:
    """The steps of the plan's ladder from below. Without a charter: all, without clocks."""
    charter = charter_in_force(plan)
    if charter is None:
        return [Step(level=level, days=None) for level in LADDER]
    rungs = {rung.level: rung for rung in charter.content.ladder}
    found = [
        Step(level=level, days=r.working_days, seat_zh=r.seat_zh, seat_en=r.seat_en)
        for level in LADDER
        if (r := rungs.get(level))
    ]
    return [*found, Step(level=Level.SUPERIOR.value, days=None)]


def step_above(steps: Sequence[Step], *, level: str) -> Step | None:
    """The next step over `level`; None at the top. A step the charter leaves out is passed over."""
    higher = LADDER[LADDER.index(level) + 1 :]
    return next((step for step in steps if step.level in higher), None)


def due_at(*, plan: Plan, level: str) -> datetime | None:
    """When a matter that comes to `level` now is due; None where the charter sets no time."""
    days = next((step.days for step in steps_of(plan) if step.level == level), None)
    return None if days is None else end_of(days)


def end_of(days: int) -> datetime:
    """The hour at which a step of `days` working days that begins now is over."""
    return end_of_workdays(clock.now(), days)


def end_of_workdays(since: datetime, days: int) -> datetime:
    """The closing hour of the day that is `days` working days after `since`."""
    zone = ZoneInfo(settings.TIME_ZONE)
    today = since.astimezone(zone).date()
    return end_of_day(add_workdays(today, days, overrides(on=today)))


def end_of_day(day: date) -> datetime:
    """The closing hour of a day, where the plans are made."""
    return datetime.combine(day, HOUR, tzinfo=ZoneInfo(settings.TIME_ZONE))


def days_left(due: datetime, *, at: datetime) -> int:
    """Working days until `due`; below zero when it has passed, zero on the day itself."""
    zone = ZoneInfo(settings.TIME_ZONE)
    today, end = at.astimezone(zone).date(), due.astimezone(zone).date()
    left = workdays_between(today, end, overrides(on=today))
    return -1 if left == 0 and due < at else left


def common_superior(units: Iterable[Jurisdiction]) -> str:
    """The code of the lowest unit above all of `units`, by their paths; "" where there is none."""
    paths = [[code for code in unit.path.split("/") if code][:-1] for unit in units]
    if not paths:
        return ""
    shared = ""
    for codes in zip(*paths, strict=False):
        if len(set(codes)) > 1:
            break
        shared = codes[0]
    return shared


def seat_words(step: Step, *, superior: Text | str = "") -> Text:
    """Who sits at a step where the charter is silent; the superior authority is named."""
    if step.level == Level.SUPERIOR.value and superior:
        return format_lazy(_("{words}: {name}"), words=step.seat, name=superior)
    return step.seat
