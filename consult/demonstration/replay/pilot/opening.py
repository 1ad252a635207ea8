"""Phase 1: the plan is opened below the coordination plan, three make it and one is consulted."""

from collections.abc import Callable

from consult.demonstration.reading import Row, by_key, numbered, pairs, today
from consult.demonstration.replay.mandates import grant
from consult.demonstration.replay.organization import charter_of, content, take_position
from consult.demonstration.replay.preparation import advance_phase
from consult.demonstration.replay.stage import OFFICE, Scene, Stage
from consult.phase1_organization.actions import (
    answer_invitation,
    close_charter_ballot,
    invite,
    open_charter_ballot,
    propose_charter,
)
from consult.phase1_organization.enums import Answer
from consult.phase1_organization.models import Invitation
from consult.phase1_organization.steps import Asking, Reply
from plans.register.actions import create_plan
from plans.register.enums import PartyRole, PlanKind
from plans.register.models import Plan
from stakeholders.terms.actor import Role

UPPER = "YRD-QWJ-2026"
MAKERS = ("310118", "320509", "330421")
NEIGHBOUR = "320583"
CREATED, INVITED, ANSWERED = -75, -74, -71
NAMED, CHARTER_OPEN, CHARTER_VOTED, ADVANCED = -70, -68, -66, -58
# The mandates limited to one plan, named anew for this one.
NAMED_ANEW = (
    ("U03", Role.SIGNATORY, NAMED),
    ("U07", Role.SIGNATORY, NAMED),
    ("U11", Role.SIGNATORY, NAMED),
    ("U26", Role.DRAFTER, NAMED),
    ("U08", Role.SIGNATORY, 4),
)


def scenes() -> list[Scene]:
    return [
        Scene(day=CREATED, play=_create),
        Scene(day=INVITED, play=_invite),
        *[Scene(day=ANSWERED, play=_answer(code)) for code in (*MAKERS, NEIGHBOUR)],
        *[Scene(day=day, play=grant(_row(who), role)) for who, role, day in NAMED_ANEW],
        Scene(day=CHARTER_OPEN, play=_open_charter),
        *[Scene(day=CHARTER_VOTED, play=take_position(code)) for code in MAKERS],
        Scene(day=CHARTER_VOTED, play=_close_charter),
        Scene(day=ADVANCED, play=advance_phase),
    ]


def _create(stage: Stage) -> None:
    words = pairs("pilot")
    create_plan(
        actor=stage.contact("310118"),
        key=stage.key,
        title_zh=words["title"]["zh"],
        title_en=words["title"]["en"],
        short_zh=words["short_title"]["zh"],
        short_en=words["short_title"]["en"],
        kind=PlanKind.DETAILED.value,
        horizon_from=2026,
        horizon_until=2035,
        coordinator=stage.people[OFFICE],
        coordinator_document=numbered("青吴嘉协同〔2026〕27号（演示）", today()),
        joint_body=stage.bodies["JO"],
        parent=Plan.objects.get(key=UPPER),
        scope_zh=words["basis"]["zh"],
        scope_en=words["basis"]["en"],
        is_demonstration=True,
    )


def _invite(stage: Stage) -> None:
    asked = [(code, PartyRole.CO_MAKER) for code in MAKERS]
    asked[0] = (MAKERS[0], PartyRole.CONVENOR)
    asked.append((NEIGHBOUR, PartyRole.NEIGHBOUR))
    invite(
        actor=stage.office,
        plan=stage.plan,
        invitations=[
            Asking(
                code=code,
                role=role.value,
                must_sign=code in MAKERS,
                answer_by=stage.days.evening(INVITED + 10),
            )
            for code, role in asked
        ],
    )


def _answer(code: str) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        found = Invitation.objects.filter(plan__key=stage.key, jurisdiction=code)
        words = pairs("pilot")["neighbour_answer" if code == NEIGHBOUR else "answer"]
        answer_invitation(
            actor=stage.contact(code),
            invitation=found.select_related("plan").latest("pk"),
            reply=Reply(answer=Answer.ACCEPT.value, text=words["zh"]),
        )

    return play


def _row(person: str) -> Row:
    """The person with a letter for this plan: a mandate names what it is given by."""
    row = by_key("people", "person_id")[person]
    return row | {"document": row["document"].replace("（演示）", "补（先行启动区，演示）")}


def _open_charter(stage: Stage) -> None:
    charter = propose_charter(
        actor=stage.office, plan=stage.plan, content=content(tacit=False), note=""
    )
    closes_at = stage.days.evening(CHARTER_VOTED + 3)
    open_charter_ballot(actor=stage.office, charter=charter, closes_at=closes_at)


def _close_charter(stage: Stage) -> None:
    close_charter_ballot(actor=stage.office, charter=charter_of(stage))
