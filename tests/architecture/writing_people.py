"""Cases of mandates, accounts, organizations and a party's own steps."""

from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.actions import (
    Particulars,
    StepShape,
    appoint,
    begin_steps,
    define_chain,
    enter_organization,
    grant_mandate,
)
from stakeholders.people.models import AccountInvitation, ChainRun, Mandate
from stakeholders.people.queries import current_step
from stakeholders.terms.actor import Actor, ActorKind, Role
from stakeholders.terms.rights import Reason
from tests.architecture.rights_world import PREPARED
from tests.architecture.writing_case import (
    LIMITED,
    OFFICE,
    OUR_CONTACT,
    OUR_PLANNER,
    OUR_SIGNATORY,
    THEIR_CONTACT,
    WHY,
    Case,
    Data,
    day,
)
from tests.world import QINGPU, ZHEJIANG, World, in_days, person

LETTER = "授权书9号"
NEWCOMER = {"email": "new@qingpu.example", "name_zh": "新人", "document": LETTER}
BODY = {"name_zh": "规划局", "kind": "planning_authority"}
MANDATE, RUN = "mandates/{mandate}/", "chain-runs/{run}/"


def _appointed(world: World, _plan: object) -> None:
    """A planner for this plan, invited to an account: the coordinator of the plan sees it too."""
    contact = world.actor(QINGPU, Role.CONTACT_POINT)
    appoint(actor=contact, role=Role.PLANNER, plan_key=PREPARED, **NEWCOMER)


def _pending(world: World, _plan: object) -> None:
    """A signatory named by an administrator, to be confirmed by a second person: another one than
    named the contact point, who would not be independent."""
    other = person("other@site.example", "another administrator")
    grant_mandate(
        actor=Actor(kind=ActorKind.ADMINISTRATOR, user_id=other.pk),
        user=person("new@qingpu.example", "new"),
        role=Role.SIGNATORY,
        jurisdiction=Jurisdiction.objects.get(pk=QINGPU),
        document=LETTER,
        plan_key=PREPARED,
    )


def _entered(world: World, _plan: object) -> None:
    enter_organization(
        actor=world.actor(QINGPU, Role.CONTACT_POINT),
        key="GHJ",
        particulars=Particulars(**BODY, codes=[QINGPU]),
    )


def _defined(world: World, _plan: object) -> None:
    define_chain(
        actor=world.actor(QINGPU, Role.CONTACT_POINT),
        kind="reply",
        steps=[StepShape(name_zh="经办", role="planner")],
    )


def _begun(world: World, plan: object) -> None:
    _defined(world, plan)
    planner = world.actor(QINGPU, Role.PLANNER)
    begin_steps(
        actor=planner, kind="reply", plan_key=PREPARED, subject_kind="round", subject_id="7"
    )


def _made() -> Data:
    mandate = Mandate.objects.filter(document=LETTER).first()
    invited = AccountInvitation.objects.filter(mandate=mandate).first() if mandate else None
    return {"mandate": mandate.pk if mandate else 1, "account": invited.pk if invited else 1}


def _on_its_way() -> Data:
    run = ChainRun.objects.first()
    return {"run": run.pk, "step": current_step(run)[0].pk} if run else {}


PEOPLE: dict[str, Case] = {
    "mandate.grant": Case(
        who=OUR_CONTACT,
        page="/people/mandates/grant/",
        call="/api/v1/mandates/",
        data={**NEWCOMER, "role": "planner"},
        refused=OUR_PLANNER,
    ),
    "mandate.claim": Case(
        who=THEIR_CONTACT,
        page="/people/mandates/claim/",
        call="/api/v1/mandates/claim/",
        data={"jurisdiction": ZHEJIANG, "document": LETTER},
        refused=LIMITED,
        reason=Reason.OUTSIDE_LIMITS,
    ),
    "mandate.substitute": Case(
        who=OUR_CONTACT,
        page=f"/people/{MANDATE}substitute/",
        call=f"/api/v1/{MANDATE}substitute/",
        data={**NEWCOMER, "email": "stand-in@qingpu.example"},
        form={"valid_from": day(1), "valid_until": day(5)},
        body={"valid_from": in_days(1).isoformat(), "valid_until": in_days(5).isoformat()},
        refused=OFFICE,
        reason=Reason.NOT_YOURS,
        ready=_appointed,
        late=_made,
    ),
    "mandate.confirm": Case(
        who=OUR_CONTACT,
        page=f"/people/{MANDATE}confirm/",
        refused=OFFICE,
        ready=_pending,
        late=_made,
    ),
    "mandate.refuse": Case(
        who=OUR_CONTACT,
        page=f"/people/{MANDATE}refuse/",
        call=f"/api/v1/{MANDATE}refuse/",
        data=WHY,
        refused=OFFICE,
        ready=_pending,
        late=_made,
    ),
    "mandate.end": Case(
        who=OUR_CONTACT,
        page=f"/people/{MANDATE}end/",
        call=f"/api/v1/{MANDATE}end/",
        refused=OFFICE,
        ready=_appointed,
        late=_made,
    ),
    "account.resend": Case(
        who=OUR_CONTACT,
        page="/people/invitations/{account}/resend/",
        refused=OFFICE,
        ready=_appointed,
        late=_made,
    ),
    "account.withdraw": Case(
        who=OUR_CONTACT,
        page="/people/invitations/{account}/withdraw/",
        refused=OFFICE,
        ready=_appointed,
        late=_made,
    ),
    "organization.enter": Case(
        who=OUR_CONTACT,
        page="/people/organizations/enter/",
        call="/api/v1/organizations/",
        data={**BODY, "key": "GHJ"},
        body={"jurisdictions": [QINGPU]},
        refused=OUR_PLANNER,
    ),
    "organization.change": Case(
        who=OUR_CONTACT,
        page="/people/organizations/GHJ/change/",
        call="/api/v1/organizations/GHJ/",
        data={**BODY, "name_zh": "规划资源局"},
        body={"jurisdictions": [QINGPU]},
        refused=OUR_PLANNER,
        ready=_entered,
    ),
    "chain.define": Case(
        who=OUR_CONTACT,
        page="/people/chains/reply/define/",
        call="/api/v1/chains/",
        form={
            "form-TOTAL_FORMS": "1",
            "form-INITIAL_FORMS": "1",
            "form-0-name_zh": "经办",
            "form-0-role": "planner",
        },
        body={"kind": "reply", "steps": [{"name_zh": "经办", "role": "planner"}]},
        refused=OUR_PLANNER,
    ),
    "chain.begin": Case(
        who=OUR_PLANNER,
        page="/people/chains/begin/",
        call="/api/v1/chain-runs/",
        data={"kind": "reply", "subject_kind": "round", "subject_id": "7"},
        form={"plan": PREPARED},
        body={"plan_key": PREPARED},
        refused=OFFICE,
        ready=_defined,
    ),
    "chain.pass": Case(
        who=OUR_PLANNER,
        page="/people/chains/runs/{run}/",
        call=f"/api/v1/{RUN}pass/",
        data={"step": "{step}"},
        form={"do": "pass"},
        refused=OUR_SIGNATORY,
        ready=_begun,
        late=_on_its_way,
    ),
    "chain.send_back": Case(
        who=OUR_PLANNER,
        page="/people/chains/runs/{run}/",
        call=f"/api/v1/{RUN}send-back/",
        data={"step": "{step}", "note": "更正"},
        form={"do": "back"},
        refused=OUR_SIGNATORY,
        ready=_begun,
        late=_on_its_way,
    ),
}
