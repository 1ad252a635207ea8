"""A file into the working draft: preview, corrections, and entering all or nothing."""

import json
from pathlib import Path
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from plans.register.models import DraftSave, Item, Plan
from plans.register.steps import version_content
from plans.text import actions
from plans.text.actions import add_provision, correct_row, edit_provision, import_text
from plans.text.forms.importing import TEXTS
from plans.text.models import Chapter, Provision, TextImport
from plans.text.previews import Preview, preview
from plans.text.queries import articles, contents
from plans.text.wording import Wording
from stakeholders.files.actions import upload_file
from stakeholders.record.models import RecordEntry
from stakeholders.terms import canonical
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.errors import Conflict, Invalid, NotVisible, Refused
from tests.plans.text.documents.word_files import as_bytes, office_document
from tests.world import JIASHAN, QINGPU, WUJIANG, World

TEXT = """# 青吴嘉协同规划

前言一段。

## 第一章 章water

第一条 【太浦河】水质不得低于Ⅲ类。

（一）金泽断面；

第二条 【岸线】宜建设清水绿廊。

## 第二章 新章

第三条　本规划自批准之日起施行。
"""


@pytest.fixture(autouse=True)
def media(settings: object, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)  # type: ignore[attr-defined]


def start(actor: Actor, plan: Plan, text: str | bytes = TEXT, name: str = "plan.md") -> TextImport:
    content = text.encode() if isinstance(text, str) else text
    stored = upload_file(
        actor=actor, upload=SimpleUploadedFile(name, content), kinds=TEXTS, plan_key=plan.key
    )
    return actions.start_import(actor=actor, plan=plan, file=stored)


def seen(actor: Actor, plan: Plan, found: TextImport) -> Preview:
    found.refresh_from_db()
    return preview(actor=actor, plan=plan, text_import=found)


def test_start_import_proposes_and_changes_nothing(
    world: World, plan: Plan, provision: Provision
) -> None:
    office = world.coordinator(plan)
    entries = RecordEntry.objects.count()
    view = seen(office, plan, start(office, plan))
    told = [(str(line.row.kind), str(line.outcome), line.replaces) for line in view.lines]
    assert told == [
        ("omitted", "", ""),
        ("omitted", "", ""),
        ("chapter", "same", "water"),
        ("provision", "edited", "taipu"),
        ("continuation", "", ""),
        ("provision", "new", ""),
        ("chapter", "new", ""),
        ("provision", "new", ""),
    ]
    assert [line.wording.strength for line in view.lines if line.wording] == [
        "binding",
        "guiding",
        "guiding",
    ]
    assert [f.kind for f in view.lines[5].findings] == ["strength"]
    assert [f.kind for f in view.lines[7].findings] == ["made_title"]
    assert view.may_enter
    assert Provision.objects.count() == 1
    assert RecordEntry.objects.count() == entries


def test_import_text_enters_all_with_one_record_entry(
    world: World, plan: Plan, provision: Provision
) -> None:
    office = world.coordinator(plan)
    other = add_provision(
        actor=office,
        plan=plan,
        chapter="water",
        key="stays",
        wording=Wording(title_zh="留下", text_zh="不在文件里。"),
    )
    found = start(office, plan)
    before = RecordEntry.objects.count()
    import_text(actor=office, plan=plan, pk=found.pk, edits=0)
    held = [
        (str(chapter.title_zh), [(a.provision.item.key, a.wording.title_zh) for a in inside])
        for chapter, inside in contents(plan)
    ]
    assert held == [
        ("章water", [("taipu", "太浦河"), ("stays", "留下"), ("provision-1", "岸线")]),
        ("章standards", []),
        ("新章", [("provision-2", "本规划自批准之日起施行")]),
    ]
    texts = [a.wording.text_zh for a in articles(plan)]
    assert texts[0] == "水质不得低于Ⅲ类。\n\n（一）金泽断面；"
    entries = list(RecordEntry.objects.order_by("pk"))[before:]
    assert [(e.act, e.subject) for e in entries] == [("text.import", f"import:{found.pk}")]
    effects = json.loads(entries[0].payload)["effects"]
    added = {key: Item.objects.get(key=key) for key in ("provision-1", "provision-2")}
    provision.item.draft.refresh_from_db()
    assert effects == {
        "file": f"sha256:{found.file.sha256}",
        "counts": {"new": 2, "edited": 1, "same": 0, "omitted": 2},
        "chapters_added": ["chapter-1"],
        "chapters_edited": [],
        "added": {k: canonical.digest_of(version_content(i.draft)) for k, i in added.items()},
        "edited": {"taipu": canonical.digest_of(version_content(provision.item.draft))},
        "moved": [],
    }
    assert provision.item.draft.edits == 2
    assert added["provision-1"].draft.concerned == [QINGPU, WUJIANG, JIASHAN]
    assert other.item.draft.edits == 1
    with pytest.raises(Conflict):
        import_text(actor=office, plan=plan, pk=found.pk, edits=0)


def test_import_text_twice_the_same_finds_nothing_to_do(
    world: World, plan: Plan, provision: Provision
) -> None:
    office = world.coordinator(plan)
    found = start(office, plan)
    import_text(actor=office, plan=plan, pk=found.pk, edits=0)
    again = start(office, plan)
    view = seen(office, plan, again)
    assert (view.counts["new"], view.counts["edited"], view.counts["same"]) == (0, 0, 3)
    assert view.counts["chapters_same"] == 2
    with pytest.raises(Invalid):
        import_text(actor=office, plan=plan, pk=again.pk, edits=0)


def test_correct_row_is_kept_and_entered(world: World, plan: Plan, provision: Provision) -> None:
    office = world.coordinator(plan)
    found = start(office, plan)
    for row, correction in (
        (4, {"kind": "provision", "title_zh": "断面", "strength": "binding"}),
        (5, {"kind": "omitted", "reason": "另行规定"}),
        (3, {"replaces": "new"}),
        (6, {"replaces": "standards"}),
    ):
        correct_row(actor=office, plan=plan, pk=found.pk, row=row, correction=correction)
    view = seen(office, plan, found)
    assert view.counts["corrected"] == 4
    import_text(actor=office, plan=plan, pk=found.pk, edits=4)
    held = {a.provision.item.key: (a.wording.title_zh, a.wording.strength) for a in articles(plan)}
    assert held == {
        "taipu": ("太浦河", "binding"),
        "provision-1": ("太浦河", "binding"),
        "provision-2": ("断面", "binding"),
        "provision-3": ("本规划自批准之日起施行", "guiding"),
    }
    assert Chapter.objects.get(plan=plan, key="standards").title_zh == "新章"


@pytest.mark.parametrize(
    ("correction", "field"),
    [
        ({"kind": "omitted"}, "reason"),
        ({"kind": "odd"}, "kind"),
        ({"is_given": True}, ""),
    ],
)
def test_correct_row_refuses(
    world: World, plan: Plan, correction: dict[str, object], field: str
) -> None:
    office = world.coordinator(plan)
    found = start(office, plan)
    with pytest.raises(Invalid) as refusal:
        correct_row(actor=office, plan=plan, pk=found.pk, row=3, correction=correction)
    assert list(refusal.value.errors) == [field]
    with pytest.raises(Invalid):
        correct_row(actor=office, plan=plan, pk=found.pk, row=99, correction={})


def test_import_text_conflicts_with_a_save_meanwhile(
    world: World, plan: Plan, provision: Provision
) -> None:
    office = world.coordinator(plan)
    found = start(office, plan)
    edit_provision(
        actor=office,
        plan=plan,
        key="taipu",
        edits=1,
        wording=Wording(title_zh="太浦河", text_zh="别人改了。", strength="binding"),
    )
    with pytest.raises(Conflict) as conflict:
        import_text(actor=office, plan=plan, pk=found.pk, edits=0)
    assert conflict.value.theirs == ["taipu"]
    assert Provision.objects.count() == 1
    actions.compare_again(actor=office, plan=plan, pk=found.pk)
    import_text(actor=office, plan=plan, pk=found.pk, edits=1)
    assert Provision.objects.count() == 3


def test_import_text_with_a_fault_enters_nothing(
    world: World, plan: Plan, provision: Provision
) -> None:
    office = world.coordinator(plan)
    text = TEXT.replace("宜建设清水绿廊。", "长" * 60_000)
    found = start(office, plan, text)
    view = seen(office, plan, found)
    assert [(line.index, list(line.faults)) for line in view.faulty] == [(5, ["text_zh"])]
    with pytest.raises(Invalid):
        import_text(actor=office, plan=plan, pk=found.pk, edits=0)
    assert Provision.objects.count() == 1


def test_a_drafter_of_one_chapter_enters_only_there(
    world: World, plan: Plan, provision: Provision
) -> None:
    planner = world.actor(WUJIANG, Role.PLANNER)
    found = start(planner, plan)
    view = seen(planner, plan, found)
    assert [(line.index, list(line.faults)) for line in view.faulty] == [(6, ["kind"])]
    with pytest.raises(Invalid):
        import_text(actor=planner, plan=plan, pk=found.pk, edits=0)
    for row in (6, 7):
        correct_row(
            actor=planner,
            plan=plan,
            pk=found.pk,
            row=row,
            correction={"kind": "omitted", "reason": "不由本方起草"},
        )
    import_text(actor=planner, plan=plan, pk=found.pk, edits=2)
    assert Provision.objects.count() == 2
    theirs = world.actor(JIASHAN, Role.PLANNER)
    other = start(theirs, plan, TEXT.replace("水质", "水体水质"))
    assert "kind" in seen(theirs, plan, other).lines[3].faults


def test_the_whole_text_comes_back_with_chapters_of_others_unchanged(
    world: World, plan: Plan, provision: Provision
) -> None:
    office, planner = world.coordinator(plan), world.actor(WUJIANG, Role.PLANNER)
    chapter = actions.add_chapter(
        actor=office, plan=plan, key="others", title_zh="他方章", drafting=[QINGPU]
    )
    for key in ("first", "second"):
        wording = Wording(title_zh=f"题{key}", text_zh=f"文{key}。")
        add_provision(actor=office, plan=plan, chapter="others", key=key, wording=wording)
    # The other way round than they stand: the order of others is not the planner's to set.
    others = "\n## 第二章 他方章\n\n第三条 【题second】文second。\n\n第四条 【题first】文first。\n"
    text = TEXT[: TEXT.index("## 第二章")] + others
    found = start(planner, plan, text)
    view = seen(planner, plan, found)
    assert [line.faults for line in view.lines if line.faults] == []
    assert (view.counts["same"], view.may_enter) == (2, True)
    entered = import_text(actor=planner, plan=plan, pk=found.pk, edits=0)
    assert entered.result["chapter"] == "water"
    order = chapter.provisions.order_by("position").values_list("item__key", flat=True)
    assert list(order) == ["first", "second"]
    again = start(planner, plan, text.replace("文first", "另文first"))
    faults = [line.faults for line in seen(planner, plan, again).lines if line.faults]
    assert [list(one) for one in faults] == [["kind"]]


def test_an_import_is_seen_by_its_person_only(world: World, plan: Plan) -> None:
    office = world.coordinator(plan)
    found = start(office, plan)
    with pytest.raises(NotVisible):
        correct_row(
            actor=world.actor(WUJIANG, Role.PLANNER),
            plan=plan,
            pk=found.pk,
            row=3,
            correction={"title_zh": "x"},
        )
    with pytest.raises(Refused):
        start(world.actor(WUJIANG, Role.SIGNATORY), plan)
    actions.drop_import(actor=office, plan=plan, pk=found.pk)
    with pytest.raises(NotVisible):
        import_text(actor=office, plan=plan, pk=UUID(str(found.pk)), edits=0)


def test_word_document_enters_with_either_choice_of_changes(world: World, plan: Plan) -> None:
    office = world.coordinator(plan)
    found = start(office, plan, as_bytes(office_document()), "plan.docx")
    view = seen(office, plan, found)
    assert view.has_changes
    texts = [line.row.text_zh for line in view.lines if line.row.title_zh == "协同目标"]
    assert texts == ["到2035年，水质应当达到Ⅲ类，不得低于Ⅳ类，蓝绿空间占比不低于75%。"]
    actions.take_changes(actor=office, plan=plan, pk=found.pk, takes_changes=False)
    view = seen(office, plan, found)
    texts = [line.row.text_zh for line in view.lines if line.row.title_zh == "协同目标"]
    assert texts == ["到2035年，水质应当达到Ⅲ类，争取蓝绿空间占比不低于75%。"]
    import_text(actor=office, plan=plan, pk=found.pk, edits=1)
    titles = [(a.wording.title_zh, a.wording.title_en) for a in articles(plan)]
    assert titles == [
        ("规划范围", "Scope"),
        ("协同目标", ""),
        ("太浦河沿线宜建设清水绿廊", ""),
        ("本规划自批准之日起施行", ""),
    ]


@pytest.mark.parametrize("size", [300, pytest.param(2_000, marks=pytest.mark.prove)])
def test_hundreds_and_thousands_of_provisions_at_constant_cost(
    world: World, plan: Plan, django_assert_max_num_queries: object, size: int
) -> None:
    office = world.coordinator(plan)

    def text(count: int, word: str) -> str:
        lines = [f"第{n}条 【条{n}】{word}第{n}项应当落实。" for n in range(1, count + 1)]
        return "# 第一章 总则\n\n" + "\n\n".join(lines)

    found = start(office, plan, text(size, "工作"))
    with django_assert_max_num_queries(70):  # type: ignore[operator]
        import_text(actor=office, plan=plan, pk=found.pk, edits=0)
    assert Provision.objects.count() == size
    again = start(office, plan, text(size, "任务"))
    with django_assert_max_num_queries(70):  # type: ignore[operator]
        import_text(actor=office, plan=plan, pk=again.pk, edits=0)
    assert again.plan.items.filter(draft__edits=2).count() == size


def test_no_file_edits_a_party_out_of_whom_a_provision_concerns(
    world: World, plan: Plan, provision: Provision
) -> None:
    """Only the party itself renounces: not by a correction of the preview, nor by a file's marks."""
    planner = world.actor(WUJIANG, Role.PLANNER)
    found = start(planner, plan, "## 第一章 章water\n\n第一条 【太浦河】水质不得低于Ⅲ类。\n")
    said = {"concerned": [WUJIANG]}
    correct_row(actor=planner, plan=plan, pk=found.pk, row=1, correction=said)
    view = seen(planner, plan, found)
    assert [(line.index, list(line.faults)) for line in view.faulty] == [(1, ["concerned"])]
    entries = RecordEntry.objects.count()
    with pytest.raises(Invalid):
        import_text(actor=planner, plan=plan, pk=found.pk, edits=1)
    provision.item.draft.refresh_from_db()
    assert provision.item.draft.concerned == [QINGPU, WUJIANG, JIASHAN]
    assert RecordEntry.objects.count() == entries


def test_an_import_leaves_a_save_of_what_it_changed_and_made(
    world: World, plan: Plan, provision: Provision
) -> None:
    office = world.coordinator(plan)
    found = start(office, plan)
    import_text(actor=office, plan=plan, pk=found.pk, edits=0)
    rows = DraftSave.objects.filter(item__plan=plan).order_by("item__key", "edits")
    assert [(row.item.key, row.edits, row.mandate_id) for row in rows] == [
        ("provision-1", 1, office.mandate_id),
        ("provision-2", 1, office.mandate_id),
        ("taipu", 1, provision.item.draft.edited_mandate_id),
        ("taipu", 2, office.mandate_id),
    ]


@pytest.mark.parametrize("text", [f"第{'9' * 6_000}条 【甲】应当。\n", f"{'9' * 6_000}. 乙\n"])
def test_a_number_of_thousands_of_digits_is_text(world: World, plan: Plan, text: str) -> None:
    office = world.coordinator(plan)
    found = start(office, plan, f"# 第一章 总则\n\n第一条 【丙】应当落实。\n\n{text}")
    assert seen(office, plan, found).lines[1].row.title_zh == "丙"
