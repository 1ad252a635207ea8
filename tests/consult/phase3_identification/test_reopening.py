"""A party asks, before it has spoken, that items go back to preparation."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from consult.phase1_organization.content import default_content
from consult.phase3_identification.actions import ask_to_reopen, refuse_reopening
from consult.phase3_identification.duties import duties
from consult.phase3_identification.gate import blockers
from consult.phase3_identification.models import ReopeningAnswer
from consult.phase3_identification.queries import requests_of
from consult.workflow.actions import accept_reopening
from stakeholders.notices.models import Notice
from stakeholders.record.models import RecordEntry
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Role
from stakeholders.terms.errors import Conflict, Invalid, NotVisible, Refused
from tests.consult.phase3_identification.story import Story, tell
from tests.world import QINGPU, WUJIANG, World

WITH_DAYS = replace(default_content(), reopening_days=3)


@pytest.fixture
def story(world: World) -> Story:
    found = tell(world, items=2, parties=(WUJIANG,), charter=WITH_DAYS)
    found.open()
    return found


def ask(story: Story, role: Role = Role.CONTACT_POINT, **more: object) -> object:
    said = {"items": ["article-2"], "reason": "数据有误", **more}
    return ask_to_reopen(actor=story.actor(WUJIANG, role), plan=story.plan, **said)


def effects() -> tuple[str, dict[str, object]]:
    row = RecordEntry.objects.order_by("-pk")[0]
    return row.act, json.loads(row.payload)["effects"]


@pytest.mark.parametrize("role", [Role.CONTACT_POINT, Role.SIGNATORY])
def test_contact_point_or_signatory_asks_and_every_party_is_told(story: Story, role: Role) -> None:
    row = ask(story, role)
    assert effects() == (
        "reopening.ask",
        {
            "sign_off": story.sign_off.pk,
            "items": ["article-2"],
            "reason": canonical.digest("数据有误"),
        },
    )
    told = Notice.objects.filter(kind="reopening.ask").values_list("user_id", flat=True)
    asked = {story.world.user(c, r).pk for c in (QINGPU, WUJIANG) for r in (Role.CONTACT_POINT,)}
    assert asked <= set(told)
    owed = duties(plans=[story.plan], now=clock.now())
    assert [duty.subject_id for duty in owed if duty.kind == "reopening.answer"] == [row.pk]
    assert [one.code for one in blockers(plan=story.plan)] == ["sign_off.open", "reopening.waiting"]


def test_asking_is_refused_without_items_or_reason_and_to_a_planner(story: Story) -> None:
    for fault in ({"items": []}, {"items": ["unknown"]}, {"reason": " "}):
        with pytest.raises(Invalid):
            ask(story, **fault)
    with pytest.raises(Refused):
        ask(story, Role.PLANNER)


def test_asking_ends_with_the_days_of_the_charter_or_the_own_position(story: Story) -> None:
    with clock.stated(story.sign_off.opened_at + timedelta(days=9)), pytest.raises(Conflict):
        ask(story)
    ask(story)
    with pytest.raises(Conflict):
        ask(story)
    story.say(QINGPU)
    with pytest.raises(Conflict):
        ask_to_reopen(
            actor=story.actor(QINGPU, Role.CONTACT_POINT),
            plan=story.plan,
            items=["article-1"],
            reason="理由",
        )


def test_asking_needs_a_charter_that_gives_days(world: World) -> None:
    plain = tell(
        world,
        items=1,
        parties=(WUJIANG,),
        charter=replace(default_content(), reopening_days=None),
    )
    plain.open()
    with pytest.raises(Conflict):
        ask(plain, items=["article-1"])


def test_a_refusal_says_why_and_is_given_once(story: Story) -> None:
    row = ask(story)
    with pytest.raises(Invalid):
        refuse_reopening(actor=story.coordinator, plan=story.plan, pk=row.pk, reason=" ")
    refuse_reopening(actor=story.coordinator, plan=story.plan, pk=row.pk, reason="数据已核对")
    assert effects()[0] == "reopening.refuse"
    with pytest.raises(Conflict):
        refuse_reopening(actor=story.coordinator, plan=story.plan, pk=row.pk, reason="再")
    with pytest.raises(NotVisible):
        refuse_reopening(actor=story.coordinator, plan=story.plan, pk=row.pk + 9, reason="再")
    assert requests_of(story.sign_off).get().answer.reason == "数据已核对"


def test_accepting_takes_the_items_back_and_the_others_go_on(story: Story) -> None:
    row = ask(story)
    accept_reopening(actor=story.coordinator, plan=story.plan, pk=row.pk)
    act, said = effects()
    assert (act, said["items"], said["request"]) == ("reopening.accept", ["article-2"], row.pk)
    story.plan.refresh_from_db()
    assert (story.plan.phase, story.plan.frozen) == (2, None)
    open_items = story.sign_off.item_ballots.filter(ballot__end__isnull=True)
    assert list(open_items.values_list("item__key", flat=True)) == ["article-1"]
    assert ReopeningAnswer.objects.get().is_accepted
