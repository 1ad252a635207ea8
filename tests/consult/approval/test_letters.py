"""The letters: what each act takes, refuses and leaves behind."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
import time_machine
from django.utils import translation

from consult.approval.actions.after_reply import correct_letter, file_plan, publish_plan
from consult.approval.actions.going_up import (
    ask_completion,
    complete_papers,
    forward_plan,
    submit_plan,
)
from consult.approval.enums import ReplyOutcome
from consult.approval.models import ApprovalLetter
from consult.approval.procedure import State
from consult.approval.queries.replies import (
    answered,
    awaits_completion,
    reply_state,
    submission_of,
)
from consult.approval.queries.standing import standing_of
from consult.approval.steps.letters import LetterText
from stakeholders.notices.models import Notice
from stakeholders.record.models import RecordEntry
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.errors import Blocked, Conflict, Invalid, NotVisible, Refused
from stakeholders.terms.rights import Reason
from tests.consult.approval.way import (
    JIAXING,
    SUZHOU,
    agreed,
    approved_text,
    reply,
    request_text,
    signed,
    submitted,
    today,
)
from tests.consult.phase3_identification.story import PROVINCES, Story
from tests.world import JIANGSU, JIASHAN, KUNSHAN, QINGPU, SHANGHAI, WUJIANG, World

pytestmark = pytest.mark.django_db
SITE = "https://www.example.gov.cn/plan"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def contact(story: Story, code: str) -> Actor:
    return story.world.actor(code, Role.CONTACT_POINT)


def forwarding(unit: str = SUZHOU, **changes: object) -> LetterText:
    given: dict[str, object] = {
        "dated_on": today(),
        "number": "苏资规转〔2026〕5号",
        "senders": [unit],
        "addressees": [JIANGSU],
    }
    return LetterText(**{**given, **changes})


def notice_text(**changes: object) -> LetterText:
    given: dict[str, object] = {
        "dated_on": today(),
        "number": "沪资规函〔2026〕7号",
        "senders": [SHANGHAI],
        "text": "附表一补充年度减量",
        "due_on": today(9),
    }
    return LetterText(**{**given, **changes})


def acts(story: Story) -> list[str]:
    rows = RecordEntry.objects.filter(act__startswith="approval.").order_by("pk")
    return list(rows.values_list("act", flat=True))


def errors(call: object) -> dict[str, str]:
    with pytest.raises(Invalid) as caught:
        call()
    return {name: str(text) for name, text in caught.value.errors.items()}


def test_a_request_is_put_on_file_told_and_recorded(world: World) -> None:
    story = signed(world)
    letter = submit_plan(actor=story.coordinator, plan=story.plan, said=request_text())
    assert (letter.kind, letter.senders) == ("submission", [QINGPU, WUJIANG, JIASHAN])
    assert acts(story) == ["approval.submit"]
    entry = RecordEntry.objects.filter(act="approval.submit").get()
    assert "青吴嘉联报" not in entry.payload
    told = set(
        Notice.objects.filter(kind="approval.submission").values_list("user__email", flat=True)
    )
    assert f"contact_point@{SUZHOU}.example" in told
    assert f"contact_point@{KUNSHAN}.example" not in told


def test_a_request_waits_for_the_statement_and_its_signatures(world: World) -> None:
    story = agreed(world)
    with pytest.raises(Blocked) as caught:
        submit_plan(actor=story.coordinator, plan=story.plan, said=request_text())
    codes = [one.code for one in caught.value.blockers]
    assert codes.count("statement.unsigned") == 3
    assert "dossier.missing" in codes
    assert acts(story) == []


def test_a_request_without_sign_off_is_blocked(world: World) -> None:
    plan = world.plan()
    plan.phase = 3
    plan.save()
    with pytest.raises(Blocked) as caught:
        submit_plan(actor=world.coordinator(plan), plan=plan, said=request_text())
    assert [one.code for one in caught.value.blockers] == ["statement.none"]


def test_one_request_at_a_time_also_when_sent_twice(world: World) -> None:
    story, _letter = submitted(world)
    with pytest.raises(Conflict):
        submit_plan(actor=story.coordinator, plan=story.plan, said=request_text())
    reply(story)
    with pytest.raises(Conflict, match="approved already"):
        submit_plan(actor=story.coordinator, plan=story.plan, said=request_text())
    assert ApprovalLetter.objects.filter(kind="submission").count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"dated_on": today(1)}, "dated_on"),
        ({"dated_on": today(-1)}, "dated_on"),
        ({"number": " "}, "number"),
        ({"senders": []}, "senders"),
        ({"senders": [KUNSHAN]}, "senders"),
        ({"senders": ["999999"]}, "senders"),
        ({"addressees": []}, "addressees"),
        ({"addressees": ["abc"]}, "addressees"),
    ],
)
def test_a_request_says_what_is_wrong_at_the_field(
    world: World, changes: dict[str, object], field: str
) -> None:
    story = signed(world)
    text = request_text(**changes)
    found = errors(lambda: submit_plan(actor=story.coordinator, plan=story.plan, said=text))
    assert list(found) == [field]


def test_only_the_joint_office_submits(world: World) -> None:
    story = signed(world)
    with pytest.raises(Refused) as caught:
        submit_plan(actor=contact(story, QINGPU), plan=story.plan, said=request_text())
    assert caught.value.verdict.reason is Reason.WRONG_ROLE


def test_prefectures_forward_each_for_itself(world: World) -> None:
    story, _letter = submitted(world)
    forward_plan(actor=contact(story, SUZHOU), plan=story.plan, said=forwarding(number=""))
    office = forwarding(JIAXING, addressees=["330000"])
    forward_plan(actor=story.coordinator, plan=story.plan, said=office)
    steps = [one for one in standing_of(story.plan).steps if one.kind == "forwarding"]
    assert [(one.unit, one.state) for one in steps] == [
        (SUZHOU, State.DONE),
        (JIAXING, State.DONE),
    ]
    with pytest.raises(Conflict):
        forward_plan(actor=story.coordinator, plan=story.plan, said=office)


def test_a_forwarding_may_be_older_than_the_request(world: World) -> None:
    with time_machine.travel(story_day(), tick=False):
        story = signed(world)
    with time_machine.travel(story_day(3), tick=False):
        submit_plan(actor=story.coordinator, plan=story.plan, said=request_text())
        early = forwarding(dated_on=today(-2))
        forward_plan(actor=story.coordinator, plan=story.plan, said=early)
        late = errors(
            lambda: forward_plan(
                actor=story.coordinator, plan=story.plan, said=forwarding(dated_on=today(-9))
            )
        )
    assert list(late) == ["dated_on"]


def story_day(days: int = 0) -> str:
    return f"2026-11-{10 + days:02d}T02:00:00Z"


def test_who_has_no_county_in_the_plan_does_not_forward(world: World) -> None:
    story, _letter = submitted(world)
    with pytest.raises(Refused) as caught:
        forward_plan(actor=contact(story, SHANGHAI), plan=story.plan, said=forwarding(SHANGHAI))
    assert caught.value.verdict.reason is Reason.NOT_YOURS
    wrong = forwarding(SHANGHAI)
    found = errors(lambda: forward_plan(actor=story.coordinator, plan=story.plan, said=wrong))
    assert list(found) == ["senders"]
    with pytest.raises(NotVisible):
        forward_plan(actor=contact(story, SUZHOU), plan=story.plan, said=forwarding(JIAXING))


def test_nothing_is_forwarded_before_the_request(world: World) -> None:
    story = signed(world)
    with pytest.raises(Conflict):
        forward_plan(actor=story.coordinator, plan=story.plan, said=forwarding())


def test_papers_are_asked_for_several_times_and_completed_each(world: World) -> None:
    story, request = submitted(world)
    first = ask_completion(actor=story.coordinator, plan=story.plan, said=notice_text())
    own = notice_text(number="", senders=[JIANGSU], text="补充图件")
    second = ask_completion(actor=contact(story, JIANGSU), plan=story.plan, said=own)
    assert (first.addressees, second.answers) == ([QINGPU, WUJIANG, JIASHAN], request)
    done = LetterText(dated_on=today(), text="已补充")
    answer = complete_papers(actor=story.coordinator, plan=story.plan, notice=first.pk, said=done)
    assert (answer.senders, answer.addressees) == (request.senders, sorted(PROVINCES))
    with pytest.raises(Conflict):
        complete_papers(actor=story.coordinator, plan=story.plan, notice=first.pk, said=done)
    states = [one.state for one in standing_of(story.plan).steps if one.kind == "completion"]
    assert states == [State.DONE, State.OPEN]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": ""}, "text"),
        ({"due_on": None}, "due_on"),
        ({"due_on": today()}, "due_on"),
        ({"number": ""}, "number"),
        ({"senders": [KUNSHAN]}, "senders"),
        ({"dated_on": today(-1)}, "dated_on"),
    ],
)
def test_a_notice_says_what_is_missing_and_by_when(
    world: World, changes: dict[str, object], field: str
) -> None:
    story, _letter = submitted(world)
    text = notice_text(**changes)
    found = errors(lambda: ask_completion(actor=story.coordinator, plan=story.plan, said=text))
    assert list(found) == [field]


def test_the_same_notice_is_taken_once_and_none_after_the_reply(world: World) -> None:
    story, _letter = submitted(world)
    notice = ask_completion(actor=story.coordinator, plan=story.plan, said=notice_text())
    with pytest.raises(Conflict):
        ask_completion(actor=story.coordinator, plan=story.plan, said=notice_text())
    reply(story)
    with pytest.raises(Conflict):
        ask_completion(actor=story.coordinator, plan=story.plan, said=notice_text(text="再补充"))
    with pytest.raises(Conflict):
        complete_papers(
            actor=story.coordinator,
            plan=story.plan,
            notice=notice.pk,
            said=LetterText(dated_on=today(), text="x"),
        )


def test_a_notice_of_elsewhere_is_not_there(world: World) -> None:
    story, letter = submitted(world)
    with pytest.raises(NotVisible):
        complete_papers(
            actor=story.coordinator,
            plan=story.plan,
            notice=letter.pk,
            said=LetterText(dated_on=today(), text="x"),
        )


def published(**changes: object) -> LetterText:
    return LetterText(**{"dated_on": today(), "place": SITE, **changes})


def test_the_approved_plan_is_published_once(world: World) -> None:
    story, _letter = submitted(world)
    answer = reply(story)
    row = publish_plan(actor=story.coordinator, plan=story.plan, said=published())
    assert (row.place, row.answers) == (SITE, answer)
    with pytest.raises(Conflict):
        publish_plan(actor=story.coordinator, plan=story.plan, said=published())
    told = Notice.objects.filter(kind="approval.publication")
    assert told.filter(user__email=f"contact_point@{KUNSHAN}.example").count() == 1


def test_nothing_is_published_before_an_approving_reply(world: World) -> None:
    story, _letter = submitted(world)
    with pytest.raises(Conflict, match="not been replied"):
        publish_plan(actor=story.coordinator, plan=story.plan, said=published())
    reply(story, ReplyOutcome.RETURNED)
    with pytest.raises(Conflict, match="returned"):
        publish_plan(actor=story.coordinator, plan=story.plan, said=published())


def test_with_conditions_the_changed_text_comes_first(world: World) -> None:
    story, _letter = submitted(world)
    reply(story, ReplyOutcome.WITH_CONDITIONS)
    with pytest.raises(Conflict, match="as the reply changes it"):
        publish_plan(actor=story.coordinator, plan=story.plan, said=published())
    text = approved_text(story)
    row = publish_plan(actor=story.coordinator, plan=story.plan, said=published())
    assert row.revision == text


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"place": ""}, "place"),
        ({"place": "not an address"}, "place"),
        ({"place": "javascript:alert(1)"}, "place"),
        ({"place": "ftp://example.com/"}, "place"),
        ({"dated_on": today(2)}, "dated_on"),
        ({"dated_on": today(-2)}, "dated_on"),
    ],
)
def test_a_publication_has_a_place_and_a_day(
    world: World, changes: dict[str, object], field: str
) -> None:
    story, _letter = submitted(world)
    reply(story)
    text = published(**changes)
    found = errors(lambda: publish_plan(actor=story.coordinator, plan=story.plan, said=text))
    assert list(found) == [field]


def test_a_plan_is_filed_with_units_or_bodies(world: World) -> None:
    story, _letter = submitted(world)
    reply(story)
    text = LetterText(dated_on=today(), number="青备〔2026〕1号", text="区人大常委会")
    file_plan(actor=story.coordinator, plan=story.plan, said=text)
    with pytest.raises(Conflict):
        file_plan(actor=story.coordinator, plan=story.plan, said=text)
    nobody = replace(text, number="2号", text="")
    found = errors(lambda: file_plan(actor=story.coordinator, plan=story.plan, said=nobody))
    assert list(found) == ["addressees"]
    assert acts(story) == ["approval.submit", "approval.file"]


def test_what_answers_a_corrected_letter_answers_the_new_one(world: World) -> None:
    story, request = submitted(world)
    forward_plan(actor=story.coordinator, plan=story.plan, said=forwarding())
    notice = ask_completion(actor=story.coordinator, plan=story.plan, said=notice_text())
    right = correct_letter(
        actor=story.coordinator,
        plan=story.plan,
        letter=request.pk,
        said=request_text(number="青吴嘉联报〔2026〕2号"),
        reason="文号录错",
    )
    standing = standing_of(story.plan)
    assert (standing.submission.pk, right.corrects) == (right.pk, request)
    answers = {one.kind: one.answers for one in standing.facts.letters}
    assert answers == {
        "submission": None,
        "forwarding": right.pk,
        "completion_asked": right.pk,
    }
    done = LetterText(dated_on=today(), text="已补充")
    complete_papers(actor=story.coordinator, plan=story.plan, notice=notice.pk, said=done)
    again = correct_letter(
        actor=story.coordinator,
        plan=story.plan,
        letter=right.pk,
        said=request_text(number="3号"),
        reason="再次更正",
    )
    assert {one.kind: one.answers for one in standing_of(story.plan).facts.letters} == {
        "submission": None,
        "forwarding": again.pk,
        "completion_asked": again.pk,
        "completion": notice.pk,
    }
    assert acts(story)[-1] == "approval.correct"


def test_whether_a_completion_is_awaited_follows_corrections(world: World) -> None:
    story, request = submitted(world)

    def corrected(letter: int, said: LetterText) -> ApprovalLetter:
        given = {"actor": story.coordinator, "plan": story.plan, "reason": "录错"}
        return correct_letter(**given, letter=letter, said=said)

    def awaits() -> bool:
        submission = submission_of(story.plan)
        assert submission is not None
        return awaits_completion(submission)

    notice = ask_completion(actor=story.coordinator, plan=story.plan, said=notice_text())
    request = corrected(request.pk, request_text(number="2号"))
    assert (submission_of(story.plan), awaits()) == (request, True)
    done = LetterText(dated_on=today(), text="已补充")
    complete_papers(actor=story.coordinator, plan=story.plan, notice=notice.pk, said=done)
    assert awaits() is False
    notice = corrected(notice.pk, replace(notice_text(), text="请补充文本和图件"))
    assert awaits() is False
    answer = reply(story)
    request = corrected(request.pk, request_text(number="3号"))
    assert (submission_of(story.plan), answered(request), awaits()) == (request, answer, False)
    state = reply_state(story.plan)
    assert state is not None
    assert state.letter == answer


def test_a_corrected_letter_is_corrected_once_with_a_reason(world: World) -> None:
    story, request = submitted(world)

    def correct(pk: int, reason: str = "录错", **changes: object) -> ApprovalLetter:
        return correct_letter(
            actor=story.coordinator,
            plan=story.plan,
            letter=pk,
            said=request_text(**changes),
            reason=reason,
        )

    assert list(errors(lambda: correct(request.pk, " "))) == ["reason"]
    assert list(errors(lambda: correct(request.pk, dated_on=today(4)))) == ["dated_on"]
    correct(request.pk)
    with pytest.raises(Conflict):
        correct(request.pk)
    with pytest.raises(NotVisible):
        correct(987654)
    answer = reply(story)
    with pytest.raises(Conflict, match="outcome"):
        correct(answer.pk)


def test_a_request_does_not_become_younger_than_its_answer(world: World) -> None:
    with time_machine.travel(story_day(), tick=False):
        story, request = submitted(world)
        reply(story)
    with time_machine.travel(story_day(5), tick=False):
        found = errors(
            lambda: correct_letter(
                actor=story.coordinator,
                plan=story.plan,
                letter=request.pk,
                said=request_text(),
                reason="录错",
            )
        )
    assert list(found) == ["dated_on"]


def test_after_a_return_another_wording_is_signed_first(world: World) -> None:
    story, _letter = submitted(world)
    answer = reply(story, ReplyOutcome.RETURNED)
    entry = story.plan.revisions.first().entries.first()
    condition = answer.reply.conditions.create(
        number=1, item=entry.item, version=entry.version, text_zh="退回"
    )
    assert condition.number == 1
    with pytest.raises(Conflict, match="Items were returned"):
        submit_plan(actor=story.coordinator, plan=story.plan, said=request_text())


def test_returned_as_a_whole_it_is_submitted_again(world: World) -> None:
    story, _letter = submitted(world)
    reply(story, ReplyOutcome.RETURNED)
    again = submit_plan(actor=story.coordinator, plan=story.plan, said=request_text(number="2号"))
    standing = standing_of(story.plan)
    assert (standing.submission.pk, standing.reply) == (again.pk, None)


def test_neighbours_and_strangers_do_not_write(world: World) -> None:
    story, _letter = submitted(world)
    with pytest.raises(Refused):
        ask_completion(actor=contact(story, KUNSHAN), plan=story.plan, said=notice_text())
    with pytest.raises(NotVisible):
        ask_completion(
            actor=world.actor("100000", Role.CONTACT_POINT), plan=story.plan, said=notice_text()
        )
