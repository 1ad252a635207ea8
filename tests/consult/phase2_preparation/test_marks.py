"""Comment marks beside a published text, and taking a comment's wording over."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from consult.phase2_preparation import actions
from consult.phase2_preparation.marks import Mark, asking_round, marks_of
from consult.phase2_preparation.models import Comment, Round
from consult.phase2_preparation.steps import Remark
from plans.register.queries import entries_of, get_revision
from plans.text.models import Amendment, Chapter, Provision
from stakeholders.terms.actor import Actor, Role
from tests.consult.phase2_preparation.stage import Scene, later
from tests.world import JIASHAN, KUNSHAN, QINGPU, WUJIANG

MARKS = "/plans/QWJ/revisions/1/comments/"


def marks(scene: Scene, actor: Actor, number: int = 1) -> list[tuple[int, int, int, bool]]:
    revision = get_revision(scene.plan, number=number)
    found: list[Mark] = marks_of(
        actor=actor,
        plan=scene.plan,
        entries=list(entries_of(revision)),
        one=asking_round(actor=actor, plan=scene.plan, revision=revision),
    )
    return [(one.here, one.elsewhere, one.sealed, one.round is not None) for one in found]


def test_comments_are_counted_on_this_wording_and_on_others(scene: Scene) -> None:
    one = scene.open()
    scene.reply(one, WUJIANG, "aim", "aim", "water")
    scene.revise(aim="改过")
    assert marks(scene, scene.actor(JIASHAN)) == [(2, 0, 0, True), (1, 0, 0, True)]
    assert marks(scene, scene.actor(WUJIANG)) == [(2, 0, 0, False), (1, 0, 0, False)]
    assert marks(scene, scene.actor(JIASHAN), 2) == [(0, 2, 0, False), (1, 0, 0, False)]
    assert marks(scene, scene.office) == [(2, 0, 0, False), (1, 0, 0, False)]


def test_a_sealed_round_shows_in_no_count_but_ones_own(scene: Scene) -> None:
    one = scene.open(closes_on=later(5), is_sealed=True)
    scene.reply(one, WUJIANG, "aim")
    unsaid = [(0, 0, 0, True), (0, 0, 0, True)]
    assert marks(scene, scene.actor(JIASHAN)) == unsaid
    assert marks(scene, scene.actor(KUNSHAN)) == unsaid
    assert marks(scene, scene.office) == [(0, 0, 0, False), (0, 0, 0, False)]
    assert marks(scene, scene.actor(WUJIANG)) == [(0, 0, 1, False), (0, 0, 0, False)]


@pytest.fixture
def proposing(scene: Scene) -> Comment:
    """A comment of Kunshan, a neighbour, that proposes a wording for a drafted provision."""
    chapter = Chapter.objects.create(
        plan=scene.plan, key="first", position=1, title_zh="章", drafting=[WUJIANG]
    )
    Provision.objects.create(item=scene.items["aim"], chapter=chapter, position=1)
    one: Round = scene.open()
    draft = scene.draft(one, KUNSHAN, item="aim")
    actions.edit_comment(
        actor=scene.actor(KUNSHAN),
        plan=scene.plan,
        draft=draft,
        remark=Remark(type="technical", text_zh="下游取水", wording_zh="按Ⅱ类控制。"),
        share=False,
    )
    draft.refresh_from_db()
    actions.clear_comment(actor=scene.actor(KUNSHAN), plan=scene.plan, draft=draft)
    return scene.reply(one, KUNSHAN, "water").comments.get(item=scene.items["aim"])


def signed_in(scene: Scene, code: str, role: Role = Role.PLANNER) -> Client:
    client = Client()
    client.force_login(scene.world.user(code, role))
    return client


def test_the_fragment_puts_each_mark_into_its_place(scene: Scene) -> None:
    scene.reply(scene.open(), WUJIANG, "aim")
    client = signed_in(scene, JIASHAN)
    fragment = client.get(MARKS, headers={"hx-request": "true"}).content.decode()
    assert (fragment.count("<html"), fragment.count("hx-swap-oob")) == (0, 2)
    assert fragment.count("/plans/QWJ/dispositions/?item=aim") == 1
    assert fragment.count("/plans/QWJ/rounds/1/items/aim/comment/") == 1
    assert client.get(MARKS).content.decode().count("<html") == 1
    assert client.get(f"{MARKS}?chapter=nowhere").status_code == 404
    listed = client.get("/plans/QWJ/dispositions/?item=aim")
    assert [row.comment.item.key for row in listed.context["rows"]] == ["aim"]
    assert client.get("/plans/QWJ/dispositions/?item=water").context["rows"] == []


def test_marks_cost_the_same_for_more_comments(scene: Scene) -> None:
    client, counts = signed_in(scene, JIASHAN), []
    one = scene.open()
    for code, said in ((WUJIANG, ["aim"]), (QINGPU, ["aim", "water"] * 5)):
        scene.reply(one, code, *said)
        client.get(MARKS)
        with CaptureQueriesContext(connection) as queries:
            client.get(MARKS)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_wording_is_taken_over_by_a_drafter(scene: Scene, proposing: Comment) -> None:
    page = f"/plans/QWJ/comments/{proposing.number}/"
    client = signed_in(scene, JIASHAN)
    assert client.get(page).content.decode().count(f"{page}amend/") == 1
    form = client.get(f"{page}amend/").context["form"]
    assert (form.initial["text_zh"], form.initial["reason"]) == ("按Ⅱ类控制。", "下游取水")
    fields = {name: form.initial[name] for name in ("base", "title_zh", "text_zh", "reason")}
    assert client.post(f"{page}amend/", fields)["Location"] == "/plans/QWJ/text/amendments/1/"
    made = Amendment.objects.get()
    assert (made.comment, made.jurisdiction_id) == (proposing.number, JIASHAN)


def test_a_neighbour_takes_nothing_over(scene: Scene, proposing: Comment) -> None:
    page = f"/plans/QWJ/comments/{proposing.number}/"
    client = signed_in(scene, KUNSHAN)
    assert client.get(page).content.decode().count(f"{page}amend/") == 0
    assert client.get(f"{page}amend/").status_code == 404
    assert Amendment.objects.count() == 0


def test_a_comment_without_wording_is_not_taken_over(scene: Scene, proposing: Comment) -> None:
    other = proposing.reply.comments.get(item=scene.items["water"])
    client = signed_in(scene, JIASHAN)
    assert client.get(f"/plans/QWJ/comments/{other.number}/amend/").status_code == 404
