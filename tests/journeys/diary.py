"""What people do on one plan from the first invitation to the statement, at which hour of Shanghai."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from consult.phase1_organization.actions import (
    answer_invitation,
    invite,
    open_charter_ballot,
    propose_charter,
    take_charter_position,
)
from consult.phase1_organization.content import default_content
from consult.phase1_organization.models import Charter, Invitation
from consult.phase1_organization.steps import Asking, Reply
from consult.phase2_preparation.actions import (
    answer_disposition,
    clear_comment,
    decide_disposition,
    draft_comment,
    extend_round,
    open_round,
    publish_dispositions,
    submit_reply,
)
from consult.phase2_preparation.models import Comment, Round
from consult.phase2_preparation.steps import Letter as ReplyLetter
from consult.phase2_preparation.steps import Remark
from consult.phase3_identification.actions import open_sign_off, sign_statement
from consult.workflow.actions import advance, publish
from plans.register.actions import create_plan
from plans.text.actions import add_chapter, add_provision
from stakeholders.notices.models import MailPreference
from stakeholders.people.actions import end_mandate
from stakeholders.people.models import User
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from tests.journeys.ground import KEY, PARTIES, PROVISIONS, wording
from tests.journeys.test_path_by_actions import Path, edit, file_papers, say
from tests.world import JIASHAN, QINGPU, WUJIANG

ZONE = ZoneInfo("Asia/Shanghai")
Step = Callable[[Path], object]


def at(day: str, hour: int, minute: int = 0) -> datetime:
    """An hour of a day of 2026 ("03-02") in Shanghai."""
    month, number = day.split("-")
    return datetime(2026, int(month), int(number), hour, minute, tzinfo=ZONE)


def ask(path: Path) -> None:
    """The parties have their people, who want their mail each in another way."""
    for code in PARTIES:
        path.contact(code)
        path.planner(code)
    prefer(path.world.user(WUJIANG, Role.CONTACT_POINT), rhythm="daily", hour=9)
    quiet = {"quiet_from": time(16, 30), "quiet_until": time(8, 30)}
    prefer(path.world.user(JIASHAN, Role.CONTACT_POINT), **quiet)
    prefer(path.world.user(JIASHAN, Role.PLANNER), rhythm="never")
    in_english = path.world.user(QINGPU, Role.CONTACT_POINT)
    in_english.language = "en"
    in_english.save(update_fields=["language"])
    create_plan(
        actor=path.contact(QINGPU),
        key=KEY,
        title_zh="三地小规划",
        title_en="A small plan of three",
        short_zh="小规划",
        short_en="Small plan",
        kind="special_topic",
        horizon_from=2026,
        horizon_until=2035,
        coordinator=path.director,
        coordinator_document="任命书（演示）",
    )
    asked = [
        Asking(code=code, role="co_maker", must_sign=True, answer_by=at("03-06", 17))
        for code in (WUJIANG, JIASHAN)
    ]
    invite(actor=path.office, plan=path.plan, invitations=asked)


def prefer(user: User, **wishes: object) -> None:
    MailPreference.objects.create(user=user, updated_at=clock.now(), **wishes)


def accept(code: str) -> Step:
    def step(path: Path) -> None:
        answer_invitation(
            actor=path.contact(code),
            invitation=Invitation.objects.get(plan=path.plan, jurisdiction=code),
            reply=Reply(answer="accept"),
        )

    return step


def name_signatories(path: Path) -> None:
    for code in PARTIES:
        path.signatories[code] = path.cast.mandate(code, Role.SIGNATORY)


def propose(path: Path) -> None:
    charter = propose_charter(actor=path.office, plan=path.plan, content=default_content())
    open_charter_ballot(actor=path.office, charter=charter, closes_at=at("03-11", 17))


def agree(code: str) -> Step:
    def step(path: Path) -> None:
        charter = Charter.objects.get(plan=path.plan)
        take_charter_position(actor=path.signatory(code), charter=charter, value="agree")

    return step


def draft(path: Path) -> None:
    advance(actor=path.office, plan=path.plan)
    for code in PARTIES:
        add_chapter(
            actor=path.office,
            plan=path.plan,
            key=f"of-{code}",
            title_zh=f"第{code}章",
            title_en=f"Chapter of {code}",
            drafting=[code],
        )


def write(code: str) -> Step:
    def step(path: Path) -> None:
        for row in [row for row in PROVISIONS if row[1] == code]:
            add_provision(
                actor=path.planner(code),
                plan=path.plan,
                chapter=f"of-{code}",
                wording=wording(row),
                key=row[0],
            )

    return step


def consult(path: Path) -> None:
    publish(actor=path.office, plan=path.plan, stage="consultation")
    open_round(actor=path.office, plan=path.plan, closes_on=date(2026, 3, 19), is_sealed=True)


def the_round(path: Path) -> Round:
    return Round.objects.get(plan=path.plan)


def comment(code: str, item: str) -> Step:
    def step(path: Path) -> None:
        draft_comment(
            actor=path.planner(code),
            plan=path.plan,
            one=the_round(path),
            key=uuid4(),
            remark=Remark(type="technical", text_zh="减排比例应提高到30%。"),
            item=path.plan.items.get(key=item),
        )

    return step


def hand_in(code: str) -> Step:
    def step(path: Path) -> None:
        one = the_round(path)
        for row in one.drafts.filter(jurisdiction_id=code):
            clear_comment(actor=path.contact(code), plan=path.plan, draft=row)
        submit_reply(
            actor=path.contact(code),
            plan=path.plan,
            one=one,
            letter=ReplyLetter(number="函〔2026〕1号"),
            is_nil=not one.drafts.filter(jurisdiction_id=code).exists(),
        )

    return step


def extend(path: Path) -> None:
    extend_round(
        actor=path.office,
        plan=path.plan,
        one=the_round(path),
        closes_on=date(2026, 3, 20),
        reason="一方请求延期",
    )


def dispose(path: Path) -> None:
    for row, outcome in zip(
        Comment.objects.filter(plan=path.plan).order_by("number"),
        ("adopted", "not_adopted"),
        strict=True,
    ):
        decide_disposition(
            actor=path.office,
            plan=path.plan,
            comment=row,
            outcome=outcome,
            reason_zh="依据见专题研究。",
            reason_en="See the study.",
        )
    publish_dispositions(actor=path.office, plan=path.plan)


def answer(code: str) -> Step:
    def step(path: Path) -> None:
        row = Comment.objects.get(plan=path.plan, jurisdiction=code)
        answer_disposition(
            actor=path.contact(code),
            plan=path.plan,
            disposition=row.dispositions.get(),
            accepts=True,
        )

    return step


def freeze(path: Path) -> None:
    file_papers(path)
    edit(path, "lowflow", "按日减排不少于30%。")
    publish(actor=path.office, plan=path.plan, stage="recognition", freeze=True, accepts_gaps=True)
    advance(actor=path.office, plan=path.plan)


def open_for_positions(path: Path) -> None:
    open_sign_off(actor=path.office, plan=path.plan, closes_at=at("03-31", 17))


def declare(code: str) -> Step:
    return lambda path: say(path, code)


def replace_signatory(path: Path) -> None:
    end_mandate(actor=path.world.admin, mandate=path.signatories[WUJIANG])
    path.signatories[WUJIANG] = path.cast.mandate(WUJIANG, Role.SIGNATORY, name="successor")


def sign(code: str) -> Step:
    return lambda path: sign_statement(actor=path.signatory(code), plan=path.plan)


DIARY: dict[datetime, Step] = {
    at("03-02", 10): ask,
    at("03-03", 14): accept(WUJIANG),
    at("03-06", 11): accept(JIASHAN),
    at("03-06", 15): name_signatories,
    at("03-06", 16): propose,
    at("03-09", 10): agree(QINGPU),
    at("03-10", 10): agree(WUJIANG),
    at("03-11", 16): agree(JIASHAN),
    at("03-12", 9): draft,
    at("03-12", 11): write(QINGPU),
    at("03-12", 14): write(WUJIANG),
    at("03-12", 15): write(JIASHAN),
    at("03-12", 17): consult,
    at("03-13", 10): comment(QINGPU, "lowflow"),
    at("03-13", 15): hand_in(QINGPU),
    at("03-16", 10): comment(WUJIANG, "services"),
    at("03-17", 15): hand_in(WUJIANG),
    at("03-19", 15): extend,
    at("03-20", 10): hand_in(JIASHAN),
    at("03-23", 9): dispose,
    at("03-23", 14): answer(QINGPU),
    at("03-24", 10): answer(WUJIANG),
    at("03-24", 14): freeze,
    at("03-24", 16): open_for_positions,
    at("03-25", 10): declare(QINGPU),
    at("03-26", 9): replace_signatory,
    at("03-27", 10): declare(WUJIANG),
    at("03-31", 10): declare(JIASHAN),
    at("04-01", 10): sign(QINGPU),
    at("04-01", 11): sign(WUJIANG),
    at("04-02", 10): sign(JIASHAN),
}
BEGIN, END = at("03-02", 8), at("04-03", 0)
HOUR = timedelta(hours=1)
