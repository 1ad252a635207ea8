"""Result sheet of a display, checklist of a plan's kind, opinions of neighbours."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from consult.phase2_preparation import actions
from consult.phase2_preparation.actions.checklists import (
    confirm_checklist_paper,
    file_checklist_paper,
    waive_checklist_paper,
)
from consult.phase2_preparation.actions.displays import finish_display, write_display
from consult.phase2_preparation.actions.neighbours import (
    answer_neighbour_opinion,
    file_neighbour_opinion,
)
from consult.phase2_preparation.checklists import PAPERS, REQUIRED, papers_of
from consult.phase2_preparation.gate import blockers
from consult.phase2_preparation.models import Round
from consult.phase2_preparation.queries.checklists import Standing, checklist
from consult.phase2_preparation.queries.displays import get_sheet
from consult.phase2_preparation.queries.neighbours import neighbour_opinions
from consult.phase2_preparation.steps import Letter
from consult.phase2_preparation.steps.papers import Issue, SheetText, Signed
from plans.register.enums import PlanKind
from stakeholders.record.models import RecordEntry
from stakeholders.terms import clock
from stakeholders.terms.errors import Conflict, Invalid, NotVisible, Refused
from tests.consult.phase2_preparation.stage import Scene
from tests.consult.phase2_preparation.test_sight import client_of, office_client
from tests.world import JIASHAN, KUNSHAN, QINGPU, WUJIANG

TEXT = SheetText(place_zh="网站、展示馆", result_zh="公示无异议。")


def issue(**changes: object) -> Issue:
    given = {"number": "〔2026〕1号", "on": clock.now().date(), "issuer": "联合办公室", **changes}
    return Issue(**given)  # type: ignore[arg-type]


def standing(scene: Scene) -> Mapping[str, Standing]:
    return {line.paper.key: line.standing for line in checklist(scene.plan)}


def acts(scene: Scene) -> list[str]:
    rows = RecordEntry.objects.filter(chain=f"plan:{scene.plan.key}").order_by("seq")
    return [act for act in rows.values_list("act", flat=True) if act.split(".")[0] in OURS]


OURS = {"display", "paper", "neighbour"}


@pytest.fixture
def display(scene: Scene) -> Round:
    """A display round that is over."""
    one = scene.open(kind="display", place="政务服务大厅", media="政府网站", note="公示")
    Round.objects.filter(pk=one.pk).update(closed_at=clock.now())
    one.refresh_from_db()
    return one


def test_issued_sheet_of_a_closed_display_is_the_paper(scene: Scene, display: Round) -> None:
    office, plan = scene.office, scene.plan
    assert standing(scene)["public-display"] is Standing.MISSING
    write_display(actor=office, plan=plan, one=display, text=TEXT)
    assert standing(scene)["public-display"] is Standing.MISSING
    finish_display(actor=office, plan=plan, one=display, number=1, issue=issue())
    assert standing(scene)["public-display"] is Standing.BY_FACT
    assert acts(scene) == ["display.write", "display.finish"]


def test_sheet_is_issued_once_in_its_newest_version_after_the_end(scene: Scene) -> None:
    office, plan = scene.office, scene.plan
    one = scene.open(kind="display", place="政务服务大厅", media="政府网站", note="公示")
    with pytest.raises(Invalid):
        write_display(actor=office, plan=plan, one=one, text=SheetText(place_zh=" "))
    write_display(actor=office, plan=plan, one=one, text=SheetText(place_zh="网站"), base=0)
    with pytest.raises(Conflict):  # somebody else was quicker
        write_display(actor=office, plan=plan, one=one, text=TEXT, base=0)
    with pytest.raises(Conflict):  # still runs
        finish_display(actor=office, plan=plan, one=one, number=1, issue=issue())
    Round.objects.filter(pk=one.pk).update(closed_at=clock.now())
    with pytest.raises(Invalid):  # no result
        finish_display(actor=office, plan=plan, one=one, number=1, issue=issue())
    write_display(actor=office, plan=plan, one=one, text=TEXT, base=1)
    with pytest.raises(Conflict):  # an older version
        finish_display(actor=office, plan=plan, one=one, number=1, issue=issue())
    for missing in ({"number": " "}, {"on": None}, {"issuer": ""}):
        with pytest.raises(Invalid):
            finish_display(actor=office, plan=plan, one=one, number=2, issue=issue(**missing))
    finish_display(actor=office, plan=plan, one=one, number=2, issue=issue())
    with pytest.raises(Conflict):
        finish_display(actor=office, plan=plan, one=one, number=2, issue=issue())
    with pytest.raises(NotVisible):  # no display
        write_display(actor=office, plan=plan, one=scene.open(), text=TEXT)


def test_only_the_office_reads_a_sheet_that_is_not_issued(scene: Scene, display: Round) -> None:
    write_display(actor=scene.office, plan=scene.plan, one=display, text=TEXT)
    page = reverse("preparation:display", args=["QWJ", 1])
    file = reverse("preparation:display_file", args=["QWJ", 1, 1, "docx"])
    assert "公示无异议" in office_client(scene).get(page).content.decode()
    party = client_of(scene, JIASHAN)
    assert "公示无异议" not in party.get(page).content.decode()
    assert party.get(file).status_code == 404
    with pytest.raises(NotVisible):
        get_sheet(actor=scene.actor(JIASHAN), one=display)
    finish_display(actor=scene.office, plan=scene.plan, one=display, number=1, issue=issue())
    answer = party.get(file, headers={"Accept-Language": "zh-hans"})
    text = ZipFile(BytesIO(answer.content)).read("word/document.xml").decode()
    assert "公示无异议。" in text
    assert "〔2026〕1号" in text
    pdf = party.get(reverse("preparation:display_file", args=["QWJ", 1, 1, "pdf"]))
    assert pdf.content[:5] == b"%PDF-"
    assert party.get(file.replace("docx", "exe")).status_code == 404


def test_paper_is_filed_with_its_document(scene: Scene) -> None:
    office, plan = scene.office, scene.plan
    for missing in ({"number": ""}, {"on": None}, {"issuer": " "}):
        with pytest.raises(Invalid):
            file_checklist_paper(
                actor=office, plan=plan, paper="legal-review", issue=issue(**missing)
            )
    with pytest.raises(Invalid) as caught:
        file_checklist_paper(actor=office, plan=plan, paper="expert-opinion", issue=issue())
    assert set(caught.value.errors) == {"chair", "signers"}
    with pytest.raises(NotVisible):
        file_checklist_paper(actor=office, plan=plan, paper="nonsense", issue=issue())
    with pytest.raises(Conflict):
        file_checklist_paper(actor=office, plan=plan, paper="neighbour-opinions", issue=issue())
    with pytest.raises(Refused):
        file_checklist_paper(
            actor=scene.actor(WUJIANG), plan=plan, paper="legal-review", issue=issue()
        )
    signed = Signed(chair="组长", signers="甲、乙")
    file_checklist_paper(
        actor=office, plan=plan, paper="expert-opinion", issue=issue(), signed=signed
    )
    assert standing(scene)["expert-opinion"] is Standing.DONE
    assert acts(scene) == ["paper.file"]


def test_paper_is_not_needed_when_another_party_agrees(scene: Scene) -> None:
    office, plan = scene.office, scene.plan
    with pytest.raises(Invalid):
        waive_checklist_paper(actor=office, plan=plan, paper="legal-review", reason=" ")
    entry = waive_checklist_paper(actor=office, plan=plan, paper="legal-review", reason="已审")
    assert [b.code for b in blockers(plan=plan)].count("paper.unconfirmed") == 1
    for code in (QINGPU, KUNSHAN):  # who said so itself; who is consulted only
        with pytest.raises(Refused):
            confirm_checklist_paper(actor=scene.actor(code), plan=plan, entry=entry, agrees=True)
    with pytest.raises(Invalid):
        confirm_checklist_paper(actor=scene.actor(WUJIANG), plan=plan, entry=entry, agrees=False)
    confirm_checklist_paper(
        actor=scene.actor(WUJIANG), plan=plan, entry=entry, agrees=False, reason="须审查"
    )
    assert standing(scene)["legal-review"] is Standing.MISSING
    with pytest.raises(Conflict):
        confirm_checklist_paper(actor=scene.actor(JIASHAN), plan=plan, entry=entry, agrees=True)
    again = waive_checklist_paper(actor=office, plan=plan, paper="legal-review", reason="已审")
    with pytest.raises(Conflict):  # the older entry no longer counts
        confirm_checklist_paper(actor=scene.actor(JIASHAN), plan=plan, entry=entry, agrees=True)
    confirm_checklist_paper(actor=scene.actor(JIASHAN), plan=plan, entry=again, agrees=True)
    assert standing(scene)["legal-review"] is Standing.WAIVED


def test_opinions_of_neighbours_in_rounds_and_apart(scene: Scene) -> None:
    office, plan = scene.office, scene.plan
    one = scene.open()
    comment = scene.reply(one, KUNSHAN, "aim").comments.get()

    def told() -> list[tuple[str, int, int]]:
        (row,) = neighbour_opinions(plan)
        return [(w.result, w.comments, w.answered) for w in row.written]

    assert told() == [("opinions", 1, 0)]
    scene.decide(comment, "noted")
    actions.publish_dispositions(actor=office, plan=plan)
    assert told() == [("opinions", 1, 1)]
    assert standing(scene)["neighbour-opinions"] is Standing.BY_FACT
    letter = Letter(number="昆函2号")
    for bad in (
        {"code": WUJIANG, "result": "no_objection", "letter": letter},
        {"code": KUNSHAN, "result": "nonsense", "letter": letter},
        {"code": KUNSHAN, "result": "no_objection", "letter": Letter()},
        {"code": KUNSHAN, "result": "opinions", "letter": letter},
    ):
        with pytest.raises(Invalid):
            file_neighbour_opinion(actor=office, plan=plan, **bad)  # type: ignore[arg-type]
    opinion = file_neighbour_opinion(
        actor=office, plan=plan, code=KUNSHAN, result="opinions", letter=letter, text="统一净宽"
    )
    lines = [b for b in blockers(plan=plan) if b.code == "neighbour.unanswered"]
    with translation.override("en"):
        assert [str(b.text) for b in lines] == [
            "A written opinion of the consulted neighbour Kunshan City is not answered."
        ]
    assert standing(scene)["neighbour-opinions"] is Standing.MISSING
    answer_neighbour_opinion(
        actor=office, plan=plan, opinion=opinion, text="已统一", letter=Letter()
    )
    assert told() == [("opinions", 1, 1), ("opinions", 1, 1)]
    assert standing(scene)["neighbour-opinions"] is Standing.BY_FACT
    assert acts(scene) == ["neighbour.file", "neighbour.answer"]


def test_sealed_answers_of_neighbours_do_not_show(scene: Scene) -> None:
    one = scene.open(is_sealed=True)
    scene.reply(one, KUNSHAN, "aim")
    assert [row.written for row in neighbour_opinions(scene.plan)] == [[]]
    page = reverse("preparation:neighbours", args=["QWJ"])
    for client in (office_client(scene), client_of(scene, JIASHAN)):
        assert "1 of 1" not in client.get(page).content.decode()


@pytest.mark.parametrize("name", ["checklist", "neighbours"])
def test_pages_are_there_for_parties_and_not_for_strangers(scene: Scene, name: str) -> None:
    url = reverse(f"preparation:{name}", args=["QWJ"])
    assert client_of(scene, JIASHAN).get(url).status_code == 200
    assert client_of(scene, "310000").get(url).status_code == 404


def test_forms_keep_what_was_typed(scene: Scene, display: Round) -> None:
    client = office_client(scene)
    for name, args, data in (
        ("paper_file", ["legal-review"], {"document_number": "文1"}),
        ("paper_waive", ["legal-review"], {}),
        ("display_write", [1], {"base": "0"}),
        ("neighbour_file", [], {"code": KUNSHAN, "letter_number": "文1"}),
    ):
        answer = client.post(reverse(f"preparation:{name}", args=["QWJ", *args]), data)
        assert answer.status_code == 422, name
        assert all(value in answer.content.decode() for value in data.values())


@given(st.sampled_from(PlanKind.values))
def test_table_of_papers_knows_what_it_asks_for(kind: str) -> None:
    asked = [paper.key for paper, is_required in papers_of(kind) if is_required]
    assert asked == [key for key in PAPERS if key in REQUIRED[kind]]
    assert all(str(paper.source) for paper, _required in papers_of(kind))
