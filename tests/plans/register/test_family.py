from decimal import Decimal

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from plans.register.actions import change_party, set_parent_plan
from plans.register.enums import KIND_ORDER, PartyRole, PlanKind
from plans.register.models import Party, Plan
from plans.register.queries import family_of, possible_parents, texts_of
from plans.register.steps import add_party, set_phase
from stakeholders.people.actions import make_token
from stakeholders.record.models import RecordEntry
from stakeholders.terms.actor import Role
from stakeholders.terms.errors import Conflict, Invalid, NotVisible, Refused
from stakeholders.terms.rights import Reason
from tests.plans.register.kin import LOWER, UPPER, family, opened
from tests.world import JIASHAN, KUNSHAN, QINGPU, WUJIANG, World


def acts(plan: Plan) -> list[str]:
    rows = RecordEntry.objects.filter(subject=f"plan:{plan.key}").order_by("pk")
    return list(rows.values_list("act", flat=True))


def test_family_shows_upper_sisters_and_lower_plans_the_reader_may_see(world: World) -> None:
    upper, lower = family(world)
    sister = opened(world, "sister", kind="detailed", parent=upper)
    qingpu = world.actor(QINGPU, Role.PLANNER)
    below = family_of(actor=qingpu, plan=lower)
    above = family_of(actor=qingpu, plan=upper)
    assert (below.upper, below.sisters, below.lower) == (upper, [sister], [])
    assert [one.plan for one in above.lower] == [lower, sister]
    assert [one.counts.unanswered for one in above.lower] == [2, 2]


def test_family_names_no_plan_the_reader_may_not_see(world: World, client: Client) -> None:
    _upper, lower = family(world)
    seen = family_of(actor=world.actor(JIASHAN, Role.PLANNER), plan=lower)
    assert (seen.upper, seen.sisters, seen.has_unseen_upper) == (None, [], True)
    client.force_login(world.user(JIASHAN, Role.PLANNER))
    for path in ("", "family/"):
        page = client.get(f"/plans/{LOWER}/{path}")
        assert (page.status_code, UPPER in page.content.decode()) == (200, False)
    # Its maker reads there what the upper plan binds it to; who is consulted does not.
    add_party(plan=lower, code=KUNSHAN, role=PartyRole.NEIGHBOUR, must_sign=False)
    client.force_login(world.user(KUNSHAN, Role.PLANNER))
    page = client.get(f"/plans/{LOWER}/transmission/")
    assert (page.status_code, UPPER in page.content.decode()) == (200, False)


@pytest.mark.parametrize(
    ("kind", "parent_kind", "is_possible"),
    [
        ("special_topic", "overall", True),
        ("detailed", "overall", True),
        ("detailed", "special_topic", True),
        ("overall", "overall", False),
        ("special_topic", "special_topic", False),
        ("special_topic", "detailed", False),
    ],
)
def test_upper_plan_is_of_a_higher_kind(
    world: World, kind: str, parent_kind: str, is_possible: bool
) -> None:
    above = opened(world, "above", kind=parent_kind)
    plan = opened(world, "below", kind=kind)
    office = world.coordinator(plan)
    # The office of the lower plan is the convenor's and limited to its plan: the upper is unseen.
    with pytest.raises(Invalid) as unseen:
        set_parent_plan(actor=office, plan=plan, parent=above)
    assert list(unseen.value.errors) == ["parent"]
    contact = world.actor(QINGPU, Role.CONTACT_POINT)
    assert (above in possible_parents(actor=contact, kind=kind)) is is_possible


@given(ranks=st.lists(st.sampled_from(KIND_ORDER), max_size=6))
def test_kinds_that_rise_upwards_make_no_circle(ranks: list[PlanKind]) -> None:
    """Whatever chain of plans is built by the rule, it ends, and no kind comes twice."""
    chain: list[PlanKind] = []
    for kind in ranks:
        if not chain or KIND_ORDER.index(kind) < KIND_ORDER.index(chain[-1]):
            chain.append(kind)
    assert len(set(chain)) == len(chain) <= len(KIND_ORDER)


def test_plan_is_opened_below_an_upper_one_with_its_language(world: World, client: Client) -> None:
    upper = opened(world, UPPER, kind="overall")
    client.force_login(world.user(QINGPU, Role.CONTACT_POINT))
    fields = {
        "title_zh": "规划",
        "short_zh": "规划",
        "key": "below",
        "horizon_from": 2026,
        "horizon_until": 2035,
        "coordinator": f"planner@{WUJIANG}.example",
        "coordinator_document": "文",
        "authentic_language": "en",
        "parent": upper.pk,
    }
    refused = client.post("/plans/new/", {**fields, "kind": "overall"})
    made = client.post("/plans/new/", {**fields, "kind": "detailed"})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["parent"])
    assert made.status_code == 302
    plan = Plan.objects.get(key="below")
    assert (plan.parent, plan.authentic_language) == (upper, "en")


def test_parent_is_set_by_form_and_api_until_the_text_is_identified(world: World) -> None:
    upper = opened(world, UPPER, kind="overall")
    plan = opened(world, "below", kind="special_topic")
    # A coordinator without a limit to one plan sees both.
    mandate = world.mandates[QINGPU, Role.COORDINATOR.value, plan.key]
    mandate.plan_key = ""
    mandate.save()
    client = Client()
    client.force_login(mandate.user)
    assert client.get("/plans/below/family/parent/").status_code == 200
    assert client.post("/plans/below/family/parent/", {"parent": upper.pk}).status_code == 302
    plan.refresh_from_db()
    assert (plan.parent, acts(plan)) == (upper, ["plan.create", "plan.set_parent"])
    _row, token = make_token(actor=world.coordinator(plan), user=mandate.user, name="t", days=1)
    program = Client(headers={"authorization": f"Token {token}"})
    path = "/api/v1/plans/below/family/parent/"
    answer = program.post(path, {"parent": ""}, content_type="application/json")
    assert (answer.status_code, answer.json()["upper"]) == (200, None)
    hidden = program.post(path, {"parent": "nowhere"}, content_type="application/json")
    assert hidden.status_code == 404
    set_phase(plan=plan, phase=3)
    late = program.post(path, {"parent": UPPER}, content_type="application/json")
    assert (late.status_code, late.json()["reason"]) == (403, "wrong_phase")


def test_party_changes_signature_and_weight_before_the_charter_only(world: World) -> None:
    plan = world.plan()
    office = world.coordinator(plan)
    party = change_party(
        actor=office, plan=plan, code=WUJIANG, must_sign=False, weight=Decimal("2.5")
    )
    assert (party.must_sign, party.weight) == (False, Decimal("2.5"))
    assert acts(plan) == ["plan.create", "party.change"]
    set_phase(plan=plan, phase=2)
    with pytest.raises(Refused) as refused:
        change_party(actor=office, plan=plan, code=WUJIANG, must_sign=True, weight=Decimal(1))
    assert refused.value.verdict.reason is Reason.WRONG_PHASE
    assert acts(plan) == ["plan.create", "party.change"]


def test_party_change_refuses_what_makes_no_sense(world: World) -> None:
    plan = world.plan()
    office = world.coordinator(plan)
    add_party(plan=plan, code=KUNSHAN, role=PartyRole.NEIGHBOUR, must_sign=False)
    with pytest.raises(Invalid) as weightless:
        change_party(actor=office, plan=plan, code=WUJIANG, must_sign=True, weight=Decimal(0))
    with pytest.raises(Invalid) as neighbour:
        change_party(actor=office, plan=plan, code=KUNSHAN, must_sign=True, weight=Decimal(1))
    with pytest.raises(NotVisible):
        change_party(actor=office, plan=plan, code="330000", must_sign=True, weight=Decimal(1))
    Party.objects.filter(plan=plan, jurisdiction=KUNSHAN).update(left_at=plan.created_at)
    with pytest.raises(Conflict):
        change_party(actor=office, plan=plan, code=KUNSHAN, must_sign=False, weight=Decimal(1))
    assert list(weightless.value.errors) == ["weight"]
    assert list(neighbour.value.errors) == ["must_sign"]


def test_plan_page_shows_weights_only_where_they_differ(world: World, client: Client) -> None:
    plan = world.plan()
    client.force_login(world.mandates[QINGPU, "coordinator", plan.key].user)
    english = {"accept-language": "en"}
    assert "Weight</th>" not in client.get("/plans/QWJ/", headers=english).content.decode()
    form = f"/plans/QWJ/parties/{WUJIANG}/"
    assert client.get(form).status_code == 200
    assert client.post(form, {"must_sign": "on", "weight": "0"}).status_code == 422
    assert client.post(form, {"must_sign": "on", "weight": "2"}).status_code == 302
    assert "Weight</th>" in client.get("/plans/QWJ/", headers=english).content.decode()


def test_texts_of_a_plan_leave_the_draft_to_who_makes_it(world: World) -> None:
    _upper, lower = family(world)
    shown = texts_of(lower, with_draft=False)
    drafted = texts_of(lower, with_draft=True)
    assert [one.revision.number for one in shown] == [1]
    assert [(one.revision is None, one.total) for one in drafted] == [(False, 2), (True, 2)]
    assert [number for _label, number in drafted[0].figures] == [2]
