"""The pages of the sign-off in a browser's words: who sees what, and what a form posts."""

import json

import pytest
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from django.http import HttpRequest
from django.test import Client

from consult.phase3_identification.models import Declaration
from stakeholders.terms.actor import Role
from tests.consult.phase3_identification.story import RESERVATION, TAX, Story, tell, tell_to_s3
from tests.world import JIASHAN, KUNSHAN, PASSWORD, QINGPU, WUJIANG, World, in_days


def signed_in(
    story: Story, code: str, role: Role = Role.SIGNATORY, *, fresh: bool = True
) -> Client:
    client = Client()
    user = story.world.user(code, role)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    if fresh:  # what the page that asks for the password does
        request = HttpRequest()
        request.session, request.user = client.session, user
        reauthenticate_by_password(request)
        request.session.save()
    return client


def paper(story: Story, **fields: str) -> dict[str, str]:
    """What the declaration's form posts without exceptions."""
    return {
        "revision": story.plan.frozen.hash,
        "former": "",
        "value": "agree",
        "exceptions-TOTAL_FORMS": "1",
        "exceptions-INITIAL_FORMS": "0",
        "exceptions-0-item": "",
        "exceptions-0-value": "agree_reserved",
        **fields,
    }


@pytest.mark.parametrize("page", ["sign-off/", "matrix/", f"matrix/{TAX}/", "statement/"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_pages_show_to_a_party_and_are_not_there_for_a_stranger(
    world: World, page: str, language: str
) -> None:
    story = tell_to_s3(world)
    party, stranger = signed_in(story, QINGPU), signed_in(story, KUNSHAN, Role.CONTACT_POINT)
    path = f"/plans/{story.plan.key}/{page}"
    assert party.get(path, headers={"accept-language": language}).status_code == 200
    assert stranger.get(path).status_code == 404


def test_position_asks_for_proof_when_it_is_sent_and_keeps_what_was_typed(world: World) -> None:
    story = tell(world, items=2)
    story.open()
    client = signed_in(story, QINGPU, fresh=False)
    url = f"/plans/{story.plan.key}/sign-off/position/"
    assert client.get(url).status_code == 200
    put_aside = client.post(url, paper(story, value="object", letter_number="青府函〔2026〕9号"))
    assert put_aside.url.split("?")[0] == "/accounts/reauthenticate/"
    back = client.post(put_aside.url, {"password": PASSWORD, "next": url})
    page = back.content.decode()
    assert ("青府函〔2026〕9号" in page, f'action="{url}"' in page) == (True, True)
    assert client.post(url, paper(story)).url == f"/plans/{story.plan.key}/sign-off/#receipt"


def test_another_exception_needs_no_proof(world: World) -> None:
    story = tell(world, items=2)
    story.open()
    client = signed_in(story, QINGPU, fresh=False)
    url = f"/plans/{story.plan.key}/sign-off/position/"
    page = client.post(
        url,
        paper(
            story, more="add", pick="article-1", **{"as": "object", "exceptions-TOTAL_FORMS": "0"}
        ),
    ).content.decode()
    assert page.count('name="exceptions-0-wording"') == 1
    assert Declaration.objects.count() == 0


def test_position_form_posts_only_exceptions(world: World) -> None:
    story = tell(world, items=30)
    story.open()
    client = signed_in(story, JIASHAN)
    url = f"/plans/{story.plan.key}/sign-off/position/"
    assert client.get(url).status_code == 200
    data = paper(
        story,
        **{
            "exceptions-0-item": TAX,
            "exceptions-0-text": RESERVATION.text,
            "exceptions-0-scope": "仅第二句",
            "exceptions-0-review_on": "2027-02-01",
        },
    )
    response = client.post(url, data)
    assert (response.status_code, response.url) == (
        302,
        f"/plans/{story.plan.key}/sign-off/#receipt",
    )
    content = json.loads(Declaration.objects.get().content)
    assert content["general"]["value"] == "agree"
    assert content["exceptions"][TAX]["reservation"]["scope"] == "仅第二句"


def test_position_form_keeps_the_input_it_refuses(world: World) -> None:
    story = tell(world, items=2)
    story.open()
    client = signed_in(story, QINGPU)
    url = f"/plans/{story.plan.key}/sign-off/position/"
    response = client.post(url, paper(story, value="object", letter_number="青府函〔2026〕9号"))
    assert response.status_code == 422
    assert "青府函〔2026〕9号" in response.content.decode()
    assert Declaration.objects.count() == 0


def test_position_form_adds_an_exception_without_losing_input(world: World) -> None:
    story = tell(world, items=2)
    story.open()
    client = signed_in(story, QINGPU)
    url = f"/plans/{story.plan.key}/sign-off/position/"
    first = {"exceptions-0-item": "article-2", "exceptions-0-text": "第二句"}
    response = client.post(
        url,
        paper(
            story,
            more="add",
            pick="article-1",
            decided_by="第31次常务会议",
            **{"as": "agree_in_principle", **first},
        ),
    )
    page = response.content.decode()
    assert page.count('name="exceptions-1-item"') == 1
    assert page.count('name="exceptions-1-condition-0-text"') == 1
    assert "第二句" in page
    assert "第31次常务会议" in response.content.decode()


def test_position_is_refused_to_a_contact_point(world: World) -> None:
    story = tell(world, items=2)
    story.open()
    client = signed_in(story, QINGPU, Role.CONTACT_POINT)
    assert client.get(f"/plans/{story.plan.key}/sign-off/position/").status_code == 403


def test_matrix_filters_by_url(world: World) -> None:
    story = tell_to_s3(world)
    client = signed_in(story, QINGPU)
    path = f"/plans/{story.plan.key}/matrix/"
    for query, rows in (
        ("", 45),
        ("?only=open", 3),
        ("?only=differences", 2),
        ("?strength=guiding", 13),
        ("?jurisdiction=320000", 4),
        ("?chapter=one&only=open", 3),
        ("?only=nonsense", 45),
    ):
        assert client.get(path + query).content.decode().count("<tr data-row>") == rows, query


@pytest.mark.parametrize("items", [10, 120, pytest.param(500, marks=pytest.mark.prove)])
def test_matrix_page_costs_the_same_at_any_size(
    world: World, items: int, django_assert_num_queries: object
) -> None:
    story = tell(world, items=items, parties=(WUJIANG, JIASHAN))
    story.open()
    story.say(QINGPU)
    client = signed_in(story, QINGPU)
    path = f"/plans/{story.plan.key}/matrix/"
    client.get(path)
    # One of them is the list of the whole text, which no other page of a plan reads.
    with django_assert_num_queries(17):
        assert client.get(path).status_code == 200


def test_sealed_positions_leak_on_no_page_and_in_no_answer(world: World) -> None:
    story = tell(world, items=3, parties=(WUJIANG, JIASHAN))
    story.open(closes_at=in_days(2), is_sealed=True)
    story.say(WUJIANG, "object", text="不得外传的理由")
    client = signed_in(story, QINGPU)
    for page in ("sign-off/", "matrix/", "matrix/article-1/", "statement/"):
        text = client.get(f"/plans/{story.plan.key}/{page}").content.decode()
        assert "不得外传的理由" not in text
        assert "consent--objected" not in text
    answer = client.get(f"/api/v1/plans/{story.plan.key}/matrix/").json()
    assert answer["totals"] == {"answered": 3, "silent": 6}
    assert {row["passes"] for row in answer["rows"]} == {None}
    own = signed_in(story, WUJIANG).get(f"/plans/{story.plan.key}/matrix/article-1/")
    assert "不得外传的理由" in own.content.decode()


def test_api_opens_closes_and_ends_but_takes_no_position(world: World) -> None:
    story = tell(world, items=1, parties=(WUJIANG,))
    joint = Client()
    user = story.world.mandates[QINGPU, "coordinator", story.plan.key].user
    joint.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    base = f"/api/v1/plans/{story.plan.key}/sign-off/"
    assert joint.get(base).status_code == 404
    assert joint.post(base, {}, content_type="application/json").status_code == 201
    assert joint.post(base, {}, content_type="application/json").status_code == 409
    assert joint.post(base + "close/").json()["code"] == "blocked"
    assert joint.post(base + "position/").status_code == 404
    body = {"reason": "条文需修改"}
    ended = joint.post(base + "end/", body, content_type="application/json")
    assert (ended.status_code, ended.json()["outcome"]) == (200, "without_result")


def test_api_evaluates_a_case_and_names_what_is_wrong_with_one(world: World) -> None:
    story = tell(world, items=1)
    client = signed_in(story, QINGPU, fresh=False)
    case = {
        "rule": {"silence": "none", "requirements": [{"kind": "no_block"}]},
        "values": {"agree": {}},
        "parties": [{"id": "A"}],
        "positions": [{"party": "A", "value": "agree"}],
        "closed": True,
    }
    good = client.post("/api/v1/consensus/evaluate", case, content_type="application/json")
    assert (good.status_code, good.json()["state"]) == (200, "passed")
    bad = client.post("/api/v1/consensus/evaluate", {}, content_type="application/json")
    assert (bad.status_code, sorted(bad.json())) == (400, ["at", "error"])
