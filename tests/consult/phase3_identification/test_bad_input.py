"""Whatever a form or program sends to the sign-off is answered, never with an error of ours."""

import json
from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from consult.phase1_organization.content import default_content
from consult.phase3_identification.models import (
    Condition,
    Declaration,
    Reservation,
)
from consult.phase3_identification.steps import ConditionText, Stand
from stakeholders.terms.actor import Role
from tests.consult.phase3_identification.story import RESERVATION, Story, tell
from tests.consult.phase3_identification.test_views import paper, signed_in
from tests.turns import in_turns
from tests.world import JIASHAN, QINGPU, WUJIANG, World, in_days

CHARTER = replace(default_content(), override="guiding", reopening_days=5)
NUL, LONG, DIGITS, MANY = "a\x00b", "长" * 2_000, "9" * 5_000, "9" * 30
TEXTS = (NUL, LONG, DIGITS, MANY, "²", "2026-02-30")
FIELDS = (
    "value", "text", "wording", "letter_number", "letter_on", "issuer", "decided_by", "meeting",
    "decided_on", "conditions", "condition-0-text", "condition-0-by", "condition-0-due_on",
    "exceptions-TOTAL_FORMS", "exceptions-0-item", "exceptions-0-value", "exceptions-0-text",
    "exceptions-0-review_on", "exceptions-0-conditions", "exceptions-0-condition-0-by", "revision",
    "former", "letter_file-kept", "knows", "acting_mandate", "find", "pick", "as", "reason",
    "advice", "edits", "note-article-1", "is_met", "items", "closes_on", "closes_at", "hour",
    "is_sealed", "signatory_of", "proposal", "item",
)  # fmt: skip
MORE = (
    "keep", "preview", "add", f"drop:{DIGITS}", "drop:²", "condition", f"condition:{DIGITS}",
    "condition:0", "drop:0", NUL, "find",
)  # fmt: skip


@pytest.fixture
def story(world: World) -> Story:
    """A sign-off with one of everything in it."""
    found = tell(world, items=4, parties=(WUJIANG, JIASHAN), charter=CHARTER)
    found.open(closes_at=in_days(20))
    asked = (ConditionText(text="补充编号", by=JIASHAN),)
    found.say(
        WUJIANG,
        "agree",
        replace(RESERVATION, item="article-1"),
        Stand(item="article-2", value="agree_in_principle", conditions=asked),
        Stand(item="article-3", value="object", text="困难", wording="改为"),
    )
    return found


def pages(story: Story) -> list[str]:
    objection = story.sign_off.item_ballots.get(item__key="article-3").ballot.positions.get().pk
    condition, reservation = Condition.objects.get().pk, Reservation.objects.get().pk
    return [
        "sign-off/open/", "sign-off/recall/", "sign-off/close-early/", "sign-off/close/prepare/",
        "sign-off/close/confirm/", "sign-off/close/refuse/", "sign-off/reopening/ask/",
        "sign-off/reopening/1/refuse/", "sign-off/overrides/article-3/",
        "sign-off/overrides/article-3/confirm/", "sign-off/position/", "sign-off/end/",
        "sign-off/mine/", "sign-off/mine/draft/", "sign-off/mine/draft/discard/",
        "sign-off/mine/hand-up/", "sign-off/mine/return/", "sign-off/position/discard/",
        "sign-off/position/second/", "sign-off/position/send-back/",
        f"sign-off/conditions/{condition}/report/", f"sign-off/conditions/{condition}/confirm/",
        f"reservations/{reservation}/lift/", f"objections/{objection}/amend/",
        "sign-off/renew/", "statement/sign/",
    ]  # fmt: skip


def sent(client: Client, url: str, data: dict[str, Any]) -> int:
    with transaction.atomic():
        status = client.post(url, data).status_code
        transaction.set_rollback(True)
    return status


def clients(story: Story) -> dict[str, Client]:
    found = {
        "signatory": signed_in(story, WUJIANG),
        "planner": signed_in(story, WUJIANG, Role.PLANNER),
    }
    office = story.world.mandate(QINGPU, Role.COORDINATOR, plan_key=story.plan.key).user
    found["coordinator"] = Client()
    found["coordinator"].force_login(office, backend="django.contrib.auth.backends.ModelBackend")
    for client in found.values():
        client.raise_request_exception = False
    return found


@in_turns(6)
def test_no_form_fails_on_bad_fields(story: Story, of: int) -> None:
    """All fields at once with each bad text."""
    failed = []
    readers = clients(story)
    for turn, (page, name) in enumerate(product(pages(story), readers)):
        url = f"/plans/{story.plan.key}/{page}"
        for text in TEXTS[turn % of :: of]:
            data = dict.fromkeys(FIELDS, text)
            if (status := sent(readers[name], url, data)) >= 500:
                failed.append((page, name, text[:9], status))
    assert failed == []


FORMS = {
    "sign-off/position/": "signatory",
    "sign-off/mine/draft/": "planner",
    "sign-off/renew/": "signatory",
}


@in_turns(7)
@pytest.mark.parametrize("page", FORMS)
def test_no_form_of_a_position_fails_on_one_bad_field(story: Story, page: str, of: int) -> None:
    """Each alone, in a form that is else in order; and each button.

    A field is sent in four ways; a seventh of all on each form, two further on than on the form
    before, leaves no field out.
    """
    url, client = f"/plans/{story.plan.key}/{page}", clients(story)[FORMS[page]]
    former = str(Declaration.objects.get().pk)
    whole = paper(story, former=former, edits="0")
    asked = [whole | {"more": more} for more in MORE]
    for field in FIELDS[:32]:
        for text in (NUL, MANY):
            asked += [whole | {field: text}, whole | {field: text, "more": "keep"}]
    turn = 2 * list(FORMS).index(page) % of
    failed = [data for data in asked[turn::of] if sent(client, url, data) >= 500]
    assert failed == []


BODIES: tuple[Any, ...] = (
    None, [], 1, "x", {}, {"reason": None}, {"reason": {}}, {"reason": NUL}, {"reason": "\ud800"},
    {"reason": "因", "items": "x"}, {"reason": "因", "items": [NUL]}, {"reason": "因", "items": []},
    {"reason": "因", "items": ["article-1"] * 3}, {"closes_at": "0001-01-01T00:00:00Z"},
    {"closes_at": "9999-12-31T23:59:59+14:00"}, {"closes_at": "9999-12-31T23:59:59-14:00"},
    {"closes_at": 1e400}, {"is_sealed": "maybe"}, {"is_sealed": True}, {"proposal": NUL},
    {"edits": 10**30, "reason": "因"}, {"edits": 1.5}, {"edits": True}, {"text": "因", "file": "x"},
    {"text": NUL}, {"text": "因", "file": "12345678-1234-5678-1234-567812345678"},
    {"value": "object", "exceptions": [{}]}, {"value": "maybe"}, {"notes": {NUL: "x"}},
    {"notes": {"\ud800": "x"}}, {"notes": {"article-1": "\ud800"}}, {"notes": []},
    {"value": "agree", "exceptions": [{"item": "article-1", "value": "object"}] * 2},
    {"exceptions": [{"item": f"article-{n}", "value": "object"} for n in range(3_000)]},
    {"exceptions": [{"item": "article-1", "value": "object", "review_on": "0000-00-00"}]},
    {"conditions": [{"text": "x", "by": "000000", "due_on": "9999-12-31"}], "advice": LONG * 20},
)  # fmt: skip
DOORS = (
    ("post", "sign-off/"), ("post", "sign-off/close/"), ("post", "sign-off/end/"),
    ("post", "sign-off/recall/"), ("post", "sign-off/close-early/"),
    ("post", "sign-off/close/prepare/"), ("post", "sign-off/close/confirm/"),
    ("post", "sign-off/close/refuse/"), ("post", "sign-off/reopening/"),
    ("post", f"sign-off/reopening/{MANY}/refuse/"), ("put", "sign-off/prepared/"),
    ("post", "sign-off/prepared/hand-up/"), ("post", "sign-off/prepared/return/"),
    ("post", "sign-off/conditions/{condition}/report/"),
    ("post", f"sign-off/conditions/{MANY}/report/"),
)  # fmt: skip


@in_turns(8)
def test_no_operation_fails_on_bad_bodies(story: Story, of: int) -> None:
    failed = []
    readers = clients(story)
    condition = Condition.objects.get().pk
    for turn, ((method, door), name) in enumerate(product(DOORS, readers)):
        url = f"/api/v1/plans/{story.plan.key}/" + door.format(condition=condition)
        for body in BODIES[turn % of :: of]:
            with transaction.atomic():
                answer = getattr(readers[name], method)(
                    url, json.dumps(body), content_type="application/json"
                )
                transaction.set_rollback(True)
            if answer.status_code >= 500:
                failed.append((door, name, str(body)[:40], answer.status_code))
    assert failed == []


def test_what_a_program_prepares_opens_in_the_form(story: Story) -> None:
    """Rows without the parts that a form always sends."""
    client = signed_in(story, WUJIANG, Role.PLANNER)
    base = f"/plans/{story.plan.key}/sign-off/"
    rows = [
        {"item": "article-1", "value": "object"},
        {"item": "article-2", "value": "agree_in_principle"},
        {"item": "article-3", "value": "recused", "conditions": [{"text": "补"}]},
        {"item": "article-4", "value": "agree"},
    ]
    body = {"exceptions": rows, "notes": {"article-4": "注"}}
    found = client.put(f"/api/v1{base}prepared/", json.dumps(body), content_type="application/json")
    assert found.status_code == 200
    signatory = signed_in(story, WUJIANG)
    pages = [(client, "mine/draft/"), (signatory, "mine/"), (signatory, "mine/paper/")]
    assert [one.get(base + page).status_code for one, page in pages] == [200, 200, 200]
    assert [one.get(base + "position/").status_code for one in (signatory,)] == [200]


@pytest.mark.parametrize(
    "page",
    [
        f"sign-off/receipts/{MANY}/", f"sign-off/former/{MANY}/", f"sign-off/conditions/{MANY}/",
        f"reservations/{MANY}/", f"objections/{MANY}/", "sign-off/declarations/x/",
        "sign-off/overrides/x/", "matrix/x/", "matrix/x/y/", "sign-off/parties/x/",
        "sign-off/mine/paper/x/", f"sign-off/conditions/{MANY}/reports/{MANY}/file/",
    ],
)  # fmt: skip
def test_what_is_not_there_answers_404(story: Story, page: str) -> None:
    url = f"/plans/{story.plan.key}/{page}"
    assert signed_in(story, WUJIANG).get(url).status_code in (403, 404)


@in_turns(3)
def test_no_filter_fails(story: Story, of: int) -> None:
    client = signed_in(story, WUJIANG)
    client.raise_request_exception = False
    names = ("page", "state", "jurisdiction", "item", "party", "chapter", "value", "restate", "q",
             "show", "sort", "revision", "from", "to", "kind")  # fmt: skip
    pages = ("matrix/", "matrix/table.csv", "matrix/table.xlsx", "reservations/",
             "reservations/table.csv", "sign-off/position/", "sign-off/", "sign-off/mine/",
             "sign-off/renew/", "matrix/article-1/", f"matrix/article-1/{WUJIANG}/",
             f"sign-off/parties/{WUJIANG}/", "impact/")  # fmt: skip
    failed = []
    texts = ("%00", "9" * 30, "-1", "x", "%ff", "²")
    for turn, page in enumerate(pages):
        for text in texts[turn % of :: of]:
            query = "&".join(f"{name}={text}" for name in names)
            url = f"/plans/{story.plan.key}/{page}?{query}"
            if (status := client.get(url).status_code) >= 500:
                failed.append((page, text, status))
    assert failed == []
