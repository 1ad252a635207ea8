"""Adopting first what has passed: who is offered, what is refused, what stands afterwards."""

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.utils import translation

from consult.phase1_organization.content import default_content
from consult.phase3_identification.actions import (
    adopt_part,
    ask_to_reopen,
    close_sign_off,
    confirm_condition,
    end_without_result,
    lift_reservation,
    report_condition,
    sign_statement,
)
from consult.phase3_identification.adopting import Offer, offer
from consult.phase3_identification.board import Board, board
from consult.phase3_identification.duties import duties
from consult.phase3_identification.models import (
    CommonStatement,
    Condition,
    PartialAdoption,
    Reservation,
)
from consult.phase3_identification.queries import frozen_of, part_statements, statement_of
from consult.phase3_identification.steps import Stand
from consult.workflow.actions import publish
from plans.register.enums import Stage
from plans.register.models import Revision
from plans.register.queries import get_whole_revision, latest_revision, revision_before, rows_of
from stakeholders.notices.models import Notice
from stakeholders.record.models import RecordEntry
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Role
from stakeholders.terms.errors import Conflict, Invalid, NotVisible, Refused
from tests.consult.phase3_identification.story import RESERVATION, Story, tell
from tests.world import JIASHAN, QINGPU, WUJIANG, World, in_days

ALLOWED = replace(default_content(), partial_adoption=True)
ONE, TWO, THREE, FOUR = "article-1", "article-2", "article-3", "article-4"
AGAINST = Stand(item=TWO, value="object", text="困难", wording="改为")
WHY = "先行实施"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def start(world: World, *, items: int = 4, **kwargs: object) -> Story:
    """Four items (the third guiding), two parties; the charter allows partial adoption."""
    found = tell(world, items=items, parties=(WUJIANG,), charter=ALLOWED)
    found.open(**kwargs)
    return found


@pytest.fixture
def story(world: World) -> Story:
    """Qingpu agrees; Wujiang objects to the second item."""
    found = start(world)
    found.say(QINGPU)
    found.say(WUJIANG, "agree", AGAINST)
    return found


def state_of(story: Story) -> Board:
    story.plan.refresh_from_db()
    return board(sign_off=story.sign_off, revision=frozen_of(story.plan))


def offered(story: Story) -> Offer:
    return offer(plan=story.plan, sign_off=story.sign_off, state=state_of(story))


def seen(story: Story, *keys: str) -> dict[str, str]:
    found = offered(story)
    return {key: found.by_key[key].mark for key in keys}


def adopt(story: Story, *keys: str, **more: object) -> PartialAdoption:
    said = {"items": seen(story, *keys), "reason": WHY, **more}
    return adopt_part(actor=story.coordinator, plan=story.plan, **said)


def groups(story: Story) -> tuple[list[str], list[str], list[str]]:
    found = offered(story)
    named = (found.ready, found.waiting, found.adopted)
    return tuple([one.key for one in some] for some in named)


def test_what_has_passed_becomes_a_revision_of_its_own(story: Story) -> None:
    assert groups(story) == ([ONE, THREE, FOUR], [TWO], [])
    frozen = frozen_of(story.plan)
    before = RecordEntry.objects.count()
    made = adopt(story, FOUR, ONE)
    revision = made.revision
    assert (revision.number, revision.stage, revision.is_part) == (2, "adopted_part", True)
    held = revision.entries.order_by("position").values_list("item__key", "number", "heading")
    assert list(held) == [(ONE, "1", "one"), (FOUR, "4", "one")]
    versions = dict(frozen.entries.values_list("item", "version"))
    assert all(versions[i] == v for i, v in revision.entries.values_list("item", "version"))
    assert json.loads(revision.manifest)["headings"] == json.loads(frozen.manifest)["headings"]
    assert groups(story) == ([THREE], [TWO], [ONE, FOUR])
    story.plan.refresh_from_db()
    assert (story.plan.frozen, story.plan.in_force) == (frozen, None)
    row = RecordEntry.objects.order_by("-pk")[0]
    assert RecordEntry.objects.count() == before + 1
    said = json.loads(row.payload)
    assert (said["act"], said["subject"]) == (
        "sign_off.adopt_part",
        f"sign_off:{story.sign_off.pk}",
    )
    hashes = dict(frozen.entries.values_list("item__key", "version__hash"))
    assert said["effects"] == {
        "of": frozen.hash,
        "revision": revision.hash,
        "number": 2,
        "items": {ONE: hashes[ONE], FOUR: hashes[FOUR]},
        "statement": made.statement.hash,
        "reason": canonical.digest(WHY),
    }
    told = Notice.objects.filter(kind="sign_off.adopt_part").values_list("user", flat=True)
    people = {story.actor(code).user_id for code in (QINGPU, WUJIANG)}
    assert people <= set(told)


def test_its_statement_is_of_these_items_alone(world: World) -> None:
    story = start(world)
    reserved = replace(RESERVATION, item=THREE)
    story.say(QINGPU, "agree", reserved)
    story.say(WUJIANG, "agree", AGAINST)
    statement = adopt(story, THREE).statement
    content = json.loads(statement.content)
    assert (statement.is_part, statement.hash) == (True, canonical.digest(statement.content))
    assert [one["key"] for one in content["items"]] == [THREE]
    assert content["items"][0]["parties"] == {"reserved": [QINGPU], "agreed": [WUJIANG]}
    assert [one["code"] for one in content["parties"]] == [QINGPU, WUJIANG]
    assert [one["item"] for one in content["reservations"]] == [THREE]
    assert content["objections"] == []
    assert content["part"]["reason"] == WHY
    assert content["part"]["of"]["number"] == 1
    assert content["revision"]["stage"] == "adopted_part"
    assert statement_of(story.sign_off) is None


def test_an_objection_that_the_rule_outvotes_goes_along(world: World) -> None:
    """A guiding item is not blocked where the objection lacks its wording."""
    story = tell(world, items=3, parties=(WUJIANG, JIASHAN), charter=ALLOWED)
    story.open()
    story.say(QINGPU)
    story.say(JIASHAN)
    story.say(WUJIANG, "agree", Stand(item=THREE, value="object", text="有困难"))
    content = json.loads(adopt(story, THREE).statement.content)
    assert [(one["item"], one["party"]) for one in content["objections"]] == [(THREE, WUJIANG)]


@pytest.mark.parametrize(
    ("items", "error", "words"),
    [
        ({}, Invalid, "Choose at least one item to adopt."),
        ({"unknown": "0"}, Invalid, "This is no item of the frozen text: unknown."),
        ({ONE: "0"}, Conflict, "since you opened this page: 1."),
    ],
)
def test_what_is_picked_is_known_and_seen(
    story: Story, items: dict[str, str], error: type[Exception], words: str
) -> None:
    with pytest.raises(error) as raised:
        adopt(story, items=items)
    said = raised.value
    text = str(said.errors["items"] if isinstance(said, Invalid) else said.text)
    assert words in text
    assert not PartialAdoption.objects.exists()


def test_an_item_that_has_not_passed_is_named_with_its_reason(world: World) -> None:
    story = start(world)
    story.say(QINGPU)
    with pytest.raises(Invalid) as raised:
        adopt(story, ONE)
    text = str(raised.value.errors["items"])
    assert text.startswith("Article 1 has not passed for good: No position has been taken by:")
    story.say(WUJIANG, "agree", AGAINST)
    with pytest.raises(Invalid) as raised:
        adopt(story, TWO)
    assert str(raised.value.errors["items"]).startswith("Article 2 has not passed for good:")


def test_a_reason_is_asked_and_not_too_long(story: Story) -> None:
    for reason in (" ", "因" * 301):
        with pytest.raises(Invalid) as raised:
            adopt(story, ONE, reason=reason)
        assert list(raised.value.errors) == ["reason"]


def test_the_charter_has_to_allow_it(world: World) -> None:
    content = replace(default_content(), partial_adoption=False)
    story = tell(world, items=2, parties=(WUJIANG,), charter=content)
    story.open()
    story.say(QINGPU)
    story.say(WUJIANG)
    with pytest.raises(Conflict, match="The charter knows no partial adoption"):
        adopt(story, ONE)


def test_a_sealed_one_waits_for_its_hour(world: World) -> None:
    story = start(world, closes_at=in_days(1), is_sealed=True)
    story.say(QINGPU)
    story.say(WUJIANG)
    with pytest.raises(Conflict, match="Sealed"):
        adopt(story, ONE)
    with clock.stated(story.sign_off.closes_at):
        assert adopt(story, ONE).revision.number == 2


def test_only_the_joint_office_and_only_while_it_is_open(story: Story) -> None:
    items = seen(story, ONE)
    with pytest.raises(Refused):
        adopt_part(actor=story.actor(QINGPU), plan=story.plan, items=items, reason=WHY)
    with pytest.raises(NotVisible):
        adopt_part(actor=story.actor(JIASHAN), plan=story.plan, items=items, reason=WHY)
    end_without_result(actor=story.coordinator, plan=story.plan, reason="更正")
    with pytest.raises(Conflict, match="No sign-off is open"):
        adopt_part(actor=story.coordinator, plan=story.plan, items=items, reason=WHY)


def test_of_two_coordinators_one_adopts(story: Story) -> None:
    items = seen(story, ONE)
    adopt(story, ONE, items=items)
    with pytest.raises(Conflict, match="Adopted already: 1"):
        adopt(story, ONE, items=items)
    assert Revision.objects.filter(stage="adopted_part").count() == 1


def test_a_word_said_after_the_preview_is_noticed(story: Story) -> None:
    items = seen(story, ONE)
    story.say(WUJIANG, "agree", AGAINST, replace(AGAINST, item=ONE))
    with pytest.raises(Conflict, match="has changed since you opened this page: 1"):
        adopt(story, ONE, items=items)


def test_a_request_to_reopen_and_open_conditions_hold_an_item_back(world: World) -> None:
    content = replace(ALLOWED, reopening_days=5)
    story = tell(world, items=3, parties=(WUJIANG,), charter=content)
    story.open()
    ask_to_reopen(actor=story.actor(WUJIANG), plan=story.plan, items=[ONE], reason="再议")
    story.say(QINGPU, "agree", Stand(item=TWO, value="agree_in_principle", text="资金到位"))
    story.say(WUJIANG)
    waiting = {one.key: [str(why) for why in one.why] for one in offered(story).waiting}
    assert list(waiting) == [ONE, TWO]
    assert waiting[ONE] == ["A party asks to reopen it."]
    assert waiting[TWO][0].startswith("Conditions are not yet met and confirmed, of:")
    condition = Condition.objects.get()
    report_condition(actor=story.coordinator, plan=story.plan, pk=condition.pk, text="已到位")
    confirm_condition(actor=story.actor(QINGPU), plan=story.plan, pk=condition.pk, is_met=True)
    assert groups(story) == ([TWO, THREE], [ONE], [])


def test_later_words_do_not_touch_what_was_adopted(story: Story) -> None:
    adopt(story, ONE, THREE)
    story.say(WUJIANG, "object", text="整体不同意")
    state = state_of(story)
    rows = {row.key: row for row in state.rows}
    assert [row.adopted for row in state.rows] == [2, None, 2, None]
    assert [row.passes for row in state.rows] == [True, False, True, False]
    told = {row.key: {c.code: c.state for c in row.cells} for row in state.rows}
    assert told[ONE] == {QINGPU: "agreed", WUJIANG: "agreed"}
    assert told[FOUR] == {QINGPU: "agreed", WUJIANG: "objected"}
    assert rows[ONE].is_open is False
    short = board(sign_off=story.sign_off, revision=frozen_of(story.plan), with_positions=False)
    assert {row.key: {c.code: c.state for c in row.cells} for row in short.rows} == told
    last = story.sign_off.declarations.order_by("-pk")[0]
    assert sorted(json.loads(last.content)["items"]) == [TWO, FOUR]


def test_an_exception_on_an_adopted_item_is_refused_by_its_number(story: Story) -> None:
    adopt(story, ONE)
    with pytest.raises(Conflict, match="Adopted first, and no longer open to a position: 1"):
        story.say(WUJIANG, "agree", replace(AGAINST, item=ONE))


def test_a_party_with_nothing_left_is_told_so(world: World) -> None:
    story = start(world, items=1)
    story.say(QINGPU)
    story.say(WUJIANG)
    adopt(story, ONE)
    with pytest.raises(Invalid) as raised:
        story.say(WUJIANG)
    assert str(raised.value.errors[""]).startswith("All items that concern your jurisdiction")
    assert close_sign_off(actor=story.coordinator, plan=story.plan).outcome == "passed"


def test_a_reservation_on_an_adopted_item_is_lifted_like_after_a_close(world: World) -> None:
    story = start(world)
    story.say(QINGPU, "agree", replace(RESERVATION, item=THREE))
    story.say(WUJIANG)
    adopt(story, THREE)
    count = story.sign_off.declarations.count()
    row = Reservation.objects.get()
    lift = lift_reservation(actor=story.actor(QINGPU), plan=story.plan, pk=row.pk, reason="已印发")
    assert (lift.position, story.sign_off.declarations.count()) == (None, count)


def test_the_close_counts_it_and_the_whole_statement_names_it(story: Story) -> None:
    made = adopt(story, ONE)
    story.say(WUJIANG)
    end = close_sign_off(actor=story.coordinator, plan=story.plan)
    result = json.loads(end.result)
    assert (end.outcome, result["passed"], result["adopted"]) == ("passed", 4, [ONE])
    content = json.loads(statement_of(story.sign_off).content)
    assert [one["key"] for one in content["items"]] == [ONE, TWO, THREE, FOUR]
    parts = content["parts"]
    assert [(p["revision"]["number"], p["items"], p["reason"]) for p in parts] == [(2, [ONE], WHY)]
    assert parts[0]["statement"] == made.statement.hash
    assert [row.adopted for row in state_of(story).rows] == [2, None, None, None]
    assert part_statements([story.plan]) == []


def test_a_sign_off_that_fails_leaves_the_adopted_part(story: Story) -> None:
    adopt(story, ONE)
    assert close_sign_off(actor=story.coordinator, plan=story.plan).outcome == "failed"
    ended = dict(story.sign_off.item_ballots.values_list("item__key", "ballot__end__outcome"))
    assert ended == {ONE: "passed", TWO: "failed", THREE: "passed", FOUR: "passed"}
    assert CommonStatement.objects.filter(is_part=True).count() == 1
    story.open()
    rows = state_of(story).rows
    assert [(row.adopted, row.adopted_before) for row in rows[:2]] == [(None, 2), (None, None)]


def test_a_new_wording_of_an_adopted_item_is_asked_anew(story: Story) -> None:
    adopt(story, ONE, THREE)
    story.rewrite(ONE, "改后的条文。")
    rows = {row.key: row for row in state_of(story).rows}
    assert (rows[ONE].adopted, rows[ONE].adopted_before, rows[ONE].passes) == (None, 2, False)
    assert (rows[THREE].adopted, rows[THREE].passes) == (2, True)
    states = {cell.code: cell.state for cell in rows[ONE].cells}
    assert states == {QINGPU: "stale", WUJIANG: "stale"}
    story.say(QINGPU)
    story.say(WUJIANG)
    assert groups(story) == ([ONE, TWO, FOUR], [], [THREE])
    assert adopt(story, ONE, TWO).revision.number == 4
    assert [row.adopted for row in state_of(story).rows] == [4, 4, 2, None]


def test_a_harmless_change_after_a_part_stays_harmless(story: Story) -> None:
    """The former state is the last whole text, not the part that was published since."""
    adopt(story, ONE)
    story.rewrite(FOUR, "条文4。", kind="editorial")
    states = {row.key: {c.state for c in row.cells} for row in state_of(story).rows}
    assert states[FOUR] == {"agreed"}


def test_a_part_is_no_state_of_the_whole_plan(story: Story) -> None:
    frozen = frozen_of(story.plan)
    part = adopt(story, ONE).revision
    assert latest_revision(story.plan) == frozen
    third = story.publish()
    assert (third.number, revision_before(third)) == (3, frozen)
    with pytest.raises(NotVisible):
        get_whole_revision(story.plan, number=part.number)
    rows = {row.revision.number: row for row in rows_of(story.plan, [third, part, frozen])}
    assert [(n, row.former, row.size) for n, row in rows.items()] == [
        (3, 1, 4),
        (2, None, 1),
        (1, None, 4),
    ]
    assert rows[2].counts == []


def test_nobody_publishes_a_part(story: Story) -> None:
    end_without_result(actor=story.coordinator, plan=story.plan, reason="更正")
    story.plan.frozen = None
    story.plan.save()
    with pytest.raises(Invalid) as raised:
        publish(actor=story.coordinator, plan=story.plan, stage=Stage.ADOPTED_PART.value)
    text = "A part is adopted in the sign-off, not by publishing."
    assert str(raised.value.errors["stage"]) == text


def test_its_statement_is_signed_by_the_parties_it_concerns(story: Story) -> None:
    part = adopt(story, ONE).statement

    def owed() -> list[str]:
        found = duties(plans=[story.plan], now=clock.now())
        return [str(d.holder_code) for d in found if d.kind == "statement.sign"]

    story.plan.refresh_from_db()
    assert owed() == [QINGPU, WUJIANG]
    signed = sign_statement(actor=story.actor(QINGPU), plan=story.plan, statement=part.pk)
    assert (signed.statement, owed()) == (part, [WUJIANG])
    with pytest.raises(Conflict):
        sign_statement(actor=story.actor(QINGPU), plan=story.plan, statement=part.pk)
    with pytest.raises(Conflict, match="There is no common statement"):
        sign_statement(actor=story.actor(WUJIANG), plan=story.plan)
    with pytest.raises(NotVisible):
        sign_statement(actor=story.actor(WUJIANG), plan=story.plan, statement=part.pk + 1)
    story.say(WUJIANG)
    close_sign_off(actor=story.coordinator, plan=story.plan)
    assert owed() == [QINGPU, WUJIANG]
    whole = statement_of(story.sign_off)
    sign_statement(actor=story.actor(WUJIANG, Role.SIGNATORY), plan=story.plan)
    assert [str(row.jurisdiction_id) for row in whole.signatures.all()] == [WUJIANG]


def test_an_adopted_item_that_leaves_the_text_keeps_its_part(story: Story) -> None:
    made = adopt(story, ONE)
    story.places = [place for place in story.places if place.item.key != ONE]
    for text in ("再改。", "三改。"):
        story.rewrite(TWO, text)
    assert [row.key for row in state_of(story).rows] == [TWO, THREE, FOUR]
    assert story.sign_off.item_ballots.filter(item__key=ONE).count() == 1
    story.say(QINGPU)
    story.say(WUJIANG)
    assert close_sign_off(actor=story.coordinator, plan=story.plan).outcome == "passed"
    content = json.loads(statement_of(story.sign_off).content)
    assert [one["key"] for one in content["items"]] == [TWO, THREE, FOUR]
    assert content["parts"][0]["statement"] == made.statement.hash
