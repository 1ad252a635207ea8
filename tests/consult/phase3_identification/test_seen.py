"""What binds counts on what its page showed: a form that was opened before a change counts on
nothing of what came since."""

from collections.abc import Mapping

import pytest
from django.test import Client

from consult.phase3_identification.actions import (
    close_sign_off,
    confirm_condition,
    report_condition,
)
from consult.phase3_identification.models import (
    Condition,
    ConditionConfirmation,
    Declaration,
    Reservation,
    ReservationLift,
    Signature,
)
from consult.phase3_identification.queries import statement_of
from consult.phase3_identification.steps import ConditionText, Stand
from plans.register.queries import drafts_of
from plans.register.steps import edit_draft
from tests.consult.phase3_identification.story import RESERVATION, TAX, Story, tell
from tests.consult.phase3_identification.test_views import signed_in
from tests.shown import opened
from tests.world import JIASHAN, QINGPU, WUJIANG, World

MEANWHILE = "What you read has changed meanwhile: read it anew and decide."
LETTER = {"letter_number": "青府函〔2026〕7号", "letter_on": "2026-01-03"}
PRINCIPLE = Stand(
    item="article-2",
    value="agree_in_principle",
    conditions=(ConditionText(text="明确牵头单位"),),
)


def send(client: Client, path: str, data: Mapping[str, str]) -> tuple[int, str]:
    answer = client.post(path, data, headers={"accept-language": "en"})
    return answer.status_code, answer.content.decode()


def passed(story: Story) -> str:
    """A sign-off that all agree in, closed; the hash of its statement."""
    story.open()
    for code in (QINGPU, WUJIANG):
        story.say(code)
    close_sign_off(actor=story.coordinator, plan=story.plan)
    found = statement_of(story.sign_off)
    assert found is not None
    return str(found.hash)


def reworded(story: Story, key: str) -> None:
    """Another wording of an article, published and frozen after a sign-off has ended."""
    draft = drafts_of(story.plan).get(item__key=key)
    content = {**draft.content, "text": {"zh": "改写后的条文。", "en": "Rewritten."}}
    edit_draft(
        draft=draft, edits=draft.edits, actor=story.coordinator, changes={"content": content}
    )
    kinds = {place.item.key: "unchanged" for place in story.places} | {key: "text"}
    story.publish(kinds)
    story.plan.refresh_from_db()


def test_a_signature_stands_on_the_statement_its_page_showed(world: World) -> None:
    story = tell(world, items=2, parties=(WUJIANG,))
    former = passed(story)
    client, path = signed_in(story, QINGPU), f"/plans/{story.plan.key}/statement/sign/"
    stale = opened(client, path)
    assert former in client.get(path).content.decode()
    reworded(story, "article-2")
    newest = passed(story)
    assert newest != former
    for given in (stale, {**stale, "seen": ""}):
        status, page = send(client, path, {**given, **LETTER})
        assert (status, Signature.objects.count()) == (422, 0)
        assert MEANWHILE in page
        assert LETTER["letter_number"] in page
        assert (newest in page, former in page) == (True, False)
    assert send(client, path, {**opened(client, path), **LETTER})[0] == 302
    assert Signature.objects.get().statement.hash == newest


def test_a_lift_agrees_with_the_wording_its_page_showed(world: World) -> None:
    story = tell(world, items=30)
    story.open()
    story.say(JIASHAN, "agree", RESERVATION)
    row, said = Reservation.objects.get(), {"reason": "办法已印发"}
    page = f"/plans/{story.plan.key}/reservations/{row.pk}/"
    client, path = signed_in(story, JIASHAN), f"{page}lift/"
    stale = opened(client, page)
    assert "Text 30." in client.get(page, headers={"accept-language": "en"}).content.decode()
    story.rewrite(TAX, "全部税收统一分成。")
    status, shown = send(client, path, {**stale, **said})
    assert (status, ReservationLift.objects.count(), Declaration.objects.count()) == (422, 0, 1)
    for words in (MEANWHILE, "全部税收统一分成。", said["reason"]):
        assert words in shown
    assert send(client, path, {**opened(client, page), **said})[0] == 302
    assert ReservationLift.objects.get().position is not None


@pytest.mark.parametrize("meanwhile", [False, True])
def test_a_word_on_a_condition_is_on_the_report_its_page_showed(
    world: World, meanwhile: bool
) -> None:
    story = tell(world, items=3)
    story.open()
    story.say(WUJIANG, "agree", PRINCIPLE)
    condition = Condition.objects.get()
    about = {"plan": story.plan, "pk": condition.pk}
    report_condition(actor=story.coordinator, text="见附件一", **about)
    page = f"/plans/{story.plan.key}/sign-off/conditions/{condition.pk}/"
    client, path = signed_in(story, WUJIANG), f"{page}confirm/"
    data = {**opened(client, page), "is_met": "yes"}
    if meanwhile:
        confirm_condition(actor=story.actor(WUJIANG), is_met=False, reason="缺名称", **about)
        report_condition(actor=story.coordinator, text="见附件二", **about)
        status, shown = send(client, path, data)
        assert (status, MEANWHILE in shown, "见附件二" in shown) == (422, True, True)
        assert not ConditionConfirmation.objects.filter(is_met=True).exists()
        data = {**opened(client, page), "is_met": "yes"}
    assert send(client, path, data)[0] == 302
    assert ConditionConfirmation.objects.get(is_met=True).report.text[-1] == "一二"[meanwhile]
