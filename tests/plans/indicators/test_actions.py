from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from plans.indicators.actions import (
    add_indicator,
    edit_indicator,
    remove_indicator,
    replace_indicator,
)
from plans.indicators.measure import Measure, measure_of
from plans.indicators.models import ReferenceValue
from plans.indicators.queries import get_definition, outline, rows
from plans.indicators.reading import DATA
from plans.indicators.steps import note_first_reading
from plans.register.models import Lineage, Plan
from stakeholders.record.models import RecordEntry
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from stakeholders.terms.errors import Conflict, Invalid, Refused
from stakeholders.terms.rights import Reason
from tests.world import JIASHAN, QINGPU, WUJIANG, World

FARMLAND = Measure(
    name_zh="耕地保有量",
    name_en="Farmland",
    unit="万亩",
    direction="up",
    aggregation="sum",
    target="76.60",
    target_year=2035,
    warning="76.80",
    limit="76.60",
    allocations={QINGPU: "21.90", WUJIANG: "33.10", JIASHAN: "21.60"},
    strength="binding",
)


@pytest.fixture
def plan(world: World) -> Plan:
    return world.plan()


def test_add_keeps_every_figure_as_it_was_written(world: World, plan: Plan) -> None:
    made = add_indicator(
        actor=world.actor(WUJIANG, Role.PLANNER), plan=plan, key="farmland", measure=FARMLAND
    )
    assert measure_of(made.item.draft) == replace(FARMLAND, concerned=(QINGPU, WUJIANG, JIASHAN))
    assert made.item.draft.content["thresholds"] == {"warning": "76.80", "limit": "76.60"}
    assert list(RecordEntry.objects.values_list("act", flat=True)) == [
        "plan.create",
        "indicator.add",
    ]


def test_add_by_a_signatory_is_refused(world: World, plan: Plan) -> None:
    with pytest.raises(Refused) as refusal:
        add_indicator(
            actor=world.actor(WUJIANG, Role.SIGNATORY), plan=plan, key="x", measure=FARMLAND
        )
    assert refusal.value.verdict.reason is Reason.WRONG_ROLE


@pytest.mark.parametrize(
    ("measure", "field"),
    [
        (replace(FARMLAND, target="viel"), "target"),
        (replace(FARMLAND, target="1e5"), "target"),
        (replace(FARMLAND, limit="NaN"), "limit"),
        (replace(FARMLAND, direction="sideways"), "direction"),
        (replace(FARMLAND, warning="76.50"), "warning"),
        (replace(FARMLAND, direction="down"), "warning"),
        (replace(FARMLAND, allocations={QINGPU: "21.90"}), "allocations"),
        (replace(FARMLAND, strength="guiding"), "strength"),
        (replace(FARMLAND, concerned=("999999",)), "concerned"),
    ],
)
def test_figures_that_cannot_be_are_invalid(
    world: World, plan: Plan, measure: Measure, field: str
) -> None:
    with pytest.raises(Invalid) as invalid:
        add_indicator(actor=world.coordinator(plan), plan=plan, key="x", measure=measure)
    assert list(invalid.value.errors) == [field]


def test_edit_and_remove_under_the_optimistic_lock(world: World, plan: Plan) -> None:
    actor = world.coordinator(plan)
    for key in ("farmland", "water"):
        add_indicator(actor=actor, plan=plan, key=key, measure=FARMLAND)
    later = replace(FARMLAND, source="批复")
    edit_indicator(actor=actor, plan=plan, key="farmland", edits=1, measure=later)
    with pytest.raises(Conflict) as conflict:
        edit_indicator(actor=actor, plan=plan, key="farmland", edits=1, measure=FARMLAND)
    assert measure_of(conflict.value.theirs).source == "批复"
    assert measure_of(get_definition(plan, key="farmland").item.draft).source == "批复"
    assert [(row.number, row.measure.source) for row in rows(plan)] == [("I1", "批复"), ("I2", "")]
    remove_indicator(actor=actor, plan=plan, key="farmland", edits=2)
    headings, places = outline(plan)
    assert [one.key for one in headings] == ["indicators"]
    assert [(one.number, one.item.key) for one in places] == [("I1", "water")]


def test_import_takes_the_table_once(world: World) -> None:
    call_command("import_indicators", verbosity=0)
    held = ReferenceValue.objects.count()
    out = StringIO()
    call_command("import_indicators", stdout=out)
    assert out.getvalue() == f"参考值：共{held}条，新增或变更0条。\n"
    assert ReferenceValue.objects.count() == held > 0
    value = ReferenceValue.objects.get(key="carbon_reduction")
    assert (str(value.value_2012), str(value.value_2022)) == ("33.7200", "78.5700")
    assert list(RecordEntry.objects.values_list("chain", "act")) == [
        ("site", "reference_values.import")
    ]


def test_import_of_a_bad_cell_keeps_nothing_and_names_the_place(
    world: World, tmp_path: Path
) -> None:
    path = tmp_path / "indicators.csv"
    path.write_text(DATA.read_text("utf-8").replace("50.17", "viel", 1), "utf-8")
    with pytest.raises(CommandError) as refusal:
        call_command("import_indicators", file=path)
    assert "indicators.csv" in str(refusal.value)
    assert "3" in str(refusal.value)
    assert "value_2012" in str(refusal.value)
    assert ReferenceValue.objects.count() == 0


def test_unit_stays_once_there_are_readings(world: World, plan: Plan) -> None:
    actor = world.coordinator(plan)
    made = add_indicator(actor=actor, plan=plan, key="farmland", measure=FARMLAND)
    hectares = replace(FARMLAND, unit="公顷")
    edit_indicator(actor=actor, plan=plan, key="farmland", edits=1, measure=hectares)
    first = clock.now()
    note_first_reading(made.item_id, first)
    note_first_reading(made.item_id, clock.now())
    assert get_definition(plan, key="farmland").read_since == first
    with pytest.raises(Invalid) as invalid:
        edit_indicator(actor=actor, plan=plan, key="farmland", edits=2, measure=FARMLAND)
    assert list(invalid.value.errors) == ["unit"]
    more = replace(hectares, source="批复")
    edit_indicator(actor=actor, plan=plan, key="farmland", edits=2, measure=more)
    assert get_definition(plan, key="farmland").item.draft.edits == 3


def test_new_unit_is_a_new_indicator_in_the_same_place(world: World, plan: Plan) -> None:
    actor = world.coordinator(plan)
    for key in ("farmland", "water"):
        add_indicator(actor=actor, plan=plan, key=key, measure=FARMLAND)
    old = get_definition(plan, key="farmland")
    note_first_reading(old.item_id, clock.now())
    hectares = replace(FARMLAND, unit="公顷")
    made = replace_indicator(actor=actor, plan=plan, key="farmland", edits=1, measure=hectares)
    assert [(r.number, r.key, r.measure.unit) for r in rows(plan)] == [
        ("I1", "farmland-2", "公顷"),
        ("I2", "water", "万亩"),
    ]
    assert made.read_since is None
    assert list(Lineage.objects.values_list("predecessor__key", "item__key", "kind")) == [
        ("farmland", "farmland-2", "replace")
    ]
    assert list(RecordEntry.objects.values_list("act", flat=True)) == [
        "plan.create",
        "indicator.add",
        "indicator.add",
        "indicator.replace",
    ]
    with pytest.raises(Conflict):
        replace_indicator(actor=actor, plan=plan, key="farmland", edits=2, measure=hectares)


def test_replacing_keeps_nothing_when_it_is_refused(world: World, plan: Plan) -> None:
    add_indicator(actor=world.coordinator(plan), plan=plan, key="farmland", measure=FARMLAND)
    actor = world.actor(WUJIANG, Role.SIGNATORY)
    with pytest.raises(Refused) as refusal:
        replace_indicator(actor=actor, plan=plan, key="farmland", edits=1, measure=FARMLAND)
    assert refusal.value.verdict.reason is Reason.WRONG_ROLE
    with pytest.raises(Conflict):
        replace_indicator(
            actor=world.coordinator(plan), plan=plan, key="farmland", edits=7, measure=FARMLAND
        )
    assert [one.key for one in rows(plan)] == ["farmland"]
