"""A changed definition of an indicator is read field by field, in words."""

from dataclasses import replace

import pytest
from django.utils import translation

from consult.workflow.actions import publish
from plans.indicators.actions import add_indicator, edit_indicator
from plans.indicators.measure import Measure
from plans.register.enums import ChangeKind
from plans.register.models import Plan
from plans.text.comparing import compare, compare_draft
from plans.text.shown import differences_of
from tests.plans.indicators.test_allocating import ROADS
from tests.plans.indicators.test_checking import WATER
from tests.world import JIASHAN, QINGPU, WUJIANG, World


def said(world: World, plan: Plan, before: Measure, after: Measure) -> dict[str, list[str]]:
    """Label -> what went and what came, between the two publishings."""
    actor = world.coordinator(plan)
    add_indicator(actor=actor, plan=plan, key="one", measure=before)
    old = publish(actor=actor, plan=plan, stage="consultation")
    edit_indicator(actor=actor, plan=plan, key="one", edits=1, measure=after)
    drafted = compare_draft(plan=plan, old=old)
    new = publish(actor=actor, plan=plan, stage="consultation")
    found = compare(old=old, new=new)
    kinds = [one.kind for one in (*found.changes, *drafted.changes) if one.key == "one"]
    assert kinds == [ChangeKind.INDICATOR, ChangeKind.INDICATOR]
    with translation.override("en"):
        (difference,) = differences_of([one for one in found.changes if one.key == "one"])
        return {
            str(field.label): [str(piece.text) for piece in field.pieces]
            for field in difference.fields
        }


CONCERNED = (QINGPU, WUJIANG, JIASHAN)


def test_weights_base_and_reasons_are_named(world: World, plan: Plan) -> None:
    after = replace(
        WATER,
        weights={**WATER.weights, QINGPU: "670.0"},
        base_value="",
        base_shares={},
        basis_zh="防洪要求",
        warning="20.40",
        period="month",
        concerned=CONCERNED,
    )
    assert said(world, plan, WATER, after) == {
        "Reading period": ["Every year", "Every month"],
        "Weights": ["Qingpu District: 669.9", "Qingpu District: 670.0"],
        "Base value": ["20.38"],
        "Figures of the base year": [
            "Qingpu District: 18.32, Wujiang District: 24.10, Jiashan County: 13.98"
        ],
        "Why these thresholds (Chinese)": ["调蓄与行洪要求", "防洪要求"],
        "Warning value": ["20.30", "20.40"],
    }


def test_path_and_thresholds_beside_it_are_named(world: World, plan: Plan) -> None:
    after = replace(
        ROADS,
        path=((2027, "2"), *ROADS.path[1:]),
        limit="path - 3",
        aggregation="worst",
        allocations={QINGPU: "8", WUJIANG: "8", JIASHAN: "9"},
        floors={JIASHAN: "8"},
        concerned=CONCERNED,
    )
    found = said(world, plan, ROADS, after)
    assert found["Path by year"] == ["2027: 1", "2027: 2"]
    assert found["Limit"] == ["path - 2", "path - 3"]
    assert found["Aggregation"] == ["Sum", "Worst value"]
    assert found["Floors"] == ["Jiashan County: 8"]
    assert sorted(found) == [
        "Aggregation",
        "Floors",
        "Limit",
        "Path by year",
        "Shares of the parties",
    ]


@pytest.mark.parametrize("name", ["guard", "calibres"])
def test_single_fields_are_named(world: World, plan: Plan, name: str) -> None:
    bare = replace(WATER, calibres={}, guard="")
    value: object = "no_reduction" if name == "guard" else {QINGPU: "水利普查口径"}
    after = replace(bare, concerned=CONCERNED, **{name: value})
    words = {
        "guard": {"Guard": ["No reduction in function, area, character"]},
        "calibres": {"Statistical calibre": ["Qingpu District: 水利普查口径"]},
    }
    assert said(world, plan, bare, after) == words[name]
