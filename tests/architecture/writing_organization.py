"""Cases of joint organization, and of matters."""

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from consult.matters.actions import close_matter
from consult.matters.models import Matter
from consult.phase1_organization.actions import (
    give_notice,
    open_accession_ballot,
    open_base_ballot,
    propose_accession,
    take_accession_position,
    take_base_position,
)
from consult.phase1_organization.content import default_content
from consult.phase1_organization.models import Accession, Withdrawal
from plans.projects.models import ProjectParty
from plans.register.actions import add_attachment
from plans.register.models import Plan
from stakeholders.files.actions import upload_file
from stakeholders.files.enums import Kind
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from stakeholders.terms.rights import Reason
from tests.architecture.rights_world import JIAXING
from tests.architecture.writing_case import (
    LAST_CONTACT,
    OFFICE,
    OUR_CONTACT,
    OUR_PLANNER,
    SIGNATORY,
    THEIR_CONTACT,
    WHY,
    Case,
    day,
    newest,
)
from tests.consult.phase1_organization.composed import posted
from tests.consult.phase1_organization.scene import PARTIES, proposed, put_to_parties, speak
from tests.world import QINGPU, SHANGHAI, WUJIANG, World, in_days

CHARTER = "organization/charters/"


def _put(world: World, plan: Plan) -> None:
    put_to_parties(world, proposed(world, plan))


def _agreed(world: World, plan: Plan) -> None:
    charter = proposed(world, plan)
    put_to_parties(world, charter)
    for code in PARTIES:
        speak(world, charter, code)


def _based(world: World, plan: Plan) -> None:
    actor = world.actor(*OUR_PLANNER)
    upload = SimpleUploadedFile("figures.csv", "底数,1".encode())
    file = upload_file(actor=actor, upload=upload, kinds={Kind.CSV})
    add_attachment(
        actor=actor,
        plan=plan,
        file=file,
        title_zh="底数",
        is_unclassified=True,
        purpose="base_figures",
    )


def _base_put(world: World, plan: Plan) -> None:
    _based(world, plan)
    open_base_ballot(actor=world.coordinator(plan), plan=plan, closes_at=in_days(3))


def _base_said(world: World, plan: Plan) -> None:
    _base_put(world, plan)
    for code in PARTIES:
        take_base_position(actor=world.actor(code, Role.SIGNATORY), plan=plan, value="agree")


def _leaving(world: World, plan: Plan) -> None:
    """Wujiang has given notice long ago and has nothing left to settle."""
    for matter in Matter.objects.filter(plan=plan):
        matter.jurisdictions.remove(WUJIANG)
    ProjectParty.objects.filter(project__plan=plan, jurisdiction=WUJIANG).delete()
    with clock.stated(in_days(-700)):
        give_notice(actor=world.actor(*SIGNATORY), plan=plan, reason="区划调整")


def _noticed(world: World, plan: Plan) -> None:
    """Wujiang has given notice; its day lies ahead, whatever the charter says."""
    with clock.stated(in_days(30)):
        give_notice(actor=world.actor(*SIGNATORY), plan=plan, reason="区划调整")


def _joining(world: World, plan: Plan) -> None:
    propose_accession(
        actor=world.coordinator(plan),
        plan=plan,
        code=SHANGHAI,
        must_sign=True,
        weight="1",
        reason="来函",
    )


def _joining_put(world: World, plan: Plan) -> None:
    _joining(world, plan)
    open_accession_ballot(
        actor=world.coordinator(plan),
        accession=Accession.objects.get(plan=plan),
        closes_at=in_days(3),
    )


def _joining_said(world: World, plan: Plan) -> None:
    _joining_put(world, plan)
    for code in PARTIES:
        take_accession_position(
            actor=world.actor(code, Role.SIGNATORY),
            accession=Accession.objects.get(plan=plan),
            value="agree",
        )


def _withdrawal() -> dict[str, object]:
    return {"withdrawal": newest(Withdrawal)}


def _closed_matter(world: World, plan: Plan) -> None:
    matter = Matter.objects.get(plan=plan)
    office = world.coordinator(plan)
    close_matter(actor=office, plan=plan, matter=matter, note="保留", review_on=date(2099, 1, 1))


ORGANIZATION: dict[str, Case] = {
    "invitation.send": Case(
        who=OFFICE,
        page="organization/invite/",
        call="invitations/",
        form={
            "others": SHANGHAI,
            "role": "upper",
            "answer_by": day(9),
            "suggested": [],
            "must_sign": "",
        },
        body={
            "invitations": [
                {"jurisdiction": SHANGHAI, "role": "upper", "answer_by": in_days(9).isoformat()}
            ]
        },
    ),
    "invitation.answer": Case(
        who=(JIAXING, Role.CONTACT_POINT),
        page="/invitations/{invitation}/",
        call="/api/v1/invitations/{invitation}/answers/",
        data={"answer": "accept"},
        refused=(JIAXING, Role.PLANNER),
    ),
    "base.open_ballot": Case(
        who=OFFICE,
        page="organization/base/open-ballot/",
        call="base/ballots/",
        form={"closes_on": day(9)},
        body={"closes_at": in_days(9).isoformat()},
        ready=_based,
    ),
    "base.take_position": Case(
        who=SIGNATORY,
        page="organization/base/position/",
        form={"value": "agree"},
        refused=THEIR_CONTACT,
        ready=_base_put,
    ),
    "base.close_ballot": Case(
        who=OFFICE,
        page="organization/base/close/",
        call="base/ballots/close/",
        ready=_base_said,
    ),
    "base.close_without_result": Case(
        who=OFFICE,
        page="organization/base/close-without-result/",
        call="base/ballots/close-without-result/",
        data=WHY,
        ready=_base_put,
    ),
    "base.recall_ballot": Case(
        who=OFFICE,
        page="organization/base/recall/",
        call="base/ballots/recall/",
        data=WHY,
        ready=_base_put,
    ),
    "party.give_notice": Case(
        who=SIGNATORY, page="organization/leave/", data=WHY, refused=THEIR_CONTACT
    ),
    "party.recall_notice": Case(
        who=SIGNATORY,
        page="organization/leave/{withdrawal}/recall/",
        data=WHY,
        refused=THEIR_CONTACT,
        ready=_noticed,
        late=_withdrawal,
    ),
    "party.leave": Case(
        who=OFFICE,
        page="organization/leave/{withdrawal}/",
        call="withdrawals/{withdrawal}/leave/",
        ready=_leaving,
        late=_withdrawal,
    ),
    "accession.propose": Case(
        who=OFFICE,
        page="organization/accessions/new/",
        call="accessions/",
        data={"jurisdiction": SHANGHAI, "weight": "1", "reason": "来函"},
    ),
    "accession.open_ballot": Case(
        who=OFFICE,
        page="organization/accessions/1/open-ballot/",
        call="accessions/1/ballots/",
        form={"closes_on": day(9)},
        body={"closes_at": in_days(9).isoformat()},
        ready=_joining,
    ),
    "accession.take_position": Case(
        who=SIGNATORY,
        page="organization/accessions/1/position/",
        data={"value": "agree"},
        refused=THEIR_CONTACT,
        ready=_joining_put,
    ),
    "accession.close_ballot": Case(
        who=OFFICE,
        page="organization/accessions/1/close/",
        call="accessions/1/ballots/close/",
        ready=_joining_said,
    ),
    "accession.close_without_result": Case(
        who=OFFICE,
        page="organization/accessions/1/close-without-result/",
        call="accessions/1/ballots/close-without-result/",
        data=WHY,
        ready=_joining_put,
    ),
    "accession.recall_ballot": Case(
        who=OFFICE,
        page="organization/accessions/1/recall/",
        call="accessions/1/ballots/recall/",
        data=WHY,
        ready=_joining_put,
    ),
    "charter.propose": Case(
        who=OFFICE,
        page=f"{CHARTER}new/",
        call="charters/",
        form=posted(default_content()),
        body={"content": default_content().as_dict()},
    ),
    "charter.open_ballot": Case(
        who=OFFICE,
        page=f"{CHARTER}2/open-ballot/",
        call="charters/2/ballots/",
        form={"closes_on": day(9)},
        body={"closes_at": in_days(9).isoformat()},
        ready=proposed,
    ),
    "charter.take_position": Case(
        who=SIGNATORY,
        page=f"{CHARTER}2/position/",
        data={"value": "agree"},
        refused=THEIR_CONTACT,
        ready=_put,
    ),
    "charter.close_ballot": Case(
        who=OFFICE,
        page=f"{CHARTER}2/close/",
        call="charters/2/ballots/close/",
        ready=_agreed,
    ),
    "charter.close_without_result": Case(
        who=OFFICE,
        page=f"{CHARTER}2/close-without-result/",
        call="charters/2/ballots/close-without-result/",
        data=WHY,
        ready=_put,
    ),
    "charter.recall_ballot": Case(
        who=OFFICE,
        page=f"{CHARTER}2/recall/",
        call="charters/2/ballots/recall/",
        data=WHY,
        ready=_put,
    ),
    "matter.open": Case(
        who=OUR_CONTACT,
        page="matters/new/",
        call="matters/",
        data={"title_zh": "事项", "description_zh": "说明", "codes": [QINGPU, WUJIANG]},
    ),
    "matter.stand": Case(
        who=LAST_CONTACT,
        page="matters/{matter}/stand/",
        call="matters/{matter}/stands/",
        data={"value": "agree", "text_zh": "同意"},
        refused=THEIR_CONTACT,
        reason=Reason.NOT_YOURS,
    ),
    "matter.raise": Case(
        who=OFFICE,
        page="matters/{matter}/raise/",
        call="matters/{matter}/raise/",
        data={"note": "未达成一致"},
    ),
    "matter.close": Case(
        who=OFFICE,
        page="matters/{matter}/close/",
        call="matters/{matter}/close/",
        data={"note": "各自保留意见", "review_on": day(90)},
    ),
    "matter.reopen": Case(
        who=OFFICE,
        page="matters/{matter}/reopen/",
        call="matters/{matter}/reopen/",
        data={"note": "新情况"},
        ready=_closed_matter,
    ),
}
