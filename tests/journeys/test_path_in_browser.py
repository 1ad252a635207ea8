"""The same path through Chromium: different people, each in a browser of their own."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser

from consult.phase2_preparation.models import PaperEntry
from consult.phase3_identification import standalone, standalone_follows
from plans.register.models import Plan
from stakeholders.people.models import Mandate
from stakeholders.record.queries import check_chains
from stakeholders.terms.actor import Role
from tests.journeys.ground import KEY, PARTIES, PROVISIONS, Cast
from tests.journeys.visitor import Visitor
from tests.world import JIASHAN, PASSWORD, QINGPU, SHANGHAI, WUJIANG, build_world, person

pytestmark = pytest.mark.browser
PLACE = "https://plans.example/small-plan"
REQUEST = {"number": "青吴嘉联报〔2026〕1号"}
PAPERS = 3  # that a special-topic plan needs besides its rounds
PREFECTURES = ("320500", "330400")  # of Wujiang and of Jiashan
C, P, S = Role.CONTACT_POINT, Role.PLANNER, Role.SIGNATORY


class Company:
    """The people of the path, signed in when they are first needed."""

    def __init__(self, browser: Browser, site: str, sort: type[Visitor] = Visitor) -> None:
        self.browser, self.site, self.sort = browser, site, sort
        self.cast = Cast(build_world())
        self.visitors: dict[str, Visitor] = {}
        self.signatories: dict[str, Mandate] = {}
        person("coordinator@joint.example", "联合办公室主任")
        for code in PARTIES:
            for role in (C, P):
                self.cast.world.mandate(code, role)

    def visitor(self, email: str) -> Visitor:
        if email not in self.visitors:
            visitor = self.sort(self.browser, self.site)
            self.visitors[email] = visitor.sign_in(email, PASSWORD)
        return self.visitors[email]

    def of(self, code: str, role: Role) -> Visitor:
        if role is S:
            return self.visitor(self.signatories[code].user.email)
        return self.visitor(self.cast.world.user(code, role).email)

    @property
    def office(self) -> Visitor:
        return self.visitor("coordinator@joint.example")

    @property
    def plan(self) -> Plan:
        return Plan.objects.get(key=KEY)

    def gate(self) -> list[str]:
        """What the gate page says is missing, in the reader's words."""
        return self.office.open(at("workflow:gate")).lines("main ul.gate > li > div")

    def advance(self) -> None:
        assert self.gate() == []
        self.office.open(at("workflow:advance")).send()


@pytest.fixture(scope="module")
def company(browser: Browser, site: str) -> Company:
    return Company(browser, site)


def at(name: str, *arguments: object, key: str = KEY) -> str:
    return reverse(name, args=[key, *arguments])


def day(days: int) -> str:
    return f"{timezone.localdate() + timedelta(days=days):%Y-%m-%d}"


@pytest.mark.prove(minutes=1)
def test_a_plan_walks_all_four_phases(company: Company) -> None:
    propose(company)
    walk(company)


def walk(company: Company) -> None:
    """From the proposal of a plan to the first reading after its approval."""
    organize(company)
    draft(company)
    consult(company)
    decide(company)
    sign_off(company)
    sign(company)
    submit(company)
    complete(company)
    take_up(company)
    make_known(company)
    implement(company)
    assert {email: v.strayed for email, v in company.visitors.items() if v.strayed} == {}
    assert [check.chain for check in check_chains() if check.fault] == []


def organize(company: Company) -> None:
    assert company.gate()[0].startswith("至少须有两个共同编制方")
    company.office.open(at("organization:invite")).fill(
        {
            "others": f"{WUJIANG}\n{JIASHAN}",
            "role": "co_maker",
            "must_sign": True,
            "answer_by": day(20),
        }
    ).send()
    accept(company, WUJIANG, JIASHAN)
    for code in PARTIES:
        company.signatories[code] = company.cast.mandate(code, S)
    assert len(company.gate()) == 1
    adopt(company)
    company.advance()


def propose(company: Company) -> None:
    company.of(QINGPU, C).open(reverse("register:new")).fill(
        {
            "title_zh": "三地小规划",
            "title_en": "A small plan of three",
            "short_zh": "小规划",
            "short_en": "Small plan",
            "key": KEY,
            "kind": "special_topic",
            "horizon_from": "2026",
            "horizon_until": "2035",
            "coordinator": "coordinator@joint.example",
            "coordinator_document": "任命书（演示）",
        }
    ).send()


def accept(company: Company, *codes: str) -> None:
    for code in codes:
        visitor = company.of(code, C).open(reverse("organization:invitations"))
        link = visitor.page.locator("main table a, main .row-list a").first
        visitor.open(str(link.get_attribute("href"))).fill(
            {"answer": "accept", "letter_number": "函〔2026〕1号"}
        ).send()


def adopt(company: Company) -> None:
    company.office.open(at("organization:propose")).send(by="propose")
    company.office.open(at("organization:open_ballot", 1)).fill({"closes_on": day(5)}).send()
    company.of(QINGPU, C).open(at("organization:take_position", 1), status=403)
    for code in PARTIES:
        company.of(code, S).open(at("organization:take_position", 1)).fill(
            {"value": "agree"}
        ).send()
    company.office.open(at("organization:close_ballot", 1)).send()


def draft(company: Company) -> None:
    company.office.open(at("identification:open"))
    for code in PARTIES:
        company.office.open(at("text:chapter_add")).fill(
            {"title_zh": f"第{code}章", "key": f"of-{code}", "drafting": [code]}
        ).send()
    for row in PROVISIONS:
        key, code, strength, title_zh, title_en, text_zh, text_en = row
        company.of(code, P).open(at("text:provision_add", f"of-{code}")).fill(
            {
                "key": key,
                "title_zh": title_zh,
                "title_en": title_en,
                "text_zh": text_zh,
                "text_en": text_en,
                "strength": strength,
            }
        ).send()
    company.office.open(at("indicators:add")).fill(
        {
            "key": "antimony",
            "name_zh": "锑浓度",
            "name_en": "Antimony",
            "unit": "微克/升",
            "direction": "down",
            "aggregation": "worst",
            "warning": "4.0",
            "limit": "5.0",
            "strength": "binding",
        }
    ).send()
    publish(company, "consultation", freeze=False)


def publish(company: Company, stage: str, *, freeze: bool) -> None:
    company.office.open(at("workflow:publish")).fill(
        {"stage": stage, "freeze": freeze, "accepts_gaps": freeze}
    ).send()


def consult(company: Company) -> None:
    assert len(company.gate()) == 3 + PAPERS
    company.office.open(at("preparation:open")).fill(
        {"closes_on": day(10), "is_sealed": True}
    ).send()
    for code, item in ((QINGPU, "lowflow"), (WUJIANG, "services")):
        company.of(code, P).open(at("preparation:draft_on", 1, item)).fill(
            {"type": "technical", "text_zh": "减排比例应提高到30%。"}
        ).send()
        company.of(code, P).open(at("preparation:reply", 1), status=403)
        contact = company.of(code, C).open(at("preparation:round", 1)).send("/clear/")
        contact.open(at("preparation:reply", 1)).fill({"letter_number": "函〔2026〕1号"}).send()
    assert "第1轮" in company.gate()[0] or "RD1" in company.gate()[0]
    nil = company.of(JIASHAN, C).open(at("preparation:reply", 1) + "?nil=1")
    nil.fill({"letter_number": "函〔2026〕2号"}).send()
    company.office.open(at("preparation:round", 1)).send("/close/")


def decide(company: Company) -> None:
    assert len(company.gate()) == 3 + PAPERS
    for number, outcome in ((1, "adopted"), (2, "not_adopted")):
        page = company.office.open(at("preparation:comment", number))
        page.fill({"outcome": outcome}).send("/decide/", status=422 if number == 2 else 200)
        if number == 2:
            page.fill({"outcome": outcome, "reason_zh": "依据见专题研究。"}).send("/decide/")
    company.office.open(at("preparation:publish")).send("/publish/")
    for number, code in ((1, QINGPU), (2, WUJIANG)):
        company.of(code, C).open(at("preparation:comment", number)).fill({"accepts": "yes"}).send(
            "/answer/"
        )
    company.of(WUJIANG, P).open(at("text:provision", "lowflow")).fill(
        {"text_zh": "按日减排不少于30%。", "text_en": "Not less than 30 %."}
    ).send()
    file_papers(company)
    invite_upper(company)
    publish(company, "recognition", freeze=True)
    company.of(WUJIANG, P).open(at("text:provision", "lowflow"), status=403)
    company.advance()


def file_papers(company: Company) -> None:
    """Two papers are filed; that no display is needed is confirmed by another party."""
    for key in ("expert-opinion", "legal-review"):
        issued: dict[str, str | bool | list[str]] = {
            "document_number": "〔2026〕1号",
            "issued_on": day(-1),
            "issuer": "联合办公室",
        }
        if key == "expert-opinion":
            issued |= {"chair": "组长", "signers": "成员"}
        company.office.open(at("preparation:paper_file", key)).fill(issued).send()
    company.office.open(at("preparation:paper_waive", "public-display")).fill(
        {"reason": "已随上位规划公示。"}
    ).send()
    entry = PaperEntry.objects.get(is_waiver=True).pk
    company.of(WUJIANG, C).open(at("preparation:paper_confirm", entry)).fill(
        {"agrees": "yes"}
    ).send()


def invite_upper(company: Company) -> None:
    """Who will forward the request and ask for papers takes part before the plan is handed up."""
    upper = (*PREFECTURES, SHANGHAI)
    for code in upper:
        company.cast.world.mandate(code, C)
    company.office.open(at("organization:invite")).fill(
        {"others": "\n".join(upper), "role": "upper", "must_sign": False, "answer_by": day(20)}
    ).send()
    accept(company, *upper)


def sign_off(company: Company) -> None:
    assert len(company.gate()) == 1
    company.office.open(at("identification:open")).fill(
        {"closes_on": day(20), "closes_hour": "17:00"}
    ).send()
    position(company, QINGPU)
    company.of(WUJIANG, S).open(at("identification:position"))
    company.cast.end(company.signatories[WUJIANG])
    # Its page was open when the mandate ended: the act is refused all the same.
    company.of(WUJIANG, S).fill({"value": "agree"}).send(by="preview", status=403)
    company.signatories[WUJIANG] = company.cast.mandate(WUJIANG, S, name="successor")
    position(company, WUJIANG)
    position(company, JIASHAN, reserved="tax")
    company.office.open(at("identification:matrix"))
    cells = company.office.lines("main table.matrix td")
    assert sum("保留" in cell for cell in cells) == 1
    company.office.open(at("identification:close_early")).send()


def position(company: Company, code: str, reserved: str = "") -> None:
    fields: dict[str, str | bool | list[str]] = {
        "value": "agree",
        "letter_number": "府函〔2026〕1号",
        "decided_by": "常务会议",
    }
    signatory = company.of(code, S).open(at("identification:position")).fill(fields)
    if reserved:
        signatory.fill({"as": "agree_reserved", "pick": [reserved]}).send(by="add")
        signatory.fill({"exceptions-0-text": "核算办法出台前保留意见。"})
    signatory.send(by="preview").send()


def sign(company: Company) -> None:
    assert len(company.gate()) == 3
    for code in PARTIES:
        company.of(code, S).open(at("identification:sign")).send()
    document = company.office.download(at("identification:document"))
    assert document[:2] == b"PK"  # a Word document is a zip archive
    bundle = company.office.download(at("identification:bundle"))
    assert standalone.fault_in(bundle) == ""
    assert standalone_follows.fault_in(bundle) == ""
    statement = json.loads(json.loads(bundle)["statement"])
    assert [(r["item"], r["party"]) for r in statement["reservations"]] == [("tax", JIASHAN)]


def submit(company: Company) -> None:
    """The gate waits for the approval; the request waits for the papers of the dossier."""
    assert "报" in company.gate()[0]
    company.office.open(at("approval:submit")).fill(REQUEST).send(status=422)
    missing = company.office.open(at("approval:dossier")).page.locator(
        "section[aria-labelledby=missing-heading] a"
    )
    lines = [str(link.get_attribute("href")).removeprefix("#") for link in missing.all()]
    for line in lines:
        company.office.open(at("approval:dossier_file", line)).fill(
            {"document_number": f"〔2026〕{line}", "issued_on": day(0), "issuer": "联合办公室"}
        ).send()
    assert not company.office.open(at("approval:dossier")).lines("#missing-heading")
    company.office.open(at("approval:submit")).fill(REQUEST).send()
    company.of(JIASHAN, C).open(at("approval:forward"), status=403)
    for code in PREFECTURES:
        company.of(code, C).open(at("approval:forward")).fill(
            {"number": f"转〔2026〕{code}", "text": "经审核，同意转报。"}
        ).send()


def complete(company: Company) -> None:
    """A province asks for a paper, the joint office hands it in, the reply names two articles."""
    company.of(SHANGHAI, C).open(at("approval:ask_completion")).fill(
        {"number": "补〔2026〕1号", "text": "附表一补充年度减量。", "due_on": day(7)}
    ).send()
    assert len(company.gate()) == 3  # the papers, the reply, the publication
    link = company.office.page.locator('main ul.gate a[href*="/complete/"]').first
    company.office.open(str(link.get_attribute("href"))).fill({"text": "附表一已补充。"}).send()
    company.office.open(at("approval:reply")).fill(
        {
            "outcome": "with_conditions",
            "number": "沪苏浙联批〔2026〕2号",
            "dated_on": day(0),
            "condition-0-item": "枯水限排",
            "condition-0-text_zh": "按日减排不少于35%。",
            "condition-1-item": "服务共享",
            "condition-1-text_zh": "明确共享公共服务的期限。",
        }
    ).send()


def take_up(company: Company) -> None:
    """Only what the reply names is changed, all of it, and the text is published so."""
    company.office.open(at("workflow:publish")).send(status=422)
    imposed = {
        (WUJIANG, "lowflow"): ("按日减排不少于35%。", "Not less than 35 %."),
        (JIASHAN, "services"): ("宜于2028年底前共享公共服务。", "Should be shared by 2028."),
    }
    for (code, key), (text_zh, text_en) in imposed.items():
        company.of(code, P).open(at("text:provision", key)).fill(
            {"text_zh": text_zh, "text_en": text_en}
        ).send()
    company.office.open(at("workflow:publish")).send()
    assert company.plan.frozen == company.plan.revisions.get(stage="approved")
    company.of(WUJIANG, P).open(at("text:provision", "lowflow"), status=403)


def make_known(company: Company) -> None:
    """Each party notes the changes, nobody consents anew; the plan is published."""
    assert len(company.gate()) == 4  # the publication, and three that have not noted the text
    for code in PARTIES:
        company.of(code, S).open(at("approval:acknowledge")).send()
    company.office.open(at("approval:publish")).fill({"place": PLACE}).send()
    company.office.open(at("identification:matrix"))
    assert not company.office.page.locator("main .matrix__stale").count()
    assert PLACE in company.of(JIASHAN, C).open(at("approval:overview")).text()
    company.advance()


def implement(company: Company) -> None:
    company.office.open(reverse("projects:new", args=[KEY])).fill(
        {
            "key": "PJ1",
            "name_zh": "清水绿廊",
            "theme": "ecology",
            "year_from": "2026",
            "year_until": "2028",
            f"role_{WUJIANG}": "lead",
            f"cost_{WUJIANG}": "60",
            f"role_{QINGPU}": "partner",
            f"cost_{QINGPU}": "40",
        }
    ).send()
    company.of(WUJIANG, C).open(at("implementation:report_status", "PJ1")).fill(
        {"progress": "late", "text_zh": "两家企业未签约"}
    ).send()
    company.of(WUJIANG, C).open(at("implementation:report_reading")).fill(
        {"item": "antimony", "period": "2026-11", "value": "4.3", "evidence": "联合监测（演示）"}
    ).send()
    warned = company.of(JIASHAN, C).open(at("implementation:home"))
    assert "4.3" in warned.text()
    assert company.plan.phase == 4
