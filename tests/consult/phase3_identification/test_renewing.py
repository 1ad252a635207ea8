"""Renewing consent: just what changed, said once more with everything else untouched."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils.timezone import localdate

from consult.ballots.enums import Outcome
from consult.ballots.models import TwoPersonProposal
from consult.consensus.owed import column_sentence
from consult.phase3_identification import checks
from consult.phase3_identification.actions import (
    close_sign_off,
    confirm_condition,
    lift_reservation,
    report_condition,
)
from consult.phase3_identification.board import board, spoken
from consult.phase3_identification.checks import require_within, rows_of
from consult.phase3_identification.consent_matrix.owing import party_sheet
from consult.phase3_identification.models import Condition, Declaration, Reservation
from consult.phase3_identification.queries import (
    confirmed_conditions,
    declaration_of,
    renewals_of,
)
from consult.phase3_identification.steps import ConditionText, Stand, carry_sign_off
from consult.phase3_identification.views import renewing
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from stakeholders.terms.errors import Invalid
from tests.consult.phase3_identification.story import (
    CHARTER,
    LOWFLOW,
    OBJECTION,
    RESERVATION,
    TAX,
    Story,
    tell,
    tell_to_s3,
    use_charter,
)
from tests.consult.phase3_identification.test_views import signed_in
from tests.world import JIANGSU, JIASHAN, QINGPU, WUJIANG, ZHEJIANG, World, in_days

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def charter(monkeypatch: pytest.MonkeyPatch) -> None:
    use_charter(monkeypatch)


def states(story: Story) -> dict[tuple[str, str], str]:
    story.plan.refresh_from_db()
    rows = board(sign_off=story.sign_off, revision=story.plan.frozen).rows
    return {(row.key, cell.code): cell.state for row in rows for cell in row.cells}


def url_of(story: Story) -> str:
    return f"/plans/{story.plan.key}/sign-off/renew/"


def renew(story: Story, code: str, client: Client | None = None, **fields: str) -> object:
    client = client or signed_in(story, code)
    former = declaration_of(story.sign_off, code=code)
    data = {"revision": story.plan.frozen.hash, "former": str(former.pk), **fields}
    return client.post(url_of(story), data)


def test_page_shows_just_what_changed_with_its_difference_and_the_former_word(world: World) -> None:
    story = tell_to_s3(world)
    page = signed_in(story, QINGPU).get(url_of(story)).content.decode()
    assert page.count('<section class="card" aria-labelledby="item-') == 1
    assert f'id="{LOWFLOW}"' in page
    assert ("<ins>" in page, "<del>" in page) == (True, True)


def test_renewing_touches_only_the_changed_cells_and_restates_the_reservation(
    world: World,
) -> None:
    story = tell_to_s3(world)
    before = states(story)
    answer = renew(story, JIASHAN)
    assert (answer.status_code, answer.url) == (302, f"/plans/{story.plan.key}/sign-off/#receipt")
    after = states(story)
    touched = {cell for cell in before if before[cell] != after[cell]}
    assert touched == {(LOWFLOW, JIASHAN)}
    assert after[LOWFLOW, JIASHAN] == "agreed"
    first, second = Declaration.objects.filter(jurisdiction=JIASHAN).order_by("pk")
    said, again = json.loads(first.content), json.loads(second.content)
    assert (again["general"], again["exceptions"]) == (said["general"], said["exceptions"])
    standing = Reservation.objects.get(lift__isnull=True)
    assert (standing.scope, standing.review_on) == (
        RESERVATION.reservation.scope,
        RESERVATION.reservation.review_on,
    )


def test_renewing_restates_an_agreement_in_principle_with_its_conditions(world: World) -> None:
    story = tell(world)
    story.open()
    asked = (
        ConditionText(text="先签调度协议", by=WUJIANG, due_on=in_days(30).date()),
        ConditionText(text="费用另行商定"),
    )
    story.say(
        JIASHAN,
        "agree",
        Stand(item="article-2", value="agree_in_principle", conditions=asked),
    )
    story.rewrite(LOWFLOW, "按三级启动联合响应。")
    assert renew(story, JIASHAN).status_code == 302
    first, second = Declaration.objects.filter(jurisdiction=JIASHAN).order_by("pk")
    said, again = json.loads(first.content), json.loads(second.content)
    assert again["exceptions"] == said["exceptions"]
    assert second.conditions.exclude(restates=None).count() == 2


def test_conditions_are_said_once_more_and_stay_met(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = tell(world)
    story.open()
    asked = ConditionText(text="协议签署", by=QINGPU, due_on=localdate(clock.now()) + DAY)
    story.say(WUJIANG, "agree", Stand(item=TAX, value="agree_in_principle", conditions=(asked,)))
    about = {"plan": story.plan, "pk": Condition.objects.get().pk}
    report_condition(actor=story.actor(QINGPU), text="已签署", **about)
    confirm_condition(actor=story.actor(WUJIANG), is_met=True, **about)
    story.rewrite(LOWFLOW, "按三级启动联合响应。")
    later = clock.now() + 2 * DAY  # the day the condition was due is past
    monkeypatch.setattr(clock, "now", lambda: later)
    assert renew(story, WUJIANG).status_code == 302
    first, again = Condition.objects.order_by("pk")
    assert (again.restates, again.by_id, again.due_on) == (first, QINGPU, asked.due_on)
    assert confirmed_conditions(story.sign_off) == {(TAX, WUJIANG)}
    assert states(story)[LOWFLOW, WUJIANG] == "agreed"


def test_another_answer_is_given_for_its_item_alone(world: World) -> None:
    story = tell_to_s3(world)
    before = states(story)
    answer = renew(
        story, QINGPU, **{"value-0": "object", "text-0": "仍不明确", "wording-0": "改为丁"}
    )
    assert answer.status_code == 302
    after = states(story)
    assert {cell: after[cell] for cell in after if after[cell] != before[cell]} == {
        (LOWFLOW, QINGPU): "objected"
    }


def test_another_answer_without_its_text_is_refused_and_kept(world: World) -> None:
    story = tell_to_s3(world)
    answer = renew(story, QINGPU, **{"value-0": "object", "wording-0": "改为丁"})
    assert (answer.status_code, "改为丁" in answer.content.decode()) == (422, True)
    assert Declaration.objects.filter(jurisdiction=QINGPU).count() == 1


def test_an_objection_stays_through_renewal_and_is_lifted_by_another_answer(world: World) -> None:
    story = tell_to_s3(world)
    assert renew(story, WUJIANG).status_code == 302
    assert states(story)[LOWFLOW, WUJIANG] == "objected"
    story.rewrite(LOWFLOW, "按三级启动联合响应，并每年公布。")
    assert renew(story, WUJIANG, **{"value-0": "agree"}).status_code == 302
    assert states(story)[LOWFLOW, WUJIANG] == "agreed"


def test_renewing_asks_for_proof_and_for_the_text_that_was_read(world: World) -> None:
    story = tell_to_s3(world)
    stale = signed_in(story, QINGPU, fresh=False)
    assert renew(story, QINGPU, stale).url.split("?")[0] == "/accounts/reauthenticate/"
    former = declaration_of(story.sign_off, code=QINGPU)
    data = {"revision": "sha256:0", "former": str(former.pk)}
    assert signed_in(story, QINGPU).post(url_of(story), data).status_code == 422
    assert Declaration.objects.filter(jurisdiction=QINGPU).count() == 1


def test_who_has_not_spoken_is_led_to_the_position_and_others_are_refused(world: World) -> None:
    story = tell_to_s3(world)
    answer = signed_in(story, ZHEJIANG).get(url_of(story))
    assert answer.url == f"/plans/{story.plan.key}/sign-off/position/"
    assert signed_in(story, QINGPU, Role.CONTACT_POINT).get(url_of(story)).status_code == 403


def test_nothing_to_renew_says_so(world: World) -> None:
    story = tell(world, items=3)
    story.open()
    story.say(QINGPU)
    answer = signed_in(story, QINGPU).get(url_of(story))
    assert answer.status_code == 200
    assert b'<button class="btn btn-primary" type="submit">' not in answer.content


@pytest.mark.parametrize("items", [5, 60])
def test_renewals_cost_the_same_at_any_size(
    world: World, items: int, django_assert_num_queries: object
) -> None:
    story = tell(world, items=items, parties=(WUJIANG, JIASHAN))
    story.open()
    story.say(QINGPU)
    story.rewrite("article-2", "另一条文。")
    sign_off = story.sign_off
    with django_assert_num_queries(7):
        found = renewals_of(sign_off, revision=story.plan.frozen, code=QINGPU, authentic="zh")
    assert [one.key for one in found] == ["article-2"]


def test_a_sign_off_that_would_fail_is_revised_renewed_and_passes_with_one_reservation(
    world: World,
) -> None:
    """The journey: one objects, its article is reworded, only the two whose consent fell renew,
    the objector lifts, the silent speak, and the sign-off passes with the reservation annexed."""
    story = tell_to_s3(world)
    found = board(sign_off=story.sign_off, revision=story.plan.frozen)
    assert (found.passing, [row.number for row in found.open_rows]) == (42, ["6", "16", "19"])
    at_limit = {row.number: row.passes for row in found.rows if row.number in ("23", "29")}
    assert at_limit == {"23": True, "29": True}
    for code in (QINGPU, JIASHAN):
        assert renew(story, code).status_code == 302
    assert renew(story, WUJIANG, **{"value-0": "agree"}).status_code == 302
    for code in (JIANGSU, ZHEJIANG):
        story.say(code)
    story.plan.refresh_from_db()
    end = close_sign_off(actor=story.coordinator, plan=story.plan)
    assert end.outcome == Outcome.PASSED.value
    totals = json.loads(end.result)["totals"]
    assert (totals["reserved"], totals.get("stale"), totals.get("objected")) == (1, None, None)
    spoken = {row.jurisdiction_id: 0 for row in Declaration.objects.all()}
    for row in Declaration.objects.all():
        spoken[row.jurisdiction_id] += 1
    assert {code for code, times in spoken.items() if times == 2} == {QINGPU, JIASHAN, WUJIANG}
    assert OBJECTION.item == LOWFLOW


def test_renewing_says_the_conditions_once_more(world: World) -> None:
    story = tell(world, items=3)
    story.open()
    asked = (ConditionText(text="补充编号", by=JIASHAN, due_on=date(2030, 1, 31)),)
    in_principle = Stand(item="article-2", value="agree_in_principle", conditions=asked)
    story.say(QINGPU, "agree", in_principle)
    story.rewrite("article-1", "另一条文。")
    assert renew(story, QINGPU).status_code == 302
    first, second = Declaration.objects.order_by("pk")
    said, again = json.loads(first.content), json.loads(second.content)
    assert again["exceptions"] == said["exceptions"]
    before, after = (one.conditions.get() for one in (first, second))
    assert (after.by_id, after.due_on, after.restates) == (JIASHAN, date(2030, 1, 31), before)


def test_where_two_persons_speak_renewing_is_prepared_and_confirmed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_two = replace(CHARTER.content, two_person=("position.take",))
    story = tell(world, items=3, charter=by_two)
    story.open()
    monkeypatch.setattr(checks, "asks_two", lambda sign_off: False)
    story.say(QINGPU)
    monkeypatch.undo()
    use_charter(monkeypatch)
    story.rewrite("article-2", "另一条文。")
    assert renew(story, QINGPU, signed_in(story, QINGPU, Role.CONTACT_POINT)).status_code == 302
    proposal = TwoPersonProposal.objects.get()
    assert (Declaration.objects.count(), states(story)["article-2", QINGPU]) == (1, "stale")
    url = f"/plans/{story.plan.key}/sign-off/position/second/"
    assert signed_in(story, QINGPU).post(url, {"proposal": str(proposal.pk)}).status_code == 302
    assert states(story)["article-2", QINGPU] == "agreed"


def test_where_the_stamped_letter_is_compulsory_the_full_form_is_offered(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = tell(world, items=3)
    story.open()
    story.say(QINGPU)
    story.rewrite("article-2", "另一条文。")
    monkeypatch.setattr(renewing, "letter_needed", lambda sign_off: True)
    client = signed_in(story, QINGPU)
    page = client.get(url_of(story), headers={"accept-language": "en"}).content.decode()
    assert ("Renew in the full form" in page, 'name="decided_by"' in page) == (True, False)
    assert 'id="article-2"' in page


def test_a_difference_on_a_removed_item_is_lifted_in_the_position_form(world: World) -> None:
    story = tell(world, items=3, parties=(WUJIANG, JIASHAN))
    story.open()
    objection = Stand(item="article-2", value="object", text="理由", wording="改为乙")
    story.say(WUJIANG, "agree", objection)
    story.places = [place for place in story.places if place.item.key != "article-2"]
    story.plan.refresh_from_db()
    carry_sign_off(plan=story.plan, revision=story.publish(), actor=story.coordinator)
    url = f"/plans/{story.plan.key}/sign-off/position/"
    client = signed_in(story, WUJIANG)
    page = client.get(url).content.decode()
    assert 'value="article-2"' in page
    assert 'value="article-2"' not in signed_in(story, JIASHAN).get(url).content.decode()
    story.plan.refresh_from_db()
    former = declaration_of(story.sign_off, code=WUJIANG)
    fields = {"value": "agree", "revision": story.plan.frozen.hash, "former": str(former.pk)}
    fields |= {"exceptions-TOTAL_FORMS": "0", "conditions": "1"}
    assert client.post(url, fields).status_code == 302
    assert board(sign_off=story.sign_off, revision=story.plan.frozen).removed == []


def test_a_limited_mandate_that_does_not_reach_a_removed_item_is_told_so(world: World) -> None:
    story = tell(world, items=3, parties=(WUJIANG, JIASHAN))
    story.open()
    story.say(WUJIANG, "agree", Stand(item="article-2", value="object", text="理由", wording="乙"))
    story.places = [place for place in story.places if place.item.key != "article-2"]
    story.plan.refresh_from_db()
    carry_sign_off(plan=story.plan, revision=story.publish(), actor=story.coordinator)
    story.plan.refresh_from_db()
    rows = rows_of(story.sign_off, story.plan.frozen, code=WUJIANG)
    actor = replace(story.actor(WUJIANG), items=frozenset({"article-1", "article-3"}))
    with pytest.raises(Invalid) as refusal:
        require_within(actor, rows)
    assert "article-2" in str(refusal.value.errors[""])


def test_the_column_of_a_party_says_what_it_owes_in_one_sentence(world: World) -> None:
    story = tell_to_s3(world)
    state = board(sign_off=story.sign_off, revision=story.plan.frozen, with_positions=False)
    parties = {party.code: party for party in state.parties}
    sheet = party_sheet(state, parties[QINGPU])
    said = column_sentence([row.owed()[QINGPU] for row in state.rows if QINGPU in row.owed()])
    assert (len(sheet.owed), sheet.sentence) == (1, spoken(said))
    assert said["zh"] == "尚需：1项待重新确认。"
    debt = next(row for row in state.rows if row.key == LOWFLOW).owed()[QINGPU]
    assert sheet.owed[0].sentence == spoken(debt.sentence)
    page = signed_in(story, QINGPU).get(f"/plans/{story.plan.key}/sign-off/parties/{QINGPU}/")
    assert said["zh"] in page.content.decode()


def test_a_limited_signatory_lifts_no_reservation_beyond_its_articles(world: World) -> None:
    story = tell_to_s3(world)
    row = Reservation.objects.get(lift__isnull=True)
    actor = replace(story.actor(JIASHAN), items=frozenset({LOWFLOW}))
    with pytest.raises(Invalid):
        lift_reservation(actor=actor, plan=story.plan, pk=row.pk, reason="已印发")
    reaching = replace(actor, items=frozenset({LOWFLOW, row.item.key}))
    lift_reservation(actor=reaching, plan=story.plan, pk=row.pk, reason="已印发")
    assert not Reservation.objects.filter(lift__isnull=True).exists()
