"""Reading a published text: a chapter at a time, in the languages asked for, at constant cost."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from plans.register.models import Item, ItemVersion, Plan, Revision, RevisionItem
from plans.register.queries import contents_of, found_in, rows_of
from plans.register.queries.chapters import PART
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Role
from tests.world import JIASHAN, WUJIANG, World

CHAPTERS = ("water", "roads")
R1, R2 = "/plans/QWJ/revisions/1/", "/plans/QWJ/revisions/2/"


def version_of(item: Item, text: str, english: str = "") -> ItemVersion:
    content = canonical.canonical(
        {
            "item": item.key,
            "kind": "provision",
            "content": {
                "title": {"zh": f"题{item.key}", "en": "Title"},
                "text": {"zh": text, "en": english},
            },
            "strength": "binding",
            "competence": "county",
            "given": False,
            "given_source": "",
            "concerned": [WUJIANG, JIASHAN],
        }
    )
    return ItemVersion(
        item=item,
        content=content,
        strength="binding",
        competence="county",
        concerned=[WUJIANG, JIASHAN],
        hash=canonical.digest(content),
        created_at=clock.now(),
    )


def publish(plan: Plan, versions: list[ItemVersion], changes: list[str]) -> Revision:
    """A revision whose first half stands under one heading, the second under another."""
    number = plan.revisions.count() + 1
    manifest = {"headings": [[key, f"章{key}", f"Chapter {key}"] for key in CHAPTERS]}
    revision = Revision.objects.create(
        plan=plan,
        number=number,
        stage="consultation",
        manifest=json.dumps({**manifest, "authentic_language": "zh"}),
        hash=f"sha256:{number}",
        published_at=clock.now(),
    )
    half = len(versions) / 2
    RevisionItem.objects.bulk_create(
        RevisionItem(
            revision=revision,
            item=version.item,
            version=version,
            position=place,
            number=str(place),
            heading=CHAPTERS[place > half],
            change=change,
        )
        for place, (version, change) in enumerate(zip(versions, changes, strict=True), start=1)
    )
    return revision


def fill(plan: Plan, size: int, english: str = "Text") -> Revision:
    """A revision with `size` items, put in at once."""
    items = Item.objects.bulk_create(
        Item(plan=plan, key=f"p-{size}-{n}", kind="provision", created_at=clock.now())
        for n in range(1, size + 1)
    )
    made = [version_of(one, f"第{n}条正文", english) for n, one in enumerate(items, start=1)]
    return publish(plan, ItemVersion.objects.bulk_create(made), ["added"] * size)


@pytest.fixture
def plan(world: World) -> Plan:
    return world.plan()


@pytest.fixture
def reader(world: World, plan: Plan, client: Client) -> Client:
    client.force_login(world.user(WUJIANG, Role.PLANNER))
    return client


def get(reader: Client, path: str, language: str = "zh-hans", **headers: str) -> str:
    answer = reader.get(path, headers={"accept-language": language, **headers})
    assert answer.status_code == 200
    return answer.content.decode()


def articles(page: str) -> int:
    return page.count("<article")


def test_a_chapter_is_shown_and_what_follows_is_linked(plan: Plan, reader: Client) -> None:
    fill(plan, 8)
    first, second = get(reader, R1), get(reader, f"{R1}?chapter=roads")
    assert (articles(first), articles(second)) == (4, 4)
    assert (first.count('rel="next"'), second.count('rel="next"')) == (1, 0)
    assert "chapter=roads" in first
    assert reader.get(f"{R1}?chapter=nowhere").status_code == 404


def test_scrolling_loads_the_part_alone(plan: Plan, reader: Client) -> None:
    fill(plan, 8)
    part = get(reader, f"{R1}?chapter=roads&part=1", **{"hx-request": "true"})
    assert (articles(part), part.count("<h1"), part.count("<html")) == (4, 0, 0)
    assert get(reader, f"{R1}?chapter=roads&part=1").count("<html") == 1


def test_a_long_chapter_comes_in_parts_of_bounded_size(plan: Plan, reader: Client) -> None:
    fill(plan, 4 * PART + 2)
    pages = [get(reader, f"{R1}?chapter=water&page={n}") for n in (1, 2, 3, 99)]
    assert [articles(page) for page in pages] == [PART, PART, 1, 1]
    assert articles(get(reader, f"{R1}?all=1")) == 4 * PART + 2


def test_a_permanent_link_opens_the_part_that_holds_the_item(plan: Plan, reader: Client) -> None:
    size = 2 * PART + 4
    fill(plan, size)
    last = f"p-{size}-{size}"
    assert f'id="{last}"' in get(reader, f"{R1}?item={last}")
    assert reader.get(f"{R1}?item=nothing").status_code == 404


def test_languages_are_chosen_in_the_address_and_a_missing_one_is_said(
    plan: Plan, reader: Client
) -> None:
    fill(plan, 2, english="")
    chinese, english = get(reader, R1), get(reader, R1, language="en")
    both = get(reader, f"{R1}?text=both", language="en")
    assert ("第1条正文" in chinese, "There is no English text yet." in chinese) == (True, False)
    assert ("第1条正文" in english, "There is no English text yet." in english) == (False, True)
    assert ("第1条正文" in both, "There is no English text yet." in both) == (True, True)
    assert "You read a translation." in english
    assert "You read a translation." not in both


def test_search_finds_texts_and_titles_and_marks_them(plan: Plan, reader: Client) -> None:
    revision = fill(plan, 12, english="<Water> & Roads")
    assert found_in(revision, text="第12条").count() == 1
    assert found_in(revision, text="题p-12-1").count() == 4  # 1, 10, 11, 12
    assert found_in(revision, text="wATER").count() == 12
    assert found_in(revision, text="binding").count() == 0
    page = get(reader, f"{R1}?q=第12条")
    assert (articles(page), page.count("<mark>第12条</mark>")) == (1, 1)
    assert articles(get(reader, f"{R1}?q=nothing")) == 0


def test_the_text_in_force_stands_beside(plan: Plan, reader: Client) -> None:
    first = fill(plan, 2)
    plan.in_force = first
    plan.save(update_fields=["in_force"])
    entries = list(first.entries.select_related("item", "version").order_by("position"))
    changed = ItemVersion.objects.bulk_create([version_of(entries[1].item, "改过的正文")])
    publish(plan, [entries[0].version, *changed], ["unchanged", "text"])
    page = get(reader, f"{R2}?all=1&beside=1", language="en")
    assert page.count("In force with the same wording.") == 1
    page = get(reader, f"{R2}?all=1&beside=1&text=zh")
    assert ("第2条正文" in page, "改过的正文" in page) == (True, True)


def test_the_list_counts_kinds_of_change(plan: Plan) -> None:
    first = fill(plan, 4)
    entries = list(first.entries.select_related("item", "version").order_by("position"))
    kept = [one.version for one in entries[:3]]
    second = publish(plan, kept, ["unchanged", "text", "text"])
    assert [
        (row.revision.number, row.counts, row.former) for row in rows_of(plan, [second, first])
    ] == [
        (2, [("unchanged", 1), ("text", 2), ("removed", 1)], 1),
        (1, [("added", 4)], None),
    ]


@pytest.mark.parametrize("size", [4 * PART, pytest.param(2_000, marks=pytest.mark.prove)])
@pytest.mark.parametrize("asked", ["", "?text=both", "?all=1", "?q=正文", "?chapter=roads&page=1"])
def test_many_provisions_cost_no_more_queries(
    plan: Plan, reader: Client, asked: str, size: int
) -> None:
    fill(plan, 10)
    fill(plan, size)
    counts, sizes = [], []
    for revision in (R1, R2):
        get(reader, revision + asked)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page = get(reader, revision + asked)
        counts.append(len(queries))
        sizes.append(articles(page))
    assert counts[0] == counts[1]
    assert sizes[1] <= (size if "all" in asked else PART)


def test_the_room_text_leads_to_the_text_in_force_or_the_latest(plan: Plan, reader: Client) -> None:
    assert reader.get("/plans/QWJ/text/read/")["Location"] == "/plans/QWJ/revisions/"
    first = fill(plan, 2)
    fill(plan, 4)
    assert reader.get("/plans/QWJ/text/read/")["Location"] == R2
    plan.in_force = first
    plan.save(update_fields=["in_force"])
    assert reader.get("/plans/QWJ/text/read/")["Location"] == R1


def test_contents_count_what_stands_under_each_heading(plan: Plan) -> None:
    headings = contents_of(fill(plan, 5)).headings
    assert [(one.key, one.title_en, one.count) for one in headings] == [
        ("water", "Chapter water", 2),
        ("roads", "Chapter roads", 3),
    ]
