import json
from dataclasses import replace
from types import SimpleNamespace

import pytest

from consult.workflow import gates
from consult.workflow.actions import advance, publish, reopen
from consult.workflow.models import PhaseStep
from consult.workflow.queries import pending
from plans.indicators.actions import add_indicator, edit_indicator
from plans.indicators.measure import Measure
from plans.register.actions import renounce_concern
from plans.register.models import Plan
from plans.register.steps import set_phase
from plans.text.actions import add_chapter, add_provision, edit_provision, remove_provision
from plans.text.wording import Wording
from stakeholders.notices.models import Notice
from stakeholders.record.models import RecordEntry
from stakeholders.terms.actor import Role
from stakeholders.terms.duty import Blocker
from stakeholders.terms.errors import Blocked, Invalid, Refused
from stakeholders.terms.rights import Reason
from tests.world import JIASHAN, QINGPU, WUJIANG, World

RULE = Wording(title_zh="太浦河", text_zh="水质按Ⅲ类控制。", strength="binding")
MEASURE = Measure(
    name_zh="河湖水面率", unit="%", direction="up", aggregation="weighted_mean", target="20.60"
)


@pytest.fixture
def plan(world: World) -> Plan:
    """A plan with one chapter, two provisions and an indicator in its working draft."""
    made = world.plan()
    actor = world.coordinator(made)
    add_chapter(actor=actor, plan=made, key="water", title_zh="水环境", title_en="Water")
    for key in ("taipu", "antimony"):
        add_provision(actor=actor, plan=made, chapter="water", key=key, wording=RULE)
    add_indicator(actor=actor, plan=made, key="water-surface", measure=MEASURE)
    return made


@pytest.fixture
def stub_gate(monkeypatch: pytest.MonkeyPatch) -> list[Blocker]:
    """A gate of phase 1 that says what the test puts into the list."""
    blockers: list[Blocker] = []
    monkeypatch.setitem(gates.GATES, 1, lambda *, plan: list(blockers))
    return blockers


def acts(plan: Plan) -> list[str]:
    entries = RecordEntry.objects.filter(chain=f"plan:{plan.key}").order_by("seq")
    return list(entries.values_list("act", flat=True))


def test_publish_holds_provisions_and_the_indicator(world: World, plan: Plan) -> None:
    before = len(acts(plan))
    revision = publish(actor=world.coordinator(plan), plan=plan, stage="consultation")
    entries = revision.entries.order_by("position")
    assert list(entries.values_list("item__key", "number", "heading", "change")) == [
        ("taipu", "1", "water", "added"),
        ("antimony", "2", "water", "added"),
        ("water-surface", "I1", "indicators", "added"),
    ]
    assert json.loads(revision.manifest)["headings"] == [
        ["water", "水环境", "Water"],
        ["indicators", "指标", "Indicators"],
    ]
    assert acts(plan)[before:] == ["revision.publish"]
    entry = RecordEntry.objects.get(act="revision.publish")
    assert json.loads(entry.payload)["effects"] == {
        "changes": {"added": 3},
        "frozen": False,
        "hash": revision.hash,
        "items": 3,
        "stage": "consultation",
    }
    contacts = {world.user(code, Role.CONTACT_POINT).pk for code in (QINGPU, WUJIANG, JIASHAN)}
    assert set(Notice.objects.values_list("user_id", flat=True)) == contacts
    titles = set(Notice.objects.values_list("title_en", flat=True))
    assert titles == {"Revision 1 of QWJ plan was published"}


def test_second_publishing_names_each_kind_of_change(world: World, plan: Plan) -> None:
    actor = world.coordinator(plan)
    publish(actor=actor, plan=plan, stage="consultation")
    changed = Wording(title_zh="太浦河", text_zh="水质按Ⅱ类控制。", strength="binding")
    edit_provision(actor=actor, plan=plan, key="antimony", edits=1, wording=changed)
    remove_provision(actor=actor, plan=plan, key="taipu", edits=1)
    measure = Measure(**{**MEASURE.__dict__, "target": "20.80", "concerned": (WUJIANG,)})
    for code in (QINGPU, JIASHAN):
        contact = world.actor(code, Role.CONTACT_POINT)
        renounce_concern(actor=contact, plan=plan, item="water-surface", reason="不涉及")
    edit_indicator(actor=actor, plan=plan, key="water-surface", edits=3, measure=measure)
    found = pending(plan)
    assert found.kinds == {
        "antimony": "text",
        "water-surface": "indicator",
        "taipu": "removed",
    }
    # Nobody is edited out of a consent: the indicator still concerns all who were concerned.
    everybody = {QINGPU, WUJIANG, JIASHAN}
    assert [set(one.concerned) for one in found.changes] == [everybody] * 3
    second = publish(actor=actor, plan=plan, stage="recognition", freeze=True, accepts_gaps=True)
    plan.refresh_from_db()
    assert plan.frozen == second
    assert list(second.entries.values_list("item__key", "number")) == [
        ("antimony", "1"),
        ("water-surface", "I1"),
    ]
    with pytest.raises(Refused) as refusal:
        publish(actor=actor, plan=plan, stage="recognition")
    assert refusal.value.verdict.reason is Reason.FROZEN


def test_freezing_with_gaps_needs_the_coordinators_word(world: World, plan: Plan) -> None:
    actor = world.coordinator(plan)
    strict = replace(RULE, strength="binding", lead="")
    edit_provision(actor=actor, plan=plan, key="taipu", edits=1, wording=strict)
    guiding = replace(RULE, strength="guiding")
    edit_provision(actor=actor, plan=plan, key="antimony", edits=1, wording=guiding)
    with pytest.raises(Blocked) as blocked:
        publish(actor=actor, plan=plan, stage="recognition", freeze=True)
    kinds = ["binding_without_lead", "binding_without_date", "binding_without_evidence"]
    assert [one.code for one in blocked.value.blockers] == kinds
    publish(actor=actor, plan=plan, stage="recognition", freeze=True, accepts_gaps=True)
    entry = RecordEntry.objects.get(act="revision.publish")
    assert json.loads(entry.payload)["effects"]["gaps"] == dict.fromkeys(kinds, 1)


def test_freezing_without_gaps_needs_no_word(world: World, plan: Plan) -> None:
    actor = world.coordinator(plan)
    full = replace(RULE, strength="binding", lead=QINGPU, due="2030-12-31", evidence="年度水质通报")
    for key in ("taipu", "antimony"):
        edit_provision(actor=actor, plan=plan, key=key, edits=1, wording=full)
    publish(actor=actor, plan=plan, stage="recognition", freeze=True)
    entry = RecordEntry.objects.get(act="revision.publish")
    assert "gaps" not in json.loads(entry.payload)["effects"]


def test_publish_by_a_contact_point_is_refused(world: World, plan: Plan) -> None:
    with pytest.raises(Refused) as refusal:
        publish(actor=world.actor(QINGPU, Role.CONTACT_POINT), plan=plan, stage="consultation")
    assert refusal.value.verdict.reason is Reason.WRONG_ROLE


def test_publish_of_an_empty_draft_is_invalid(world: World) -> None:
    empty = world.plan("EMPTY")
    actor = world.coordinator(empty)
    with pytest.raises(Invalid):
        publish(actor=actor, plan=empty, stage="consultation")


def test_manifest_names_the_charter_in_force(
    world: World, plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    adopted = SimpleNamespace(version="2")
    monkeypatch.setattr(
        "consult.workflow.queries.publishing.charter_in_force", lambda _plan: adopted
    )
    revision = publish(actor=world.coordinator(plan), plan=plan, stage="consultation")
    assert json.loads(revision.manifest)["charter"] == "2"


def test_approved_text_comes_into_force(world: World, plan: Plan) -> None:
    revision = publish(actor=world.coordinator(plan), plan=plan, stage="approved")
    plan.refresh_from_db()
    assert plan.in_force == revision


def test_advance_is_blocked_and_then_passes(
    world: World, plan: Plan, stub_gate: list[Blocker]
) -> None:
    actor = world.coordinator(plan)
    stub_gate.append(Blocker(code="charter.missing", text="no charter", url="/charter/"))
    before = acts(plan)
    with pytest.raises(Blocked) as blocked:
        advance(actor=actor, plan=plan)
    assert [one.code for one in blocked.value.blockers] == ["charter.missing"]
    assert acts(plan) == before
    stub_gate.clear()
    step = advance(actor=actor, plan=plan)
    plan.refresh_from_db()
    assert (plan.phase, step.from_phase, step.to_phase) == (2, 1, 2)
    assert step.mandate_id == actor.mandate_id
    assert acts(plan) == [*before, "phase.advance"]


def test_advance_by_a_planner_is_refused_before_the_gate(
    world: World, plan: Plan, stub_gate: list[Blocker]
) -> None:
    with pytest.raises(Refused) as refusal:
        advance(actor=world.actor(QINGPU, Role.PLANNER), plan=plan)
    assert refusal.value.verdict.reason is Reason.WRONG_ROLE


def test_a_phase_without_gate_stays_shut(
    world: World, plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gates, "GATES", {})
    with pytest.raises(Blocked) as blocked:
        advance(actor=world.coordinator(plan), plan=plan)
    assert [one.code for one in blocked.value.blockers] == ["gate.none"]


def test_advance_out_of_the_last_phase_is_refused(world: World, plan: Plan) -> None:
    set_phase(plan=plan, phase=4)
    with pytest.raises(Refused) as refusal:
        advance(actor=world.coordinator(plan), plan=plan)
    assert refusal.value.verdict.reason is Reason.WRONG_PHASE


def test_reopen_lifts_the_lock_with_a_reason(world: World, plan: Plan) -> None:
    actor = world.coordinator(plan)
    with pytest.raises(Refused) as early:
        reopen(actor=actor, plan=plan, reason="异议")
    publish(actor=actor, plan=plan, stage="recognition", freeze=True, accepts_gaps=True)
    set_phase(plan=plan, phase=3)
    with pytest.raises(Invalid) as silent:
        reopen(actor=actor, plan=plan, reason=" ")
    step = reopen(actor=actor, plan=plan, reason="第十六条异议")
    plan.refresh_from_db()
    assert early.value.verdict.reason is Reason.WRONG_PHASE
    assert list(silent.value.errors) == ["reason"]
    assert (plan.phase, plan.frozen, step.reason) == (2, None, "第十六条异议")
    assert list(PhaseStep.objects.values_list("from_phase", "to_phase")) == [(3, 2)]
    assert acts(plan)[-1] == "phase.reopen"
