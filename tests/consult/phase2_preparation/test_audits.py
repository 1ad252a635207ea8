"""What the draft owes the comments, before it is published, and on whom the gate calls."""

import pytest
from django.utils.translation import gettext

from consult.phase2_preparation import actions
from consult.phase2_preparation.audits import comment_audits
from consult.phase2_preparation.models import Comment
from consult.workflow.audits import audits_of
from plans.text.actions import apply_amendment, propose_amendment
from plans.text.collisions import Texts
from plans.text.models import Chapter, Provision
from plans.text.queries import base_hash_of
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from tests.consult.phase2_preparation.stage import Scene, content, later
from tests.consult.phase2_preparation.test_gate import after
from tests.consult.phase2_preparation.test_sight import client_of
from tests.world import KUNSHAN, WUJIANG


def kinds(scene: Scene) -> list[tuple[str, str]]:
    return [(one.kind, one.item) for one in comment_audits(scene.plan)]


def write(scene: Scene, key: str, text: str) -> None:
    draft = scene.items[key].draft
    draft.refresh_from_db()
    draft.content = content(text)
    draft.save()


@pytest.fixture
def asked(scene: Scene) -> Comment:
    """One comment on the aim in a round that is over."""
    one = scene.open(closes_on=later(5), codes=[WUJIANG])
    comment = scene.reply(one, WUJIANG, "aim").comments.get()
    actions.close_round(actor=scene.office, plan=scene.plan, one=one)
    type(one).objects.filter(pk=one.pk).update(closes_at=clock.now())
    return comment


def test_nothing_is_missing_in_a_draft_that_was_asked_about(scene: Scene, asked: Comment) -> None:
    assert kinds(scene) == []


def test_before_any_round_is_over_nothing_counts_as_not_consulted(scene: Scene) -> None:
    write(scene, "aim", "改")
    assert kinds(scene) == [("item_unexplained", "aim")]
    assert scene.plan.rounds.count() == 0


def test_a_changed_draft_needs_a_reason_and_an_adopted_comment_a_change(
    scene: Scene, asked: Comment
) -> None:
    scene.decide(asked, "adopted")
    actions.publish_dispositions(actor=scene.office, plan=scene.plan)
    write(scene, "water", "无理由")
    assert kinds(scene) == [("comment_unchanged", "aim"), ("item_unexplained", "water")]
    write(scene, "aim", "改后")
    actions.explain_change(
        actor=scene.office, plan=scene.plan, item=scene.items["water"], note="MM1/3"
    )
    assert kinds(scene) == []
    listed = [one for one in audits_of(scene.plan) if one.kind.startswith("comment_")]
    assert listed == []


def test_a_new_item_was_in_no_round(scene: Scene, asked: Comment) -> None:
    fresh = scene.items["aim"].__class__.objects.create(
        plan=scene.plan, key="fresh", kind="provision", created_at=clock.now()
    )
    held = scene.items["aim"].draft
    held.refresh_from_db()
    held.pk, held.item, held.content = None, fresh, content("新")
    held.save()
    assert kinds(scene) == [("item_unconsulted", "fresh")]


def test_an_adopted_amendment_that_took_a_comment_over_is_its_own_reason(
    scene: Scene, asked: Comment
) -> None:
    chapter = Chapter.objects.create(plan=scene.plan, key="first", position=1, title_zh="章")
    Provision.objects.create(item=scene.items["aim"], chapter=chapter, position=1)
    made = propose_amendment(
        actor=scene.office,
        plan=scene.plan,
        item="aim",
        base=base_hash_of(scene.items["aim"]),
        texts=Texts(title_zh="标题", title_en="Title", text_zh="采纳意见后", text_en="aim"),
        reason="意见",
        comment=asked.number,
    )
    draft = scene.items["aim"].draft
    draft.refresh_from_db()
    apply_amendment(
        actor=scene.office, plan=scene.plan, number=made.number, edits=draft.edits, texts=None
    )
    assert kinds(scene) == []


def test_only_who_may_act_is_told_to_handle_it(scene: Scene) -> None:
    scene.open(closes_on=later(5))
    word = gettext("Handle it") + "<span"
    with clock.stated(after(1)):
        pages = {
            code: client_of(scene, code, role).get("/plans/QWJ/gate/").content.decode()
            for code, role in ((WUJIANG, Role.PLANNER), (KUNSHAN, Role.CONTACT_POINT))
        }
    assert [pages[code].count(word) for code in (WUJIANG, KUNSHAN)] == [2, 0]
