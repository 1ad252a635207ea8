"""Cases of joint preparation, of publishing and of the phases."""

import uuid

from django.core.files.uploadedfile import SimpleUploadedFile

from consult.phase2_preparation.actions import decide_disposition, start_sheet, submit_reply
from consult.phase2_preparation.forms.sheets import FORMS
from consult.phase2_preparation.models import Comment, CommentDraft, Disposition, SheetImport
from consult.phase2_preparation.sheet_lines import sheet_view
from consult.phase2_preparation.steps import Letter
from consult.workflow import gates
from plans.register.models import Plan
from stakeholders.files.actions import upload_file
from stakeholders.terms.actor import Role
from stakeholders.terms.rights import Reason
from tests.architecture.rights_world import PREPARED, SIGNED
from tests.architecture.writing_case import (
    KEY,
    LAST_CONTACT,
    OFFICE,
    OUR_CONTACT,
    OUR_PLANNER,
    OUR_SIGNATORY,
    THEIR_CONTACT,
    THEIR_PLANNER,
    WHY,
    Case,
    day,
)
from tests.world import JIASHAN, QINGPU, WUJIANG, World


def _answered(world: World, plan: Plan) -> None:
    one = plan.rounds.get(number=2)
    for code in one.invitees.exclude(jurisdiction=WUJIANG).values_list("jurisdiction", flat=True):
        contact = world.actor(code, Role.CONTACT_POINT)
        submit_reply(actor=contact, plan=plan, one=one, letter=Letter(number="1"), is_nil=True)


def _decided(world: World, plan: Plan) -> None:
    decide_disposition(
        actor=world.coordinator(plan),
        plan=plan,
        comment=Comment.objects.get(plan=plan, number=1),
        outcome="adopted",
        reason_zh="采纳",
    )


def _cleared(world: World, plan: Plan) -> None:
    CommentDraft.objects.filter(round__plan=plan).update(state="cleared")


def _form_read(world: World, plan: Plan) -> None:
    """A comment form read into a preview that is due to be entered."""
    planner = world.actor(*THEIR_PLANNER)
    raw = f"单位,条款,类型,意见\n{THEIR_PLANNER[0]},全文,一般,意见".encode()
    stored = upload_file(actor=planner, upload=SimpleUploadedFile("f.csv", raw), kinds=FORMS)
    start_sheet(actor=planner, plan=plan, one=plan.rounds.get(number=2), file=stored)


def _form() -> dict[str, object]:
    sheet = SheetImport.objects.select_related("round").first()
    if sheet is None:
        return {"sheet": uuid.UUID(int=0), "seen": "-"}
    return {"sheet": sheet.pk, "seen": sheet_view(one=sheet.round, sheet=sheet).seen}


def _open_gate(world: World, plan: Plan) -> None:
    gates.GATES[plan.phase] = lambda *, plan: []


def shown_disposition() -> int:
    return Disposition.objects.get(comment__plan__key=PREPARED).pk


REMARK = {"type": "general", "text_zh": "意见"}
DRAFT = "rounds/2/drafts/{draft}/"
PREPARATION: dict[str, Case] = {
    "round.open": Case(
        who=OFFICE,
        page="rounds/new/",
        call="rounds/",
        data={"kind": "consultation", "codes": [QINGPU, WUJIANG]},
    ),
    "round.extend": Case(
        who=OFFICE,
        page="rounds/2/extend/",
        call="rounds/2/extend/",
        data={"closes_on": day(200), **WHY},
    ),
    "round.close": Case(
        who=OFFICE,
        page="rounds/2/close/",
        call="rounds/2/close/",
        ready=_answered,
        refused=THEIR_CONTACT,
    ),
    "round.enter_opinion": Case(
        who=OFFICE,
        page="rounds/2/opinions/new/",
        call="rounds/2/opinions/",
        data={"source": "public"},
        form=REMARK,
        body={"opinions": [REMARK]},
    ),
    "comment.draft": Case(
        who=THEIR_PLANNER,
        page="rounds/1/comments/new/",
        call="rounds/1/drafts/",
        data={**REMARK, "key": KEY},
    ),
    "comment.import": Case(
        who=THEIR_PLANNER,
        page="rounds/2/form/{sheet}/enter/",
        call="rounds/2/forms/{sheet}/enter/",
        shown_on="rounds/2/form/{sheet}/",
        data={"seen": "{seen}"},
        ready=_form_read,
        late=_form,
    ),
    "comment.edit": Case(
        who=OUR_PLANNER,
        page=DRAFT,
        call=DRAFT,
        data={**REMARK, "text_zh": "改"},
        refused=OUR_SIGNATORY,
    ),
    "comment.delete": Case(
        who=OUR_PLANNER, page=f"{DRAFT}delete/", call=DRAFT, refused=OUR_SIGNATORY
    ),
    "comment.clear": Case(
        who=OUR_CONTACT, page=f"{DRAFT}clear/", call=f"{DRAFT}clear/", refused=OUR_PLANNER
    ),
    "comment.withdraw_clearance": Case(
        who=OUR_CONTACT,
        page=f"{DRAFT}withdraw-clearance/",
        call=f"{DRAFT}withdraw-clearance/",
        ready=_cleared,
        refused=OUR_PLANNER,
    ),
    "comment.note": Case(
        who=OUR_PLANNER,
        page=f"{DRAFT}notes/",
        call=f"{DRAFT}notes/",
        data={"text": "补充依据"},
        refused=OUR_SIGNATORY,
    ),
    "comment.cosign": Case(who=LAST_CONTACT, page="comments/1/cosign/", call="comments/1/cosign/"),
    "comment.send_back": Case(
        who=OUR_CONTACT,
        page=f"{DRAFT}send-back/",
        call=f"{DRAFT}send-back/",
        data=WHY,
        refused=OUR_PLANNER,
    ),
    "reply.submit": Case(
        who=LAST_CONTACT,
        page="rounds/2/reply/",
        call="rounds/2/reply/",
        data={"is_nil": "True"},
        refused=(JIASHAN, Role.PLANNER),
    ),
    "disposition.decide": Case(
        who=OFFICE,
        page="comments/1/decide/",
        shown_on="comments/1/",
        call="comments/1/disposition/",
        data={"outcome": "adopted"},
        refused=THEIR_CONTACT,
    ),
    "disposition.publish": Case(
        who=OFFICE,
        page="dispositions/publish/",
        call="dispositions/publish/",
        ready=_decided,
        refused=THEIR_CONTACT,
    ),
    "disposition.answer": Case(
        who=THEIR_CONTACT,
        page="comments/1/answer/",
        shown_on="comments/1/",
        call="comments/1/answer/",
        form={"accepts": "yes"},
        body={"accepts": True},
        refused=LAST_CONTACT,
        reason=Reason.NOT_YOURS,
    ),
    "change.explain": Case(
        who=OUR_PLANNER,
        page="changes/aim/",
        call="changes/",
        data={"note": "会议纪要"},
        body={"item": "aim"},
    ),
    "revision.publish": Case(
        who=OFFICE, page="publish/", call="publish/", data={"stage": "consultation"}
    ),
    "phase.advance": Case(who=OFFICE, page="advance/", call="advance/", ready=_open_gate),
    "phase.reopen": Case(
        who=OFFICE, plan=SIGNED, page="reopen/", call="reopen/", data=WHY, form={"items": []}
    ),
}
