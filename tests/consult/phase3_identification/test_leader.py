"""The leader's page and its paper: who reads them, what they say, the one button."""

import pytest
from django.test import Client

from consult.phase3_identification import actions
from consult.phase3_identification.models import Declaration, PositionDraft
from stakeholders.terms.actor import Role
from tests.consult.phase3_identification.story import (
    LOWFLOW,
    RESERVATION,
    TAX,
    Story,
    tell,
    tell_to_s3,
)
from tests.consult.phase3_identification.test_views import signed_in
from tests.world import JIASHAN, KUNSHAN, QINGPU, WUJIANG, World, in_days

ADVICE = "建议对第16条重新确认，其余不变。"
SAID = {
    "value": "agree",
    "exceptions": [
        {
            "item": TAX,
            "value": "agree_reserved",
            "text": "对第二句保留意见。",
            "scope": "仅第二句",
            "conditions": [],
        }
    ],
    "notes": {TAX: "财政局坚持。"},
}
MINE = "/plans/QWJ/sign-off/mine/"
QUERIES = 26  # of the page, whatever the number of items


def prepared(story: Story, code: str = JIASHAN) -> PositionDraft:
    actor = story.actor(code, Role.CONTACT_POINT)
    story.plan.refresh_from_db()
    given = {"actor": actor, "plan": story.plan}
    draft = actions.draft_position(**given, content=SAID, advice=ADVICE)
    return actions.hand_up_position(**given, edits=draft.edits)


def button(story: Story, draft: PositionDraft, former: int | None = None) -> dict[str, object]:
    story.plan.refresh_from_db()
    return {
        "edits": draft.edits,
        "revision": story.plan.frozen.hash,
        "former": former or "",
    }


def text(client: Client, path: str = MINE) -> str:
    response = client.get(path, headers={"accept-language": "en"})
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def story(world: World) -> Story:
    return tell_to_s3(world)


def test_leader_reads_what_changed_and_what_the_staff_advise_and_signs(story: Story) -> None:
    draft = prepared(story)
    client = signed_in(story, JIASHAN)
    page = text(client)
    assert "Our consent has to be renewed" in page
    assert page.count('class="leader__change"') == 2  # one article changed, one exception
    assert (ADVICE in page, "财政局坚持" in page) == (True, True)
    assert "Where our last word differed" in page
    assert page.count("Sign as prepared") == 1
    former = Declaration.objects.filter(jurisdiction=JIASHAN).latest("pk")
    answer = client.post(MINE, button(story, draft, former.pk))
    assert (answer.status_code, answer.url) == (302, MINE)
    page = text(client)
    newest = Declaration.objects.filter(jurisdiction=JIASHAN).latest("pk")
    assert newest.pk != former.pk
    assert (newest.hash in page, "Sign as prepared" in page) == (True, False)
    assert "You have signed. Nothing is owed." in page
    assert "Nothing has changed for us." in page


def test_button_asks_for_proof(story: Story) -> None:
    draft = prepared(story)
    client = signed_in(story, JIASHAN, fresh=False)
    before = Declaration.objects.count()
    answer = client.post(MINE, button(story, draft))
    assert answer.url.split("?")[0] == "/accounts/reauthenticate/"
    assert Declaration.objects.count() == before


def test_a_press_on_what_has_changed_meanwhile_is_refused_in_words(story: Story) -> None:
    draft = prepared(story)
    client = signed_in(story, JIASHAN)
    posted = button(story, draft)
    actions.draft_position(
        actor=story.actor(JIASHAN, Role.PLANNER),
        plan=story.plan,
        content={"value": "object"},
        edits=draft.edits,
    )
    before = Declaration.objects.count()
    answer = client.post(MINE, posted, headers={"accept-language": "en"})
    assert (answer.status_code, Declaration.objects.count()) == (409, before)
    assert "Somebody has changed the prepared position" in answer.content.decode()


def test_page_without_a_draft_says_who_prepares_and_leads_to_the_form(story: Story) -> None:
    page = text(signed_in(story, JIASHAN))
    assert "No position has been prepared." in page
    assert "/plans/QWJ/sign-off/position/" in page
    assert "Sign as prepared" not in page


def test_position_form_opens_as_prepared(story: Story) -> None:
    prepared(story)
    page = text(signed_in(story, JIASHAN), "/plans/QWJ/sign-off/position/")
    assert "Filled in as your staff have prepared it." in page
    assert ("对第二句保留意见。" in page, "财政局坚持" in page) == (True, False)


@pytest.mark.parametrize("role", [Role.CONTACT_POINT, Role.DEPUTY, Role.PLANNER])
def test_staff_read_the_page_and_sign_nothing(story: Story, role: Role) -> None:
    draft = prepared(story)
    client = signed_in(story, JIASHAN, role)
    page = text(client)
    assert (ADVICE in page, "Sign as prepared" in page) == (True, False)
    client.get("/accounts/reauthenticate/")
    assert client.post(MINE, button(story, draft)).status_code in (302, 403)
    assert Declaration.objects.filter(jurisdiction=JIASHAN).count() == 1


PAGES = (
    "sign-off/mine/",
    "sign-off/mine/paper/",
    "sign-off/mine/paper/pdf/",
    "sign-off/",
    "sign-off/position/",
    f"matrix/{TAX}/",
    "statement/",
)


def test_what_is_prepared_stands_on_no_page_of_others(story: Story) -> None:
    prepared(story)
    others = [signed_in(story, WUJIANG), signed_in(story, QINGPU, Role.CONTACT_POINT)]
    office = Client()
    user = story.world.mandates[QINGPU, "coordinator", "QWJ"].user
    office.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    for client in (*others, office):
        for page in PAGES:
            content = client.get(f"/plans/QWJ/{page}").content.decode(errors="replace")
            assert (ADVICE in content, "财政局坚持" in content) == (False, False), page
        assert client.get("/api/v1/plans/QWJ/sign-off/prepared/").status_code == 404
    assert office.get(MINE).status_code == 404
    stranger = signed_in(story, KUNSHAN, Role.CONTACT_POINT)
    assert stranger.get(MINE).status_code == 404


def test_sealed_page_says_nothing_of_others(world: World) -> None:
    story = tell(world, items=3, parties=(WUJIANG, JIASHAN))
    story.open(closes_at=in_days(2), is_sealed=True)
    story.say(WUJIANG, "object", text="不得外传的理由")
    page = text(signed_in(story, JIASHAN))
    assert "Sealed until it closes." in page
    assert ("have spoken" in page, "objection" in page) == (False, False)
    slip = text(signed_in(story, JIASHAN), MINE + "paper/")
    assert "Until it closes nobody else reads our position." in slip


def test_paper_holds_advice_changes_and_a_line_for_the_signature(story: Story) -> None:
    prepared(story)
    client = signed_in(story, JIASHAN)
    slip = text(client, MINE + "paper/")
    for words in (ADVICE, "对第二句保留意见。", story.sign_off.plan.frozen.hash[:23], "Signature"):
        assert words in slip
    for kind, start in (("pdf", b"%PDF"), ("docx", b"PK")):
        assert client.get(f"{MINE}paper/{kind}/").content.startswith(start)
    assert client.get(f"{MINE}paper/exe/").status_code == 404


def test_staff_save_hand_up_and_the_signatory_returns_over_the_pages(story: Story) -> None:
    staff = signed_in(story, JIASHAN, Role.CONTACT_POINT)
    form = {
        "edits": "0",
        "advice": ADVICE,
        "value": "agree",
        "exceptions-TOTAL_FORMS": "1",
        "exceptions-0-item": LOWFLOW,
        "exceptions-0-value": "object",
        "exceptions-0-text": "理由",
        f"note-{LOWFLOW}": "说明",
    }
    kept = staff.post(MINE + "draft/", {**form, "more": "keep"})
    assert (kept.status_code, PositionDraft.objects.count()) == (200, 0)
    assert ADVICE in text(staff, MINE + "draft/")  # restored
    assert staff.post(MINE + "draft/", form).status_code == 302
    draft = PositionDraft.objects.get()
    assert draft.content["notes"] == {LOWFLOW: "说明"}
    assert staff.post(MINE + "draft/", form).status_code == 422  # the same save again
    assert staff.post(MINE + "hand-up/", {"edits": draft.edits}).url == MINE
    leader = signed_in(story, JIASHAN)
    draft.refresh_from_db()
    back = leader.post(MINE + "return/", {"edits": draft.edits, "reason": "再核"})
    assert back.url == MINE
    assert "再核" in text(staff, MINE + "draft/")


@pytest.mark.parametrize("items", [10, 120, pytest.param(500, marks=pytest.mark.prove)])
def test_leaders_page_costs_the_same_at_any_size(
    world: World, items: int, django_assert_num_queries: object
) -> None:
    story = tell(world, items=items, parties=(WUJIANG, JIASHAN))
    story.open()
    story.say(JIASHAN)
    story.rewrite("article-1", "改写一。")
    actions.draft_position(
        actor=story.actor(JIASHAN, Role.CONTACT_POINT),
        plan=story.plan,
        content={"value": "agree"},
    )
    client = signed_in(story, JIASHAN)
    client.get(MINE)
    with django_assert_num_queries(QUERIES):
        assert client.get(MINE).status_code == 200


def test_renewing_party_whose_items_are_unchanged_reads_so(world: World) -> None:
    story = tell(world, items=30)
    story.open()
    story.say(JIASHAN, "agree", RESERVATION)
    page = text(signed_in(story, JIASHAN))
    assert "Nothing has changed for us." in page


def test_a_limited_signatory_reads_what_its_mandate_reaches(story: Story) -> None:
    mandate = story.world.mandate(JIASHAN, Role.SIGNATORY)
    url = f"/plans/{story.plan.key}/sign-off/mine/"
    type(mandate).objects.filter(pk=mandate.pk).update(items=["article-1"])
    page = signed_in(story, JIASHAN).get(url)
    rows = page.context["page"]
    assert [row.key for row in rows.limited_to] == ["article-1"]
    assert (len(rows.beyond), rows.may_sign) == (len(rows.rows) - 1, False)
    every = [row.key for row in rows.rows]
    type(mandate).objects.filter(pk=mandate.pk).update(items=every)
    page = signed_in(story, JIASHAN).get(url)
    assert (page.context["page"].beyond, page.status_code) == ([], 200)
