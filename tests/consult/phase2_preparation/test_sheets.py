"""A comment form on its way: out, filled in, looked at, entered in one act."""

import io
import uuid
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from consult.phase2_preparation import actions
from consult.phase2_preparation.comment_sheets.csv_files import write_csv
from consult.phase2_preparation.comment_sheets.files import write_form
from consult.phase2_preparation.comment_sheets.shape import CommentForm, FormRow
from consult.phase2_preparation.forms.sheets import FORMS
from consult.phase2_preparation.models import Comment, CommentDraft, Reply, Round, SheetImport
from consult.phase2_preparation.queries.sheets import get_sheet
from consult.phase2_preparation.sheet_forms import comment_form
from consult.phase2_preparation.sheet_lines import SheetView, sheet_view
from consult.phase2_preparation.steps import Letter, Remark
from stakeholders.files.actions import upload_file
from stakeholders.record.models import RecordEntry
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.errors import Conflict, Invalid, NotVisible, Refused
from tests.consult.phase2_preparation.stage import Scene
from tests.world import JIASHAN, QINGPU, WUJIANG

HEAD = ["单位", "行号", "条款", "段落", "类型", "意见", "修改建议", "处理意见"]


@pytest.fixture(autouse=True)
def _english() -> Any:
    with translation.override("en"):
        yield


def csv_of(*rows: list[str]) -> bytes:
    return "\n".join(",".join(row) for row in (HEAD, *rows)).encode()


def row(text: str, *, clause: str = "第1条", body: str = WUJIANG, kind: str = "技术") -> list[str]:
    return [body, "", clause, "", kind, text, "", ""]


def start(
    scene: Scene,
    one: Round,
    raw: bytes,
    *,
    actor: Actor | None = None,
    name: str = "form.csv",
    source: str = "",
) -> SheetImport:
    actor = actor or scene.actor(WUJIANG)
    upload = SimpleUploadedFile(name, raw)
    stored = upload_file(actor=actor, upload=upload, kinds=FORMS, plan_key=scene.plan.key)
    return actions.start_sheet(actor=actor, plan=scene.plan, one=one, file=stored, source=source)


def view(sheet: SheetImport) -> SheetView:
    return sheet_view(one=sheet.round, sheet=SheetImport.objects.get(pk=sheet.pk))


def enter(
    scene: Scene, sheet: SheetImport, *, actor: Actor | None = None, **options: Any
) -> SheetImport:
    options.setdefault("seen", view(sheet).seen)
    return actions.enter_sheet(
        actor=actor or scene.actor(WUJIANG),
        plan=scene.plan,
        one=sheet.round,
        pk=sheet.pk,
        **options,
    )


def outcomes(sheet: SheetImport) -> list[str]:
    return [line.outcome.value for line in view(sheet).lines]


def faults(sheet: SheetImport) -> list[tuple[str, str]]:
    return [(f.place, str(f.text)) for line in view(sheet).lines for f in line.faults]


def written(scene: Scene, one: Round, *, what: str = "drafts", code: str = WUJIANG) -> CommentForm:
    return comment_form(actor=scene.actor(code), plan=scene.plan, one=one, what=what, language="zh")


def changed(form: CommentForm, *rows: FormRow) -> bytes:
    values = {name: getattr(form, name) for name in ("language", "title", "notes", "types")}
    return write_form(CommentForm(**values, reference=form.reference, rows=rows), kind="xlsx")


def over(row: FormRow, **values: str) -> FormRow:
    names = ("body", "line", "clause", "place", "type", "comment", "change", "id", "mark")
    return FormRow(**{**{name: getattr(row, name) for name in names}, **values})


def acts() -> list[str]:
    return list(RecordEntry.objects.order_by("pk").values_list("act", flat=True))


def test_rows_become_comments_inside_in_one_act(scene: Scene) -> None:
    one = scene.open()
    sheet = start(scene, one, csv_of(row("甲"), row("乙", clause="water"), row("丙", clause="")))
    before = acts()
    assert CommentDraft.objects.count() == 0
    entered = enter(scene, sheet)
    found = {d.text_zh: (d.item.key if d.item else "", d.state) for d in CommentDraft.objects.all()}
    assert found == {"甲": ("aim", "shared"), "乙": ("water", "shared"), "丙": ("", "shared")}
    assert entered.result == {"added": 3, "edited": 0, "removed": 0, "skipped": 0}
    assert acts()[len(before) :] == ["comment.import"]
    entry = RecordEntry.objects.order_by("pk").last()
    assert (entry.chain, entry.subject) == (f"plan:QWJ:{WUJIANG}", f"sheet:{sheet.pk}")
    assert "甲" not in entry.payload
    with pytest.raises(Conflict):
        enter(scene, sheet)


def test_the_same_file_sent_twice_makes_one_of_each(scene: Scene) -> None:
    one = scene.open()
    raw = csv_of(row("甲"), row("甲"), row("乙"))
    enter(scene, start(scene, one, raw), share=False)
    planner = scene.actor(WUJIANG, Role.PLANNER)
    again = start(scene, one, raw, actor=planner)
    assert outcomes(again) == ["same", "same", "same"]
    with pytest.raises(Invalid):
        enter(scene, again, actor=planner)
    assert list(CommentDraft.objects.values_list("text_zh", "state")) == [
        ("甲", "draft"),
        ("乙", "draft"),
    ]


def test_own_drafts_go_out_and_come_back_unchanged_changed_and_in_conflict(scene: Scene) -> None:
    one = scene.open()
    kept, mended, fought = (scene.draft(one, WUJIANG, item="aim", text=t) for t in "甲乙丙")
    form = written(scene, one)
    edited = Remark(type="technical", text_zh="丙二")
    actions.edit_comment(actor=scene.actor(WUJIANG), plan=scene.plan, draft=fought, remark=edited)
    rows = {r.comment: r for r in form.rows}
    raw = changed(
        form,
        rows["甲"],
        over(rows["乙"], comment="乙二", line="12", change="改为乙"),
        over(rows["丙"], comment="丙三"),
        FormRow(body=WUJIANG, clause="第2条", type="编辑", comment="新"),
    )
    sheet = start(scene, one, raw, name="form.xlsx")
    assert outcomes(sheet) == ["same", "changed", "conflict", "new"]
    enter(scene, sheet)
    found = {d.key: d for d in CommentDraft.objects.all()}
    assert found[mended.key].text_zh == "〔行12〕乙二"
    assert found[mended.key].wording_zh == "改为乙"
    assert (found[kept.key].text_zh, found[fought.key].text_zh) == ("甲", "丙二")
    assert len(found) == 4
    back = {r.id: r for r in written(scene, one).rows}
    assert (back[str(mended.key)].line, back[str(mended.key)].comment) == ("12", "乙二")


def test_conflict_is_overwritten_only_when_it_is_chosen(scene: Scene) -> None:
    one = scene.open()
    draft = scene.draft(one, WUJIANG, text="甲")
    form = written(scene, one)
    edited = Remark(type="technical", text_zh="我的")
    actions.edit_comment(actor=scene.actor(WUJIANG), plan=scene.plan, draft=draft, remark=edited)
    sheet = start(scene, one, changed(form, over(form.rows[0], comment="表里")), name="f.xlsx")
    with pytest.raises(Invalid):
        enter(scene, sheet)
    actions.choose_rows(
        actor=scene.actor(WUJIANG), plan=scene.plan, one=one, pk=sheet.pk, choices={"row-1": True}
    )
    enter(scene, sheet)
    assert CommentDraft.objects.get().text_zh == "表里"


def test_two_people_fill_in_the_same_empty_form(scene: Scene) -> None:
    one = scene.open()
    form = written(scene, one, what="provisions")
    first = over(form.rows[0], type="技术", comment="联络员的")
    second = over(form.rows[0], type="技术", comment="规划员的")
    enter(scene, start(scene, one, changed(form, first, form.rows[1]), name="f.xlsx"))
    planner = scene.actor(WUJIANG, Role.PLANNER)
    sheet = start(scene, one, changed(form, second, form.rows[1]), name="f.xlsx", actor=planner)
    assert outcomes(sheet) == ["conflict", "empty"]
    assert CommentDraft.objects.get().text_zh == "联络员的"


def test_rows_deleted_in_the_form_are_deleted_here_only_when_chosen(
    scene: Scene,
) -> None:
    one = scene.open()
    gone, stays = scene.draft(one, WUJIANG, text="甲"), scene.draft(one, WUJIANG, text="乙")
    CommentDraft.objects.update(edited_at="2020-01-01T00:00Z")
    form = written(scene, one)
    left = [r for r in form.rows if r.id == str(stays.key)]
    sheet = start(scene, one, changed(form, *left), name="f.xlsx")
    assert [m.held.key for m in view(sheet).missing] == [str(gone.key)]
    with pytest.raises(Invalid):
        enter(scene, sheet)
    actions.choose_rows(
        actor=scene.actor(WUJIANG),
        plan=scene.plan,
        one=one,
        pk=sheet.pk,
        choices={f"gone-{gone.key}": True},
    )
    assert enter(scene, sheet).result["removed"] == 1
    assert CommentDraft.objects.get() == stays


def test_row_deleted_here_since_is_offered_and_entered_again_when_chosen(scene: Scene) -> None:
    one = scene.open()
    draft = scene.draft(one, WUJIANG, text="甲")
    form = written(scene, one)
    actions.delete_comment(actor=scene.actor(WUJIANG), plan=scene.plan, draft=draft)
    sheet = start(scene, one, changed(form, form.rows[0]), name="f.xlsx")
    assert (outcomes(sheet), [line.is_chosen for line in view(sheet).lines]) == (["gone"], [False])
    actions.choose_rows(
        actor=scene.actor(WUJIANG), plan=scene.plan, one=one, pk=sheet.pk, choices={"row-1": True}
    )
    enter(scene, sheet)
    assert CommentDraft.objects.get().key == draft.key


def test_submitted_comment_cannot_be_changed_by_a_form(scene: Scene) -> None:
    one = scene.open()
    form_rows: list[FormRow] = []
    draft = scene.draft(one, WUJIANG, text="甲")
    form = written(scene, one)
    form_rows.append(over(form.rows[0], comment="乙"))
    CommentDraft.objects.filter(pk=draft.pk).update(state="submitted")
    sheet = start(scene, one, changed(form, *form_rows), name="f.xlsx")
    assert faults(sheet) == [
        ("F7", "This comment was submitted already; it can no longer be changed.")
    ]


def test_faults_are_named_by_their_cells_and_stop_all_or_are_left_out(scene: Scene) -> None:
    one = scene.open()
    rows = [
        row("好"),
        row("无此条", clause="第99条"),
        row("错类", kind="投票"),
        row("他方", body=JIASHAN),
        [*row("")[:6], "改", ""],
        row("长" * 20_001),
    ]
    sheet = start(scene, one, csv_of(*rows))
    assert [place for place, _text in faults(sheet)] == ["C3", "E4", "A5", "F6", "F7"]
    assert outcomes(sheet) == ["new", *["faulty"] * 5]
    with pytest.raises(Invalid) as refused:
        enter(scene, sheet, whole=True)
    assert str(refused.value.errors[""]).startswith("5 rows have faults, the first in C3")
    assert CommentDraft.objects.count() == 0
    assert enter(scene, sheet, whole=False).result["skipped"] == 5
    assert [d.text_zh for d in CommentDraft.objects.all()] == ["好"]


def test_faults_are_told_in_the_language_of_the_reader(scene: Scene) -> None:
    sheet = start(scene, scene.open(), csv_of(row("x", clause="第99条")))
    with translation.override("zh-hans"):
        zh = faults(sheet)
    assert zh != faults(sheet)
    assert zh[0][0] == "C2"


def test_articles_the_round_does_not_ask_about_are_a_fault(scene: Scene) -> None:
    scene.open()
    Round.objects.update(closed_at="2026-01-01T00:00Z")
    scene.revise(aim="新的目标")
    one = scene.open(only_changed=True)
    sheet = start(scene, one, csv_of(row("甲"), row("乙", clause="2")))
    assert outcomes(sheet) == ["new", "faulty"]
    assert faults(sheet) == [("C3", "This round does not ask about this article.")]


def test_preview_looked_at_before_a_change_is_not_entered(scene: Scene) -> None:
    one = scene.open()
    draft = scene.draft(one, WUJIANG, text="甲")
    form = written(scene, one)
    sheet = start(scene, one, changed(form, over(form.rows[0], comment="乙")), name="f.xlsx")
    seen = view(sheet).seen
    edited = Remark(type="technical", text_zh="丙")
    actions.edit_comment(actor=scene.actor(WUJIANG), plan=scene.plan, draft=draft, remark=edited)
    with pytest.raises(Conflict):
        enter(scene, sheet, seen=seen)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"plan": "OTHER"}, "of the plan OTHER; here is the plan QWJ"),
        ({"round": 9}, "of round 9; here is round 1"),
        ({"body": JIASHAN}, f"for the jurisdiction {JIASHAN}; you act for {WUJIANG}"),
        ({"kind": "compiled"}, "compiled table"),
    ],
)
def test_form_of_another_plan_round_or_jurisdiction_is_refused(
    scene: Scene, change: dict[str, Any], words: str
) -> None:
    one = scene.open()
    form = written(scene, one, what="blank")
    about = form.reference
    names = ("plan", "round", "revision", "body", "kind", "at")
    said = type(about)(**{**{name: getattr(about, name) for name in names}, **change})
    values = {name: getattr(form, name) for name in ("language", "title", "notes", "types")}
    raw = write_csv(CommentForm(**values, reference=said, rows=form.rows))
    with pytest.raises(Invalid) as refused:
        start(scene, one, raw)
    assert words in str(refused.value.errors["file"])
    assert SheetImport.objects.count() == 0


def test_who_may_hand_a_form_in(scene: Scene) -> None:
    one = scene.open()
    for role in (Role.CONTACT_POINT, Role.PLANNER):
        start(scene, one, csv_of(row("甲")), actor=scene.actor(WUJIANG, role))
    for actor in (scene.actor(WUJIANG, Role.SIGNATORY), scene.office):
        with pytest.raises(Refused):
            start(scene, one, csv_of(row("甲")), actor=actor)
    Round.objects.update(closed_at="2026-01-01T00:00Z")
    one.refresh_from_db()
    with pytest.raises(Conflict):
        start(scene, one, csv_of(row("甲")))


def test_round_closed_between_preview_and_entering_takes_nothing(scene: Scene) -> None:
    sheet = start(scene, scene.open(), csv_of(row("甲")))
    Round.objects.update(closed_at="2026-01-01T00:00Z")
    with pytest.raises(Conflict):
        enter(scene, sheet)
    assert CommentDraft.objects.count() == 0


def test_form_of_another_person_or_jurisdiction_is_not_there(scene: Scene) -> None:
    one = scene.open()
    sheet = start(scene, one, csv_of(row("甲")))
    for actor in (scene.actor(WUJIANG, Role.PLANNER), scene.actor(JIASHAN), scene.office):
        with pytest.raises(NotVisible):
            get_sheet(actor=actor, one=one, pk=sheet.pk)


def test_row_id_of_another_jurisdiction_is_a_fault(scene: Scene) -> None:
    one = scene.open()
    theirs = scene.draft(one, JIASHAN, text="他方草稿")
    form = written(scene, one, what="blank")
    stolen = over(form.rows[0], id=str(theirs.key), type="技术", comment="甲")
    sheet = start(scene, one, changed(form, stolen), name="f.xlsx")
    assert [text for _place, text in faults(sheet)] == [
        "This row belongs to another form. Clear its hidden columns."
    ]
    theirs.refresh_from_db()
    assert theirs.text_zh == "他方草稿"


def test_form_in_english_writes_english_and_keeps_the_other_language(scene: Scene) -> None:
    one = scene.open()
    contact = scene.actor(WUJIANG)
    actions.draft_comment(
        actor=contact,
        plan=scene.plan,
        one=one,
        key=uuid.uuid4(),
        remark=Remark(type="general", text_zh="中文", text_en="English"),
    )
    form = comment_form(actor=contact, plan=scene.plan, one=one, what="drafts", language="en")
    assert [(r.type, r.comment) for r in form.rows] == [("Ge", "English")]
    raw = changed(form, over(form.rows[0], comment="Better"))
    enter(scene, start(scene, one, raw, name="f.xlsx"))
    draft = CommentDraft.objects.get()
    assert (draft.text_zh, draft.text_en) == ("中文", "Better")


def test_empty_form_asks_about_the_articles_of_the_round(scene: Scene) -> None:
    scene.open()
    Round.objects.update(closed_at="2026-01-01T00:00Z")
    scene.revise(water="新")
    one = scene.open(only_changed=True)
    form = written(scene, one, what="provisions")
    assert [(r.body.split(" ")[0], r.clause) for r in form.rows] == [(WUJIANG, "第2条 标题")]
    assert str(form.reference).startswith(f"QWJ/RD2/R2/{WUJIANG}/empty/")


def test_compiled_form_shows_what_its_reader_may_see(scene: Scene) -> None:
    one = scene.open(is_sealed=True)
    scene.reply(one, WUJIANG, "aim")

    def seen(actor: Actor) -> list[tuple[str, str]]:
        form = comment_form(actor=actor, plan=scene.plan, one=one, what="compiled", language="en")
        return [(r.comment, r.observation) for r in form.rows]

    assert (seen(scene.actor(JIASHAN)), seen(scene.office)) == ([], [])
    Round.objects.update(closes_at=one.opens_at, opens_at="2020-01-01T00:00Z")
    scene.decide(Comment.objects.get(), "partly", reason_en="half of it")
    assert seen(scene.actor(JIASHAN)) == [("意见", "")]
    assert seen(scene.office) == [("意见", "Partly adopted\nhalf of it")]
    actions.publish_dispositions(actor=scene.office, plan=scene.plan)
    assert seen(scene.actor(JIASHAN)) == [("意见", "Partly adopted\nhalf of it")]


def test_drafts_go_to_their_own_jurisdiction_only(scene: Scene) -> None:
    one = scene.open()
    scene.draft(one, WUJIANG, text="甲")
    assert written(scene, one, code=JIASHAN).rows == []
    with pytest.raises(NotVisible):
        comment_form(actor=scene.office, plan=scene.plan, one=one, what="drafts", language="zh")


def test_office_enters_a_form_that_came_by_mail_as_one_opinion(scene: Scene) -> None:
    one = scene.open()
    rows = [row("甲", body="某专家"), row("乙", clause="全文", body="")]
    sheet = start(scene, one, csv_of(*rows), actor=scene.office, source="expert")
    assert outcomes(sheet) == ["new", "new"]
    given: dict[str, Any] = {"plan": scene.plan, "one": one, "pk": sheet.pk}
    before = acts()
    reply = actions.enter_sheet_opinion(
        actor=scene.office, seen=view(sheet).seen, letter=Letter(number="7"), **given
    )
    assert acts()[len(before) :] == ["round.enter_opinion"]
    said = [(c.item.key if c.item else "", c.text_zh) for c in reply.comments.all()]
    assert (said, reply.source, reply.letter_number) == ([("aim", "甲"), ("", "乙")], "expert", "7")
    with pytest.raises(Conflict):
        actions.enter_sheet_opinion(
            actor=scene.office, seen=view(sheet).seen, letter=Letter(), **given
        )
    assert Reply.objects.count() == 1
    with pytest.raises(Refused):
        start(scene, one, csv_of(*rows), source="expert")


@pytest.mark.parametrize("most", [150, pytest.param(1_000, marks=pytest.mark.prove)])
def test_many_rows_cost_as_many_queries_as_ten(
    scene: Scene, django_assert_num_queries: Any, most: int
) -> None:
    one = scene.open()
    for count in (10, most):
        rows = [row(f"意见{count}-{number}") for number in range(count)]
        sheet = start(scene, one, csv_of(*rows))
        with django_assert_num_queries(10, exact=False):
            view(sheet)
        with django_assert_num_queries(45, exact=False):
            enter(scene, sheet, seen=view(sheet).seen)
    assert CommentDraft.objects.count() == 10 + most


def test_merged_body_of_a_workbook_counts_for_every_row(scene: Scene) -> None:
    book = openpyxl.Workbook()
    for line in (HEAD, row("甲"), ["", *row("乙")[1:]]):
        book.active.append(line)
    book.active.merge_cells("A2:A3")
    held = io.BytesIO()
    book.save(held)
    sheet = start(scene, scene.open(), held.getvalue(), name="f.xlsx")
    assert outcomes(sheet) == ["new", "new"]


def test_body_may_be_a_name_and_must_stand_where_the_form_says_none(scene: Scene) -> None:
    one = scene.open()
    sheet = start(scene, one, csv_of(row("甲", body="吴江区"), row("乙", body="")))
    assert (outcomes(sheet), [p for p, _t in faults(sheet)]) == (["new", "faulty"], ["A3"])
    assert QINGPU not in str(faults(sheet))


def test_what_a_colleague_still_writes_alone_is_not_among_the_missing(scene: Scene) -> None:
    """It stood in no form of others: they neither read it there nor delete it."""
    one = scene.open()
    planner = scene.actor(WUJIANG, Role.PLANNER)
    for share in (True, False):
        actions.draft_comment(
            actor=planner,
            plan=scene.plan,
            one=one,
            key=uuid.uuid4(),
            remark=Remark(type="technical", text_zh="共享" if share else "自写"),
            share=share,
        )
    with time_machine.travel(clock.now() + timedelta(minutes=5), tick=False):
        sheets = [
            start(
                scene,
                one,
                changed(written(scene, one), FormRow(body=WUJIANG, type="技术", comment="新")),
                actor=actor,
                name="form.xlsx",
            )
            for actor in (scene.actor(WUJIANG), planner)
        ]
    missing = [[line.held.words.text_zh for line in view(sheet).missing] for sheet in sheets]
    assert missing == [["共享"], ["共享", "自写"]]
