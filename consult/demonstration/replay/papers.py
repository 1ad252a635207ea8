"""Phase 2, the papers: the result of the display, the checklist, opinions of neighbours."""

from collections.abc import Callable

from consult.demonstration.reading import Row, by_key, numbered, table
from consult.demonstration.replay.stage import Scene, Stage
from consult.phase2_preparation.actions.checklists import file_checklist_paper
from consult.phase2_preparation.actions.displays import finish_display, write_display
from consult.phase2_preparation.actions.neighbours import file_neighbour_opinion
from consult.phase2_preparation.enums import NeighbourResult
from consult.phase2_preparation.models import Round
from consult.phase2_preparation.steps import Letter
from consult.phase2_preparation.steps.papers import Issue, SheetText, Signed
from stakeholders.jurisdictions.models import Jurisdiction

WRITTEN, ISSUED = -66, -64  # after the display ended on day -70, before round 2 is looked at
OFFICE = "青吴嘉协同规划联合办公室（演示）"
# Step of the dossier -> paper of the checklist, who issued it, chair and signers.
PAPERS = {
    "D5": (
        "expert-opinion",
        "协同规划专家组（演示）",
        Signed(chair="专家组组长", signers="专家组成员（演示）"),
    ),
    "D6": ("legal-review", "三地司法行政部门（演示）", Signed()),
    "D7": ("risk-assessment", OFFICE, Signed()),
}
# Who was silent has not accepted its invitation: it is no party, and nothing is filed for it.
RESULTS = {"no objection": NeighbourResult.NO_OBJECTION}
SHEET = SheetText(
    place_zh="网站、规划展示馆、镇村公告栏（演示）",
    place_en="Web sites, planning exhibition halls, notice boards of towns and villages (demonstration)",
    main_zh=(
        "公示期间收到公众意见3条，其中1条涉及文本（跨省就医同城结算），列入意见采纳情况表，"
        "已作解释说明并转有关部门；其余2条为咨询事项，已当场答复。"
    ),
    main_en=(
        "The public sent three opinions. One concerns the text (hospital bills across the border): it "
        "stands in the adoption table, was explained and passed on. Two were questions, answered."
    ),
    result_zh="公示期满，收到的意见均已研究处理，公示无异议事项。",
    result_en="The display is over; every opinion received was dealt with, and no objection stands.",
    attachments="公示证明（30日）（演示）\n公示现场照片（演示）",
)


def scenes() -> list[Scene]:
    dossier = by_key("dossier", "step")
    return [
        Scene(day=WRITTEN, play=_write),
        Scene(day=ISSUED, play=_issue),
        *(Scene(day=int(dossier[step]["done_day"]), play=_file(dossier[step])) for step in PAPERS),
        *(
            Scene(day=int(row["day"]), play=_opinion(row))
            for row in table("neighbour_opinions")
            if row["opinion"] in RESULTS
        ),
    ]


def _display(stage: Stage) -> Round:
    return Round.objects.get(plan__key=stage.key, number=2)


def _write(stage: Stage) -> None:
    write_display(actor=stage.office, plan=stage.plan, one=_display(stage), text=SHEET)


def _issue(stage: Stage) -> None:
    on = stage.date(ISSUED)
    issue = Issue(number=numbered("青吴嘉公示〔2026〕1号（演示）", on), on=on, issuer=OFFICE)
    finish_display(actor=stage.office, plan=stage.plan, one=_display(stage), number=1, issue=issue)


def _file(row: Row) -> Callable[[Stage], None]:
    paper, issuer, signed = PAPERS[row["step"]]
    number = row["document_zh"].removesuffix("（演示）") + "（演示）"

    def play(stage: Stage) -> None:
        on = stage.date(int(row["done_day"]))
        file_checklist_paper(
            actor=stage.office,
            plan=stage.plan,
            paper=paper,
            issue=Issue(number=number, on=on, issuer=issuer),
            signed=signed,
        )

    return play


def _opinion(row: Row) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        unit = Jurisdiction.objects.get(pk=row["body"])
        letter = Letter(
            number=row["letter_no"],
            on=stage.date(int(row["day"])),
            issuer=f"{unit.name_zh}自然资源和规划主管部门（演示）",
        )
        file_neighbour_opinion(
            actor=stage.office,
            plan=stage.plan,
            code=row["body"],
            result=RESULTS[row["opinion"]].value,
            letter=letter,
            text=row["zh"],
        )

    return play
