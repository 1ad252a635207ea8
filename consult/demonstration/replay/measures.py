"""The indicators of the plan, and what is measured of them in implementation."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from consult.demonstration.reading import Row, by_key, split, table
from consult.demonstration.replay.stage import Scene, Stage
from consult.phase4_implementation.actions import report_reading
from plans.indicators.actions import add_indicator
from plans.indicators.enums import Aggregation, Direction
from plans.indicators.measure import Measure
from plans.register.enums import Strength

PARTIES = ("310118", "320509", "330421")
DEFINED_ON, YEARLY_ON, WARNED_ON = -174, 150, 355
# The joint measurement a neighbour asked for when it saw the answer to the warning.
REMEASURED_ON, CORRECTION = 372, " (correction)"
REASON = "应嘉善县要求联合复测，订正原读数（演示）"
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
        if CORRECTION in row["period"]:
            label = row["period"].removesuffix(CORRECTION)
            found += [
                Scene(day=REMEASURED_ON, play=_report(row | {"period": label}, code, reason=REASON))
                for code in _changed(row, label)
            ]
        else:
            found += [Scene(day=_day(row), play=_report(row, code)) for code in _units(row)]
    return found


def _changed(row: Row, period: str) -> list[str]:
    """The parties whose figure the row corrects; what stays the same is not entered again."""
    former = next(
        one
        for one in table("readings")
        if (one["indicator"], one["period"]) == (row["indicator"], period)
    )
    return [code for code in PARTIES if row[code] != former[code]]


def item_key(indicator: str) -> str:
    return f"indicator-{indicator.lower()}"


def _define(row: Row) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        add_indicator(
            actor=stage.office,
            plan=stage.plan,
            key=item_key(row["id"]),
            measure=_measure(row, moved=_moved(stage)),
        )

    return play


def _measure(row: Row, *, moved: int) -> Measure:
    """`moved` is by how many years the story's years after 2025 lie elsewhere."""
    shares = by_key("allocations", "indicator")[row["id"]]
    binding = row["nature_en"] == "binding"
    path = tuple((int(year) + moved, value) for year, value in _steps(row["path"]))
    base_year = int(row["base_year"] or 0)
    return Measure(
        name_zh=row["name_zh"],
        name_en=row["name_en"],
        unit=row["unit"],
        direction=(Direction.UP if row["direction"] == "not below" else Direction.DOWN).value,
        aggregation=AGGREGATIONS[row["aggregation"].split()[0]].value,
        definition_zh=row["definition_zh"],
        definition_en=row["definition_en"],
        source=row["source"],
        period=row["period"],
        base_year=base_year + (moved if path else 0) or None,
        base_value=row["base_value"],
        base_shares=_of_parties(row["base_shares"]),
        target=row["plan_target"],
        target_year=path[-1][0] if path else int(row["target_year"]),
        path=path,
        warning=row["warning_value"],
        limit=row["limit_value"],
        basis_zh=row["basis_zh"],
        allocations={code: shares[code] for code in PARTIES},
        weights=_of_parties(row["weights"]),
        weight_zh=row["weight_zh"],
        weight_en=row["weight_en"],
        guard=row["guard"],
        strength=(Strength.BINDING if binding else Strength.ANTICIPATORY).value,
        concerned=PARTIES,
    )


def _of_parties(cell: str) -> dict[str, str]:
    """A list of figures in the order of the parties."""
    return dict(zip(PARTIES, split(cell), strict=True)) if cell else {}


def _steps(cell: str) -> list[tuple[str, str]]:
    pairs = [step.partition(":") for step in split(cell)]
    return [(year, value) for year, _colon, value in pairs]


def _moved(stage: Stage) -> int:
    return stage.date(WARNED_ON).year - WARNED_YEAR


def _units(row: Row) -> list[str]:
    """Who reports: each party, and the joint office for the whole where it is no worst value."""
    return [*PARTIES, *([] if "worst" in row["whole"] else ["whole"])]


def _day(row: Row) -> int:
    _year, _dash, month = row["period"].partition("-")
    if not month:
        # The year of the warning has begun by its day, whatever the month of day 0.
        is_of_its_year = row["period"] == str(WARNED_YEAR)
        return WARNED_ON if is_of_its_year else YEARLY_ON + 5 * (row["indicator"] == "I8")
    return WARNED_ON + 30 * (int(month) - WARNED_MONTH)


def _report(row: Row, code: str, *, reason: str = "") -> Callable[[Stage], None]:
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
            reason=reason,
        )

    return play


def _period(stage: Stage, label: str) -> str:
    """The label moved with the calendar: the month of the warning is the month of day 355."""
    warned = stage.date(WARNED_ON)
    year, _dash, month = label.partition("-")
    if not month:
        return str(int(year) + (_moved(stage) if int(year) > 2025 else 0))
    months = warned.year * 12 + warned.month - 1 + int(month) - WARNED_MONTH
    first = date(months // 12, months % 12 + 1, 1)
    return f"{first:%Y-%m}"
