"""What no indicator may be: each fault at its own field, a jurisdiction's at its own cell."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.indicators.checking import check, check_still_read
from plans.indicators.measure import Measure, measure_in
from stakeholders.terms import canonical
from stakeholders.terms.errors import Invalid
from tests.plans.indicators.test_actions import FARMLAND
from tests.plans.indicators.test_allocating import ROADS
from tests.world import JIASHAN, QINGPU, WUJIANG

WATER = Measure(
    name_zh="河湖水面率",
    unit="%",
    direction="up",
    aggregation="weighted_mean",
    period="year",
    target="20.60",
    target_year=2035,
    base_year=2025,
    base_value="20.38",
    base_shares={QINGPU: "18.32", WUJIANG: "24.10", JIASHAN: "13.98"},
    warning="20.30",
    limit="20.00",
    basis_zh="调蓄与行洪要求",
    allocations={QINGPU: "18.55", WUJIANG: "24.32", JIASHAN: "14.20"},
    weights={QINGPU: "669.9", WUJIANG: "1222.6", JIASHAN: "495.6"},
    weight_zh="行政区域面积（平方公里）",
    calibres={QINGPU: "水利普查口径"},
    strength="binding",
)
RED_LINE = Measure(
    name_zh="生态保护红线面积",
    unit="平方公里",
    direction="up",
    aggregation="sum",
    target="143.32",
    target_year=2035,
    base_year=2025,
    base_value="143.32",
    base_shares={QINGPU: "45.20", WUJIANG: "92.40", JIASHAN: "5.72"},
    allocations={QINGPU: "45.20", WUJIANG: "92.40", JIASHAN: "5.72"},
    guard="no_reduction",
)
# What a wording without anything of what came later hashes to.
FORMER = {
    "name": {"zh": "耕地保有量", "en": "Farmland"},
    "definition": {"zh": "", "en": ""},
    "unit": "万亩",
    "source": "",
    "direction": "up",
    "aggregation": "sum",
    "target": "76.60",
    "target_year": 2035,
    "thresholds": {"warning": "76.80", "limit": "76.60"},
    "allocations": {QINGPU: "21.90", WUJIANG: "33.10", JIASHAN: "21.60"},
}


def faults(measure: Measure) -> list[str]:
    try:
        check(measure)
    except Invalid as error:
        return list(error.errors)
    return []


@pytest.mark.parametrize("measure", [FARMLAND, WATER, RED_LINE, ROADS])
def test_what_is_whole_passes_and_is_read_again_from_its_content(measure: Measure) -> None:
    check(measure)
    draft = {"strength": measure.strength, "concerned": measure.concerned}
    assert replace(measure_in(measure.content()), **draft) == measure


def test_wording_without_the_later_fields_hashes_as_before() -> None:
    assert FARMLAND.content() == FORMER
    assert canonical.digest_of(FARMLAND.content()) == canonical.digest_of(FORMER)
    emptied = replace(FARMLAND, weights={QINGPU: ""}, calibres={JIASHAN: ""}, base_value="")
    assert emptied.content() == FORMER


@pytest.mark.parametrize(
    ("measure", "fields"),
    [
        (replace(FARMLAND, target="1e308"), ["target"]),
        (replace(FARMLAND, target="9" * 309), ["target"]),
        (replace(FARMLAND, base_value="Infinity"), ["base_value"]),
        (replace(FARMLAND, warning="path * 2"), ["warning"]),
        (replace(FARMLAND, limit="path - 1"), ["limit"]),
        (replace(FARMLAND, allocations={QINGPU: "NaN"}), [f"allocations.{QINGPU}"]),
        (replace(FARMLAND, floors={WUJIANG: "viel"}), [f"floors.{WUJIANG}"]),
        (
            replace(FARMLAND, allocations={**FARMLAND.allocations, QINGPU: "22.00"}),
            ["allocations"],
        ),
        (
            replace(FARMLAND, allocations={**FARMLAND.allocations, QINGPU: "80.00"}),
            [f"allocations.{QINGPU}", "allocations"],
        ),
        (replace(FARMLAND, floors={QINGPU: "22.00"}), [f"allocations.{QINGPU}"]),
        (replace(FARMLAND, ceilings={QINGPU: "21.00"}), [f"allocations.{QINGPU}"]),
        (
            replace(FARMLAND, allocations={}, floors={QINGPU: "2"}, ceilings={QINGPU: "1"}),
            [f"ceilings.{QINGPU}"],
        ),
        (replace(FARMLAND, allocations={}, floors={QINGPU: "40", WUJIANG: "40"}), ["floors"]),
        (
            replace(FARMLAND, allocations={}, ceilings={QINGPU: "40"}, concerned=(QINGPU,)),
            ["ceilings"],
        ),
        (replace(FARMLAND, weights={QINGPU: "1"}), [f"weights.{QINGPU}"]),
        (replace(FARMLAND, period="week"), ["period"]),
        (replace(FARMLAND, guard="other"), ["guard"]),
        (replace(FARMLAND, base_year=2035), ["base_year"]),
        (replace(FARMLAND, base_value="75"), ["base_year"]),
        (replace(WATER, weights={}), [f"weights.{one}" for one in (QINGPU, WUJIANG, JIASHAN)]),
        (
            replace(WATER, weights={**WATER.weights, QINGPU: "0"}),
            [f"weights.{QINGPU}", "allocations", "base_shares"],
        ),
        (replace(WATER, weight_zh=""), ["weight_zh"]),
        (replace(WATER, allocations={**WATER.allocations, JIASHAN: "15.20"}), ["allocations"]),
        (replace(WATER, base_value="20.37"), ["base_shares"]),
        (replace(WATER, aggregation="worst", weights={}), ["allocations", "base_shares"]),
        (replace(ROADS, path=((2028, "3"), (2027, "1"))), ["path"]),
        (replace(ROADS, path=((2027, "1"), (2027, "3"))), ["path"]),
        (replace(ROADS, path=((2027, "1"), (2031, "8"))), ["path"]),
        (replace(ROADS, path=((2027, "1"), (2030, "7"))), ["path"]),
        (replace(ROADS, path=((2027, ""),)), ["path"]),
        (replace(ROADS, path=((1900, "1"), (2030, "8"))), ["path"]),
        (replace(ROADS, base_year=2027), ["path"]),
        (replace(ROADS, limit="path"), ["warning"]),
        (replace(ROADS, limit="1"), ["warning"]),
        (replace(RED_LINE, direction="down"), ["guard"]),
        (
            replace(RED_LINE, base_shares={QINGPU: "45.20", WUJIANG: "98.12"}),
            [f"base_shares.{JIASHAN}", f"allocations.{WUJIANG}"],
        ),
        (
            replace(
                RED_LINE,
                allocations={QINGPU: "45.10", WUJIANG: "92.50", JIASHAN: "5.72"},
            ),
            [f"allocations.{QINGPU}"],
        ),
        (
            replace(RED_LINE, target="143.00", allocations={}),
            ["target"],
        ),
    ],
)
def test_fault_stands_at_its_field(measure: Measure, fields: list[str]) -> None:
    assert sorted(faults(measure)) == sorted(fields)


@given(st.text(max_size=30), st.sampled_from(["target", "warning", "limit", "base_value"]))
def test_no_text_whatever_breaks_the_check(text: str, name: str) -> None:
    found = {one.partition(".")[0] for one in faults(replace(ROADS, **{name: text}))}
    assert found <= {name, "allocations", "path", "base_year", "warning"}


def test_once_read_only_what_is_measured_stays() -> None:
    later = replace(FARMLAND, target="76.70", source="批复", name_en="Arable land")
    check_still_read(before=FARMLAND, after=later)
    other = replace(FARMLAND, unit="公顷", direction="down", aggregation="worst")
    with pytest.raises(Invalid) as invalid:
        check_still_read(before=FARMLAND, after=other)
    assert list(invalid.value.errors) == ["unit", "aggregation", "direction"]
