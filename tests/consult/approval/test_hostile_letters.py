"""Letters, arrangements and replies with input that nobody honest sends."""

from dataclasses import replace
from datetime import date

import pytest
from django.test import Client
from django.utils import translation

from consult.approval.actions.after_reply import correct_letter, publish_plan
from consult.approval.actions.dossier import arrange_dossier
from consult.approval.actions.going_up import (
    ask_completion,
    complete_papers,
    forward_plan,
    submit_plan,
)
from consult.approval.actions.replies import Decision, correct_reply, file_reply
from consult.approval.enums import ReplyOutcome
from consult.approval.models import DossierArrangement
from consult.approval.queries.arrangements import Arranged, arranged_lines, newest_arrangement
from consult.approval.queries.replies import awaits_completion, submission_of
from consult.approval.queries.standing import standing_of
from consult.approval.steps.letters import LetterText
from consult.approval.steps.replies import ConditionText
from stakeholders.people.models import Mandate
from stakeholders.terms.actor import Role
from stakeholders.terms.errors import Conflict, Invalid, NotVisible, Refused
from tests.consult.approval import reply_scene
from tests.consult.approval.way import JIAXING, SUZHOU, request_text, signed, submitted, today
from tests.consult.phase3_identification.story import PROVINCES, Story
from tests.world import JIANGSU, QINGPU, SHANGHAI, World


def notice(**changes: object) -> LetterText:
    given = {"dated_on": today(), "number": "1号", "senders": [SHANGHAI], "text": "缺图"}
    return LetterText(**{**given, "due_on": today(10), **changes})


@pytest.mark.parametrize("due", [date(9999, 12, 31), "next year"])
def test_a_notice_is_not_due_in_eight_thousand_years(world: World, due: object) -> None:
    """Every page counts the working days up to it."""
    story, _request = submitted(world)
    said = notice(due_on=today(367) if due == "next year" else due)
    with translation.override("en"):
        with pytest.raises(Invalid) as error:
            ask_completion(actor=story.coordinator, plan=story.plan, said=said)
        texts = {name: str(text) for name, text in error.value.errors.items()}
    assert texts == {"due_on": "Choose a day within a year of the date of the notice."}


@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31)])
def test_days_at_the_ends_of_the_calendar_are_refused(world: World, day: date) -> None:
    story, _request = submitted(world)
    with pytest.raises(Invalid):
        ask_completion(actor=story.coordinator, plan=story.plan, said=notice(dated_on=day))


def test_a_unit_named_twice_is_written_once(world: World) -> None:
    story = signed(world)
    twice = request_text(senders=[QINGPU, QINGPU], addressees=[*PROVINCES, *PROVINCES])
    row = submit_plan(actor=story.coordinator, plan=story.plan, said=twice)
    assert (row.senders, row.addressees) == ([QINGPU], sorted(PROVINCES))


@pytest.mark.parametrize("key", ["own-abc", "own-7", "own-", "own-a/../b", "own-9999999999999"])
def test_the_key_of_a_further_line_is_not_chosen_by_who_asks(story: Story, key: str) -> None:
    """It stands in an append-only row and in addresses: a wrong one would spoil the dossier."""
    lines = arranged_lines(story.plan.kind, None)
    more = Arranged(key=key, name_zh="其他", name_en="", is_required=False)
    with pytest.raises(Invalid) as error:
        arrange_dossier(actor=story.coordinator, plan=story.plan, lines=[*lines, more], base=0)
    assert list(error.value.errors) == [key]
    assert not DossierArrangement.objects.exists()
    row = arrange_dossier(
        actor=story.coordinator, plan=story.plan, lines=[*lines, replace(more, key="")], base=0
    )
    kept = arranged_lines(story.plan.kind, newest_arrangement(story.plan))
    assert kept[-1].key == "own-1"
    again = [replace(one, name_zh="另有") if one.key == "own-1" else one for one in kept]
    arrange_dossier(actor=story.coordinator, plan=story.plan, lines=again, base=row.pk)


def test_a_published_plan_is_not_made_a_returned_one(world: World) -> None:
    plan = reply_scene.submitted(world)
    joint = world.coordinator(plan)
    reply_scene.answer(world, plan, ReplyOutcome.APPROVED)
    place = LetterText(dated_on=today(), place="https://gov.example/plan")
    publish_plan(actor=joint, plan=plan, said=place)
    rows = [ConditionText(item="1", text_zh="退回修改。")]
    for outcome in (ReplyOutcome.RETURNED, ReplyOutcome.WITH_CONDITIONS):
        decision = Decision(outcome=outcome, conditions=rows)
        with translation.override("en"), pytest.raises(Conflict, match="stays approved"):
            correct_reply(
                actor=joint, plan=plan, said=reply_scene.said(), decision=decision, reason="误"
            )
    right = Decision(outcome=ReplyOutcome.APPROVED)
    said = reply_scene.said(number="沪苏浙联批〔2026〕3号")
    row = correct_reply(actor=joint, plan=plan, said=said, decision=right, reason="文号录错")
    assert row.letter.number == "沪苏浙联批〔2026〕3号"
    assert standing_of(plan).is_approved


def test_a_notice_corrected_after_its_answer_stays_answered(world: World) -> None:
    story, _request = submitted(world)
    asked = ask_completion(actor=story.coordinator, plan=story.plan, said=notice())
    assert awaits_completion(submission_of(story.plan))
    done = LetterText(dated_on=today(), text="已补充")
    complete_papers(actor=story.coordinator, plan=story.plan, notice=asked.pk, said=done)
    assert not awaits_completion(submission_of(story.plan))
    for number in ("2号", "3号"):
        asked = correct_letter(
            actor=story.coordinator,
            plan=story.plan,
            letter=asked.pk,
            said=notice(number=number),
            reason="文号录错",
        )
        assert not awaits_completion(submission_of(story.plan))


def test_who_speaks_for_another_unit_is_refused(world: World) -> None:
    """A prefecture forwards for itself alone; who was not asked does not reply."""
    story, _request = submitted(world)
    text = LetterText(dated_on=today(), senders=[JIAXING], addressees=PROVINCES)
    suzhou = world.actor(SUZHOU, Role.CONTACT_POINT)
    for senders in ([JIAXING], [SUZHOU, JIAXING], []):
        with pytest.raises(NotVisible):
            forward_plan(actor=suzhou, plan=story.plan, said=replace(text, senders=senders))
    decision = Decision(outcome=ReplyOutcome.APPROVED)
    for actor in (suzhou, world.actor(QINGPU, Role.CONTACT_POINT), story.actor(QINGPU)):
        with pytest.raises(Refused):
            file_reply(actor=actor, plan=story.plan, said=reply_scene.said(), decision=decision)
    for role in (Role.DEPUTY, Role.PLANNER, Role.SIGNATORY):
        for code in (SUZHOU, JIANGSU):
            with pytest.raises((Refused, NotVisible)):
                forward_plan(actor=world.actor(code, role), plan=story.plan, said=text)


def test_ids_beyond_every_table_are_not_there(world: World) -> None:
    story, _request = submitted(world)
    client = Client()
    client.force_login(Mandate.objects.filter(role=Role.COORDINATOR.value).latest("pk").user)
    plan, api = f"/plans/{story.plan.key}/", f"/api/v1/plans/{story.plan.key}/approval/"
    body = {"dated_on": today().isoformat(), "text": "x", "reason": "x"}
    for number in (0, 2**31, 2**63, 10**30):
        for path in ("letters/{}/file/", "letters/{}/correct/", "notices/{}/complete/"):
            url = f"{plan}approval/{path.format(number)}"
            assert client.get(url).status_code == 404, url
        for path in ("letters/{}/corrections/", "notices/{}/completion/"):
            url = f"{api}{path.format(number)}"
            answer = client.post(url, body, content_type="application/json")
            assert answer.status_code == 404, url


BAD = ["javascript:alert(1)", "data:text/html,x", "https://", "//evil.example", "\x00", "ftp://a.b"]


@pytest.mark.parametrize("place", BAD)
def test_a_place_that_is_no_address_is_refused(world: World, place: str) -> None:
    plan = reply_scene.submitted(world)
    reply_scene.answer(world, plan, ReplyOutcome.APPROVED)
    with pytest.raises(Invalid):
        publish_plan(
            actor=world.coordinator(plan),
            plan=plan,
            said=LetterText(dated_on=today(), place=place),
        )


def test_a_thousand_conditions_and_huge_texts_are_refused_at_once(world: World) -> None:
    plan = reply_scene.submitted(world)
    rows = [ConditionText(item="1", text_zh=f"条件{n}") for n in range(1000)]
    huge = [ConditionText(item="1", text_zh="长" * 1_000_000)]
    for some in (rows, huge):
        decision = Decision(outcome=ReplyOutcome.WITH_CONDITIONS, conditions=some)
        with pytest.raises(Invalid):
            file_reply(
                actor=world.coordinator(plan), plan=plan, said=reply_scene.said(), decision=decision
            )
    assert plan.frozen is not None
