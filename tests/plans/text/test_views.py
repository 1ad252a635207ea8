import pytest
from django.test import Client
from django.utils import translation

from plans.register.models import Item, ItemDraft, Plan
from plans.text.actions import add_provision, edit_provision
from plans.text.models import Provision
from plans.text.queries import get_chapter
from plans.text.wording import Wording
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from tests.world import JIASHAN, WUJIANG, World

DRAFT = "/plans/QWJ/text/"
PROVISION = f"{DRAFT}provisions/taipu/"


@pytest.fixture
def planner(world: World, plan: Plan, client: Client) -> Client:
    client.force_login(world.user(WUJIANG, Role.PLANNER))
    return client


def page(client: Client, path: str, language: str = "en", status: int = 200) -> str:
    with translation.override(language):
        answer = client.get(path, headers={"accept-language": language})
    assert answer.status_code == status
    return answer.content.decode()


def posted(**fields: object) -> dict[str, object]:
    return {
        "edits": "1",
        "title_zh": "太浦河",
        "text_zh": "改写的正文",
        "strength": "guiding",
        "competence": "county",
        "classification": "open",
        **fields,
    }


def fill(plan: Plan, numbers: range) -> None:
    """Many provisions at once, without their record: only reading is measured."""
    chapter = get_chapter(plan, key="water")
    items = Item.objects.bulk_create(
        Item(plan=plan, key=f"p-{n}", kind="provision", created_at=clock.now()) for n in numbers
    )
    content = Wording(title_zh="题", text_zh="文").content()
    ItemDraft.objects.bulk_create(
        ItemDraft(
            item=item,
            content=content,
            strength="binding",
            concerned=[WUJIANG, JIASHAN],
            edited_at=clock.now(),
        )
        for item in items
    )
    Provision.objects.bulk_create(
        Provision(item=item, chapter=chapter, position=n) for n, item in enumerate(items, start=1)
    )


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ["Working draft", "Article 1", "Binding"]), ("zh-hans", ["太浦河"])],
)
def test_draft_shows_numbered_articles(
    planner: Client, provision: Provision, language: str, words: list[str]
) -> None:
    text = page(planner, DRAFT, language)
    assert [word for word in words if word not in text] == []
    assert text.count("<h1") == 1


def test_draft_offers_editing_only_to_who_drafts_the_chapter(
    world: World, planner: Client, provision: Provision
) -> None:
    assert f'href="{PROVISION}"' in page(planner, DRAFT)
    planner.force_login(world.user(JIASHAN, Role.PLANNER))
    assert f'href="{PROVISION}"' not in page(planner, DRAFT)
    assert planner.get(PROVISION).status_code == 403


def test_edit_form_saves_and_returns_to_the_article(planner: Client, provision: Provision) -> None:
    answer = planner.post(PROVISION, posted())
    assert (answer.status_code, answer["Location"]) == (302, f"{DRAFT}?chapter=water#taipu")
    draft = ItemDraft.objects.get(item__key="taipu")
    assert (draft.content["text"]["zh"], draft.edits) == ("改写的正文", 2)


def test_edit_form_keeps_what_was_typed_when_it_is_refused(
    planner: Client, provision: Provision
) -> None:
    answer = planner.post(PROVISION, posted(is_given="on", text_zh="没有依据的文本"))
    assert answer.status_code == 422
    assert "没有依据的文本" in answer.content.decode()


def test_conflict_shows_theirs_beside_mine_and_saves_mine_on_demand(
    world: World, planner: Client, plan: Plan, provision: Provision
) -> None:
    theirs = Wording(title_zh="太浦河", text_zh="他人先保存的文本")
    edit_provision(actor=world.coordinator(plan), plan=plan, key="taipu", edits=1, wording=theirs)
    answer = planner.post(PROVISION, posted())
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "他人先保存的文本" in text
    assert "改写的正文" in text
    assert 'name="edits" value="2"' in text
    assert planner.post(PROVISION, posted(edits="2")).status_code == 302


def test_add_move_and_remove_by_form(planner: Client, plan: Plan, provision: Provision) -> None:
    added = planner.post(f"{DRAFT}chapters/water/new/", posted(key="second", edits=""))
    moved = planner.post(f"{PROVISION}move/", {"chapter": "water", "position": "2"})
    removed = planner.post(f"{PROVISION}remove/", {"edits": "1"})
    assert [one.status_code for one in (added, moved, removed)] == [302, 302, 302]
    assert list(Provision.objects.order_by("position").values_list("item__key", flat=True)) == [
        "second",
        "taipu",
    ]
    assert ItemDraft.objects.get(item__key="taipu").is_removed


def test_markdown_is_cleaned(world: World, planner: Client, plan: Plan) -> None:
    add_provision(
        actor=world.coordinator(plan),
        plan=plan,
        chapter="water",
        wording=Wording(
            title_zh="题", text_zh="**重** <script>x</script> [a](javascript:x)\n\n# 不"
        ),
    )
    text = page(planner, DRAFT, "zh-hans")
    assert "<strong>重</strong>" in text
    assert "<script>x" not in text
    assert "javascript:x)" in text  # left as plain text
    assert 'href="javascript' not in text


def test_api_draws_the_same_line(world: World, planner: Client, provision: Provision) -> None:
    address = "/api/v1/plans/QWJ/provisions/taipu/"
    wording = {"title_zh": "题", "text_zh": "接口写入"}
    saved = planner.put(address, {"edits": 1, "wording": wording}, content_type="application/json")
    late = planner.put(address, {"edits": 1, "wording": wording}, content_type="application/json")
    listed = planner.get("/api/v1/plans/QWJ/provisions/").json()["results"]
    assert (saved.status_code, late.status_code) == (200, 409)
    assert [(one["key"], one["number"], one["edits"]) for one in listed] == [("taipu", 1, 2)]
    planner.force_login(world.user(JIASHAN, Role.PLANNER))
    refused = planner.put(
        address, {"edits": 2, "wording": wording}, content_type="application/json"
    )
    assert (refused.status_code, refused.json()["reason"]) == (403, "not_yours")
