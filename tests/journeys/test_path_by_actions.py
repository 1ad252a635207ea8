"""One plan through all four phases by actions alone; every gate refuses first, in words."""

import json
import re
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.utils import translation
from django.utils.timezone import localtime

from consult.approval.actions.after_reply import publish_plan
from consult.approval.actions.dossier import file_dossier_paper
from consult.approval.actions.going_up import forward_plan, submit_plan
from consult.approval.actions.replies import Decision, acknowledge, file_reply
from consult.approval.queries.dossier import dossier_state
from consult.approval.steps.letters import LetterText
from consult.approval.steps.replies import ConditionText
from consult.ballots.steps import Letter
from consult.matters.models import Matter
from consult.phase1_organization.actions import (
    answer_invitation,
    close_charter_ballot,
    invite,
    open_charter_ballot,
    propose_charter,
    take_charter_position,
)
from consult.phase1_organization.content import default_content
from consult.phase1_organization.models import Invitation
from consult.phase1_organization.steps import Asking, Reply
from consult.phase2_preparation.actions import (
    answer_disposition,
    clear_comment,
    close_round,
    decide_disposition,
    draft_comment,
    open_round,
    publish_dispositions,
    submit_reply,
)
from consult.phase2_preparation.actions.checklists import (
    confirm_checklist_paper,
    file_checklist_paper,
    waive_checklist_paper,
)
from consult.phase2_preparation.models import Comment
from consult.phase2_preparation.steps import Letter as ReplyLetter
from consult.phase2_preparation.steps import Remark
from consult.phase2_preparation.steps.papers import Issue, Signed
from consult.phase3_identification import standalone, standalone_follows
from consult.phase3_identification.actions import (
    close_early,
    close_sign_off,
    declare,
    open_sign_off,
    sign_statement,
)
from consult.phase3_identification.board import board
from consult.phase3_identification.bundle import bundle_text
from consult.phase3_identification.queries import current_sign_off, statement_of
from consult.phase3_identification.steps import ReservationText, Stand
from consult.phase4_implementation.actions import report_reading, report_status
from consult.phase4_implementation.models import ThresholdWarning
from consult.phase4_implementation.steps import Said
from consult.workflow.actions import advance, publish
from plans.indicators.actions import add_indicator
from plans.indicators.measure import Measure
from plans.projects.actions import add_project
from plans.projects.sheet import Share, Sheet
from plans.register.actions import create_plan
from plans.register.models import Plan
from plans.text.actions import add_chapter, add_provision, edit_provision
from plans.text.queries import get_provision
from plans.text.wording import wording_of
from stakeholders.people.models import Mandate
from stakeholders.record.models import RecordEntry
from stakeholders.record.queries import check_chains
from stakeholders.record.steps import plan_chain
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.errors import Blocked, Conflict, Invalid, NotVisible, Refused
from stakeholders.terms.rights import Reason
from tests.journeys.ground import KEY, PARTIES, PROVISIONS, Cast, codes, said, speak, wording
from tests.world import (
    JIANGSU,
    JIASHAN,
    QINGPU,
    SHANGHAI,
    WUJIANG,
    ZHEJIANG,
    World,
    person,
)

AGREE = Stand(value="agree")
PROVINCES, PREFECTURES = (SHANGHAI, JIANGSU, ZHEJIANG), ("320500", "330400")
PAPERS = ["paper.missing"] * 3
WORD = re.compile("[a-z]{3}")  # what a gate says in Chinese has no English word in it


class Path:
    """The state the steps of the journey hand on."""

    def __init__(self, world: World) -> None:
        self.cast = Cast(world)
        self.world = world
        self.director = person("coordinator@joint.example", "joint office director")
        self.signatories: dict[str, Mandate] = {}

    @property
    def plan(self) -> Plan:
        return Plan.objects.get(key=KEY)

    @property
    def office(self) -> Actor:
        return speak(self.director, Role.COORDINATOR)

    def contact(self, code: str) -> Actor:
        return self.world.actor(code, Role.CONTACT_POINT)

    def planner(self, code: str) -> Actor:
        return self.world.actor(code, Role.PLANNER)

    def signatory(self, code: str) -> Actor:
        return speak(self.signatories[code].user, Role.SIGNATORY)

    def blocked(self) -> Blocked:
        with pytest.raises(Blocked) as caught:
            advance(actor=self.office, plan=self.plan)
        assert [text for text in said(caught.value, "zh-hans") if WORD.search(text)] == []
        return caught.value


@pytest.fixture
def path(world: World) -> Path:
    return Path(world)


def test_a_plan_walks_all_four_phases(path: Path) -> None:
    organize(path)
    draft(path)
    consult(path)
    decide(path)
    sign_off(path)
    sign(path)
    approve(path)
    implement(path)
    verify(path)


def organize(path: Path) -> None:
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
    first = path.blocked()
    assert codes(first) == ["co_makers", "signatory", "charter"]
    assert said(first, "en") == [
        "At least two co-making parties have to accept before a plan is joint.",
        "Qingpu District has to sign but has no signatory yet.",
        "The parties have not adopted a charter.",
    ]
    assert said(first, "zh-hans")[1] == "青浦区须签署，但尚未确定签署人。"
    refused(Reason.WRONG_ROLE, invite, actor=path.contact(QINGPU), plan=path.plan, invitations=[])
    answer_by = clock.now() + timedelta(days=20)
    invite(
        actor=path.office,
        plan=path.plan,
        invitations=[
            Asking(code=code, role="co_maker", must_sign=True, answer_by=answer_by)
            for code in (WUJIANG, JIASHAN)
        ],
    )
    assert codes(path.blocked()) == [
        "co_makers",
        "signatory",
        "charter",
        "invitation",
        "invitation",
    ]
    for code in (WUJIANG, JIASHAN):
        invitation = Invitation.objects.get(plan=path.plan, jurisdiction=code)
        reply = Reply(answer="accept")
        refused(
            Reason.WRONG_ROLE,
            answer_invitation,
            actor=path.planner(code),
            invitation=invitation,
            reply=reply,
        )
        answer_invitation(actor=path.contact(code), invitation=invitation, reply=reply)
    assert codes(path.blocked()) == ["signatory", "signatory", "signatory", "charter"]
    for code in PARTIES:
        path.signatories[code] = path.cast.mandate(code, Role.SIGNATORY)
    assert codes(path.blocked()) == ["charter"]
    adopt(path)
    advance(actor=path.office, plan=path.plan)
    assert path.plan.phase == 2


def adopt(path: Path) -> None:
    charter = propose_charter(actor=path.office, plan=path.plan, content=default_content())
    closes_at = clock.now() + timedelta(days=5)
    open_charter_ballot(actor=path.office, charter=charter, closes_at=closes_at)
    refused(
        Reason.WRONG_ROLE,
        take_charter_position,
        actor=path.contact(QINGPU),
        charter=charter,
        value="agree",
    )
    for code in (QINGPU, WUJIANG):
        take_charter_position(actor=path.signatory(code), charter=charter, value="agree")
    with pytest.raises(Conflict):
        close_charter_ballot(actor=path.office, charter=charter)
    take_charter_position(actor=path.signatory(JIASHAN), charter=charter, value="agree")
    end = close_charter_ballot(actor=path.office, charter=charter)
    assert end.outcome == "passed"


def draft(path: Path) -> None:
    with pytest.raises(Blocked) as caught:
        open_sign_off(actor=path.office, plan=path.plan)
    assert {"phase", "frozen"} <= set(codes(caught.value))
    for code in PARTIES:
        add_chapter(
            actor=path.office,
            plan=path.plan,
            key=f"of-{code}",
            title_zh=f"第{code}章",
            title_en=f"Chapter of {code}",
            drafting=[code],
        )
    refused(
        Reason.NOT_YOURS,
        add_provision,
        actor=path.planner(QINGPU),
        plan=path.plan,
        chapter=f"of-{WUJIANG}",
        wording=wording(PROVISIONS[2]),
    )
    for row in PROVISIONS:
        add_provision(
            actor=path.planner(row[1]),
            plan=path.plan,
            chapter=f"of-{row[1]}",
            wording=wording(row),
            key=row[0],
        )
    add_indicator(
        actor=path.office,
        plan=path.plan,
        key="antimony",
        measure=Measure(
            name_zh="锑浓度",
            name_en="Antimony",
            unit="微克/升",
            direction="down",
            aggregation="worst",
            target="5.0",
            target_year=2030,
            warning="4.0",
            limit="5.0",
            strength="binding",
        ),
    )
    revision = publish(actor=path.office, plan=path.plan, stage="consultation")
    assert (revision.number, revision.entries.count()) == (1, 7)


def consult(path: Path) -> None:
    gate = path.blocked()
    assert codes(gate) == ["round.none", "item.unconsulted", *PAPERS, "revision.not_frozen"]
    assert said(gate, "en")[0] == "No comment round was held."
    one = open_round(actor=path.office, plan=path.plan, is_sealed=True)
    for code, item in ((QINGPU, "lowflow"), (WUJIANG, "services")):
        comment = draft_comment(
            actor=path.planner(code),
            plan=path.plan,
            one=one,
            key=uuid4(),
            remark=Remark(type="technical", text_zh="减排比例应提高到30%。"),
            item=path.plan.items.get(key=item),
        )
        mine = {"plan": path.plan, "one": one, "letter": ReplyLetter(number="函〔2026〕1号")}
        refused(Reason.WRONG_ROLE, submit_reply, actor=path.planner(code), **mine)
        with pytest.raises(Invalid):  # nothing is cleared yet
            submit_reply(actor=path.contact(code), **mine)
        clear_comment(actor=path.contact(code), plan=path.plan, draft=comment)
        submit_reply(actor=path.contact(code), **mine)
    assert codes(path.blocked())[0] == "round.open"
    with pytest.raises(Conflict):  # one jurisdiction is silent and the hour has not come
        close_round(actor=path.office, plan=path.plan, one=one)
    submit_reply(
        actor=path.contact(JIASHAN),
        plan=path.plan,
        one=one,
        letter=ReplyLetter(number="函〔2026〕2号"),
        is_nil=True,
    )
    close_round(actor=path.office, plan=path.plan, one=one)


def decide(path: Path) -> None:
    gate = path.blocked()
    assert codes(gate) == [
        "comment.undisposed",
        "comment.undisposed",
        *PAPERS,
        "revision.not_frozen",
    ]
    assert said(gate, "en")[0] == "Comment C01 has no published disposition."
    first, second = Comment.objects.filter(plan=path.plan)
    with pytest.raises(Invalid):  # not adopted, without its reason
        decide_disposition(actor=path.office, plan=path.plan, comment=second, outcome="not_adopted")
    reasons = {"reason_zh": "依据见专题研究。", "reason_en": "See the study."}
    for comment, outcome in ((first, "adopted"), (second, "not_adopted")):
        decide_disposition(
            actor=path.office, plan=path.plan, comment=comment, outcome=outcome, **reasons
        )
    publish_dispositions(actor=path.office, plan=path.plan)
    for comment in (first, second):
        answer_disposition(
            actor=path.contact(comment.jurisdiction_id),
            plan=path.plan,
            disposition=comment.dispositions.get(),
            accepts=True,
        )
    gate = path.blocked()
    assert codes(gate) == ["comment.unchanged", *PAPERS, "revision.not_frozen"]
    assert (
        said(gate, "en")[0]
        == "Comment C01 was adopted, but its article has not changed in the newest revision."
    )
    file_papers(path)
    edit(path, "lowflow", "按日减排不少于30%。")
    revision = publish(
        actor=path.office, plan=path.plan, stage="recognition", freeze=True, accepts_gaps=True
    )
    assert revision.entries.get(item__key="lowflow").change == "text"
    with pytest.raises(Refused) as caught:
        edit(path, "lowflow", "按日减排不少于40%。")
    assert caught.value.verdict.reason is Reason.FROZEN
    assert not Matter.objects.filter(plan=path.plan).exists()
    advance(actor=path.office, plan=path.plan)
    assert path.plan.phase == 3


def file_papers(path: Path) -> None:
    """Two papers are filed; that no display is needed is confirmed by another party."""
    for key in ("expert-opinion", "legal-review"):
        file_checklist_paper(
            actor=path.office,
            plan=path.plan,
            paper=key,
            issue=Issue(number=f"〔2026〕{key}", on=clock.now().date(), issuer="联合办公室"),
            signed=Signed(chair="组长", signers="成员"),
        )
    entry = waive_checklist_paper(
        actor=path.office, plan=path.plan, paper="public-display", reason="已随上位规划公示。"
    )
    assert codes(path.blocked())[-2:] == ["paper.unconfirmed", "revision.not_frozen"]
    confirm_checklist_paper(actor=path.contact(WUJIANG), plan=path.plan, entry=entry, agrees=True)


def edit(path: Path, key: str, text_zh: str) -> None:
    held = get_provision(path.plan, key=key).item.draft
    fresh = {**vars(wording_of(held)), "text_zh": text_zh}
    edit_provision(
        actor=path.planner(WUJIANG),
        plan=path.plan,
        key=key,
        edits=held.edits,
        wording=type(wording_of(held))(**fresh),
    )


def sign_off(path: Path) -> None:
    assert codes(path.blocked()) == ["sign_off.none"]
    refused(Reason.WRONG_ROLE, open_sign_off, actor=path.contact(QINGPU), plan=path.plan)
    open_sign_off(actor=path.office, plan=path.plan, closes_at=clock.now() + timedelta(days=20))
    gate = path.blocked()
    assert (codes(gate), said(gate, "zh-hans")) == (
        ["sign_off.open"],
        ["条款认定尚未截止。"],
    )
    say(path, QINGPU)
    with pytest.raises(Blocked) as caught:
        close_sign_off(actor=path.office, plan=path.plan)
    assert said(caught.value, "en") == [
        "Wujiang District has not taken a position.",
        "Jiashan County has not taken a position.",
    ]
    former = path.signatories[WUJIANG]
    path.cast.end(former)
    with pytest.raises(NotVisible):  # the mandate has ended: the plan is no longer in sight
        say(path, WUJIANG)
    path.signatories[WUJIANG] = path.cast.mandate(WUJIANG, Role.SIGNATORY, name="successor")
    say(path, WUJIANG)
    reservation = Stand(
        item="tax",
        value="agree_reserved",
        text="核算办法出台前保留意见。",
        reservation=ReservationText(lifted_if_zh="出台统一核算办法"),
    )
    say(path, JIASHAN, reservation)
    state = board(sign_off=current_sign_off(path.plan), revision=path.plan.frozen)
    assert dict(state.totals) == {"agreed": 20, "reserved": 1}
    row = next(row for row in state.rows if row.key == "tax")
    assert [(cell.code, cell.state) for cell in row.cells] == [
        (QINGPU, "agreed"),
        (WUJIANG, "agreed"),
        (JIASHAN, "reserved"),
    ]
    assert close_early(actor=path.office, plan=path.plan).outcome == "passed"


def say(path: Path, code: str, *exceptions: Stand) -> None:
    declare(
        actor=path.signatory(code),
        plan=path.plan,
        revision_hash=path.plan.frozen.hash,
        general=AGREE,
        exceptions=exceptions,
        letter=Letter(number="府函〔2026〕1号"),
        decided_by="常务会议",
    )


def sign(path: Path) -> None:
    gate = path.blocked()
    assert codes(gate) == ["statement.unsigned"] * 3
    assert said(gate, "en")[0] == "Qingpu District has not signed the common statement."
    refused(Reason.WRONG_ROLE, sign_statement, actor=path.contact(QINGPU), plan=path.plan)
    for code in PARTIES:
        sign_statement(actor=path.signatory(code), plan=path.plan)
    statement = statement_of(current_sign_off(path.plan))
    content = json.loads(statement.content)
    assert [(r["item"], r["party"]) for r in content["reservations"]] == [("tax", JIASHAN)]
    bundle = bundle_text(plan=path.plan, statement=statement).encode()
    assert standalone.fault_in(bundle) == ""
    assert standalone_follows.fault_in(bundle) == ""
    assert standalone.fault_in(bundle.replace(b"30%", b"40%", 1)) != ""


def approve(path: Path) -> None:
    """Handed up with all papers, approved with one condition, published; the consents stand."""
    assert codes(path.blocked())[0] == "approval.not_submitted"
    today = localtime(clock.now()).date()
    said_up = LetterText(
        number="联报〔2026〕1号", dated_on=today, senders=PARTIES, addressees=PROVINCES
    )
    with pytest.raises(Blocked) as caught:
        submit_plan(actor=path.office, plan=path.plan, said=said_up)
    missing = [line.key for line in dossier_state(path.plan).lines if line.is_missing]
    assert len(said(caught.value, "en")) == len(missing)
    for line in missing:
        issue = Issue(number=f"〔2026〕{line}", on=today, issuer="联合办公室")
        file_dossier_paper(actor=path.office, plan=path.plan, line=line, issue=issue)
    submit_plan(actor=path.office, plan=path.plan, said=said_up)
    for code in PREFECTURES:
        letter = LetterText(
            number=f"转〔2026〕{code}", dated_on=today, senders=[code], addressees=PROVINCES
        )
        forward_plan(actor=path.office, plan=path.plan, said=letter)
    assert codes(path.blocked()) == ["approval.no_reply", "approval.not_published"]
    condition = ConditionText(item="lowflow", text_zh="按日减排不少于35%。")
    file_reply(
        actor=path.office,
        plan=path.plan,
        said=LetterText(
            number="联批〔2026〕2号", dated_on=today, senders=PROVINCES, addressees=PARTIES
        ),
        decision=Decision(outcome="with_conditions", conditions=[condition]),
    )
    with pytest.raises(Blocked):  # the condition is not carried out yet
        publish(actor=path.office, plan=path.plan, stage="approved")
    edit(path, "lowflow", "按日减排不少于35%。")
    revision = publish(actor=path.office, plan=path.plan, stage="approved")
    assert path.plan.frozen == revision
    assert codes(path.blocked()) == ["approval.not_published", *["approval.not_noted"] * 3]
    for code in PARTIES:
        acknowledge(actor=path.signatory(code), plan=path.plan)
    public = LetterText(dated_on=today, place="https://plans.example/qwj")
    publish_plan(actor=path.office, plan=path.plan, said=public)


def implement(path: Path) -> None:
    advance(actor=path.office, plan=path.plan)
    assert path.plan.phase == 4
    with pytest.raises(Refused) as caught:
        advance(actor=path.office, plan=path.plan)
    assert caught.value.verdict.reason is Reason.WRONG_PHASE
    sheet = Sheet(
        name_zh="清水绿廊",
        name_en="Clean-water corridor",
        theme="ecology",
        year_from=2026,
        year_until=2028,
        parties=(
            Share(code=WUJIANG, role="lead", cost_share=Decimal(60), benefit_share=Decimal(40)),
            Share(code=QINGPU, role="partner", cost_share=Decimal(40), benefit_share=Decimal(60)),
        ),
        provisions=("lowflow",),
    )
    project = add_project(actor=path.office, plan=path.plan, key="PJ1", sheet=sheet)
    late = Said(progress="late", text_zh="两家企业未签约")
    refused(
        Reason.NOT_YOURS,
        report_status,
        actor=path.contact(JIASHAN),
        project=project,
        jurisdiction=WUJIANG,
        said=late,
    )
    report_status(actor=path.contact(WUJIANG), project=project, jurisdiction=WUJIANG, said=late)
    for period, value in (("2026-10", "4.0"), ("2026-11", "4.3")):
        report_reading(
            actor=path.contact(WUJIANG),
            plan=path.plan,
            item="antimony",
            jurisdiction=WUJIANG,
            period=period,
            value=Decimal(value),
            evidence="联合监测（演示）",
        )
    warning = ThresholdWarning.objects.get()
    assert (warning.reading.period, warning.level, warning.threshold) == (
        "2026-11",
        "warning",
        "4.0",
    )
    told = path.world.user(JIASHAN, Role.CONTACT_POINT).notices.latest("pk")
    assert told.kind == "warning.raise"


def verify(path: Path) -> None:
    assert [check.chain for check in check_chains() if check.fault] == []
    entries = RecordEntry.objects.filter(chain=plan_chain(KEY)).order_by("seq")
    assert list(entries.values_list("act", flat=True)) == ACTS


ACTS = [
    "plan.create",
    "invitation.send",
    *["invitation.answer"] * 2,
    "charter.propose",
    "charter.open_ballot",
    *["charter.take_position"] * 3,
    "charter.close_ballot",
    "phase.advance",
    *["chapter.add"] * 3,
    *["provision.add"] * 6,
    "indicator.add",
    "revision.publish",
    "round.open",
    *["reply.submit"] * 3,
    "round.close",
    *["disposition.decide"] * 2,
    "disposition.publish",
    *["disposition.answer"] * 2,
    *["paper.file"] * 2,
    "paper.waive",
    "paper.confirm",
    "provision.edit",
    "revision.publish",
    "phase.advance",
    "sign_off.open",
    *["position.take"] * 3,
    "sign_off.close_early",
    *["statement.sign"] * 3,
    *["dossier.file"] * 2,
    "approval.submit",
    *["approval.forward"] * 2,
    "approval.reply",
    "provision.edit",
    "revision.publish",
    *["approval.acknowledge"] * 3,
    "approval.publish",
    "phase.advance",
    "project.add",
    "status.report",
    *["reading.report"] * 2,
]


def refused(reason: Reason, act: object, **arguments: object) -> None:
    """The act is refused for this reason, and says it in both languages without failing."""
    with pytest.raises(Refused) as caught:
        act(**arguments)  # type: ignore[operator]
    assert caught.value.verdict.reason is reason
    with translation.override("zh-hans"):
        assert str(caught.value)
