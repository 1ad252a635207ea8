from dataclasses import replace

import pytest

from plans.register.models import Plan
from plans.register.steps import freeze, publish_revision
from plans.text.actions import (
    add_chapter,
    add_provision,
    edit_provision,
    move_provision,
    remove_provision,
)
from plans.text.models import Provision
from plans.text.queries import articles, get_provision, outline
from plans.text.wording import LIMIT, Wording, wording_of
from stakeholders.record.models import RecordEntry
from stakeholders.terms.actor import Role
from stakeholders.terms.errors import Conflict, Invalid, NotVisible, Refused
from stakeholders.terms.rights import Reason
from tests.world import JIASHAN, KUNSHAN, QINGPU, WUJIANG, World

WORDING = Wording(title_zh="标题", text_zh="正文", strength="guiding")


def acts(plan: Plan) -> list[str]:
    entries = RecordEntry.objects.filter(chain=f"plan:{plan.key}").order_by("seq")
    return list(entries.values_list("act", flat=True))


def publish(plan: Plan, actor: object) -> object:
    headings, places = outline(plan)
    return publish_revision(
        plan=plan,
        actor=actor,
        stage="consultation",
        headings=headings,
        places=places,
        changes={},
        charter_version="1",
    )


def test_add_provision_by_the_drafting_party_concerns_all_co_makers(
    plan: Plan, provision: Provision
) -> None:
    draft = provision.item.draft
    assert draft.concerned == [QINGPU, WUJIANG, JIASHAN]
    assert wording_of(draft).text_zh == "水质按Ⅲ类控制。"
    assert acts(plan) == ["plan.create", "chapter.add", "chapter.add", "provision.add"]


def test_add_provision_in_a_chapter_of_another_party_is_refused(world: World, plan: Plan) -> None:
    with pytest.raises(Refused) as refusal:
        add_provision(
            actor=world.actor(WUJIANG, Role.PLANNER),
            plan=plan,
            chapter="standards",
            wording=WORDING,
        )
    assert refusal.value.verdict.reason is Reason.NOT_YOURS


def test_add_provision_by_a_signatory_is_refused_for_its_role(world: World, plan: Plan) -> None:
    with pytest.raises(Refused) as refusal:
        add_provision(
            actor=world.actor(WUJIANG, Role.SIGNATORY), plan=plan, chapter="water", wording=WORDING
        )
    assert refusal.value.verdict.reason is Reason.WRONG_ROLE


def test_a_stranger_does_not_see_the_draft(world: World, plan: Plan) -> None:
    with pytest.raises(NotVisible):
        add_provision(
            actor=world.actor(KUNSHAN, Role.PLANNER), plan=plan, chapter="water", wording=WORDING
        )


def test_add_chapter_by_a_planner_is_refused(world: World, plan: Plan) -> None:
    with pytest.raises(Refused) as refusal:
        add_chapter(actor=world.actor(WUJIANG, Role.PLANNER), plan=plan, key="x", title_zh="章")
    assert refusal.value.verdict.reason is Reason.WRONG_ROLE


def test_edit_saves_and_counts(world: World, plan: Plan, provision: Provision) -> None:
    edit_provision(
        actor=world.actor(WUJIANG, Role.PLANNER),
        plan=plan,
        key="taipu",
        edits=1,
        wording=replace(WORDING, concerned=(QINGPU, WUJIANG, JIASHAN, KUNSHAN)),
    )
    draft = get_provision(plan, key="taipu").item.draft
    assert (draft.edits, draft.concerned, draft.strength) == (
        2,
        sorted([QINGPU, WUJIANG, JIASHAN, KUNSHAN]),
        "guiding",
    )
    assert acts(plan)[-1] == "provision.edit"


def test_edit_after_somebody_else_saved_raises_theirs_and_loses_nothing(
    world: World, plan: Plan, provision: Provision
) -> None:
    theirs = replace(WORDING, text_zh="他人的文本")
    for actor, wording in (
        (world.coordinator(plan), theirs),
        (world.actor(WUJIANG, Role.PLANNER), WORDING),
    ):
        if wording is theirs:
            edit_provision(actor=actor, plan=plan, key="taipu", edits=1, wording=wording)
            continue
        with pytest.raises(Conflict) as conflict:
            edit_provision(actor=actor, plan=plan, key="taipu", edits=1, wording=wording)
    assert wording_of(conflict.value.theirs).text_zh == "他人的文本"
    assert wording_of(get_provision(plan, key="taipu").item.draft).text_zh == "他人的文本"
    assert acts(plan).count("provision.edit") == 1


def test_frozen_text_refuses_every_act_with_its_reason(
    world: World, plan: Plan, provision: Provision
) -> None:
    actor = world.coordinator(plan)
    freeze(plan=plan, revision=publish(plan, actor), reason="sign-off")
    before = acts(plan)
    for act in (
        lambda: add_chapter(actor=actor, plan=plan, key="x", title_zh="章"),
        lambda: add_provision(actor=actor, plan=plan, chapter="water", wording=WORDING),
        lambda: edit_provision(actor=actor, plan=plan, key="taipu", edits=1, wording=WORDING),
        lambda: remove_provision(actor=actor, plan=plan, key="taipu", edits=1),
        lambda: move_provision(actor=actor, plan=plan, key="taipu", chapter="standards"),
    ):
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.verdict.reason is Reason.FROZEN
    assert acts(plan) == before


@pytest.mark.parametrize(
    ("wording", "field"),
    [
        (replace(WORDING, title_zh=" "), "title_zh"),
        (replace(WORDING, text_zh="字" * (LIMIT + 1)), "text_zh"),
        (replace(WORDING, strength="anticipatory"), "strength"),
        (replace(WORDING, demand=("nobody",)), "demand"),
        (replace(WORDING, is_given=True), "given_source"),
        (replace(WORDING, concerned=("999999",)), "concerned"),
        (replace(WORDING, classification="secret"), "classification"),
    ],
)
def test_what_no_provision_may_be_is_invalid(
    world: World, plan: Plan, wording: Wording, field: str
) -> None:
    with pytest.raises(Invalid) as invalid:
        add_provision(actor=world.coordinator(plan), plan=plan, chapter="water", wording=wording)
    assert list(invalid.value.errors) == [field]


def test_editorial_claim_falls_for_a_changed_number(
    world: World, plan: Plan, provision: Provision
) -> None:
    actor = world.coordinator(plan)
    claimed = replace(WORDING, text_zh="水质按Ⅲ类管控。", change_claim="editorial")
    with pytest.raises(Invalid) as nothing_published:
        edit_provision(actor=actor, plan=plan, key="taipu", edits=1, wording=claimed)
    publish(plan, actor)
    number = replace(claimed, text_zh="水质按2类控制。")
    with pytest.raises(Invalid) as changed:
        edit_provision(actor=actor, plan=plan, key="taipu", edits=1, wording=number)
    edit_provision(actor=actor, plan=plan, key="taipu", edits=1, wording=claimed)
    assert list(nothing_published.value.errors) == ["change_claim"]
    assert list(changed.value.errors) == ["change_claim"]


def test_articles_are_numbered_through_the_chapters(world: World, plan: Plan) -> None:
    actor = world.coordinator(plan)
    for chapter, key in (("standards", "d"), ("water", "a"), ("water", "b"), ("water", "c")):
        add_provision(actor=actor, plan=plan, chapter=chapter, wording=WORDING, key=key)
    assert [(a.number, a.provision.item.key) for a in articles(plan)] == [
        (1, "a"),
        (2, "b"),
        (3, "c"),
        (4, "d"),
    ]
    move_provision(actor=actor, plan=plan, key="c", chapter="water", position=1)
    move_provision(actor=actor, plan=plan, key="a", chapter="standards", position=9)
    remove_provision(actor=actor, plan=plan, key="b", edits=1)
    _headings, places = outline(plan)
    assert [(p.number, p.item.key, p.heading) for p in places] == [
        ("1", "c", "water"),
        ("2", "d", "standards"),
        ("3", "a", "standards"),
    ]
