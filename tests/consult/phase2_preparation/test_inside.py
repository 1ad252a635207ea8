"""Inside a jurisdiction: own drafts, notes, clearances, the set and its steps, the editor."""

import json
import uuid
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_django
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from consult.phase2_preparation import actions, queries
from consult.phase2_preparation.models import (
    Comment,
    CommentAutosave,
    CommentDraft,
    DraftNote,
    Reply,
    Round,
)
from consult.phase2_preparation.steps import Letter, Remark
from stakeholders.notices.models import Notice
from stakeholders.people.actions import begin_steps, define_chain, pass_step
from stakeholders.people.actions.chains import StepShape
from stakeholders.people.models import ChainRun, Mandate
from stakeholders.people.queries import current_step
from stakeholders.record.models import RecordEntry
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import SYSTEM, Role
from stakeholders.terms.errors import Conflict, Invalid, Refused
from tests.consult.phase2_preparation.stage import Scene, later
from tests.consult.phase2_preparation.test_sight import client_of
from tests.consult.phase2_preparation.test_views import url
from tests.world import JIASHAN, QINGPU, WUJIANG

SAID = Remark(type="technical", text_zh="意见")
DATA = {"type": "technical", "text_zh": "意见", "share": "on"}
EN = {"accept-language": "en"}


@pytest.fixture(autouse=True)
def media(tmp_path: Path, settings: pytest_django.Settings) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def one(scene: Scene) -> Round:
    return scene.open()


def written(scene: Scene, one: Round, remark: Remark = SAID, **options: Any) -> CommentDraft:
    given = {"item": scene.items["water"], "key": uuid.uuid4(), **options}
    actor = scene.actor(WUJIANG, options.pop("role", Role.PLANNER))
    given.pop("role", None)
    return actions.draft_comment(actor=actor, plan=scene.plan, one=one, remark=remark, **given)


def close(one: Round) -> None:
    Round.objects.filter(pk=one.pk).update(
        opens_at=clock.now() - timedelta(days=9), closes_at=clock.now()
    )


# -- the passage ------------------------------------------------------------------------------


def test_a_passage_of_the_wording_is_kept_with_its_language(scene: Scene, one: Round) -> None:
    draft = written(scene, one, replace(SAID, quote=" wat "))
    assert (draft.quote, draft.quote_language, draft.quote_at) == ("wat", "zh", 1)


@pytest.mark.parametrize("item", ["water", ""])
def test_a_passage_the_wording_does_not_hold_is_invalid(
    scene: Scene, one: Round, item: str
) -> None:
    with pytest.raises(Invalid) as caught:
        written(scene, one, replace(SAID, quote="大气"), item=scene.items.get(item))
    assert set(caught.value.errors) == {"quote"}
    assert CommentDraft.objects.count() == 0


def test_the_passage_and_the_files_go_with_the_comment(scene: Scene, one: Round) -> None:
    client = client_of(scene, WUJIANG)
    upload = SimpleUploadedFile("测算.txt", "数据".encode())
    data = {**DATA, "key": uuid.uuid4(), "quote": "water", "file_1": upload}
    assert client.post(url("draft_on", 1, "water"), data).status_code == 302
    draft = CommentDraft.objects.get()
    stored = draft.files.get().file
    held = url("draft_file", 1, draft.key, stored.pk)
    assert client.get(held).getvalue() == "数据".encode()  # type: ignore[attr-defined]
    assert client_of(scene, JIASHAN).get(held).status_code == 404
    client.post(url("clear", 1, draft.key))
    client.post(url("reply", 1), {"letter_number": "1"})
    comment = Comment.objects.get()
    assert (comment.quote, comment.quote_language, comment.quote_at) == ("water", "zh", 1)
    assert comment.files.get().file == stored
    answer = client_of(scene, JIASHAN).get(url("comment_file", stored.pk))
    assert answer.getvalue() == "数据".encode()  # type: ignore[attr-defined]


def test_a_file_of_a_sealed_comment_is_sealed(scene: Scene) -> None:
    scene.open(closes_on=later(5), is_sealed=True)
    client = client_of(scene, WUJIANG)
    data = {**DATA, "key": uuid.uuid4(), "file_1": SimpleUploadedFile("a.txt", b"secret")}
    client.post(url("draft", 1), data)
    client.post(url("clear", 1, CommentDraft.objects.get().key))
    client.post(url("reply", 1), {"letter_number": "1"})
    target = url("comment_file", Comment.objects.get().files.get().file_id)
    assert client.get(target).getvalue() == b"secret"  # type: ignore[attr-defined]
    assert client_of(scene, JIASHAN).get(target).status_code == 404


def test_the_record_opens_a_sealed_reply_with_its_passage(scene: Scene) -> None:
    one = scene.open(closes_on=later(5), is_sealed=True)
    draft = written(scene, one, replace(SAID, quote="water"))
    contact = scene.actor(WUJIANG)
    actions.clear_comment(actor=contact, plan=scene.plan, draft=draft)
    scene_reply = {"plan": scene.plan, "one": one, "letter": Letter(number="1")}
    actions.submit_reply(actor=contact, **scene_reply)
    close(one)
    actions.close_round(actor=SYSTEM, plan=scene.plan, one=one)
    closed = json.loads(RecordEntry.objects.get(act="round.close").payload)
    said = RecordEntry.objects.get(act="reply.submit").payload
    nonce, content = closed["effects"]["opened"][0]
    assert canonical.commitment(content, nonce) in said
    assert "water" not in said


# -- states -----------------------------------------------------------------------------------


def test_a_draft_is_its_authors_own_until_it_is_shared(scene: Scene, one: Round) -> None:
    draft = written(scene, one, share=False)
    seen = {
        role: queries.visible_drafts(actor=scene.actor(WUJIANG, role), one=one).count()
        for role in (Role.PLANNER, Role.CONTACT_POINT)
    }
    assert seen == {Role.PLANNER: 1, Role.CONTACT_POINT: 0}
    assert client_of(scene, WUJIANG).get(url("edit", 1, draft.key)).status_code == 404
    actions.edit_comment(
        actor=scene.actor(WUJIANG, Role.PLANNER), plan=scene.plan, draft=draft, remark=SAID
    )
    assert queries.visible_drafts(actor=scene.actor(WUJIANG), one=one).count() == 1


def test_a_draft_of_one_who_left_is_seen_by_who_clears(scene: Scene, one: Round) -> None:
    draft = written(scene, one, share=False)
    Mandate.objects.filter(pk=draft.author_id).update(valid_until=clock.now() - timedelta(days=1))
    assert queries.visible_drafts(actor=scene.actor(WUJIANG), one=one).count() == 1


def test_a_colleague_does_not_take_anothers_comment_back_to_a_draft(
    scene: Scene, one: Round
) -> None:
    draft = written(scene, one)
    contact = {"actor": scene.actor(WUJIANG), "plan": scene.plan}
    changed = actions.edit_comment(draft=draft, remark=SAID, share=False, **contact)
    assert changed.state == "shared"


def test_notes_are_read_inside_only_and_on_no_chain_in_words(scene: Scene, one: Round) -> None:
    draft = written(scene, one)
    planner = client_of(scene, WUJIANG, Role.PLANNER)
    target = url("draft_notes", 1, draft.key)
    assert planner.post(target, {"text": "补充依据<b>"}).status_code == 302
    page = client_of(scene, WUJIANG).get(target).content.decode()
    assert "补充依据&lt;b&gt;" in page
    assert client_of(scene, JIASHAN).get(target).status_code == 404
    entry = RecordEntry.objects.filter(act="comment.note").get()
    assert entry.chain == f"plan:QWJ:{WUJIANG}"
    assert "补充依据" not in str(entry.payload)
    assert planner.post(target, {"text": "字" * 2_001}).status_code == 422
    assert DraftNote.objects.count() == 1


def test_a_clearance_is_withdrawn_once(scene: Scene, one: Round) -> None:
    draft = written(scene, one)
    given = {"actor": scene.actor(WUJIANG), "plan": scene.plan, "draft": draft}
    actions.clear_comment(**given)
    assert actions.withdraw_clearance(**given).state == "shared"
    with pytest.raises(Conflict):
        actions.withdraw_clearance(**given)
    acts = RecordEntry.objects.filter(chain=f"plan:QWJ:{WUJIANG}").order_by("pk")
    assert list(acts.values_list("act", flat=True)) == [
        "comment.draft",
        "comment.clear",
        "comment.withdraw_clearance",
    ]


def test_a_planner_withdraws_no_clearance(scene: Scene, one: Round) -> None:
    draft = written(scene, one)
    planner = scene.actor(WUJIANG, Role.PLANNER)
    with pytest.raises(Refused):
        actions.withdraw_clearance(actor=planner, plan=scene.plan, draft=draft)


def test_a_deputy_does_all_but_submit(scene: Scene, one: Round) -> None:
    draft = written(scene, one)
    scene.world.mandate(WUJIANG, Role.DEPUTY)
    deputy = scene.actor(WUJIANG, Role.DEPUTY)
    given = {"actor": deputy, "plan": scene.plan}
    actions.clear_comment(draft=draft, **given)
    actions.withdraw_clearance(draft=draft, **given)
    actions.note_on_draft(draft=draft, text="看过", **given)
    actions.clear_comments(drafts=[CommentDraft.objects.get()], **given)
    with pytest.raises(Refused):
        actions.submit_reply(one=one, letter=Letter(), **given)
    assert Reply.objects.count() == 0


# -- many at once -----------------------------------------------------------------------------


def test_many_are_cleared_and_sent_back_from_the_page(scene: Scene, one: Round) -> None:
    drafts = [written(scene, one) for _n in range(3)]
    client = client_of(scene, WUJIANG)
    keys = [str(draft.key) for draft in drafts]
    done = client.post(url("ours_do", 1), {"draft": keys[:2], "do": "clear"})
    assert done.headers["Location"] == url("ours", 1)
    states = list(CommentDraft.objects.order_by("pk").values_list("state", flat=True))
    assert states == ["cleared", "cleared", "shared"]
    refused = client.post(url("ours_do", 1), {"draft": keys, "do": "back"})
    assert refused.status_code == 422
    sent = {"draft": keys, "do": "back", "reason": "补充依据"}
    assert client.post(url("ours_do", 1), sent).status_code == 302
    assert set(CommentDraft.objects.values_list("state", "reason")) == {("sent_back", "补充依据")}
    author = scene.world.user(WUJIANG, Role.PLANNER)
    assert Notice.objects.filter(user=author, kind="comment").count() == 3
    assert (
        "补充依据" in client_of(scene, WUJIANG, Role.PLANNER).get(url("ours", 1)).content.decode()
    )


def test_many_holding_anothers_draft_touch_none(scene: Scene, one: Round) -> None:
    mine, theirs = written(scene, one), scene.draft(one, JIASHAN)
    data = {"draft": [str(mine.key), str(theirs.key)], "do": "clear"}
    assert client_of(scene, WUJIANG).post(url("ours_do", 1), data).status_code == 404
    assert set(CommentDraft.objects.values_list("state", flat=True)) == {"shared"}


def test_our_reply_is_read_inside_only_and_printed_in_order(scene: Scene, one: Round) -> None:
    draft = written(scene, one, replace(SAID, text_zh="请<script>核实"))
    client = client_of(scene, WUJIANG)
    actions.clear_comment(actor=scene.actor(WUJIANG), plan=scene.plan, draft=draft)
    for name in ("ours", "ours_printed"):
        page = client.get(url(name, 1)).content.decode()
        assert "请&lt;script&gt;核实" in page
        answer = client_of(scene, JIASHAN).get(url(name, 1))
        assert (answer.status_code, "核实" in answer.content.decode()) == (200, False)
        assert client_of(scene, WUJIANG, Role.SIGNATORY).get(url(name, 1)).status_code == 200


# -- own steps --------------------------------------------------------------------------------


def lay_steps(scene: Scene) -> None:
    steps = [
        StepShape(name_zh="科室初审", role="planner"),
        StepShape(name_zh="分管领导", role="deputy"),
    ]
    scene.world.mandate(WUJIANG, Role.DEPUTY)
    define_chain(actor=scene.actor(WUJIANG), kind="reply", steps=steps)


def begin(scene: Scene, one: Round) -> ChainRun:
    run = begin_steps(
        actor=scene.actor(WUJIANG),
        kind="reply",
        plan_key=scene.plan.key,
        subject_kind="round",
        subject_id=queries.reply_subject(one, code=WUJIANG),
    )
    assert run is not None
    return run


def run_through(scene: Scene, one: Round) -> None:
    run = begin(scene, one)
    for role in (Role.PLANNER, Role.DEPUTY):
        step = current_step(run)[0]
        pass_step(actor=scene.actor(WUJIANG, role), run=run, step=step)


def submit(scene: Scene, one: Round, **options: Any) -> Reply:
    contact = scene.actor(WUJIANG)
    letter = Letter(number="1")
    return actions.submit_reply(actor=contact, plan=scene.plan, one=one, letter=letter, **options)


def test_the_reply_waits_for_the_steps_on_its_set(scene: Scene, one: Round) -> None:
    lay_steps(scene)
    draft = written(scene, one)
    actions.clear_comment(actor=scene.actor(WUJIANG), plan=scene.plan, draft=draft)
    with pytest.raises(Conflict):
        submit(scene, one)
    run_through(scene, one)
    assert submit(scene, one).comments.count() == 1


@pytest.mark.parametrize("change", ["edited", "cleared", "sent back", "withdrawn"])
def test_a_set_that_changes_voids_the_steps(scene: Scene, one: Round, change: str) -> None:
    lay_steps(scene)
    first, second = written(scene, one), written(scene, one)
    given = {"actor": scene.actor(WUJIANG), "plan": scene.plan}
    actions.clear_comment(draft=first, **given)
    run_through(scene, one)
    if change == "edited":
        actions.edit_comment(draft=first, remark=SAID, **given)
        actions.clear_comment(draft=first, **given)
    elif change == "cleared":
        actions.clear_comment(draft=second, **given)
    elif change == "sent back":
        actions.send_back(draft=first, reason="改", **given)
        actions.edit_comment(draft=first, remark=SAID, **given)
        actions.clear_comment(draft=first, **given)
    else:
        actions.withdraw_clearance(draft=first, **given)
        actions.clear_comment(draft=first, **given)
    found = queries.reply_steps(actor=scene.actor(WUJIANG), one=one)
    assert found is not None
    assert (found.own.run, found.is_void) == (None, True)
    with pytest.raises(Conflict):
        submit(scene, one)
    run_through(scene, one)
    assert submit(scene, one).comments.count() == (2 if change == "cleared" else 1)


def test_the_round_shows_who_passed_what_and_the_next_step(scene: Scene, one: Round) -> None:
    lay_steps(scene)
    client = client_of(scene, WUJIANG, Role.PLANNER)
    page = client.get(url("round", 1)).content.decode()
    assert 'name="subject_id"' in page
    run = begin(scene, one)
    step = current_step(run)[0]
    client.post(f"/people/chains/runs/{run.pk}/", {"step": step.pk, "do": "pass"})
    page = client.get(url("round", 1)).content.decode()
    assert page.index("科室初审") < page.index("分管领导")
    assert f'value="{current_step(run)[0].pk}"' in page
    assert "科室初审" not in client_of(scene, JIASHAN).get(url("round", 1)).content.decode()


def test_a_nil_return_waits_for_steps_on_the_empty_set(scene: Scene, one: Round) -> None:
    lay_steps(scene)
    with pytest.raises(Conflict):
        submit(scene, one, is_nil=True)
    run_through(scene, one)
    assert submit(scene, one, is_nil=True).is_nil


# -- the editor -------------------------------------------------------------------------------


def test_what_is_typed_is_kept_for_its_writer_alone_and_is_no_act(scene: Scene, one: Round) -> None:
    client = client_of(scene, WUJIANG, Role.PLANNER)
    acts = RecordEntry.objects.count()
    target = url("comment_typed", 1) + "?item=water"
    answer = client.post(target, {**DATA, "text_zh": "没有写完", "key": uuid.uuid4()}, headers=EN)
    assert (answer.status_code, answer.content.decode().startswith("Saved ")) == (200, True)
    assert RecordEntry.objects.count() == acts
    page = client.get(url("draft_on", 1, "water"), headers=EN).content.decode()
    assert ("没有写完" in page, "was restored" in page) == (True, True)
    assert (
        "没有写完"
        not in client_of(scene, WUJIANG).get(url("draft_on", 1, "water")).content.decode()
    )
    data = {**DATA, "key": uuid.uuid4()}
    assert client.post(url("draft_on", 1, "water"), data).status_code == 302
    assert CommentAutosave.objects.count() == 0


def test_an_empty_form_keeps_nothing_and_a_null_character_is_refused(
    scene: Scene, one: Round
) -> None:
    client = client_of(scene, WUJIANG)
    target = url("comment_typed", 1)
    assert client.post(target, {"type": "general", "text_zh": " "}).status_code == 200
    assert client.post(target, {"type": "general", "text_zh": "a\x00"}).status_code in (400, 422)
    assert CommentAutosave.objects.count() == 0


def test_typed_text_is_given_back_after_the_round_closed_and_under_a_new_mandate(
    scene: Scene, one: Round
) -> None:
    client = client_of(scene, WUJIANG, Role.PLANNER)
    close(one)
    target = url("comment_typed", 1)
    assert client.post(target, {**DATA, "text_zh": "迟到的话"}).status_code == 200
    refused = client.post(url("draft", 1), {**DATA, "key": uuid.uuid4(), "text_zh": "迟到的话"})
    assert (refused.status_code, "迟到的话" in refused.content.decode()) == (409, True)
    row = CommentAutosave.objects.get()
    former = Mandate.objects.get(pk=row.mandate_id)
    Mandate.objects.filter(pk=former.pk).update(valid_until=clock.now() - timedelta(hours=1))
    former.pk = None
    former.save()
    page = client_of(scene, WUJIANG, Role.PLANNER).get(url("draft", 1)).content.decode()
    assert "迟到的话" in page


def test_discarding_forgets_what_was_typed(scene: Scene, one: Round) -> None:
    client = client_of(scene, WUJIANG)
    client.post(url("comment_typed", 1) + "?item=aim", {**DATA, "text_zh": "不要了"})
    done = client.post(url("comment_discard", 1) + "?item=aim")
    assert done.headers["Location"] == url("draft_on", 1, "aim")
    assert CommentAutosave.objects.count() == 0


def test_housekeeping_forgets_old_typed_text(scene: Scene, one: Round) -> None:
    client_of(scene, WUJIANG).post(url("comment_typed", 1), {**DATA, "text_zh": "旧"})
    assert actions.forget_typed_comments(actor=SYSTEM, older_than=timedelta(days=90)) == 0
    CommentAutosave.objects.update(saved_at=clock.now() - timedelta(days=400))
    assert actions.forget_typed_comments(actor=SYSTEM, older_than=timedelta(days=90)) == 1
    with pytest.raises(Refused):
        actions.forget_typed_comments(actor=scene.actor(WUJIANG), older_than=timedelta(days=90))


def test_two_colleagues_at_one_draft_lose_nothing(scene: Scene, one: Round) -> None:
    draft = written(scene, one, replace(SAID, text_zh="共同的开头。"))
    client = client_of(scene, WUJIANG, Role.PLANNER)
    contact = {"actor": scene.actor(WUJIANG), "plan": scene.plan}
    theirs = replace(SAID, text_zh="共同的开头。他们的话。")
    actions.edit_comment(draft=draft, remark=theirs, **contact)
    data = {**DATA, "key": draft.key, "edits": 1, "text_zh": "共同的开头。我的话。"}
    answer = client.post(url("edit", 1, draft.key), data)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert ("他们的话" in page, "我的话" in page, 'name="edits" value="2"' in page) == (True,) * 3
    assert CommentDraft.objects.get().text_zh == theirs.text_zh
    assert client.post(url("edit", 1, draft.key), {**data, "edits": 2}).status_code == 302
    assert CommentDraft.objects.get().text_zh == "共同的开头。我的话。"


def test_a_new_form_sent_again_with_another_text_loses_nothing(scene: Scene, one: Round) -> None:
    client = client_of(scene, WUJIANG)
    data = {**DATA, "key": uuid.uuid4()}
    assert client.post(url("draft", 1), data).status_code == 302
    again = client.post(url("draft", 1), {**data, "text_zh": "改过的话"})
    page = again.content.decode()
    draft = CommentDraft.objects.get()
    assert (again.status_code, "改过的话" in page, draft.text_zh) == (409, True, "意见")
    target = url("edit", 1, draft.key)
    assert f'action="{target}"' in page
    assert client.post(target, {**data, "text_zh": "改过的话", "edits": 1}).status_code == 302


def test_an_observer_of_the_own_side_sees_no_steps_and_no_drafts(scene: Scene, one: Round) -> None:
    lay_steps(scene)
    written(scene, one)
    scene.world.mandate(WUJIANG, Role.OBSERVER)
    observer = scene.actor(WUJIANG, Role.OBSERVER)
    assert queries.reply_steps(actor=observer, one=one) is None
    assert queries.visible_drafts(actor=observer, one=one).count() == 0


def test_a_hundred_thousand_characters_are_refused_and_kept(scene: Scene, one: Round) -> None:
    text = "长" * 100_000
    client = client_of(scene, WUJIANG)
    answer = client.post(url("draft", 1), {**DATA, "key": uuid.uuid4(), "text_zh": text})
    page = answer.content.decode()
    assert (answer.status_code, text in page, "20000" in page) == (422, True, True)
    assert "maxlength" not in page.split('name="text_zh"')[1].split(">")[0]
    assert CommentDraft.objects.count() == 0
    with pytest.raises(Invalid):
        written(scene, one, replace(SAID, text_zh=text))


def test_the_proposed_wording_is_previewed_as_a_difference(scene: Scene, one: Round) -> None:
    client = client_of(scene, WUJIANG)
    data = {**DATA, "key": uuid.uuid4(), "quote": "ter", "wording_zh": "tch", "do": "preview"}
    answer = client.post(url("draft_on", 1, "water"), data, headers=EN)
    page = answer.content.decode()
    assert (answer.status_code, CommentDraft.objects.count()) == (200, 0)
    assert "<del>" in page
    assert "watch" in page


# -- bad input --------------------------------------------------------------------------------


def test_a_draft_of_another_is_not_there(scene: Scene, one: Round) -> None:
    theirs = scene.draft(one, JIASHAN)
    client = client_of(scene, WUJIANG)
    for name in ("edit", "draft_notes", "send_back"):
        assert client.get(url(name, 1, theirs.key)).status_code == 404
    for name in ("delete", "clear", "withdraw_clearance"):
        assert client.post(url(name, 1, theirs.key)).status_code == 404
    asked = f"?draft={theirs.key}"
    assert client.post(url("comment_typed", 1) + asked, DATA).status_code == 404
    assert client.post(url("comment_typed", 1) + "?draft=x", DATA).status_code == 404
    assert client.post(url("ours_do", 1), {"draft": "x", "do": "clear"}).status_code == 404


def test_a_provision_of_another_plan_is_not_there(scene: Scene, one: Round) -> None:
    client = client_of(scene, WUJIANG)
    assert client.get(url("draft_on", 1, "elsewhere")).status_code == 404
    assert client.post(url("comment_typed", 1) + "?item=elsewhere", DATA).status_code == 404


def test_after_the_close_an_edit_is_refused_and_the_text_kept(scene: Scene, one: Round) -> None:
    draft = written(scene, one)
    close(one)
    data = {**DATA, "key": draft.key, "edits": 1, "text_zh": "太晚了"}
    answer = client_of(scene, WUJIANG).post(url("edit", 1, draft.key), data)
    assert (answer.status_code, "太晚了" in answer.content.decode()) == (409, True)
    assert CommentDraft.objects.get().text_zh == "意见"


def test_html_in_every_field_is_shown_as_text(scene: Scene, one: Round) -> None:
    bad = "<img src=x onerror=alert(1)>"
    remark = Remark(type="general", text_zh=bad, text_en=bad, wording_zh=bad, wording_en=bad)
    draft = written(scene, one, remark)
    actions.clear_comment(actor=scene.actor(WUJIANG), plan=scene.plan, draft=draft)
    client = client_of(scene, WUJIANG)
    pages = [url("round", 1), url("ours", 1), url("ours_printed", 1), url("edit", 1, draft.key)]
    for page in pages:
        text = client.get(page).content.decode()
        assert (bad in text, "&lt;img" in text) == (False, True)
    submit(scene, one)
    for page in (url("round", 1), url("comment", 1)):
        text = client_of(scene, JIASHAN).get(page).content.decode()
        assert (bad in text, "&lt;img" in text) == (False, True)


# -- a letter in pieces -----------------------------------------------------------------------

LETTER = "复函\n一、关于第2条，建议提高标准。\n二、Article 1 is unclear.\n"


def test_a_letter_becomes_comments_in_one_act(scene: Scene, one: Round) -> None:
    client = client_of(scene, WUJIANG, Role.PLANNER)
    assert client.get(url("split", 1)).status_code == 200
    shown = client.post(url("split", 1), {"text": LETTER})
    formset = shown.context["formset"]
    rows = [(f["is_taken"].value(), f["item"].value(), f["text"].value()) for f in formset]
    assert rows == [
        (False, "", "复函"),
        (True, "water", "关于第2条，建议提高标准。"),
        (True, "aim", "Article 1 is unclear."),
    ]
    assert CommentDraft.objects.count() == 0
    data: dict[str, Any] = {"form-TOTAL_FORMS": 3, "form-INITIAL_FORMS": 3, "share": "on"}
    for number, form in enumerate(formset):
        values = {name: form[name].value() for name in form.fields}
        data |= {f"form-{number}-{k}": v for k, v in values.items() if v not in (False, None)}
    for _twice in range(2):
        assert client.post(url("split", 1), data).headers["Location"] == url("ours", 1)
    drafts = CommentDraft.objects.order_by("pk")
    assert [(d.item and d.item.key, d.text_zh, d.text_en) for d in drafts] == [
        ("water", "关于第2条，建议提高标准。", ""),
        ("aim", "", "Article 1 is unclear."),
    ]


def test_a_letter_as_a_file_is_read(scene: Scene, one: Round) -> None:
    client = client_of(scene, WUJIANG)
    upload = SimpleUploadedFile("函.txt", LETTER.encode("gb18030"))
    formset = client.post(url("split", 1), {"file": upload}).context["formset"]
    assert [form["item"].value() for form in formset] == ["", "water", "aim"]


def test_no_letter_and_no_piece_are_said_and_nothing_is_lost(scene: Scene, one: Round) -> None:
    client = client_of(scene, WUJIANG)
    assert client.post(url("split", 1), {}).status_code == 422
    data = {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 1, "form-0-text": "留下的话"}
    data |= {"form-0-key": str(uuid.uuid4()), "form-0-type": "general"}
    answer = client.post(url("split", 1), data)
    assert (answer.status_code, "留下的话" in answer.content.decode()) == (422, True)
    close(one)
    answer = client.post(url("split", 1), {**data, "form-0-is_taken": "on"})
    assert (answer.status_code, "留下的话" in answer.content.decode()) == (409, True)
    assert CommentDraft.objects.count() == 0


def test_the_joint_office_enters_a_letter_in_pieces(scene: Scene, one: Round) -> None:
    from_office = Client()
    from_office.force_login(
        scene.world.mandate(QINGPU, Role.COORDINATOR, plan_key=scene.plan.key).user
    )
    assert client_of(scene, WUJIANG).get(url("split_opinion", 1)).status_code == 403
    shown = from_office.post(url("split_opinion", 1), {"text": LETTER})
    data: dict[str, Any] = {"form-TOTAL_FORMS": 3, "form-INITIAL_FORMS": 3, "source": "enterprise"}
    for number, form in enumerate(shown.context["formset"]):
        values = {name: form[name].value() for name in form.fields}
        data |= {f"form-{number}-{k}": v for k, v in values.items() if v not in (False, None)}
    assert from_office.post(url("split_opinion", 1), data).status_code == 302
    assert [c.item.key for c in Reply.objects.get().comments.order_by("number") if c.item] == [
        "water",
        "aim",
    ]


def test_who_clears_in_the_own_list_stays_in_it(scene: Scene) -> None:
    one = scene.open()
    draft, client = scene.draft(one, WUJIANG, item="aim"), client_of(scene, WUJIANG)
    address = url("clear", 1, draft.key)
    page = client.get(url("ours", 1)).content.decode()
    assert f'action="{address}?list=ours"' in page
    assert client.post(f"{address}?list=ours")["Location"] == f"{url('ours', 1)}#{draft.key}"
    deleted = client.post(f"{url('delete', 1, draft.key)}?list=ours")
    assert deleted["Location"].startswith(url("ours", 1))


def test_who_clears_beside_the_text_goes_back_to_the_article(scene: Scene) -> None:
    draft, client = scene.draft(scene.open(), WUJIANG, item="aim"), client_of(scene, WUJIANG)
    done = client.post(url("clear", 1, draft.key) + "?list=//elsewhere.example")
    assert done["Location"] == f"{url('round', 1)}?item=aim#aim"
