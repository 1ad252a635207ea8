"""The delivered table of reference values, cell by cell."""

from pathlib import Path

from django.utils.translation import gettext as _

from plans.indicators.models import ReferenceValue
from stakeholders.jurisdictions.reading.rows import Line, read_table

DATA = Path(__file__).parent / "data" / "indicators.csv"
REQUIRED = ("indicator_id", "name_en", "name_zh", "area", "area_zh", "value_2012", "value_2022")
FIGURE = {"places": 4, "low": -1_000_000_000, "high": 1_000_000_000}


def read_reference_values(path: Path) -> list[ReferenceValue]:
    """The rows of `indicators.csv`. RowError with file, line, column and reason."""
    values: list[ReferenceValue] = []
    seen: set[tuple[str, str]] = set()
    for line in read_table(path, required=REQUIRED):
        value = _value(line)
        if (value.key, value.area_en) in seen:
            reason = _("The table names this indicator of this area twice.")
            raise line.refuse("indicator_id", reason)
        seen.add((value.key, value.area_en))
        values.append(value)
    return values


def _value(line: Line) -> ReferenceValue:
    return ReferenceValue(
        key=line.filled("indicator_id"),
        area_zh=line.filled("area_zh"),
        area_en=line.filled("area"),
        name_zh=line.filled("name_zh"),
        name_en=line.filled("name_en"),
        unit_zh=line.text("unit_zh"),
        unit_en=line.text("unit"),
        value_2012=line.decimal("value_2012", **FIGURE),
        value_2022=line.decimal("value_2022", **FIGURE),
        target=line.decimal("target", **FIGURE),
        mean_change=line.decimal("mean_change_per_year", **FIGURE),
        years_to_target=line.decimal("years_to_target_at_that_pace", places=1, low=0, high=9999),
        other_year=line.whole_number("other_year", low=1900, high=2150),
        other_value=line.decimal("other_value", **FIGURE),
        source=line.text("source"),
    )
