"""Override as the charter says: guiding items only, two people, a reason, a state of its own."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from consult.phase1_organization.content import default_content
from consult.phase3_identification.actions import (
    close_early,
    close_sign_off,
    confirm_override,
    prepare_override,
    refuse_override,
)
from consult.phase3_identification.board import board
from consult.phase3_identification.duties import duties
from consult.phase3_identification.models import Override
from consult.phase3_identification.queries import frozen_of, statement_of
from consult.phase3_identification.steps import Stand
from consult.phase3_identification.tasks import close_due_sign_offs
from stakeholders.record.models import RecordEntry
from stakeholders.terms import clock
from stakeholders.terms.actor import SYSTEM
from stakeholders.terms.errors import Blocked, Conflict, Invalid, NotVisible, Refused
from tests.consult.phase3_identification.story import Story, tell
from tests.consult.phase3_identification.test_views import signed_in
from tests.world import QINGPU, WUJIANG, World, in_days

WITH_OVERRIDE = replace(default_content(), override="guiding")
GUIDING, BINDING = "article-3", "article-2"
AGAINST = Stand(item=GUIDING, value="object", text="困难", wording="改为")


@pytest.fixture
def story(world: World) -> Story:
    """Three items, the third guiding and objected to."""
    found = tell(world, items=3, parties=(WUJIANG,), charter=WITH_OVERRIDE)
    found.open(closes_at=in_days(1))
    found.say(QINGPU)
    return found


def prepare(story: Story, item: str = GUIDING, **more: object) -> object:
    said = {"reason": "急需实施", "signatory_of": QINGPU, **more}
    return prepare_override(actor=story.coordinator, plan=story.plan, item=item, **said)


def override(story: Story) -> Override:
    proposal = prepare(story)
    return confirm_override(
        actor=story.actor(QINGPU), plan=story.plan, item=GUIDING, proposal_hash=proposal.hash
    )


def test_an_overridden_item_is_counted_apart_and_its_objection_stays(story: Story) -> None:
    story.say(WUJIANG, "agree", AGAINST)
    made = override(story)
    state = board(sign_off=story.sign_off, revision=frozen_of(story.plan))
    assert (state.passing, state.overridden, state.open_rows) == (2, 1, [])
    assert [row.override for row in state.rows if row.override] == [made]
    row = RecordEntry.objects.order_by("-pk")[0]
    effects = json.loads(row.payload)["effects"]
    assert (row.act, effects["mandates"]) == (
        "override.confirm",
        [story.coordinator.mandate_id, story.actor(QINGPU).mandate_id],
    )
    assert "急需" not in row.payload
    assert close_early(actor=story.coordinator, plan=story.plan).outcome == "passed"
    ended = story.sign_off.item_ballots.values_list("item__key", "ballot__end__outcome")
    assert dict(ended) == {"article-1": "passed", BINDING: "passed", GUIDING: "overridden"}
    content = json.loads(statement_of(story.sign_off).content)
    assert [one["item"] for one in content["objections"]] == [GUIDING]
    said = [one for one in content["items"] if "overridden" in one]
    assert [(one["key"], one["passed"]) for one in said] == [(GUIDING, False)]
    assert said[0]["overridden"]["reason"] == "急需实施"


def test_only_a_guiding_item_that_does_not_pass_and_only_with_a_reason(story: Story) -> None:
    against = Stand(item=BINDING, value="object", text="困难", wording="改为")
    story.say(WUJIANG, "agree", AGAINST, against)
    for fault, item in (
        ({}, BINDING),
        ({"reason": " "}, GUIDING),
        ({"signatory_of": "000"}, GUIDING),
    ):
        with pytest.raises(Invalid):
            prepare(story, item, **fault)
    with pytest.raises(NotVisible):
        prepare(story, "unknown")
    story.say(WUJIANG)
    with pytest.raises(Conflict):
        prepare(story)


def test_before_the_hour_all_have_to_have_spoken(story: Story) -> None:
    with pytest.raises(Conflict):
        prepare(story)
    with clock.stated(story.sign_off.closes_at):
        assert prepare(story).hash


def test_a_charter_without_the_clause_knows_no_override(world: World) -> None:
    plain = tell(world, items=3, parties=(WUJIANG,))
    plain.open()
    plain.say(QINGPU)
    plain.say(WUJIANG, "agree", AGAINST)
    with pytest.raises(Conflict):
        prepare(plain)


def test_the_second_is_a_signatory_of_the_party_named_and_may_refuse(story: Story) -> None:
    story.say(WUJIANG, "agree", AGAINST)
    proposal = prepare(story)
    with pytest.raises(Conflict):
        prepare(story)
    owed = duties(plans=[story.plan], now=clock.now())
    holders = [d.user_id for d in owed if d.kind == "sign_off.override.second"]
    assert holders == [story.actor(QINGPU).user_id]
    with pytest.raises(NotVisible):
        confirm_override(
            actor=story.actor(WUJIANG),
            plan=story.plan,
            item=GUIDING,
            proposal_hash=proposal.hash,
        )
    with pytest.raises(Refused):
        confirm_override(
            actor=story.coordinator, plan=story.plan, item=GUIDING, proposal_hash=proposal.hash
        )
    refuse_override(actor=story.actor(QINGPU), plan=story.plan, item=GUIDING, reason="不急")
    assert Override.objects.count() == 0
    assert prepare(story).hash


def test_one_person_with_both_mandates_is_no_second(story: Story) -> None:
    story.say(WUJIANG, "agree", AGAINST)
    proposal = prepare(story)
    same = story.world.mandate(QINGPU, story.actor(QINGPU).role)
    type(same).objects.filter(pk=same.pk).update(user=story.coordinator.user_id)
    actor = replace(story.actor(QINGPU), user_id=story.coordinator.user_id)
    with pytest.raises(Refused):
        confirm_override(actor=actor, plan=story.plan, item=GUIDING, proposal_hash=proposal.hash)


def test_the_clock_waits_some_days_for_an_override_and_then_closes(story: Story) -> None:
    sign_off = story.sign_off
    with clock.stated(sign_off.closes_at - timedelta(hours=1)):
        story.say(WUJIANG, "agree", AGAINST)
    with clock.stated(sign_off.closes_at):
        assert close_due_sign_offs(now=clock.now()) == 0
        with pytest.raises(Blocked):
            close_sign_off(actor=SYSTEM, plan=story.plan)
    with clock.stated(sign_off.closes_at + timedelta(days=16)):
        assert close_due_sign_offs(now=clock.now()) == 1
    assert story.sign_off.end.outcome == "failed"


def test_a_new_wording_knows_nothing_of_the_override(story: Story) -> None:
    story.say(WUJIANG, "agree", AGAINST)
    override(story)
    story.rewrite(GUIDING, "新条文。")
    state = board(sign_off=story.sign_off, revision=frozen_of(story.plan))
    assert (state.overridden, [row.override for row in state.rows if row.override]) == (0, [])


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_pages_of_an_override_show_and_ask_for_proof(story: Story, language: str) -> None:
    story.say(WUJIANG, "agree", AGAINST)
    prepare(story)
    client = signed_in(story, QINGPU, fresh=False)
    base = f"/plans/{story.plan.key}/sign-off/overrides/"
    for page in (base, f"{base}{GUIDING}/confirm/"):
        shown = client.get(page, headers={"accept-language": language})
        assert "急需实施" in shown.content.decode()
    put_aside = client.post(f"{base}{GUIDING}/confirm/", {"proposal": "x"})
    assert put_aside.url.split("?")[0] == "/accounts/reauthenticate/"
    assert signed_in(story, WUJIANG).get(f"{base}{GUIDING}/confirm/").status_code == 404
