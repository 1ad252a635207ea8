"""Cases of the papers of joint preparation: result sheet, checklist, opinions of neighbours."""

from consult.phase2_preparation.actions import open_round
from consult.phase2_preparation.actions.checklists import waive_checklist_paper
from consult.phase2_preparation.actions.displays import write_display
from consult.phase2_preparation.actions.neighbours import file_neighbour_opinion
from consult.phase2_preparation.models import NeighbourOpinion, PaperEntry, Round
from consult.phase2_preparation.steps import Letter
from consult.phase2_preparation.steps.papers import SheetText
from plans.register.models import Plan
from stakeholders.terms import clock
from tests.architecture.rights_world import PREPARED
from tests.architecture.writing_case import OFFICE, THEIR_CONTACT, WHY, Case, day
from tests.world import KUNSHAN, World

ISSUE = {"document_number": "〔2026〕1号", "issued_on": day(-1), "issuer": "联合办公室"}


def _displayed(world: World, plan: Plan) -> None:
    open_round(
        actor=world.coordinator(plan), plan=plan, kind="display", place="展示馆", media="网站"
    )


def _written(world: World, plan: Plan) -> None:
    _displayed(world, plan)
    one = plan.rounds.latest("number")
    Round.objects.filter(pk=one.pk).update(closed_at=clock.now())
    text = SheetText(result_zh="公示无异议。")
    write_display(actor=world.coordinator(plan), plan=plan, one=one, text=text)


def _waived(world: World, plan: Plan) -> None:
    waive_checklist_paper(
        actor=world.coordinator(plan), plan=plan, paper="legal-review", reason="已审查"
    )


def _opined(world: World, plan: Plan) -> None:
    file_neighbour_opinion(
        actor=world.coordinator(plan),
        plan=plan,
        code=KUNSHAN,
        result="opinions",
        text="请统一净宽。",
        letter=Letter(number="昆函1号"),
    )


def _round() -> dict[str, object]:
    return {"round": Round.objects.filter(plan__key=PREPARED).latest("number").number}


def _entry() -> dict[str, object]:
    return {"entry": PaperEntry.objects.values_list("pk", flat=True).last() or 0}


def _opinion() -> dict[str, object]:
    return {"opinion": NeighbourOpinion.objects.values_list("pk", flat=True).last() or 0}


PAPERS: dict[str, Case] = {
    "display.write": Case(
        who=OFFICE,
        page="rounds/{round}/display/write/",
        call="rounds/{round}/display/",
        data={"place_zh": "网站"},
        ready=_displayed,
        late=_round,
    ),
    "display.finish": Case(
        who=OFFICE,
        page="rounds/{round}/display/finish/",
        call="rounds/{round}/display/finish/",
        data=ISSUE,
        body={"number": 1},
        ready=_written,
        late=_round,
    ),
    "paper.file": Case(
        who=OFFICE,
        page="checklist/legal-review/file/",
        call="checklist/legal-review/file/",
        data=ISSUE,
        refused=THEIR_CONTACT,
    ),
    "paper.waive": Case(
        who=OFFICE,
        page="checklist/legal-review/waive/",
        call="checklist/legal-review/waive/",
        data=WHY,
        refused=THEIR_CONTACT,
    ),
    "paper.confirm": Case(
        who=THEIR_CONTACT,
        page="checklist/entries/{entry}/confirm/",
        call="checklist/entries/{entry}/confirm/",
        form={"agrees": "yes"},
        body={"agrees": True},
        ready=_waived,
        late=_entry,
    ),
    "neighbour.file": Case(
        who=OFFICE,
        page="neighbours/new/",
        call="neighbours/",
        data={"code": KUNSHAN, "result": "no_objection", "letter_number": "昆函1号"},
        refused=THEIR_CONTACT,
    ),
    "neighbour.answer": Case(
        who=OFFICE,
        page="neighbours/{opinion}/answer/",
        call="neighbours/{opinion}/answer/",
        data={"text": "已统一。"},
        ready=_opined,
        late=_opinion,
        refused=THEIR_CONTACT,
    ),
}
