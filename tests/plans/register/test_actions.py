from dataclasses import replace

import pytest

from plans.register.actions import create_plan
from plans.register.enums import Stage
from plans.register.queries import get_plan, visible_plans
from plans.register.rules import may_create_plan
from plans.register.steps import Place, create_item, publish_revision
from stakeholders.notices.models import Notice
from stakeholders.people.models import Organization
from stakeholders.record.models import RecordEntry
from stakeholders.record.queries import check_chains
from stakeholders.terms.actor import Role
from stakeholders.terms.errors import Invalid, NotVisible, Refused
from stakeholders.terms.rights import Reason
from tests.plans.register.kin import opened
from tests.world import JIASHAN, KUNSHAN, QINGPU, WUJIANG, World, person


def test_create_plan_by_contact_point_leaves_one_record_entry(world: World) -> None:
    plan = world.plan()
    entries = RecordEntry.objects.values_list("chain", "act", "subject")
    assert list(entries) == [("plan:QWJ", "plan.create", "plan:QWJ")]
    assert [(c.chain, c.entries, c.fault) for c in check_chains()] == [("plan:QWJ", 1, "")]
    assert set(plan.parties.values_list("jurisdiction_id", flat=True)) == {
        QINGPU,
        WUJIANG,
        JIASHAN,
    }


def test_create_plan_tells_the_coordinator(world: World) -> None:
    opened(world, "QWJ", kind="overall")
    [told] = Notice.objects.filter(kind="plan.coordinator")
    assert (told.user.email, told.url) == ("office@qwj.example", "/plans/QWJ/")


def test_create_plan_by_planner_is_refused_for_its_role(world: World) -> None:
    world.plan("OTHER")
    world.mandates[QINGPU, "contact_point", ""] = world.mandate(QINGPU, Role.PLANNER)
    with pytest.raises(Refused) as refusal:
        world.plan()
    assert refusal.value.verdict.reason is Reason.WRONG_ROLE


def test_plan_is_not_visible_to_a_stranger(world: World) -> None:
    plan = world.plan()
    party, stranger = (world.actor(c, Role.CONTACT_POINT) for c in (WUJIANG, KUNSHAN))
    assert get_plan(actor=party, key="QWJ") == plan
    assert list(visible_plans(actor=stranger)) == []
    with pytest.raises(NotVisible):
        get_plan(actor=stranger, key="QWJ")


def test_publish_keeps_the_version_of_an_unchanged_item(world: World) -> None:
    plan, actor = world.plan(), world.coordinator(world.plan("B"))
    places = []
    for kind, key in (("provision", "aim"), ("indicator", "water-surface")):
        item = create_item(
            plan=plan,
            key=key,
            kind=kind,
            content={"title": {"zh": "共同目标", "en": "Aim"}},
            strength="binding",
            concerned=[QINGPU, WUJIANG],
            actor=actor,
        )
        places.append(Place(item=item, number=str(len(places) + 1)))
    first, second = (
        publish_revision(
            plan=plan,
            actor=actor,
            stage=Stage.CONSULTATION,
            headings=[],
            places=order,
            changes={},
            charter_version="1",
        )
        for order in (places, places[::-1])
    )
    assert (first.number, second.number) == (1, 2)
    assert first.hash != second.hash
    assert set(first.entries.values_list("version")) == set(second.entries.values_list("version"))


@pytest.mark.parametrize("limits", [{"plan_key": "OTHER"}, {"acts": frozenset({"matter.stand"})}])
def test_a_limited_mandate_opens_no_plan(world: World, limits: dict[str, object]) -> None:
    actor = replace(world.actor(QINGPU, Role.CONTACT_POINT), **limits)
    assert may_create_plan(actor=actor).reason is Reason.OUTSIDE_LIMITS


def test_nobody_names_people_of_a_body_that_does_not_serve_it(world: World) -> None:
    body = Organization.objects.create(key="foreign", name_zh="他处机构", kind="joint_body")
    with pytest.raises(Invalid) as caught:
        create_plan(
            actor=world.actor(QINGPU, Role.CONTACT_POINT),
            key="bad",
            title_zh="题",
            short_zh="题",
            kind="special_topic",
            horizon_from=2026,
            horizon_until=2035,
            coordinator=person("a@b.example", "a"),
            coordinator_document="x",
            joint_body=body,
        )
    assert set(caught.value.errors) == {"joint_body"}
