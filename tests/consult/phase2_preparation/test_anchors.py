"""Comments in later revisions and in the draft, read with few queries."""

from dataclasses import replace

from django.db import connection
from django.test.utils import CaptureQueriesContext

from consult.phase2_preparation import actions, queries
from consult.phase2_preparation.marks import marks_of
from consult.phase2_preparation.models import Comment
from consult.phase2_preparation.queries.anchors import There
from consult.phase2_preparation.steps import Letter
from consult.workflow.queries import moving_comments, pending
from plans.register.models import Lineage, Revision
from plans.register.queries import entries_of, latest_revision
from plans.register.steps import create_item, edit_draft
from plans.text.models import Chapter, Provision
from stakeholders.terms import clock
from stakeholders.terms.actor import SYSTEM
from tests.consult.phase2_preparation.stage import Scene, content
from tests.consult.phase2_preparation.test_inside import SAID, written
from tests.consult.phase2_preparation.test_sight import client_of
from tests.consult.phase2_preparation.test_views import url
from tests.world import JIASHAN, KUNSHAN, QINGPU, WUJIANG


def commented(scene: Scene, quote: str = "water") -> Comment:
    """A submitted comment of Wujiang on “water”."""
    one = scene.open()
    draft = written(scene, one, replace(SAID, quote=quote))
    contact = {"actor": scene.actor(WUJIANG), "plan": scene.plan}
    actions.clear_comment(draft=draft, **contact)
    return actions.submit_reply(one=one, letter=Letter(), **contact).comments.get()


def placed(scene: Scene) -> list[tuple[str, str, list[str]]]:
    rows = queries.visible_comments(actor=SYSTEM, plan=scene.plan)
    comments = list(queries.with_unit(rows).order_by("number"))
    revision = latest_revision(scene.plan)
    assert revision is not None
    found = queries.placed_in_revision(comments, revision=revision)
    return [
        (one.anchor.standing, one.anchor.quote, [item.key for item in one.items]) for one in found
    ]


def split(scene: Scene, into: str) -> Revision:
    """Water goes; `into` goes on with it."""
    former = scene.items.pop("water")
    scene.items[into] = create_item(
        plan=scene.plan,
        key=into,
        kind="provision",
        content=content("clean water"),
        strength="binding",
        concerned=[QINGPU],
        actor=scene.office,
    )
    Lineage.objects.create(item=scene.items[into], predecessor=former, kind="split", at=clock.now())
    return scene.revise()


def test_a_comment_follows_its_wording_through_revisions(scene: Scene) -> None:
    commented(scene)
    assert placed(scene) == [("same", "found", ["water"])]
    scene.revise(water="much water here")
    assert placed(scene) == [("changed", "found", ["water"])]
    scene.revise(water="mud")
    assert placed(scene) == [("changed", "gone", ["water"])]
    split(scene, "streams")
    assert placed(scene) == [("continued", "found", ["streams"])]


def test_a_provision_gone_without_heirs_is_said(scene: Scene) -> None:
    commented(scene)
    del scene.items["water"]
    scene.revise()
    assert placed(scene) == [("gone", "gone", [])]


def in_chapter(scene: Scene) -> None:
    """The items of the scene stand in the working draft."""
    chapter = Chapter.objects.create(plan=scene.plan, key="one", position=1, title_zh="总则")
    for position, item in enumerate(scene.items.values(), start=1):
        Provision.objects.create(item=item, chapter=chapter, position=position)


def test_the_comment_says_where_it_belongs_now(scene: Scene) -> None:
    comment = commented(scene)
    in_chapter(scene)
    scene.revise(water="mud")
    page = client_of(scene, JIASHAN).get(
        url("comment", comment.number), headers={"accept-language": "en"}
    )
    text = page.content.decode()
    assert ("Text changed since" in text, "The passage is gone" in text) == (True, True)


def test_who_sees_the_draft_sees_the_comment_in_the_draft(scene: Scene) -> None:
    number = commented(scene).number
    in_chapter(scene)
    draft = scene.items["water"].draft
    edit_draft(
        draft=draft, edits=draft.edits, actor=scene.office, changes={"content": content("mud")}
    )
    rows = queries.with_unit(queries.visible_comments(actor=SYSTEM, plan=scene.plan))
    comment = rows.get(number=number)
    found = []
    for code in (JIASHAN, KUNSHAN):  # Kunshan is consulted and sees what is published
        now = queries.placed_now(actor=scene.actor(code), plan=scene.plan, comment=comment)
        assert now is not None
        found.append((now.is_draft, now.anchor.standing, now.anchor.quote, now.items))
    here = (There(key="water", number="2", kind="provision"),)
    assert found == [(True, "changed", "gone", here), (False, "same", "found", here)]


def test_marks_count_what_came_from_a_split_provision(scene: Scene) -> None:
    commented(scene)
    revision = split(scene, "streams")
    entries = list(entries_of(revision))
    marks = marks_of(actor=scene.actor(JIASHAN), plan=scene.plan, entries=entries, one=None)
    assert {mark.entry.item.key: mark.came for mark in marks} == {"aim": 0, "streams": 1}


def test_publishing_names_the_comments_it_re_anchors(scene: Scene) -> None:
    commented(scene)
    found = pending(scene.plan)
    moved = moving_comments(found, plan=scene.plan, actor=scene.office)
    # No chapter holds the items of this scene: publishing the draft would take them out.
    assert [(str(one.comment), one.anchor.standing) for one in moved.shown] == [("C01", "gone")]
    assert (moved.number, moved.rest) == (1, 0)


def test_placing_costs_the_same_for_any_number(scene: Scene) -> None:
    first = commented(scene)
    scene.revise(water="mud")
    revision = latest_revision(scene.plan)
    assert revision is not None
    rows = queries.visible_comments(actor=SYSTEM, plan=scene.plan)
    counts = []
    for number in (1, 100):
        comments = list(queries.with_unit(rows)) * number
        with CaptureQueriesContext(connection) as context:
            queries.placed_in_revision(comments, revision=revision)
        counts.append(len(context))
    assert counts[0] == counts[1] <= 4
    assert first.number == 1
