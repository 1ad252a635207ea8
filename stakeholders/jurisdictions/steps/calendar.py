"""Adding days to the calendar."""

from collections.abc import Iterable
from datetime import date

from stakeholders.jurisdictions.models import WorkdayOverride
from stakeholders.terms import clock


def add_days(
    *,
    days: Iterable[date],
    is_workday: bool,
    name_zh: str,
    name_en: str,
    basis: str,
    document: str,
    effective_from: date,
) -> list[WorkdayOverride]:
    """One row for each day."""
    now = clock.now()
    return WorkdayOverride.objects.bulk_create(
        WorkdayOverride(
            day=day,
            is_workday=is_workday,
            name_zh=name_zh,
            name_en=name_en,
            basis=basis,
            document=document,
            effective_from=effective_from,
            entered_at=now,
        )
        for day in days
    )
