"""The pages around a position: preview, receipts, register, the second person's word."""

import json

import pytest

from consult.ballots.models import TwoPersonProposal
from consult.phase3_identification import checks
from consult.phase3_identification.actions import preparing
from consult.phase3_identification.forms.typed import (
    MOST_FIELDS,
    has_room,
    posted,
    typed_from,
    typed_of,
    with_items,
)
from consult.phase3_identification.models import Condition, Declaration, PositionAutosave
from consult.phase3_identification.queries import terms
from consult.phase3_identification.steps import ConditionText, Stand
from stakeholders.record.models import RecordEntry
from stakeholders.terms.actor import Role
from tests.consult.phase3_identification.story import LOWFLOW, OBJECTION, RESERVATION, Story, tell
from tests.consult.phase3_identification.test_views import paper, signed_in
from tests.world import JIASHAN, KUNSHAN, QINGPU, WUJIANG, World, in_days

PAGES = (
    "sign-off/receipts/{own}/",
    "sign-off/receipts/{own}/file/",
    "sign-off/declarations/320509/",
    "sign-off/conditions/",
    "sign-off/conditions/{condition}/",
    "reservations/",
    "reservations/table.csv",
    "reservations/table.xlsx",
    "objections/{objection}/",
)


@pytest.fixture
def full(world: World) -> Story:
    return tell(world, items=30)


def spoken(story: Story) -> dict[str, int]:
    asked = (ConditionText(text="补充编号", by=JIASHAN),)
    story.say(
        WUJIANG,
        "agree",
        OBJECTION,
        RESERVATION,
        Stand(item="article-2", value="agree_in_principle", conditions=asked),
    )
    declaration = Declaration.objects.get()
    objection = declaration.sign_off.item_ballots.get(item__key=LOWFLOW).ballot.positions.get()
    return {
        "own": declaration.pk,
        "condition": Condition.objects.get().pk,
        "objection": objection.pk,
    }


@pytest.mark.parametrize("is_sealed", [False, True])
def test_pages_are_there_for_parties_unless_sealed_and_never_for_a_stranger(
    full: Story, is_sealed: bool
) -> None:
    full.open(closes_at=in_days(5), is_sealed=is_sealed)
    ids = spoken(full)
    own, other = signed_in(full, WUJIANG), signed_in(full, JIASHAN)
    stranger = signed_in(full, KUNSHAN, Role.CONTACT_POINT)
    common = {"sign-off/conditions/", "reservations/", "reservations/table.csv", PAGES[7]}
    for page in PAGES:
        path = f"/plans/{full.plan.key}/" + page.format(**ids)
        hidden = is_sealed and page not in common
        found = [client.get(path).status_code for client in (own, other, stranger)]
        assert found == [200, 404 if hidden else 200, 404], page
        if is_sealed and not hidden:
            assert RESERVATION.text not in other.get(path).getvalue().decode(errors="ignore")


def test_the_preview_says_what_is_declared_and_takes_nothing(full: Story) -> None:
    full.open()
    client, url = signed_in(full, JIASHAN), f"/plans/{full.plan.key}/sign-off/position/"
    data = {
        "exceptions-0-item": LOWFLOW,
        "exceptions-0-value": "object",
        "exceptions-0-text": "理由",
    }
    page = client.post(url, paper(full, more="preview", **data))
    assert (page.status_code, Declaration.objects.count()) == (200, 0)
    assert 'name="knows"' in page.content.decode()
    assert PositionAutosave.objects.get().fields["exceptions"][0]["text"] == "理由"
    assert "理由" in client.get(url).content.decode()
    unsure = client.post(url, paper(full, **data))
    assert (unsure.status_code, Declaration.objects.count()) == (422, 0)
    taken = client.post(url, paper(full, knows="1", **data))
    assert (taken.status_code, PositionAutosave.objects.count()) == (302, 0)
    again = client.post(url, paper(full, knows="1", **data))
    assert (again.status_code, Declaration.objects.count()) == (302, 1)


@pytest.mark.parametrize(
    "data",
    [
        {"exceptions-0-item": "article-2", "exceptions-0-value": "agree_reserved"},
        {"exceptions-0-item": "article-2", "exceptions-0-value": "agree_in_principle"},
        {"exceptions-0-item": "article-2", "exceptions-0-value": "maybe"},
        {"exceptions-0-item": "foreign", "exceptions-0-value": "abstain"},
        {
            "exceptions-TOTAL_FORMS": "2",
            "exceptions-0-item": "article-2",
            "exceptions-0-value": "abstain",
            "exceptions-1-item": "article-2",
            "exceptions-1-value": "recused",
        },
        {
            "exceptions-0-item": "article-2",
            "exceptions-0-value": "agree_reserved",
            "exceptions-0-text": "保留",
            "exceptions-0-review_on": "2020-01-01",
        },
    ],
)
def test_an_exception_that_does_not_hold_is_refused_at_its_row(
    full: Story, data: dict[str, str]
) -> None:
    full.open()
    client, url = signed_in(full, JIASHAN), f"/plans/{full.plan.key}/sign-off/position/"
    answer = client.post(url, paper(full, letter_number="善政函9号", **data))
    page = answer.content.decode()
    assert (answer.status_code, Declaration.objects.count()) == (422, 0)
    assert ("善政函9号" in page, 'role="alert"' in page) == (True, True)


def test_a_form_never_outgrows_what_is_taken() -> None:
    typed, keys = typed_of({}), [f"article-{n}" for n in range(500)]
    full = with_items(typed, keys[:400], value="agree")
    assert (has_room(full), len(posted(full)) <= MOST_FIELDS) == (True, True)
    assert not has_room(with_items(typed, keys, value="agree_reserved"))
    assert typed_of(posted(full)) == full


def test_a_declaration_fills_the_form_with_what_it_said(full: Story) -> None:
    full.open()
    spoken(full)
    typed = typed_from(json.loads(Declaration.objects.get().content))
    assert typed_of(posted(typed)) == typed
    assert [row["item"] for row in typed["exceptions"]] == [LOWFLOW, "article-2", "article-30"]


def test_two_persons_take_one_position(full: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (checks, preparing):
        monkeypatch.setattr(module, "asks_two", lambda sign_off: True)
    monkeypatch.setattr("consult.phase3_identification.queries.asks_two", lambda sign_off: True)
    full.open()
    base = f"/plans/{full.plan.key}/sign-off/position/"
    first, second = signed_in(full, JIASHAN, Role.CONTACT_POINT), signed_in(full, JIASHAN)
    other = signed_in(full, QINGPU)
    assert first.post(base, paper(full)).status_code == 302
    proposal = TwoPersonProposal.objects.get()
    assert (Declaration.objects.count(), proposal.jurisdiction_id) == (0, JIASHAN)
    assert RecordEntry.objects.order_by("-pk")[0].act == "position.prepare"
    word = {"proposal": str(proposal.pk)}
    assert other.post(base + "second/", word).status_code == 409
    assert first.post(base + "second/", word).status_code == 403
    assert str(proposal.hash) in second.get(base + "second/").content.decode()
    assert second.post(base + "second/", word).status_code == 302
    assert Declaration.objects.get().jurisdiction_id == JIASHAN
    assert second.post(base + "second/", word).status_code == 409


def test_a_prepared_position_is_sent_back_with_its_reason(
    full: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preparing, "asks_two", lambda sign_off: True)
    monkeypatch.setattr("consult.phase3_identification.queries.asks_two", lambda sign_off: True)
    full.open()
    base = f"/plans/{full.plan.key}/sign-off/position/"
    first, second = signed_in(full, JIASHAN, Role.CONTACT_POINT), signed_in(full, JIASHAN)
    first.post(base, paper(full))
    word = {"proposal": str(TwoPersonProposal.objects.get().pk)}
    assert second.post(base + "send-back/", word).status_code == 422
    assert second.post(base + "send-back/", {**word, "reason": "请核对"}).status_code == 302
    assert second.post(base + "second/", word).status_code == 409
    assert (Declaration.objects.count(), terms.LETTER_CLAUSE) == (0, "official_letter")


def test_what_is_too_long_is_told_and_not_kept(full: Story) -> None:
    full.open()
    client, url = signed_in(full, JIASHAN), f"/plans/{full.plan.key}/sign-off/position/"
    answer = client.post(
        url, paper(full, more="keep", text="x" * 400_001), headers={"Accept-Language": "en"}
    )
    assert (answer.status_code, PositionAutosave.objects.count()) == (422, 0)
    assert "too long" in answer.content.decode()


def test_the_cell_shows_the_conditions_and_where_they_stand(full: Story) -> None:
    full.open()
    condition = spoken(full)["condition"]
    base = f"/plans/{full.plan.key}/matrix/"
    client = signed_in(full, QINGPU)
    opened = client.get(f"{base}article-2/{WUJIANG}/").context["opened"]
    assert [(line.condition.pk, line.state) for line in opened.conditions] == [(condition, "open")]
    assert client.get(f"{base}article-1/{WUJIANG}/").context["opened"].conditions == []
