from dataclasses import replace

import pytest

from consult.desk.queries import collect
from consult.workflow import gates
from consult.workflow.actions import (
    advance,
    answer_text_change,
    enforce,
    open_text_change,
    publish,
    put_forward,
    withdraw_text_change,
)
from consult.workflow.enums import Standing
from consult.workflow.models import PhaseStep
from consult.workflow.queries.changes import get_change, since_in_force, worded
from plans.indicators.actions import edit_indicator
from plans.indicators.queries import get_definition
from plans.register.models import Plan
from plans.register.queries import drafts_of
from plans.text.actions import answer_claim
from plans.text.queries import claims_of
from stakeholders.record.models import RecordEntry
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from stakeholders.terms.errors import Blocked, Conflict, Invalid, Refused
from tests.consult.workflow.in_force import MEASURE, lay, word
from tests.world import JIASHAN, QINGPU, WUJIANG, World


@pytest.fixture
def plan(world: World) -> Plan:
    return lay(world)


def begin(world: World, plan: Plan, way: str = "adjustment", *items: str) -> int:
    made = open_text_change(
        actor=world.coordinator(plan),
        plan=plan,
        way=way,
        items=items or ("taipu",),
        reason_zh="文字有误",
    )
    plan.refresh_from_db()
    return made.number


def put(world: World, plan: Plan, number: int) -> str:
    return put_forward(actor=world.coordinator(plan), plan=plan, number=number).wording_hash


def say(world: World, plan: Plan, code: str, wording: str, confirms: bool = True) -> None:
    answer_text_change(
        actor=world.actor(code, Role.SIGNATORY),
        plan=plan,
        number=1,
        confirms=confirms,
        wording=wording,
        reason="" if confirms else "影响我区取水",
    )


def acts(plan: Plan) -> list[str]:
    entries = RecordEntry.objects.filter(chain=f"plan:{plan.key}").order_by("seq")
    return list(entries.values_list("act", flat=True))


def kinds(plan: Plan) -> list[tuple[str, str | None]]:
    plan.refresh_from_db()
    found = collect(plans=[plan], now=clock.now())
    return sorted((one.kind, one.holder_code) for one in found if one.kind.startswith("change."))


def test_an_adjustment_is_in_force_once_all_it_concerns_confirmed(world: World, plan: Plan) -> None:
    before, count = plan.in_force, len(acts(plan))
    number = begin(world, plan)
    assert kinds(plan) == [("change.finish", None)]
    word(world, plan, "taipu", "水质按Ⅱ类控制。")
    wording = put(world, plan, number)
    assert kinds(plan) == [("change.answer", QINGPU), ("change.answer", WUJIANG)]
    say(world, plan, QINGPU, wording)
    with pytest.raises(Conflict):
        enforce(actor=world.coordinator(plan), plan=plan, number=number)
    say(world, plan, WUJIANG, wording)
    assert kinds(plan) == [("change.finish", None)]
    revision = enforce(actor=world.coordinator(plan), plan=plan, number=number)
    plan.refresh_from_db()
    assert (plan.in_force, plan.frozen, plan.phase) == (revision, revision, 4)
    assert (revision.number, before.number) == (2, 1)
    changed = revision.entries.exclude(change="unchanged").values_list("item__key", "change")
    assert list(changed) == [("taipu", "text")]
    assert get_change(plan, number=1).state.standing is Standing.IN_FORCE
    assert kinds(plan) == []
    edits = [one for one in acts(plan)[count:] if one.startswith(("change.", "adjustment."))]
    assert edits == [
        "change.open",
        "change.put_forward",
        "adjustment.answer",
        "adjustment.answer",
        "change.enforce",
    ]


def test_another_wording_asks_anew(world: World, plan: Plan) -> None:
    number = begin(world, plan)
    word(world, plan, "taipu", "水质按Ⅱ类控制。")
    wording = put(world, plan, number)
    say(world, plan, QINGPU, wording)
    word(world, plan, "taipu", "水质按Ⅰ类控制。")
    assert kinds(plan) == [("change.finish", None)]
    with pytest.raises(Conflict):
        say(world, plan, WUJIANG, wording)
    fresh = put(world, plan, number)
    say(world, plan, WUJIANG, fresh)
    assert get_change(plan, number=1).state.missing([QINGPU, WUJIANG]) == [QINGPU]
    with pytest.raises(Conflict):
        put(world, plan, number)


def test_a_refusal_needs_its_reason_and_keeps_it_out_of_force(world: World, plan: Plan) -> None:
    number = begin(world, plan)
    word(world, plan, "taipu", "水质按Ⅱ类控制。")
    wording = put(world, plan, number)
    with pytest.raises(Invalid) as told:
        answer_text_change(
            actor=world.actor(QINGPU, Role.SIGNATORY),
            plan=plan,
            number=1,
            confirms=False,
            wording=wording,
        )
    assert list(told.value.errors) == ["reason"]
    say(world, plan, WUJIANG, wording)
    say(world, plan, QINGPU, wording, confirms=False)
    assert get_change(plan, number=1).state.standing is Standing.REFUSED
    with pytest.raises(Conflict):
        enforce(actor=world.coordinator(plan), plan=plan, number=number)


def test_only_the_signatory_of_a_party_concerned_answers_an_adjustment(
    world: World, plan: Plan
) -> None:
    number = begin(world, plan)
    word(world, plan, "taipu", "水质按Ⅱ类控制。")
    wording = put(world, plan, number)
    for actor in (
        world.actor(QINGPU, Role.CONTACT_POINT),
        world.actor(JIASHAN, Role.SIGNATORY),
        world.coordinator(plan),
    ):
        with pytest.raises(Refused):
            answer_text_change(
                actor=actor, plan=plan, number=number, confirms=True, wording=wording
            )


def test_a_correction_takes_only_what_another_party_calls_editorial(
    world: World, plan: Plan
) -> None:
    number = begin(world, plan, "correction")
    word(world, plan, "taipu", "水质按Ⅲ类管控。", claim="editorial")
    with pytest.raises(Blocked) as told:
        put(world, plan, number)
    assert [one.code for one in told.value.blockers] == ["change.too_much"]
    (claimed,) = claims_of(plan)
    answer_claim(
        actor=world.actor(WUJIANG, Role.CONTACT_POINT),
        plan=plan,
        key="taipu",
        draft=claimed.claim.hash,
        verdict="confirmed",
    )
    wording = put(world, plan, number)
    for code in (QINGPU, WUJIANG):
        answer_text_change(
            actor=world.actor(code, Role.CONTACT_POINT),
            plan=plan,
            number=number,
            confirms=True,
            wording=wording,
        )
    enforce(actor=world.coordinator(plan), plan=plan, number=number)
    plan.refresh_from_db()
    assert list(plan.in_force.entries.filter(change="editorial").values_list("item__key")) == [
        ("taipu",)
    ]


def test_an_adjustment_leaves_what_binds_and_what_it_does_not_name(
    world: World, plan: Plan
) -> None:
    number = begin(world, plan, "adjustment", "surface")
    draft = get_definition(plan, key="surface").item.draft
    edit_indicator(
        actor=world.coordinator(plan),
        plan=plan,
        key="surface",
        edits=draft.edits,
        measure=replace(MEASURE, target="19.00"),
    )
    word(world, plan, "lake", "另作规定。")
    with pytest.raises(Blocked) as told:
        put(world, plan, number)
    assert [one.code for one in told.value.blockers] == ["change.unnamed", "change.binding"]


def test_nothing_else_is_published_meanwhile(world: World, plan: Plan) -> None:
    begin(world, plan)
    word(world, plan, "lake", "另作规定。")
    with pytest.raises(Conflict):
        publish(actor=world.coordinator(plan), plan=plan, stage="approved")


def test_one_change_at_a_time_with_reason_and_items_in_force(world: World, plan: Plan) -> None:
    office = world.coordinator(plan)
    for values, field in (
        ({"reason_zh": " "}, "reason_zh"),
        ({"items": ()}, "items"),
        ({"items": ("gone",)}, "items"),
        ({"way": "repeal"}, "way"),
        ({"jurisdiction": "110000"}, "jurisdiction"),
    ):
        given = {"way": "correction", "items": ("taipu",), "reason_zh": "误", **values}
        with pytest.raises(Invalid) as told:
            open_text_change(actor=office, plan=plan, **given)
        assert list(told.value.errors) == [field]
    begin(world, plan)
    with pytest.raises(Conflict):
        begin(world, plan, "correction")
    with pytest.raises(Refused):
        open_text_change(
            actor=world.actor(QINGPU, Role.SIGNATORY),
            plan=plan,
            way="correction",
            items=("taipu",),
            reason_zh="误",
        )


def test_withdrawing_brings_the_text_and_its_lock_back(world: World, plan: Plan) -> None:
    number = begin(world, plan)
    word(world, plan, "taipu", "水质按Ⅱ类控制。")
    word(world, plan, "lake", "另作规定。")
    office = world.coordinator(plan)
    with pytest.raises(Invalid):
        withdraw_text_change(actor=office, plan=plan, number=number, reason="")
    withdraw_text_change(actor=office, plan=plan, number=number, reason="各方未达成一致")
    plan.refresh_from_db()
    assert plan.frozen == plan.in_force
    texts = {
        one.item.key: one.content["text"]["zh"] for one in drafts_of(plan) if "text" in one.content
    }
    assert texts == {"taipu": "水质按Ⅲ类控制。", "lake": "水质按Ⅲ类控制。"}
    assert get_change(plan, number=number).state.standing is Standing.WITHDRAWN
    with pytest.raises(Conflict):
        withdraw_text_change(actor=office, plan=plan, number=number, reason="再次")


def test_an_amendment_goes_back_to_preparation_for_its_items_only(world: World, plan: Plan) -> None:
    number = begin(world, plan, "amendment")
    assert (plan.phase, plan.frozen) == (2, None)
    steps = PhaseStep.objects.filter(plan=plan).values_list("from_phase", "to_phase")
    assert list(steps) == [(4, 2)]
    for act in (put_forward, enforce):
        with pytest.raises(Refused):  # of the phase: it is not implementation now
            act(actor=world.coordinator(plan), plan=plan, number=number)
    word(world, plan, "lake", "另作规定。")
    with pytest.raises(Blocked) as told:
        publish(actor=world.coordinator(plan), plan=plan, stage="consultation")
    assert [one.code for one in told.value.blockers] == ["change.unnamed"]
    word(world, plan, "lake", "水质按Ⅲ类控制。")
    word(world, plan, "taipu", "水质按Ⅱ类控制。")
    revision = publish(actor=world.coordinator(plan), plan=plan, stage="consultation")
    assert revision.number == 2
    withdraw_text_change(actor=world.coordinator(plan), plan=plan, number=number, reason="另行安排")
    plan.refresh_from_db()
    assert (plan.phase, plan.frozen) == (4, plan.in_force)
    assert since_in_force(plan) == []


def test_the_parties_asked_are_those_the_named_items_concern(world: World, plan: Plan) -> None:
    number = begin(world, plan, "adjustment", "surface")
    change = get_change(plan, number=number)
    assert worded(plan, change).asked == (QINGPU, WUJIANG, JIASHAN)


def test_an_amendment_is_in_force_when_the_plan_enters_implementation_again(
    world: World, plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = world.coordinator(plan)
    begin(world, plan, "amendment")
    word(world, plan, "taipu", "水质按Ⅱ类控制。")
    revision = publish(actor=office, plan=plan, stage="recognition", freeze=True, accepts_gaps=True)
    for phase in (2, 3):
        monkeypatch.setitem(gates.GATES, phase, lambda *, plan: [])
        advance(actor=office, plan=plan)
    plan.refresh_from_db()
    assert (plan.phase, plan.in_force) == (4, revision)
    change = get_change(plan, number=1)
    assert change.state.standing is Standing.IN_FORCE
    assert change.steps[-1].revision == revision
