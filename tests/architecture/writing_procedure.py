"""Cases of the letters of the approval."""

from dataclasses import replace

from consult.approval.actions.going_up import ask_completion, submit_plan
from consult.approval.enums import LetterKind, ReplyOutcome
from consult.approval.models import ApprovalLetter, ApprovalReply
from consult.approval.queries.standing import standing_of
from consult.approval.steps.letters import LetterText, write_letter
from consult.phase3_identification.actions import close_sign_off, declare, sign_statement
from consult.phase3_identification.steps import Stand
from plans.register.models import Plan
from stakeholders.terms.actor import Role
from stakeholders.terms.rights import Reason
from tests.architecture.rights_world import SIGNED
from tests.architecture.writing_case import OFFICE, THEIR_CONTACT, Case, day
from tests.consult.approval.way import request_text, today, without_papers
from tests.consult.phase1_organization.scene import PARTIES
from tests.world import JIANGSU, JIASHAN, QINGPU, SHANGHAI, WUJIANG, ZHEJIANG, World

REQUEST = {
    "number": "青吴嘉联报〔2026〕1号",
    "dated_on": day(0),
    "senders": [QINGPU, WUJIANG, JIASHAN],
    "addressees": [SHANGHAI, JIANGSU, ZHEJIANG],
}


def _all_signed(world: World, plan: Plan) -> None:
    for code in PARTIES:
        declare(
            actor=world.actor(code, Role.SIGNATORY),
            plan=plan,
            revision_hash=plan.frozen.hash,
            general=Stand(value="agree"),
            exceptions=(),
        )
    close_sign_off(actor=world.coordinator(plan), plan=plan)
    for code in PARTIES:
        sign_statement(actor=world.actor(code, Role.SIGNATORY), plan=plan)
    without_papers(plan, world.coordinator(plan))


def _submitted(world: World, plan: Plan) -> None:
    _all_signed(world, plan)
    submit_plan(actor=world.coordinator(plan), plan=plan, said=request_text())


def _asked(world: World, plan: Plan) -> None:
    _submitted(world, plan)
    said = LetterText(
        dated_on=today(), number="沪函1号", senders=[SHANGHAI], text="补充", due_on=today(9)
    )
    ask_completion(actor=world.coordinator(plan), plan=plan, said=said)


def _approved(world: World, plan: Plan) -> None:
    _submitted(world, plan)
    standing = standing_of(plan)
    request = standing.rows[standing.submission.pk]
    letter = write_letter(
        plan=plan,
        statement=request.statement,
        revision=request.revision,
        actor=world.coordinator(plan),
        kind=LetterKind.REPLY.value,
        said=LetterText(dated_on=today(), number="批复1号", senders=[SHANGHAI]),
        answers=request,
    )
    ApprovalReply.objects.create(letter=letter, outcome=ReplyOutcome.APPROVED.value)


def _letter() -> dict[str, object]:
    rows = ApprovalLetter.objects.order_by("pk").values_list("pk", flat=True)
    return {"letter": rows.last() or 0, "notice": rows.last() or 0}


_OFFICE = Case(who=OFFICE, plan=SIGNED, refused=THEIR_CONTACT, late=_letter)

PROCEDURE: dict[str, Case] = {
    "approval.submit": replace(
        _OFFICE,
        page="approval/submit/",
        call="approval/submission/",
        data=REQUEST,
        ready=_all_signed,
    ),
    "approval.forward": replace(
        _OFFICE,
        page="approval/forward/",
        call="approval/forwardings/",
        data={"number": "苏转1号", "dated_on": day(0), "addressees": [JIANGSU]},
        form={"senders": "320500"},
        body={"senders": ["320500"]},
        reason=Reason.NOT_YOURS,
        ready=_submitted,
    ),
    "approval.ask_completion": replace(
        _OFFICE,
        page="approval/notices/ask/",
        call="approval/notices/",
        data={"number": "沪函1号", "dated_on": day(0), "text": "补充年度减量", "due_on": day(9)},
        form={"senders": SHANGHAI},
        body={"senders": [SHANGHAI]},
        reason=Reason.NOT_YOURS,
        ready=_submitted,
    ),
    "approval.complete": replace(
        _OFFICE,
        page="approval/notices/{notice}/complete/",
        call="approval/notices/{notice}/completion/",
        data={"dated_on": day(0), "text": "已补充"},
        ready=_asked,
    ),
    "approval.publish": replace(
        _OFFICE,
        page="approval/publish/",
        call="approval/publication/",
        data={"dated_on": day(0), "place": "https://www.example.gov.cn/plan"},
        ready=_approved,
    ),
    "approval.file": replace(
        _OFFICE,
        page="approval/file/",
        call="approval/filings/",
        data={"dated_on": day(0), "number": "备〔2026〕1号", "addressees": [SHANGHAI]},
        ready=_approved,
    ),
    "approval.correct": replace(
        _OFFICE,
        page="approval/letters/{letter}/correct/",
        call="approval/letters/{letter}/corrections/",
        data={**REQUEST, "reason": "日期录错"},
        ready=_submitted,
    ),
}
