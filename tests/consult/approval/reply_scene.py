"""A small plan that was signed and submitted to three provinces, and what is done to it after."""

from datetime import date, timedelta

from django.utils.timezone import localtime

from consult.approval.actions.replies import Decision, file_reply
from consult.approval.enums import LetterKind
from consult.approval.models import ApprovalLetter, ApprovalReply
from consult.approval.steps.letters import LetterText, write_letter
from consult.approval.steps.replies import ConditionText
from consult.phase3_identification.actions import (
    close_sign_off,
    declare,
    open_sign_off,
    sign_statement,
)
from consult.phase3_identification.queries import current_sign_off, statement_of
from consult.phase3_identification.steps import Stand
from consult.workflow.actions import publish
from plans.register.enums import PartyRole
from plans.register.models import Plan, Revision
from plans.register.steps import add_party, set_phase
from plans.text.actions import add_chapter, add_provision, edit_provision
from plans.text.queries import get_provision
from plans.text.wording import Wording
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from tests.consult.phase3_identification.story import Story, laid_under_charter, put_charter
from tests.laying import laid_once
from tests.world import JIANGSU, JIASHAN, QINGPU, SHANGHAI, WUJIANG, ZHEJIANG, World

COUNTIES = (QINGPU, WUJIANG, JIASHAN)
PROVINCES = (SHANGHAI, JIANGSU, ZHEJIANG)
REPORT = ConditionText(
    item="2", text_zh="体检报告每年3月31日前报送并公布。", text_en="By 31 March."
)
WHOLE = ConditionText(text_zh="加强实施监督。")


@laid_once
def drafted(world: World, *, articles: int = 3, key: str = "QWJ") -> Plan:
    """A plan in preparation with `articles` binding articles; the provinces are consulted."""
    plan = world.plan(key, parties=(WUJIANG, JIASHAN))
    for code in PROVINCES:
        add_party(plan=plan, code=code, role=PartyRole.UPPER, must_sign=False)
    put_charter(Story(world=world, plan=plan))
    actor = world.coordinator(plan)
    add_chapter(actor=actor, plan=plan, key="one", title_zh="总则", title_en="General")
    for number in range(1, articles + 1):
        add_provision(
            actor=actor,
            plan=plan,
            chapter="one",
            key=f"a{number}",
            wording=worded(number, f"条文{number}。"),
        )
    return plan


def worded(number: int, text: str) -> Wording:
    return Wording(
        title_zh=f"第{number}项安排",
        title_en=f"Arrangement {number}",
        text_zh=text,
        text_en=text,
        strength="binding",
    )


def signed(world: World, plan: Plan) -> None:
    """Frozen, signed off by all, and the common statement signed."""
    actor = world.coordinator(plan)
    publish(actor=actor, plan=plan, stage="recognition", freeze=True, accepts_gaps=True)
    set_phase(plan=plan, phase=3)
    plan.refresh_from_db()
    open_sign_off(actor=actor, plan=plan)
    for code in COUNTIES:
        declare(
            actor=world.actor(code, Role.SIGNATORY),
            plan=plan,
            revision_hash=plan.frozen.hash,
            general=Stand(value="agree"),
        )
    close_sign_off(actor=actor, plan=plan)
    for code in COUNTIES:
        sign_statement(actor=world.actor(code, Role.SIGNATORY), plan=plan)
    plan.refresh_from_db()


def today() -> date:
    return localtime(clock.now()).date()


def letter(
    world: World, plan: Plan, kind: LetterKind, answers: ApprovalLetter | None = None
) -> ApprovalLetter:
    """A letter of the way up, as its own act writes it."""
    return write_letter(
        plan=plan,
        statement=statement_of(current_sign_off(plan)),
        revision=plan.frozen,
        actor=world.coordinator(plan),
        kind=kind.value,
        said=LetterText(
            dated_on=today() - timedelta(days=3),
            number="青吴嘉联报〔2026〕1号",
            senders=COUNTIES,
            addressees=PROVINCES,
        ),
        answers=answers,
    )


@laid_under_charter
def submitted(world: World, *, articles: int = 3, key: str = "QWJ") -> Plan:
    """A plan that was handed up and waits for its reply."""
    plan = drafted(world, articles=articles, key=key)
    signed(world, plan)
    letter(world, plan, LetterKind.SUBMISSION)
    return plan


def said(**changes: object) -> LetterText:
    values = {"number": "沪苏浙联批〔2026〕2号", "dated_on": today(), "senders": PROVINCES}
    return LetterText(**{**values, **changes})


def answer(world: World, plan: Plan, outcome: str, *conditions: ConditionText) -> ApprovalReply:
    decision = Decision(outcome=outcome, conditions=conditions)
    found = file_reply(actor=world.coordinator(plan), plan=plan, said=said(), decision=decision)
    plan.refresh_from_db()
    return found


def reword(world: World, plan: Plan, number: int, text: str) -> None:
    edits = get_provision(plan, key=f"a{number}").item.draft.edits
    edit_provision(
        actor=world.coordinator(plan),
        plan=plan,
        key=f"a{number}",
        edits=edits,
        wording=worded(number, text),
    )


def approve(world: World, plan: Plan, **said_of_it: object) -> Revision:
    found = publish(actor=world.coordinator(plan), plan=plan, stage="approved", **said_of_it)
    plan.refresh_from_db()
    return found
