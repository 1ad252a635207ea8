from django.utils import translation

from consult.workflow.duties import duties
from plans.register.models import Plan
from plans.register.steps import freeze, publish_revision, set_phase
from plans.text.actions import add_chapter, add_provision, edit_chapter, remove_provision
from plans.text.wording import Wording
from stakeholders.terms import clock
from tests.world import JIASHAN, QINGPU, WUJIANG, World

RULE = Wording(title_zh="太浦河", text_zh="水质按Ⅲ类控制。", strength="binding")


def owed(plan: Plan) -> list[tuple[str, str | None, str]]:
    plan.refresh_from_db()
    found = duties(plans=[plan], now=clock.now())
    with translation.override("en"):
        return [(d.kind, d.holder_code, str(d.title)) for d in found]


def test_an_empty_chapter_is_owed_by_those_it_was_given_to(world: World) -> None:
    plan = world.plan()
    office = world.coordinator(plan)
    given = {"actor": office, "plan": plan, "key": "water"}
    add_chapter(**given, title_zh="水环境", title_en="Water", drafting=[WUJIANG, JIASHAN])
    add_chapter(actor=office, plan=plan, key="aims", title_zh="目标", title_en="Aims")
    assert owed(plan) == []  # phase 1: nobody drafts yet
    set_phase(plan=plan, phase=2)
    both = [("chapter.draft", code, "Draft the chapter Water") for code in (WUJIANG, JIASHAN)]
    assert owed(plan) == sorted(both, key=lambda one: str(one[1]))
    edit_chapter(actor=office, plan=plan, key="water", title_zh="水", drafting=[QINGPU])
    assert owed(plan) == [("chapter.draft", QINGPU, "Draft the chapter 水")]
    add_provision(actor=office, plan=plan, chapter="water", key="taipu", wording=RULE)
    assert owed(plan) == []
    remove_provision(actor=office, plan=plan, key="taipu", edits=1)
    assert owed(plan) == [("chapter.draft", QINGPU, "Draft the chapter 水")]
    plan.parties.filter(jurisdiction=QINGPU).update(left_at=clock.now())
    assert owed(plan) == []


def test_a_frozen_text_asks_for_no_chapter(world: World) -> None:
    plan = world.plan()
    office = world.coordinator(plan)
    add_chapter(
        actor=office, plan=plan, key="w", title_zh="水", title_en="Water", drafting=[QINGPU]
    )
    set_phase(plan=plan, phase=2)
    revision = publish_revision(
        plan=plan,
        actor=office,
        stage="consultation",
        headings=[],
        places=[],
        changes={},
        charter_version="1",
    )
    freeze(plan=plan, revision=revision)
    assert owed(plan) == []


def test_chapters_of_many_plans_cost_the_same(world: World, django_assert_num_queries) -> None:
    plans = [world.plan(f"P{number}") for number in range(4)]
    for plan in plans:
        office = world.coordinator(plan)
        add_chapter(
            actor=office, plan=plan, key="w", title_zh="水", title_en="Water", drafting=[QINGPU]
        )
        set_phase(plan=plan, phase=2)
    for some in (plans[:1], plans):
        with django_assert_num_queries(3):  # chapters, parties, claims
            assert len(duties(plans=some, now=clock.now())) == len(some)
