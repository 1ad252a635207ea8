"""Cases of acts entered for a party, by the joint office on evidence and by the party itself."""

from typing import Any

from consult.matters.models import Matter
from consult.phase1_organization.models import Invitation
from consult.phase2_preparation.models import Round
from consult.phase3_identification.models import SignOff
from consult.spoken.actions import refuse
from consult.spoken.models import EnteredAct
from plans.register.models import Plan
from stakeholders.terms.actor import Role
from stakeholders.terms.rights import Reason
from tests.architecture.rights_world import JIAXING, PREPARED, SIGNED
from tests.architecture.writing_case import (
    LAST_CONTACT,
    OFFICE,
    OUR_PLANNER,
    SIGNATORY,
    THEIR_PLANNER,
    Case,
    Data,
    Who,
)
from tests.world import JIASHAN, QINGPU, WUJIANG, World

EVIDENCE = {
    "evidence_kind": "call",
    "evidence_on": "2026-01-05",
    "evidence_text": "来电告知",
}
# What each kind of act says, by form and by program; its plan; for whom it is entered.
SAID = {
    "answer": ({"answer": "accept"}, {"answer": "accept"}, PREPARED, JIAXING),
    "reply": (
        {"is_nil": "on", "remarks-TOTAL_FORMS": "0", "remarks-INITIAL_FORMS": "0"},
        {"is_nil": True},
        PREPARED,
        JIASHAN,
    ),
    "stand": (
        {"value": "agree", "text_zh": "赞成"},
        {"value": "agree", "text_zh": "赞成"},
        PREPARED,
        QINGPU,
    ),
    "position": (
        {"value": "agree", "exceptions-TOTAL_FORMS": "0", "exceptions-INITIAL_FORMS": "0"},
        {},
        SIGNED,
        WUJIANG,
    ),
}


def _subjects() -> Data:
    """What the acts are about, and the entry that waits for Jiashan's word."""
    rows = {
        "answer": Invitation.objects.filter(jurisdiction=JIAXING),
        "reply": Round.objects.filter(plan__key=PREPARED, number=2),
        "stand": Matter.objects.filter(plan__key=PREPARED),
        "position": SignOff.objects.filter(plan__key=SIGNED),
        "entry": EnteredAct.objects.filter(jurisdiction=JIASHAN),
    }
    return {name: found.values_list("pk", flat=True).first() for name, found in rows.items()}


def _refused(world: World, plan: Plan) -> None:
    """Jiashan refuses the stand entered for it, so that another may be entered."""
    entry = EnteredAct.objects.get(plan=plan, jurisdiction=JIASHAN)
    refuse(actor=world.actor(JIASHAN, Role.CONTACT_POINT), act=entry, reason="未作此表示")


def _entering(kind: str, *, who: Who, refused: Who, code: str = "", **more: Any) -> Case:
    """Whoever is neither the joint office nor of the party enters nothing for it."""
    said, told, plan, usual = SAID[kind]
    code = code or usual
    body = {"kind": kind, "subject": f"{{{kind}}}", "jurisdiction": code, "said": told}
    return Case(
        who=who,
        plan=plan,
        page=f"entered/new/{kind}/{{{kind}}}/{code}/",
        call="" if kind == "position" else "entered/",
        data=EVIDENCE,
        form=said,
        body=body,
        refused=refused,
        reason=Reason.NOT_YOURS,
        late=_subjects,
        **more,
    )


SPOKEN: dict[str, Case] = {
    "answer.enter_for": _entering("answer", who=OFFICE, refused=SIGNATORY),
    "reply.enter_for": _entering("reply", who=OFFICE, refused=SIGNATORY),
    "stand.enter_for": _entering(
        "stand", who=OFFICE, refused=SIGNATORY, code=JIASHAN, ready=_refused
    ),
    "position.enter_for": _entering("position", who=OFFICE, refused=OUR_PLANNER),
    "answer.ad_referendum": _entering("answer", who=(JIAXING, Role.PLANNER), refused=THEIR_PLANNER),
    "reply.ad_referendum": _entering("reply", who=THEIR_PLANNER, refused=OUR_PLANNER),
    "stand.ad_referendum": _entering("stand", who=OUR_PLANNER, refused=THEIR_PLANNER),
    "position.ad_referendum": _entering(
        "position", who=(WUJIANG, Role.DEPUTY), refused=OUR_PLANNER
    ),
    "spoken.confirm": Case(
        who=LAST_CONTACT,
        page="entered/{entry}/confirm/",
        shown_on="entered/{entry}/",
        call="entered/{entry}/confirm/",
        refused=OFFICE,
        late=_subjects,
    ),
    "spoken.refuse": Case(
        who=LAST_CONTACT,
        page="entered/{entry}/refuse/",
        shown_on="entered/{entry}/",
        call="entered/{entry}/refuse/",
        data={"reason": "未作此表示"},
        refused=OFFICE,
        late=_subjects,
    ),
}
