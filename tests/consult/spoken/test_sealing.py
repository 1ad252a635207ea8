"""Positions entered for a party in a sealed sign-off: who knows of them, and when they count."""

import pytest
from django.test import Client
from django.urls import reverse

from consult.desk.owing import may_know
from consult.desk.queries import desk_of, duties_of
from consult.phase3_identification import duties as duties3
from consult.phase3_identification.actions import close_sign_off
from consult.phase3_identification.board import board
from consult.phase3_identification.queries import frozen_of, newest_declarations
from consult.spoken import actions
from consult.spoken import duties as spoken_duties
from consult.spoken.models import EnteredAct
from consult.spoken.queries import visible_entered
from stakeholders.people.models import ApiToken, Mandate
from stakeholders.people.queries import actor_of
from stakeholders.record.models import RecordEntry
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.errors import Blocked, Conflict, Invalid, Refused
from tests.consult.phase3_identification.story import Story, tell
from tests.consult.spoken.scene import (
    LETTER,
    acts_since,
    confirm,
    enter,
    last_entry,
    provisional,
    standing,
)
from tests.world import JIASHAN, QINGPU, WUJIANG, World, in_days, person

SECRET = "密封的异议理由"


@pytest.fixture
def story(world: World, charter: None) -> Story:
    story = tell(world, items=3, parties=(WUJIANG, JIASHAN))
    story.open(closes_at=in_days(3), is_sealed=True)
    return story


def position(story: Story, **more: object) -> EnteredAct:
    said = {
        "value": "agree",
        "text": "",
        "decided_by": "",
        "revision": frozen_of(story.plan).hash,
        "exceptions": [
            {"item": "article-2", "value": "object", "text": SECRET, "wording": "改为十年"}
        ],
    }
    return enter(story.world, story.plan, "position", story.sign_off, {**said, **more})


def second_office(story: Story) -> Mandate:
    """Another coordinator of the same joint office."""
    return Mandate.objects.create(
        user=person("second@joint.example", "second coordinator"),
        jurisdiction_id=QINGPU,
        role=Role.COORDINATOR.value,
        document="test",
        plan_key=story.plan.key,
        valid_from=clock.now(),
        granted_by=story.world.administrator,
    )


def counts(story: Story) -> dict[str, int]:
    roles = {
        "enterer": story.coordinator,
        "second coordinator": actor_of(second_office(story)),
        "contact point": story.world.actor(WUJIANG, Role.CONTACT_POINT),
        "signatory": story.world.actor(WUJIANG, Role.SIGNATORY),
        "other signatory": story.world.actor(JIASHAN, Role.SIGNATORY),
        "other contact point": story.world.actor(JIASHAN, Role.CONTACT_POINT),
        "administrator": story.world.admin,
    }
    return {name: visible_entered(actor=actor).count() for name, actor in roles.items()}


def test_a_sealed_entry_is_known_to_its_party_and_its_enterer_only(story: Story) -> None:
    position(story)
    assert counts(story) == {
        "enterer": 1,
        "second coordinator": 0,
        "contact point": 1,
        "signatory": 1,
        "other signatory": 0,
        "other contact point": 0,
        "administrator": 0,
    }


def page(story: Story, user: object, name: str, *args: object) -> tuple[int, str]:
    client = Client()
    client.force_login(user)
    response = client.get(reverse(name, args=[story.plan.key, *args]))
    return response.status_code, response.content.decode()


PAGES = ("identification:overview", "identification:matrix", "spoken:list", "workflow:gate")


@pytest.mark.parametrize("name", PAGES)
def test_no_page_of_others_tells_of_a_sealed_entry(story: Story, name: str) -> None:
    act = position(story)
    others = [
        story.world.user(JIASHAN, Role.SIGNATORY),
        story.world.user(JIASHAN, Role.CONTACT_POINT),
        second_office(story).user,
    ]
    for user in others:
        code, text = page(story, user, name)
        assert (code, SECRET in text, f"/entered/{act.pk}/" in text) == (200, False, False)
        assert page(story, user, "spoken:detail", act.pk)[0] == 404


def test_the_api_and_the_record_do_not_tell(story: Story) -> None:
    act = position(story)
    user = story.world.user(JIASHAN, Role.SIGNATORY)
    client = Client()
    client.force_login(user)
    listed = client.get(f"/api/v1/plans/{story.plan.key}/entered/").json()
    assert listed["results"] == []
    assert client.get(f"/api/v1/plans/{story.plan.key}/entered/{act.pk}/").status_code == 404
    payloads = "".join(RecordEntry.objects.values_list("payload", flat=True))
    assert (SECRET in payloads, act.nonce in payloads) == (False, False)
    assert ApiToken.objects.count() == 0


def test_an_entered_position_counts_nowhere_until_the_signatory_confirms(story: Story) -> None:
    story.say(QINGPU)
    story.say(JIASHAN)
    before = last_entry()
    act = position(story)
    state = board(sign_off=story.sign_off, revision=frozen_of(story.plan))
    assert (WUJIANG in state.spoken, WUJIANG in newest_declarations(story.sign_off)) == (
        False,
        False,
    )
    owed = duties3.duties(plans=[story.plan], now=clock.now())
    assert [(d.kind, d.holder_code) for d in owed] == [
        ("position.take", WUJIANG),
        ("position.draft", WUJIANG),
    ]
    with pytest.raises(Blocked):
        close_sign_off(actor=story.coordinator, plan=story.plan)
    with pytest.raises(Refused):
        confirm(story.world, act)
    confirm(story.world, act, Role.SIGNATORY)
    assert acts_since(before) == ["position.enter_for", "position.take", "spoken.confirm"]
    state = board(sign_off=story.sign_off, revision=frozen_of(story.plan))
    assert WUJIANG in state.spoken
    assert [cell.state for row in state.rows for cell in row.cells if cell.code == WUJIANG] == [
        "agreed",
        "objected",
        "agreed",
    ]
    payloads = "".join(RecordEntry.objects.filter(pk__gt=before).values_list("payload", flat=True))
    assert (act.nonce in payloads, "objected" in payloads) == (False, False)


def test_a_position_lapses_with_its_ballot(story: Story) -> None:
    act = position(story)
    assert act.confirm_by == story.sign_off.closes_at
    with clock.stated(act.confirm_by):
        assert standing(act) == "lapsed"
        with pytest.raises(Conflict):
            confirm(story.world, act, Role.SIGNATORY)


def test_a_position_on_a_text_that_changed_is_not_confirmed(story: Story) -> None:
    act = position(story)
    story.rewrite("article-2", "新条文。")
    with pytest.raises(Conflict) as caught:
        confirm(story.world, act, Role.SIGNATORY)
    assert (str(caught.value.text) != "", standing(act)) == (True, "waiting")


def test_a_contact_point_takes_a_position_ad_referendum(story: Story) -> None:
    actor: Actor = story.world.actor(WUJIANG, Role.CONTACT_POINT)
    said = {"value": "agree", "text": "", "revision": frozen_of(story.plan).hash, "exceptions": []}
    act = actions.enter_ad_referendum(
        actor=actor,
        plan=story.plan,
        kind="position",
        subject=story.sign_off.pk,
        said=said,
        evidence=LETTER,
    )
    assert visible_entered(actor=story.coordinator).count() == 0
    confirm(story.world, act, Role.SIGNATORY)
    assert newest_declarations(story.sign_off)[WUJIANG].mandate.role == Role.SIGNATORY.value


LATE = "/plans/{}/late/"


def owed_on(story: Story, user: object) -> tuple[int, int]:
    """How many words on entries a coordinator's desk awaits, and its page of who is late names."""
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    actor = actor_of(Mandate.objects.get(user=user, role=Role.COORDINATOR.value))
    awaited = [line.duty.kind for line in desk_of(actor=actor, now=clock.now()).owed]
    pages = [LATE.format(story.plan.key), f"/api/v1/plans/{story.plan.key}/duties/", "/"]
    texts = [client.get(page).content.decode() for page in pages]
    return awaited.count("spoken.confirm"), sum("an act entered for you" in text for text in texts)


def test_no_other_coordinator_sees_that_a_word_is_owed_on_a_sealed_entry(story: Story) -> None:
    position(story)
    enterer = story.world.mandates[QINGPU, "coordinator", story.plan.key].user
    assert owed_on(story, enterer) == (1, 3)
    assert owed_on(story, second_office(story).user) == (0, 0)
    for role in (Role.SIGNATORY, Role.CONTACT_POINT):
        actor = story.world.actor(WUJIANG, role)
        (duty,) = spoken_duties.duties(plans=[story.plan], now=clock.now())
        assert may_know(duty=duty, actor=actor) is True
    assert may_know(duty=duty, actor=story.world.actor(JIASHAN, Role.SIGNATORY)) is False


def test_what_a_party_says_ad_referendum_under_seal_is_owed_within_it_only(story: Story) -> None:
    said = {"value": "agree", "text": "", "revision": frozen_of(story.plan).hash, "exceptions": []}
    contact = story.world.actor(WUJIANG, Role.CONTACT_POINT)
    provisional(contact, story.plan, "position", story.sign_off, said)
    enterer = story.world.mandates[QINGPU, "coordinator", story.plan.key].user
    assert owed_on(story, enterer) == (0, 0)
    signatory = story.world.actor(WUJIANG, Role.SIGNATORY)
    owed = [duty.kind for duty in duties_of(actor=signatory, now=clock.now())]
    assert "spoken.confirm" in owed


def test_trying_to_enter_tells_nothing_of_a_sealed_entry(story: Story) -> None:
    """Two coordinators enter for one party: it has the choice, and the other entry is replaced."""
    first = position(story)
    with pytest.raises(Conflict):
        position(story)
    said = {"value": "agree", "text": "", "revision": frozen_of(story.plan).hash, "exceptions": []}
    other = actor_of(second_office(story))
    second = enter(story.world, story.plan, "position", story.sign_off, said, actor=other)
    confirm(story.world, second, Role.SIGNATORY)
    assert (standing(first), standing(second)) == ("replaced", "confirmed")
    with pytest.raises(Conflict):
        confirm(story.world, first, Role.SIGNATORY)


def test_who_entered_an_act_does_not_confirm_it_under_another_mandate(story: Story) -> None:
    signatory = story.world.mandate(WUJIANG, Role.SIGNATORY)
    Mandate.objects.filter(pk=signatory.pk).update(user=story.coordinator.user_id)
    act = position(story)
    with pytest.raises(Invalid):
        actions.confirm(actor=actor_of(Mandate.objects.get(pk=signatory.pk)), act=act)
    assert standing(act) == "waiting"
