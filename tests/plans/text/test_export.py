"""The text as a file: who gets which state of it, in which part."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.test import Client
from django.utils import translation

from consult.workflow.actions import publish
from plans.register.enums import PartyRole
from plans.register.models import ItemVersion, Plan
from plans.register.steps import add_party
from plans.text.actions import add_chapter, add_provision
from plans.text.documents.markdown_writing import read_marked
from plans.text.models import Provision
from plans.text.queries import Choice, chapter_names, exported
from plans.text.wording import Wording
from stakeholders.jobs.actions import run_jobs
from stakeholders.jobs.models import Job
from stakeholders.terms import canonical
from stakeholders.terms.actor import SYSTEM, Role
from tests.world import KUNSHAN, WUJIANG, World

EXPORT = "/plans/QWJ/text/export/"
API = "/api/v1/plans/QWJ/"


@pytest.fixture
def published(world: World, plan: Plan, provision: Provision) -> Plan:
    """A revision with one open and one internal provision."""
    add_provision(
        actor=world.coordinator(plan),
        plan=plan,
        chapter="standards",
        key="inner",
        wording=Wording(
            title_zh="内部", text_zh="内部条款。", classification="internal", theme="water"
        ),
    )
    publish(actor=world.coordinator(plan), plan=plan, stage="consultation")
    return plan


@pytest.fixture
def planner(world: World, published: Plan, client: Client) -> Client:
    client.force_login(world.user(WUJIANG, Role.PLANNER))
    return client


def text_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("state", ["draft", "revision-1"])
@pytest.mark.parametrize(
    ("kind", "start"), [("docx", b"PK\x03\x04"), ("pdf", b"%PDF-"), ("md", b"---\n")]
)
def test_each_state_goes_out_as_each_kind(
    planner: Client, state: str, kind: str, start: bytes
) -> None:
    answer = planner.get(f"{EXPORT}{state}.{kind}")
    assert (answer.status_code, answer.content[: len(start)]) == (200, start)
    name = "draft" if state == "draft" else "R1"
    assert f'filename="QWJ-{name}.{kind}"' in answer["Content-Disposition"]


def test_same_revision_gives_same_bytes(planner: Client) -> None:
    for kind in ("docx", "pdf", "md"):
        first, second = (planner.get(f"{EXPORT}revision-1.{kind}").content for _time in (1, 2))
        assert first == second


def test_neighbour_gets_revisions_and_no_draft(
    world: World, published: Plan, client: Client
) -> None:
    add_party(plan=published, code=KUNSHAN, role=PartyRole.NEIGHBOUR, must_sign=False)
    client.force_login(world.user(KUNSHAN, Role.PLANNER))
    asked = [f"{EXPORT}revision-1.md", f"{EXPORT}draft.md"]
    asked += [f"{API}revisions/1/document/?format=md", f"{API}draft/document/?format=md"]
    assert [client.get(path).status_code for path in asked] == [200, 404, 200, 404]
    assert 'value="draft"' not in client.get(EXPORT).content.decode()


def test_stranger_gets_nothing(world: World, published: Plan, client: Client) -> None:
    client.force_login(world.user(KUNSHAN, Role.PLANNER))
    asked = [EXPORT, f"{EXPORT}revision-1.pdf", f"{EXPORT}draft.docx"]
    assert [client.get(path).status_code for path in asked] == [404] * 3


def test_unknown_kind_revision_and_choice(planner: Client) -> None:
    asked = ["revision-1.exe", "revision-9.md", "revision-1.md?theme=no"]
    assert [planner.get(EXPORT + path).status_code for path in asked] == [404, 404, 422]


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("", ["taipu", "inner"]),
        ("?chapter=water", ["taipu"]),
        ("?theme=water", ["inner"]),
        ("?strength=binding", ["taipu"]),
        ("?openness=on_request", ["taipu"]),
        (f"?concerned={WUJIANG}", ["taipu", "inner"]),
    ],
)
def test_choice_of_provisions(planner: Client, query: str, keys: list[str]) -> None:
    found = read_marked(text_of(planner, f"{EXPORT}revision-1.md{query}"))
    assert found is not None
    held = [one.key for chapter in found.document.chapters for one in chapter.provisions]
    assert (held, found.is_whole) == (keys, not query)


def test_chosen_provision_keeps_its_number(planner: Client) -> None:
    assert "## 第二条　内部 {#inner number=2" in text_of(
        planner, f"{EXPORT}revision-1.md?chapter=standards"
    )


def test_file_says_how_open_it_is_and_that_it_is_a_draft(planner: Client, plan: Plan) -> None:
    with translation.override("en"):
        whole = text_of(planner, f"{EXPORT}draft.md")
        opened = text_of(planner, f"{EXPORT}revision-1.md?openness=open")
    assert 'classification-en: "Classification of this file: Internal"' in whole
    assert 'notice-en-1: "Draft, not published"' in whole
    assert 'classification-en: "Classification of this file: Open to the public"' in opened
    assert "Draft, not published" not in opened


def test_demonstration_says_so_in_every_file(planner: Client, plan: Plan) -> None:
    Plan.objects.filter(key="QWJ").update(is_demonstration=True)
    said = "Demonstration data: invented, stands for no government or body"
    assert said in text_of(planner, f"{EXPORT}revision-1.md")
    word = ZipFile(BytesIO(planner.get(f"{EXPORT}revision-1.docx").content))
    for part in ("word/header1.xml", "word/header2.xml"):
        assert said in word.read(part).decode()


def test_page_of_choices_leads_to_one_address(planner: Client) -> None:
    assert "revision-1" not in text_of(planner, EXPORT)
    answer = planner.get(
        EXPORT, {"source": "1", "format": "pdf", "languages": "zh", "chapter": "water"}
    )
    assert (answer.status_code, answer["Location"]) == (
        302,
        f"{EXPORT}revision-1.pdf?languages=zh&chapter=water",
    )
    assert planner.get(EXPORT, {"source": "7", "format": "pdf"}).status_code == 422


def test_contents_of_a_revision_come_back_with_their_hashes(
    planner: Client, published: Plan
) -> None:
    """The hash of a version is made of what the file holds."""
    found = read_marked(text_of(planner, f"{EXPORT}revision-1.md"))
    assert found is not None
    for chapter in found.document.chapters:
        for one in chapter.provisions:
            wording = one.wording
            content = {
                "item": one.key,
                "kind": "provision",
                "content": wording.content(),
                "strength": wording.strength,
                "competence": wording.competence,
                "given": wording.is_given,
                "given_source": wording.given_source,
                "concerned": sorted(wording.concerned),
            }
            version = ItemVersion.objects.get(item__key=one.key)
            assert canonical.digest_of(content) == version.hash


def test_export_takes_as_many_queries_for_many(
    planner: Client, plan: Plan, django_assert_max_num_queries: object
) -> None:
    revision = plan.revisions.get(number=1)
    with django_assert_max_num_queries(4):  # type: ignore[operator]
        exported(plan, revision=revision, choice=Choice())
    with django_assert_max_num_queries(4):  # type: ignore[operator]
        exported(plan, revision=None, choice=Choice())


@pytest.fixture
def small_bound(settings: object, tmp_path: Path) -> None:
    settings.EXPORT_DIRECT = 1  # type: ignore[attr-defined]
    settings.MEDIA_ROOT = str(tmp_path)  # type: ignore[attr-defined]


def run_all() -> None:
    run_jobs(actor=SYSTEM, seconds=30)


@pytest.mark.usefixtures("small_bound")
@pytest.mark.parametrize(
    ("state", "kind", "start"),
    [("draft", "docx", b"PK\x03\x04"), ("revision-1", "pdf", b"%PDF-")],
)
def test_large_text_is_made_by_a_job(planner: Client, state: str, kind: str, start: bytes) -> None:
    path = f"{EXPORT}{state}.{kind}"
    answer = planner.get(path)
    assert '<form method="post"' in answer.content.decode()
    page = planner.post(path)["Location"]
    run_all()
    job = Job.objects.get()
    assert (job.state, page, (job.done, job.total)) == ("done", f"/jobs/{job.pk}/", (2, 2))
    made = planner.get(f"{page}result/")
    content = b"".join(made.streaming_content)  # type: ignore[attr-defined]
    assert content[: len(start)] == start
    name = "draft" if state == "draft" else "R1"
    assert f'filename="QWJ-{name}.{kind}"' in made["Content-Disposition"]
    assert f"QWJ-{name}" not in planner.get("/files/").content.decode()


@pytest.mark.usefixtures("small_bound")
def test_markdown_and_a_small_choice_stay_direct(planner: Client) -> None:
    for path in ("revision-1.md", "revision-1.docx?chapter=water"):
        assert "attachment" in planner.get(EXPORT + path)["Content-Disposition"]


@pytest.mark.usefixtures("small_bound")
def test_made_draft_is_refused_to_who_sees_the_draft_no_more(
    world: World, planner: Client, published: Plan
) -> None:
    for path in ("draft.docx", "revision-1.docx"):
        planner.post(EXPORT + path)
    run_all()
    draft, revision = Job.objects.order_by("title_zh").reverse()
    add_party(plan=published, code=WUJIANG, role=PartyRole.NEIGHBOUR, must_sign=False)
    assert planner.get(f"/jobs/{draft.pk}/result/").status_code == 404
    made = planner.get(f"/jobs/{revision.pk}/result/")
    assert (made.status_code, len(b"".join(made.streaming_content)) > 0) == (200, True)  # type: ignore[attr-defined]


@pytest.mark.usefixtures("small_bound")
def test_job_of_who_lost_sight_meanwhile_makes_nothing(
    world: World, planner: Client, published: Plan
) -> None:
    planner.post(f"{EXPORT}draft.docx")
    add_party(plan=published, code=WUJIANG, role=PartyRole.NEIGHBOUR, must_sign=False)
    run_all()
    job = Job.objects.get()
    assert (job.state, job.result_file) == ("failed", None)


@pytest.mark.usefixtures("small_bound")
def test_program_asks_with_post_for_a_large_text(planner: Client) -> None:
    for path in (f"{API}revisions/1/document/", f"{API}draft/document/"):
        assert planner.get(f"{path}?format=pdf").status_code == 409
        assert planner.get(f"{path}?format=md").status_code == 200
        made = planner.post(f"{path}?format=pdf&languages=zh")
        assert (made.status_code, made.json()["kind"]) == (202, "text.file")
    run_all()
    assert set(Job.objects.values_list("state", flat=True)) == {"done"}


def test_chapters_of_a_revision_are_its_headings(world: World, published: Plan) -> None:
    """The choice of chapters tells nobody what the working draft is divided into since."""
    plan = published
    names = [key for key, _name in chapter_names(plan)]
    add_chapter(actor=world.coordinator(plan), plan=plan, key="later", title_zh="后来")
    revision = plan.revisions.latest("number")
    assert [key for key, _name in chapter_names(plan, revision=revision)] == names
    assert [key for key, _name in chapter_names(plan)] == [*names, "later"]
