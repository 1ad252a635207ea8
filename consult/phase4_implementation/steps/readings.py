"""Row writes of readings and warnings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from consult.phase4_implementation.alarms import Entry, due
from consult.phase4_implementation.models import Reading, ThresholdWarning
from consult.phase4_implementation.queries import courses_at
from consult.phase4_implementation.series import Indicator
from plans.indicators.steps import note_first_reading
from stakeholders.files.models import StoredFile
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor


@dataclass(frozen=True, kw_only=True)
class Measured:
    """A value to be entered, for a unit or (None) the whole area; `reason`: of a correction."""

    indicator: Indicator
    jurisdiction: str | None
    period: str
    value: Decimal
    evidence: str
    file: StoredFile | None = None
    reason: str = ""


def add_readings(*, actor: Actor, measured: Sequence[Measured]) -> list[Reading]:
    """One row each, in their order; an indicator keeps its unit from its first one on."""
    now = clock.now()
    for item in {one.indicator.item_id for one in measured}:
        note_first_reading(item, now)
    return Reading.objects.bulk_create(
        [
            Reading(
                item_id=one.indicator.item_id,
                jurisdiction_id=one.jurisdiction,
                period=one.period,
                value=one.value,
                evidence=one.evidence,
                file=one.file,
                reason=one.reason,
                is_on_behalf=one.jurisdiction not in (None, actor.jurisdiction_code),
                mandate_id=actor.mandate,
                at=now,
            )
            for one in measured
        ]
    )


def raise_warnings(
    *, readings: Sequence[Reading], indicators: Sequence[Indicator]
) -> list[ThresholdWarning]:
    """The warnings that the readings just added raise, by the order of their readings.

    One for each time a course leaves its bounds (`alarms`); where a late reading parts a run,
    an older reading may be the one that is warned of. Two queries for any number.
    """
    held = {one.item_id: one for one in indicators}
    added: dict[tuple[int, str | None], set[str]] = {}
    for one in readings:
        added.setdefault((one.item_id, one.jurisdiction_id), set()).add(one.period)
    courses = courses_at(indicators, places=added)
    owed: dict[int, tuple[Indicator, Entry]] = {}
    for place, periods in added.items():
        for entry in due(courses[place], periods=periods):
            owed[entry.id] = (held[place[0]], entry)
    found = {one.pk: one for one in readings}
    missing = owed.keys() - found.keys()
    found |= Reading.objects.in_bulk(missing) if missing else {}
    now = clock.now()
    return ThresholdWarning.objects.bulk_create(
        [_warning(found[pk], *owed[pk], now) for pk in sorted(owed)]
    )


def _warning(
    reading: Reading, indicator: Indicator, entry: Entry, now: datetime
) -> ThresholdWarning:
    level = entry.level
    if level is None:
        raise ValueError("a reading within raises no warning")
    figure = indicator.threshold(level, year=int(entry.period[:4]))
    return ThresholdWarning(
        reading=reading, level=level, threshold=format(figure or Decimal(0), "f"), at=now
    )
