"""The indicators of the plan, and what is measured of them in implementation."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from consult.demonstration.reading import Row, by_key, table
from consult.demonstration.replay.stage import Scene, Stage
from consult.phase4_implementation.actions import report_reading
from plans.indicators.actions import add_indicator
from plans.indicators.enums import Aggregation, Direction
from plans.indicators.measure import Measure
from plans.register.enums import Strength

PARTIES = ("310118", "320509", "330421")
DEFINED_ON, YEARLY_ON, WARNED_ON = -174, 150, 355
AGGREGATIONS = {
    "sum": Aggregation.SUM,
    "weighted": Aggregation.WEIGHTED_MEAN,
    "worst": Aggregation.WORST,
}
# The story's month of the warning; its other periods move with it.
WARNED_YEAR, WARNED_MONTH = 2027, 3


def scenes() -> list[Scene]:
    found = [Scene(day=DEFINED_ON, play=_define(row)) for row in table("indicators")]
    for row in table("readings"):
        if "correction" not in row["period"]:
            found += [Scene(day=_day(row), play=_report(row, code)) for code in _units(row)]
    return found


def item_key(indicator: str) -> str:
    return f"indicator-{indicator.lower()}"


def _define(row: Row) -> Callable[[Stage], None]:
    shares = by_key("allocations", "indicator")[row["id"]]
    binding = row["nature_en"] == "binding"

    def play(stage: Stage) -> None:
        measure = Measure(
            name_zh=row["name_zh"],
            name_en=row["name_en"],
            unit=row["unit"],
            direction=(Direction.UP if row["direction"] == "not below" else Direction.DOWN).value,
            aggregation=AGGREGATIONS[row["aggregation"].split()[0]].value,
            definition_zh=row["basis_zh"],
            source=row["source"],
            target=row["plan_target"],
            target_year=int(row["target_year"]),
            warning=_figure(row["warning_value"]),
            limit=_figure(row["limit_value"]),
            allocations={code: shares[code] for code in PARTIES},
            strength=(Strength.BINDING if binding else Strength.ANTICIPATORY).value,
            concerned=PARTIES,
        )
        add_indicator(actor=stage.office, plan=stage.plan, key=item_key(row["id"]), measure=measure)

    return play


def _figure(cell: str) -> str:
    """A threshold; one that follows a path by year is none yet."""
    return "" if cell.startswith("path") else cell


def _units(row: Row) -> list[str]:
    """Who reports: each party, and the joint office for the whole where it is no worst value."""
    return [*PARTIES, *([] if "worst" in row["whole"] else ["whole"])]


def _day(row: Row) -> int:
    _year, _dash, month = row["period"].partition("-")
    if not month:
        return YEARLY_ON + 5 * (row["indicator"] == "I8")
    return WARNED_ON + 30 * (int(month) - WARNED_MONTH)


def _report(row: Row, code: str) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        whole = code == "whole"
        report_reading(
            actor=stage.office if whole else stage.contact(code),
            plan=stage.plan,
            item=item_key(row["indicator"]),
            jurisdiction=None if whole else code,
            period=_period(stage, row["period"]),
            value=Decimal(row[code].split()[0]),
            evidence=row["evidence_zh"] + "（演示）",
        )

    return play


def _period(stage: Stage, label: str) -> str:
    """The label moved with the calendar: the month of the warning is the month of day 355."""
    warned = stage.date(WARNED_ON)
    year, _dash, month = label.partition("-")
    if not month:
        moved = int(year) + (warned.year - WARNED_YEAR if int(year) > 2025 else 0)
        return str(moved)
    months = warned.year * 12 + warned.month - 1 + int(month) - WARNED_MONTH
    first = date(months // 12, months % 12 + 1, 1)
    return f"{first:%Y-%m}"
