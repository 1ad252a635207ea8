import pytest
from django.test import Client

from consult.workflow.actions import publish
from plans.register.actions import declare_concern, renounce_concern
from plans.register.enums import PartyRole
from plans.register.models import ConcernChange, Plan
from plans.register.queries import draft_of, get_item
from plans.register.steps import add_party, freeze
from plans.text.actions import add_chapter, add_provision, edit_provision
from plans.text.wording import Wording
from stakeholders.record.models import RecordEntry
from stakeholders.terms.actor import Role
from stakeholders.terms.errors import Conflict, Invalid, NotVisible, Refused
from tests.world import JIASHAN, KUNSHAN, QINGPU, WUJIANG, World


def words(*concerned: str) -> Wording:
    return Wording(title_zh="太浦河", text_zh="水质按Ⅲ类控制。", concerned=concerned)


@pytest.fixture
def plan(world: World) -> Plan:
    made = world.plan()
    actor = world.coordinator(made)
    add_party(plan=made, code=KUNSHAN, role=PartyRole.NEIGHBOUR, must_sign=False)
    add_chapter(actor=actor, plan=made, key="water", title_zh="水")
    add_provision(
        actor=actor, plan=made, chapter="water", key="taipu", wording=words(QINGPU, WUJIANG)
    )
    return made


def standing(plan: Plan) -> list[str]:
    return list(draft_of(get_item(plan, key="taipu")).concerned)


def test_party_declares_and_renounces_by_itself(world: World, plan: Plan) -> None:
    actor = world.actor(JIASHAN, Role.CONTACT_POINT)
    before = RecordEntry.objects.count()
    declare_concern(actor=actor, plan=plan, item="taipu", reason="下游在我县")
    assert standing(plan) == [QINGPU, WUJIANG, JIASHAN]
    with pytest.raises(Conflict):
        declare_concern(actor=actor, plan=plan, item="taipu", reason="再次")
    renounce_concern(actor=actor, plan=plan, item="taipu", reason="不再涉及")
    assert standing(plan) == [QINGPU, WUJIANG]
    acts = list(RecordEntry.objects.order_by("pk").values_list("act", flat=True))[before:]
    assert acts == ["concern.declare", "concern.renounce"]
    kinds = ConcernChange.objects.order_by("pk").values_list("jurisdiction_id", "kind")
    assert list(kinds) == [(JIASHAN, "declared"), (JIASHAN, "renounced")]


def test_consulted_neighbour_declares_for_what_was_published(world: World, plan: Plan) -> None:
    actor = world.actor(KUNSHAN, Role.CONTACT_POINT)
    with pytest.raises(NotVisible):
        declare_concern(actor=actor, plan=plan, item="taipu", reason="毗邻")
    publish(actor=world.coordinator(plan), plan=plan, stage="consultation")
    declare_concern(actor=actor, plan=plan, item="taipu", reason="毗邻")
    assert standing(plan) == [QINGPU, WUJIANG, KUNSHAN]


def test_word_on_concern_is_refused(world: World, plan: Plan) -> None:
    planner = world.actor(JIASHAN, Role.PLANNER)
    with pytest.raises(Refused):
        declare_concern(actor=planner, plan=plan, item="taipu", reason="涉及")
    contact = world.actor(JIASHAN, Role.CONTACT_POINT)
    with pytest.raises(Invalid):
        declare_concern(actor=contact, plan=plan, item="taipu", reason=" ")
    with pytest.raises(Conflict):
        renounce_concern(actor=contact, plan=plan, item="taipu", reason="不涉及")
    revision = publish(actor=world.coordinator(plan), plan=plan, stage="consultation")
    freeze(plan=plan, revision=revision)
    with pytest.raises(Refused):
        declare_concern(actor=contact, plan=plan, item="taipu", reason="涉及")


def test_last_party_concerned_stays(world: World, plan: Plan) -> None:
    first, last = (world.actor(code, Role.CONTACT_POINT) for code in (QINGPU, WUJIANG))
    renounce_concern(actor=first, plan=plan, item="taipu", reason="不涉及")
    with pytest.raises(Invalid):
        renounce_concern(actor=last, plan=plan, item="taipu", reason="不涉及")


def test_editor_adds_a_party_and_removes_none(world: World, plan: Plan) -> None:
    actor = world.coordinator(plan)
    publish(actor=actor, plan=plan, stage="consultation")
    edit_provision(
        actor=actor, plan=plan, key="taipu", edits=1, wording=words(QINGPU, WUJIANG, JIASHAN)
    )
    with pytest.raises(Invalid) as refused:
        edit_provision(actor=actor, plan=plan, key="taipu", edits=2, wording=words(QINGPU, WUJIANG))
    assert "嘉善县" in str(refused.value.errors["concerned"])
    renounce_concern(
        actor=world.actor(WUJIANG, Role.CONTACT_POINT), plan=plan, item="taipu", reason="不涉及"
    )
    edit_provision(actor=actor, plan=plan, key="taipu", edits=3, wording=words(QINGPU, JIASHAN))
    assert standing(plan) == [QINGPU, JIASHAN]


def test_item_page_offers_the_word_to_the_contact_point_alone(
    world: World, plan: Plan, client: Client
) -> None:
    page = "/plans/QWJ/items/taipu/"
    for code, role, offered in (
        (JIASHAN, Role.CONTACT_POINT, "declare"),
        (WUJIANG, Role.CONTACT_POINT, "renounce"),
        (WUJIANG, Role.PLANNER, ""),
    ):
        client.force_login(world.user(code, role))
        text = client.get(page).content.decode()
        links = [way for way in ("declare", "renounce") if f'href="{page}{way}/"' in text]
        assert links == ([offered] if offered else [])


def test_declared_by_form_and_by_api(world: World, plan: Plan, client: Client) -> None:
    client.force_login(world.user(JIASHAN, Role.CONTACT_POINT))
    done = client.post("/plans/QWJ/items/taipu/declare/", {"reason": "涉及"})
    assert (done.status_code, standing(plan)) == (302, [QINGPU, WUJIANG, JIASHAN])
    api = "/api/v1/plans/QWJ/items/taipu/renounce/"
    gone = client.post(api, {"reason": "不涉及"}, content_type="application/json")
    assert (gone.status_code, standing(plan)) == (204, [QINGPU, WUJIANG])
