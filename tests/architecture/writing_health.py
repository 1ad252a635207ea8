"""Cases of health checks: opened, filled in, read again, found, agreed to, published."""

from datetime import timedelta
from decimal import Decimal

from django.utils.timezone import localtime

from consult.health import actions
from consult.health.models import HealthCheck
from consult.health.steps import Border, Found
from consult.phase3_identification.models import Reservation
from plans.register.models import Plan
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from tests.architecture.rights_world import DONE
from tests.architecture.writing_case import (
    OFFICE,
    OUR_CONTACT,
    OUR_PLANNER,
    OUR_SIGNATORY,
    THEIR_PLANNER,
    WHY,
    Case,
    Data,
    day,
    newest,
)
from tests.consult.health.scene import reserve
from tests.world import JIASHAN, QINGPU, WUJIANG, World, in_days

ALL = (QINGPU, WUJIANG, JIASHAN)
ONE = "health/{check}/"
SAID = {"title_zh": "两地数据不一致", "codes": [QINGPU, WUJIANG]}
NAMES = {"title_zh": "廊道宽度", "owner": QINGPU, "reader": WUJIANG, "tolerance": "0"}


def _late() -> Data:
    return {"check": newest(HealthCheck), "reservation": newest(Reservation)}


def _open(world: World, plan: Plan) -> HealthCheck:
    day_due = localtime(clock.now()).date() + timedelta(days=20)
    return actions.open_check(
        actor=world.coordinator(plan),
        plan=plan,
        kind="yearly",
        year=day_due.year - 1,
        due_on=day_due,
        sections={"conclusions": ALL},
    )


def _bordered(world: World, plan: Plan) -> HealthCheck:
    check = _open(world, plan)
    border = Border(title_zh="廊道宽度", owner=QINGPU, reader=WUJIANG)
    actions.add_border_item(actor=world.coordinator(plan), plan=plan, check=check, border=border)
    return check


def _reserved(world: World, plan: Plan) -> HealthCheck:
    reserve(world, plan, QINGPU)
    return _open(world, plan)


def _found(world: World, plan: Plan) -> HealthCheck:
    check = _open(world, plan)
    said = Found(title_zh="两地数据不一致", codes=[QINGPU, WUJIANG])
    actions.state_finding(actor=world.coordinator(plan), plan=plan, check=check, said=said)
    return check


def _filled(world: World, plan: Plan) -> HealthCheck:
    check = _bordered(world, plan)
    for code in ALL:
        actions.fill_section(
            actor=world.actor(code, Role.CONTACT_POINT),
            plan=plan,
            check=check,
            number=1,
            jurisdiction=code,
            texts={"zh": "良好"},
        )
    for code in (QINGPU, WUJIANG):
        actions.state_figure(
            actor=world.actor(code, Role.CONTACT_POINT),
            plan=plan,
            check=check,
            number=1,
            jurisdiction=code,
            value=Decimal(50),
            source="实测",
        )
    return check


def _put(world: World, plan: Plan) -> HealthCheck:
    check = _filled(world, plan)
    actions.put_forward(actor=world.coordinator(plan), plan=plan, check=check, closes_at=in_days(5))
    return check


def _said(world: World, plan: Plan) -> HealthCheck:
    check = _put(world, plan)
    for code in ALL:
        actions.take_report_position(
            actor=world.actor(code, Role.SIGNATORY), plan=plan, check=check, value="agree"
        )
    return check


def _agreed(world: World, plan: Plan) -> HealthCheck:
    check = _said(world, plan)
    actions.close_report_ballot(actor=world.coordinator(plan), plan=plan, check=check)
    return check


HEALTH: dict[str, Case] = {
    "check.open": Case(
        plan=DONE,
        who=OFFICE,
        page="health/open/yearly/",
        call="health/",
        data={"year": localtime(clock.now()).year, "due_on": day(20)},
        form={"conclusions": [QINGPU]},
        body={"kind": "yearly", "sections": {"conclusions": [QINGPU]}},
    ),
    "border.add": Case(
        plan=DONE,
        who=OFFICE,
        page=f"{ONE}border/new/",
        call=f"{ONE}border/",
        data=NAMES,
        ready=_open,
        late=_late,
    ),
    "section.fill": Case(
        plan=DONE,
        who=OUR_CONTACT,
        page=f"{ONE}sections/1/",
        call=f"{ONE}sections/1/texts/",
        data={"jurisdiction": QINGPU, "text_zh": "良好"},
        form={"seen": "0"},
        ready=_open,
        late=_late,
    ),
    "border.state": Case(
        plan=DONE,
        who=OUR_CONTACT,
        page=f"{ONE}border/1/",
        call=f"{ONE}border/1/figures/",
        data={"jurisdiction": QINGPU, "value": "50.5", "source": "实测"},
        ready=_bordered,
        late=_late,
    ),
    "finding.state": Case(
        plan=DONE,
        who=OUR_CONTACT,
        page=f"{ONE}findings/new/",
        call=f"{ONE}findings/",
        data=SAID,
        ready=_open,
        late=_late,
    ),
    "reservation.review": Case(
        plan=DONE,
        who=OUR_CONTACT,
        page=f"{ONE}reservations/{{reservation}}/",
        call=f"{ONE}reservations/{{reservation}}/keep/",
        data={"next_on": day(300), "text_zh": "继续保留"},
        form={"decision": "kept"},
        refused=OUR_PLANNER,
        ready=_reserved,
        late=_late,
    ),
    "report.open_ballot": Case(
        plan=DONE,
        who=OFFICE,
        page=f"{ONE}report/put-forward/",
        call=f"{ONE}reports/",
        form={"closes_on": day(5)},
        body={"closes_at": in_days(5).isoformat()},
        ready=_filled,
        late=_late,
    ),
    "report.take_position": Case(
        plan=DONE,
        who=OUR_SIGNATORY,
        page=f"{ONE}report/position/",
        data={"value": "agree"},
        refused=OUR_PLANNER,
        ready=_put,
        late=_late,
    ),
    "report.close_ballot": Case(
        plan=DONE,
        who=OFFICE,
        page=f"{ONE}report/close/",
        call=f"{ONE}reports/close/",
        ready=_said,
        late=_late,
    ),
    "report.close_without_result": Case(
        plan=DONE,
        who=OFFICE,
        page=f"{ONE}report/close-without-result/",
        call=f"{ONE}reports/close-without-result/",
        data=WHY,
        ready=_put,
        late=_late,
    ),
    "report.recall_ballot": Case(
        plan=DONE,
        who=OFFICE,
        page=f"{ONE}report/recall/",
        call=f"{ONE}reports/recall/",
        data=WHY,
        ready=_put,
        late=_late,
    ),
    "finding.to_matter": Case(
        plan=DONE,
        who=OUR_CONTACT,
        page=f"{ONE}findings/1/matter/",
        call=f"{ONE}findings/1/matter/",
        refused=THEIR_PLANNER,
        ready=_found,
        late=_late,
    ),
    "check.publish": Case(
        plan=DONE,
        who=OFFICE,
        page=f"{ONE}report/publish/",
        call=f"{ONE}publication/",
        data={"published_on": day(0), "place": "三地政府网站"},
        ready=_agreed,
        late=_late,
    ),
}
