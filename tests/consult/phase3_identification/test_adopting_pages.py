"""The pages and operations of adopting first what has passed, and their cost."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from consult.phase1_organization.models import Charter
from consult.phase3_identification.models import PartialAdoption, SignOff
from plans.register.models import Revision
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Role
from tests.bench.matrix import Bench
from tests.consult.phase3_identification.story import Story, tell
from tests.consult.phase3_identification.test_adopting import (
    AGAINST,
    ALLOWED,
    FOUR,
    ONE,
    THREE,
    TWO,
    WHY,
    adopt,
    seen,
    start,
)
from tests.consult.phase3_identification.test_matrix import queries_of
from tests.consult.phase3_identification.test_views import signed_in
from tests.shown import opened
from tests.world import KUNSHAN, QINGPU, WUJIANG, World

BASE = "/plans/QWJ/sign-off/adoption/"
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def story(world: World) -> Story:
    found = start(world)
    found.say(QINGPU)
    found.say(WUJIANG, "agree", AGAINST)
    return found


def office(story: Story) -> Client:
    story.coordinator  # noqa: B018 - makes the mandate
    return signed_in(story, QINGPU, Role.COORDINATOR)


def values(story: Story, *keys: str) -> list[str]:
    return [f"{key}:{mark}" for key, mark in seen(story, *keys).items()]


def post(client: Client, story: Story, **data: object) -> object:
    return client.post(f"{BASE}adopt/", data, headers=ENGLISH)


def test_the_page_shows_three_groups_with_what_can_be_adopted_ticked(story: Story) -> None:
    client = office(story)
    page = client.get(BASE, headers=ENGLISH).content.decode()
    assert page.count(" checked>") == 3
    assert "Can be adopted (3)" in page
    assert "Not yet, and why (1)" in page
    adopt(story, ONE)
    page = client.get(BASE, headers=ENGLISH).content.decode()
    assert page.count(" checked>") == 2
    assert "Revision 2 (Part adopted first): 1 item" in page
    party = signed_in(story, WUJIANG).get(BASE, headers=ENGLISH).content.decode()
    assert "Can be adopted (2)" in party
    assert 'name="items"' not in party
    stranger = signed_in(story, KUNSHAN, Role.CONTACT_POINT)
    assert stranger.get(BASE).status_code == 404


def test_preview_then_confirm_adopts(story: Story) -> None:
    client = office(story)
    said = {"items": values(story, ONE, FOUR), "reason": WHY}
    preview = post(client, story, **said)
    assert preview.status_code == 200
    assert "2 items become a revision of their own" in preview.content.decode()
    assert not PartialAdoption.objects.exists()
    done = post(client, story, **said, confirm="1")
    assert (done.status_code, done["Location"]) == (302, BASE)
    held = Revision.objects.get(stage="adopted_part").entries.values_list("item__key", flat=True)
    assert sorted(held) == [ONE, FOUR]


def test_what_is_refused_comes_back_with_what_was_typed(story: Story) -> None:
    client = office(story)
    for said, words in (
        ({"reason": WHY}, "Choose at least one item to adopt."),
        ({"items": ["garbage"], "reason": WHY}, "it sent an item without its state"),
        ({"items": ["unknown:0"], "reason": WHY}, "This is no item of the frozen text: unknown."),
        ({"items": [f"{ONE}:0"], "reason": WHY}, "since you opened this page: 1."),
        ({"items": values(story, TWO), "reason": WHY}, "Article 2 has not passed for good"),
        ({"items": values(story, ONE)}, "Say why these items are adopted first."),
    ):
        answer = post(client, story, **said)
        page = answer.content.decode()
        assert (answer.status_code, words in page) == (422, True), words
        assert said.get("reason", "") in page
    assert not PartialAdoption.objects.exists()


def test_a_reference_to_what_is_not_adopted_is_warned_of(story: Story) -> None:
    """An item that can be adopted refers to one that has not passed."""
    for key, link in ((THREE, TWO), (FOUR, ONE)):
        item = next(place.item for place in story.places if place.item.key == key)
        draft = item.draft
        draft.content = {**draft.content, "links": [link]}
        draft.save(update_fields=["content"])
    story.rewrite(THREE, "引用第二条。")
    story.say(QINGPU)
    story.say(WUJIANG, "agree", AGAINST)
    client = office(story)
    page = post(client, story, items=values(story, ONE, THREE, FOUR), reason=WHY).content.decode()
    loose = page.split("These refer to items that are not adopted")[1].split("</section>")[0]
    assert "Arrangement 3 →" in loose
    assert "Arrangement 4 →" not in loose


def test_every_surface_says_what_was_adopted(story: Story) -> None:
    adopt(story, ONE)
    story.say(WUJIANG, "agree", AGAINST)
    client = signed_in(story, WUJIANG)
    plan = "/plans/QWJ/"

    def page(path: str) -> str:
        answer = client.get(plan + path, headers=ENGLISH)
        assert answer.status_code == 200, path
        return answer.content.decode()

    assert page("matrix/").count("chip--adopted") == 1
    assert "Adopted first (revision 2)" in page(f"matrix/{ONE}/")
    assert "1 of them was adopted first." in page("sign-off/")
    assert "1 item that concerns us was adopted first" in page("sign-off/mine/")
    position = page("sign-off/position/")
    assert "3 items concern your jurisdiction" in position
    assert "1 more item was adopted first" in position
    assert "No longer in the text" not in page("sign-off/mine/")
    assert "1 item, adopted first; no state of the whole plan" in page("revisions/")
    assert "This holds only the items that the parties adopted first" in page("revisions/2/")
    assert client.get(f"{plan}differences/1/2/").status_code == 404
    table = client.get(f"{plan}matrix/table.csv", headers=ENGLISH).getvalue().decode("utf-8-sig")
    row = next(line for line in table.splitlines() if line.startswith("1,"))
    assert "◆ Adopted first (revision 2)" in row
    rows = client.get(f"/api/v1{plan}matrix/").json()["rows"]
    assert [(one["adopted"], one["adopted_before"]) for one in rows] == [
        (2, None),
        *[(None, None)] * 3,
    ]
    story.rewrite(ONE, "改后。")
    assert "Adopted first in an earlier wording (revision 2)" in page(f"matrix/{ONE}/")


def test_programs_read_the_offer_and_adopt_by_its_states(story: Story) -> None:
    client = office(story)
    path = f"/api/v1{BASE}"
    offer = client.get(path, headers=ENGLISH).json()
    assert offer["why_not"] is None
    assert [one["item"] for one in offer["ready"]] == [ONE, THREE, FOUR]
    assert [one["item"] for one in offer["waiting"]] == [TWO]
    picked = [{"item": one["item"], "state": one["state"]} for one in offer["ready"][:1]]
    said = {"items": picked, "reason": WHY}
    made = client.post(path, said, content_type="application/json", headers=ENGLISH)
    assert (made.status_code, made.json()["items"]) == (201, [ONE])
    again = client.post(path, said, content_type="application/json", headers=ENGLISH)
    assert (again.status_code, again.json()["detail"]) == (
        409,
        "Adopted already: 1. Open the page again.",
    )
    none = client.post(
        path, {"items": [], "reason": WHY}, content_type="application/json", headers=ENGLISH
    )
    assert none.status_code == 400
    assert [one["items"] for one in client.get(path).json()["adopted"]] == [[ONE]]


def test_a_part_is_signed_by_its_page(story: Story) -> None:
    part = adopt(story, ONE).statement
    client = signed_in(story, WUJIANG)
    path = f"/plans/QWJ/statement/{part.pk}/sign/"
    assert path in client.get(f"/plans/QWJ/statement/{part.pk}/", headers=ENGLISH).text
    assert "Arrangement 1" in client.get(path, headers=ENGLISH).content.decode()
    letter = {"letter_number": "吴府函〔2026〕9号", "letter_on": "2026-01-03"}
    assert client.post(path, letter).status_code == 422  # it says not which one was read
    said = {**opened(client, path), **letter}
    done = client.post(path, said)
    assert (done.status_code, done["Location"]) == (302, BASE)
    assert [str(row.jurisdiction_id) for row in part.signatures.all()] == [WUJIANG]
    again = client.post(path, said)
    assert again.status_code == 422


def test_a_charter_without_the_clause_says_so(world: World) -> None:
    charter = replace(ALLOWED, partial_adoption=False)
    found = tell(world, items=1, parties=(WUJIANG,), charter=charter)
    found.open()
    client = office(found)
    assert "The charter knows no partial adoption." in client.get(BASE, headers=ENGLISH).text
    offer = client.get(f"/api/v1{BASE}", headers=ENGLISH).json()
    assert (offer["why_not"], offer["ready"]) == ("The charter knows no partial adoption.", [])


@pytest.mark.django_db
@pytest.mark.parametrize("many", [120, pytest.param(500, marks=pytest.mark.prove)])
def test_reading_costs_the_same_for_few_and_many_items(many: int) -> None:
    counts = []
    for items in (10, many):
        bench = Bench(items=items, parties=3)
        text = canonical.canonical({"content": ALLOWED.as_dict()})
        Charter.objects.create(
            plan=bench.plan,
            number=SignOff.objects.get(plan=bench.plan).charter_number,
            text=text,
            hash=canonical.digest(f"{bench.plan.pk}{text}"),
            mandate_id=bench.mandate.pk,
            proposed_at=clock.now(),
        )
        base = f"/plans/{bench.plan.key}/sign-off/adoption/"
        client = bench.client()
        counts.append([queries_of(client, path) for path in (base, f"/api/v1{base}")])
    assert counts[0] == counts[1]
    assert [status for status, _count in counts[0]] == [200, 200]


def test_adopting_costs_the_same_for_few_and_many(world: World) -> None:
    found = start(world, items=24)
    found.say(QINGPU)
    found.say(WUJIANG)
    counts = []
    for keys in (["article-1", "article-2"], [f"article-{n}" for n in range(3, 24)]):
        items = seen(found, *keys)
        with CaptureQueriesContext(connection) as captured:
            adopt(found, items=items)
        counts.append(len(captured))
    assert counts[0] == counts[1]
