"""How long a matter may rest at a level, as the charter in force says."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings

from consult.phase1_organization.queries import charter_in_force
from plans.register.models import Plan
from stakeholders.jurisdictions.queries import overrides
from stakeholders.terms import clock
from stakeholders.terms.workdays import add_workdays

HOUR = time(17, 0)


def due_at(*, plan: Plan, level: str) -> datetime | None:
    """When a matter that comes to `level` now is due; None where the charter sets no time."""
    charter = charter_in_force(plan)
    days = charter.content.days_at(level) if charter else None
    if days is None:
        return None
    zone = ZoneInfo(settings.TIME_ZONE)
    today = clock.now().astimezone(zone).date()
    day = add_workdays(today, days, overrides(on=today))
    return datetime.combine(day, HOUR, tzinfo=zone)
