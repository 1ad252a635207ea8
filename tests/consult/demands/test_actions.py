from collections.abc import Callable
from functools import partial

import pytest

from consult.demands import actions
from consult.demands.audits import demands_audit
from consult.demands.duties import duties
from consult.demands.models import DemandSorting, ListedDemand
from consult.demands.queries import filtered, lists_of, shown, visible_demands
from consult.demands.steps import Entry
from consult.matters.actions import open_matter
from consult.matters.steps import Wording
from plans.register.enums import PartyRole
from plans.register.models import Plan
from plans.register.steps import add_party, create_item, set_phase
from stakeholders.notices.models import Notice
from stakeholders.record.models import RecordEntry
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.errors import Conflict, Invalid, Refused
from stakeholders.terms.rights import Reason
from tests.world import JIASHAN, KUNSHAN, QINGPU, WUJIANG, World, in_days

ENTRY = Entry(
    title_zh="太浦河枯水期限排", title_en="Low-flow limits", kind="neighbour", theme="water"
)


@pytest.fixture
def plan(world: World) -> Plan:
    return world.plan()


def contact(world: World, code: str = WUJIANG) -> Actor:
    return world.actor(code, Role.CONTACT_POINT)


def written(world: World, plan: Plan, code: str = WUJIANG) -> ListedDemand:
    return actions.add_demand(actor=world.actor(code, Role.PLANNER), plan=plan, entry=ENTRY)


def handed_in(world: World, plan: Plan, code: str = WUJIANG) -> ListedDemand:
    demand = written(world, plan, code)
    actions.hand_in_demands(actor=contact(world, code), plan=plan)
    demand.refresh_from_db()
    return demand


def an_item(world: World, plan: Plan) -> None:
    create_item(
        plan=plan,
        key="low-flow",
        kind="provision",
        content={"title": {"zh": "限排"}},
        strength="binding",
        concerned=[WUJIANG],
        actor=world.coordinator(plan),
    )


def recorded(start: str) -> list[str]:
    rows = RecordEntry.objects.filter(act__startswith=start).order_by("pk")
    return list(rows.values_list("act", flat=True))


def test_demand_is_seen_by_its_own_party_alone_until_handed_in(world: World, plan: Plan) -> None:
    demand = written(world, plan)
    own = world.actor(WUJIANG, Role.SIGNATORY)
    others = [world.actor(QINGPU, Role.CONTACT_POINT), world.coordinator(plan)]
    assert list(visible_demands(actor=own, plan=plan)) == [demand]
    assert [visible_demands(actor=one, plan=plan).count() for one in others] == [0, 0]
    actions.hand_in_demands(actor=contact(world), plan=plan)
    assert [visible_demands(actor=one, plan=plan).count() for one in others] == [1, 1]
    assert recorded("demand") == ["demand.add", "demands.hand_in"]
    assert "太浦河" not in "".join(RecordEntry.objects.values_list("payload", flat=True))


def test_coordinator_lent_by_a_party_does_not_see_what_that_party_still_writes(
    world: World, plan: Plan
) -> None:
    written(world, plan, QINGPU)
    assert visible_demands(actor=world.coordinator(plan), plan=plan).count() == 0


def test_demand_is_edited_and_removed_while_it_is_not_handed_in(world: World, plan: Plan) -> None:
    demand, planner = written(world, plan), world.actor(WUJIANG, Role.PLANNER)
    changed = Entry(title_zh="限排", kind="local", theme="water")
    actions.edit_demand(actor=planner, plan=plan, demand=demand, edits=1, entry=changed)
    with pytest.raises(Conflict):
        actions.edit_demand(actor=planner, plan=plan, demand=demand, edits=1, entry=changed)
    kept = written(world, plan)
    actions.remove_demand(actor=planner, plan=plan, demand=demand, edits=2)
    for act in (actions.remove_demand, partial(actions.edit_demand, entry=changed)):
        with pytest.raises(Conflict):
            act(actor=planner, plan=plan, demand=demand, edits=2)
    actions.hand_in_demands(actor=contact(world), plan=plan)
    with pytest.raises(Conflict):
        actions.remove_demand(actor=planner, plan=plan, demand=kept, edits=1)
    assert list(ListedDemand.objects.values_list("number", "title_zh")) == [(2, ENTRY.title_zh)]
    assert recorded("demand.") == ["demand.add", "demand.edit", "demand.add", "demand.remove"]


def test_nobody_writes_on_the_list_of_another_party(world: World, plan: Plan) -> None:
    demand = written(world, plan)
    with pytest.raises(Refused) as refused:
        actions.edit_demand(
            actor=world.actor(QINGPU, Role.PLANNER), plan=plan, demand=demand, edits=1, entry=ENTRY
        )
    assert refused.value.verdict.reason is Reason.NOT_YOURS


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        (Entry(title_zh=" ", kind="local", theme="water"), "title_zh"),
        (Entry(title_zh="限排", kind="global", theme="water"), "kind"),
        (Entry(title_zh="限排", kind="local", theme="wine"), "theme"),
    ],
)
def test_demand_says_what_it_must(world: World, plan: Plan, entry: Entry, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        actions.add_demand(actor=contact(world), plan=plan, entry=entry)
    assert list(refused.value.errors) == [field]


def test_list_is_handed_in_empty_only_when_that_is_said(world: World, plan: Plan) -> None:
    with pytest.raises(Invalid):
        actions.hand_in_demands(actor=contact(world), plan=plan)
    actions.hand_in_demands(actor=contact(world), plan=plan, is_nil=True)
    written(world, plan)
    with pytest.raises(Invalid):
        actions.hand_in_demands(actor=contact(world), plan=plan, is_nil=True)
    with pytest.raises(Refused) as refused:
        actions.hand_in_demands(actor=world.actor(WUJIANG, Role.PLANNER), plan=plan)
    assert refused.value.verdict.reason is Reason.WRONG_ROLE
    supplement = actions.hand_in_demands(actor=contact(world), plan=plan)
    assert supplement.demands.count() == 1


def test_demand_is_sorted_again_and_the_party_answers_each_time(world: World, plan: Plan) -> None:
    demand, office = handed_in(world, plan), world.coordinator(plan)
    an_item(world, plan)
    first = actions.sort_demand(
        actor=office, plan=plan, demand=demand, sorted_as="not_here", reason="属另一规划"
    )
    with pytest.raises(Invalid):
        actions.answer_sorting(
            actor=contact(world), plan=plan, demand=demand, sorting=first.pk, value="not_accepted"
        )
    actions.answer_sorting(
        actor=contact(world),
        plan=plan,
        demand=demand,
        sorting=first.pk,
        value="not_accepted",
        text="与本规划直接相关",
    )
    second = actions.sort_demand(
        actor=office, plan=plan, demand=demand, sorted_as="items", items=["low-flow"]
    )
    with pytest.raises(Conflict):
        actions.answer_sorting(
            actor=contact(world), plan=plan, demand=demand, sorting=first.pk, value="accepted"
        )
    actions.answer_sorting(
        actor=contact(world), plan=plan, demand=demand, sorting=second.pk, value="accepted"
    )
    row = shown([demand])[0]
    assert (row.sorting, row.answer.value, row.state) == (second, "accepted", "items")
    assert recorded("demand.sort") + recorded("demand.answer") == [
        "demand.sort",
        "demand.sort",
        "demand.answer",
        "demand.answer",
    ]


def test_demand_goes_to_a_matter_of_the_same_plan(world: World, plan: Plan) -> None:
    demand, office = handed_in(world, plan), world.coordinator(plan)
    matter = open_matter(
        actor=office,
        plan=plan,
        title=Wording(zh="限排"),
        description=Wording(),
        codes=[QINGPU, WUJIANG],
    )
    row = actions.sort_demand(
        actor=office, plan=plan, demand=demand, sorted_as="matter", matter=matter
    )
    assert (row.matter, row.items) == (matter, [])


@pytest.mark.parametrize(
    ("sorting", "field"),
    [
        ({"sorted_as": "items"}, "items"),
        ({"sorted_as": "items", "items": ["nowhere"]}, "items"),
        ({"sorted_as": "matter"}, "matter"),
        ({"sorted_as": "not_here", "reason": " "}, "reason"),
        ({"sorted_as": "away"}, "sorted_as"),
    ],
)
def test_sorting_that_says_too_little_is_refused(
    world: World, plan: Plan, sorting: dict[str, object], field: str
) -> None:
    demand = handed_in(world, plan)
    with pytest.raises(Invalid) as refused:
        actions.sort_demand(actor=world.coordinator(plan), plan=plan, demand=demand, **sorting)
    assert (list(refused.value.errors), DemandSorting.objects.count()) == ([field], 0)


def test_demand_that_is_not_handed_in_is_not_sorted(world: World, plan: Plan) -> None:
    demand = written(world, plan)
    with pytest.raises(Conflict):
        actions.sort_demand(
            actor=world.coordinator(plan),
            plan=plan,
            demand=demand,
            sorted_as="not_here",
            reason="x",
        )


def owed(plan: Plan) -> list[tuple[str, str | None]]:
    return [(one.kind, one.holder_code) for one in duties(plans=[plan], now=clock.now())]


def test_asked_parties_owe_their_lists_and_the_office_owes_sorting(
    world: World, plan: Plan
) -> None:
    office = world.coordinator(plan)
    add_party(plan=plan, code=KUNSHAN, role=PartyRole.NEIGHBOUR, must_sign=False)
    assert owed(plan) == []
    with pytest.raises(Invalid):
        actions.ask_demands(actor=office, plan=plan, due_at=in_days(-1))
    call = actions.ask_demands(actor=office, plan=plan, due_at=in_days(10), note_zh="请于十日内")
    hand_in = "demands.hand_in"
    assert owed(plan) == [(hand_in, QINGPU), (hand_in, WUJIANG), (hand_in, JIASHAN)]
    assert duties(plans=[plan], now=clock.now())[0].due_at == call.due_at
    demand = handed_in(world, plan)
    assert owed(plan) == [(hand_in, QINGPU), (hand_in, JIASHAN), ("demand.sort", None)]
    assert [one.kind for one in demands_audit(plan)] == ["demands.unsorted"]
    actions.sort_demand(actor=office, plan=plan, demand=demand, sorted_as="not_here", reason="否")
    assert (owed(plan)[2:], demands_audit(plan)) == ([], [])
    assert Notice.objects.filter(kind="demands").count() == 3 + 1 + 1


def test_duties_cost_the_same_for_many_plans(
    world: World, django_assert_num_queries: Callable[..., object]
) -> None:
    plans = [world.plan(key) for key in ("A", "B", "C")]
    for plan in plans:
        actions.ask_demands(actor=world.coordinator(plan), plan=plan, due_at=in_days(5))
        handed_in(world, plan)
    for some in (plans[:1], plans):
        with django_assert_num_queries(3):
            duties(plans=some, now=clock.now())


def test_writing_ends_with_the_preparation(world: World, plan: Plan) -> None:
    set_phase(plan=plan, phase=3)
    plan.refresh_from_db()
    with pytest.raises(Refused) as refused:
        written(world, plan)
    assert refused.value.verdict.reason is Reason.WRONG_PHASE


def test_observer_is_not_asked_and_writes_nothing(world: World, plan: Plan) -> None:
    add_party(plan=plan, code=KUNSHAN, role=PartyRole.OBSERVER, must_sign=False)
    with pytest.raises(Refused) as refused:
        written(world, plan, KUNSHAN)
    assert refused.value.verdict.reason is Reason.NO_GRANT


def test_lists_by_party_count_what_was_handed_in(world: World, plan: Plan) -> None:
    first = handed_in(world, plan)
    handed_in(world, plan)
    written(world, plan, QINGPU)
    office = world.coordinator(plan)
    actions.sort_demand(actor=office, plan=plan, demand=first, sorted_as="not_here", reason="否")
    rows = {one.party.jurisdiction_id: one for one in lists_of(plan)}
    wujiang = rows[WUJIANG]
    assert (wujiang.total, wujiang.not_here, wujiang.unsorted) == (2, 1, 1)
    assert (rows[QINGPU].total, rows[QINGPU].hand_in) == (0, None)
    found = filtered(visible_demands(actor=office, plan=plan), order="-number", state="unsorted")
    assert [one.number for one in found] == [2]
