"""Phase 1: the plan is opened, the parties are invited and answer, the charter is adopted."""

import json
from collections.abc import Callable

from consult.ballots.enums import PositionValue
from consult.demonstration.reading import numbered, pairs, table, today
from consult.demonstration.replay.stage import OFFICE, Scene, Stage
from consult.phase1_organization.actions import (
    answer_invitation,
    close_charter_ballot,
    close_without_result,
    invite,
    open_charter_ballot,
    propose_charter,
    take_charter_position,
)
from consult.phase1_organization.content import CharterContent, Clause, Rung
from consult.phase1_organization.enums import (
    Answer,
    Competence,
    LadderLevel,
    LeaverInBallots,
    Override,
    TwoPersonAct,
)
from consult.phase1_organization.models import Charter, Invitation
from consult.phase1_organization.steps import Asking, Reply
from plans.register.actions import create_plan
from plans.register.enums import PartyRole
from stakeholders.jurisdictions.models import Region
from stakeholders.terms.actor import Role

SIGNING = ("310118", "320509", "330421", "310000", "320000", "330000")
CHARTER_SIGNATORIES = {
    "310118": "U03",
    "320509": "U07",
    "330421": "U11",
    "310000": "U14",
    "320000": "U15",
    "330000": "U16",
}
ROLES = {
    "convenor": PartyRole.CONVENOR,
    "co-maker": PartyRole.CO_MAKER,
    "consulted (upper level)": PartyRole.UPPER,
    "consulted neighbour": PartyRole.NEIGHBOUR,
}
# It declined to be a co-maker and takes part as the upper level.
DECLINES, DECLINED_ON, ASKED_AGAIN_ON = "330400", -260, -259
# Who is asked last and never answers has to be silent to the end before the phase is left, also where
# nine days off lie between.
SHORTER = 15
Asked = tuple[str, PartyRole, bool, str]
PROVINCES_ONLY = "仅就省级事权条款签署"


def scenes() -> list[Scene]:
    return [
        Scene(day=-290, play=_create),
        *_invitations(),
        *_first_charter(),
        *_second_charter(),
    ]


def _create(stage: Stage) -> None:
    words = pairs("plan")
    suffix_zh, suffix_en = stage.suffix
    create_plan(
        actor=stage.contact("310118"),
        key=stage.key,
        title_zh=words["title"]["zh"] + suffix_zh,
        title_en=words["title"]["en"] + suffix_en,
        short_zh=words["short_title"]["zh"] + suffix_zh,
        short_en=words["short_title"]["en"] + suffix_en,
        kind="special_topic",
        horizon_from=2026,
        horizon_until=2035,
        coordinator=stage.people[OFFICE],
        coordinator_document=numbered("青吴嘉协同〔2026〕1号（演示）", today()),
        joint_body=stage.bodies["JO"],
        region=Region.objects.filter(key=words["region"]["zh"]).first(),
        scope_zh=words["basis"]["zh"],
        scope_en=words["basis"]["en"],
        is_demonstration=True,
    )


def _invitations() -> list[Scene]:
    """Those asked on one day are asked in one act; each answers on its own day."""
    asked: dict[int, list[Asked]] = {}
    found: list[Scene] = []
    for row in table("parties"):
        code, role = row["code"], ROLES[row["role"]]
        day, answered = int(row["invited_day"]), int(row["accepted_day"] or 0)
        if code == DECLINES:
            asked.setdefault(day, []).append((code, PartyRole.CO_MAKER, True, ""))
            asked.setdefault(ASKED_AGAIN_ON, []).append((code, role, False, ""))
            found.append(Scene(day=DECLINED_ON, play=_answer(code, Answer.OTHER_ROLE, row)))
        else:
            asked.setdefault(day, []).append((code, role, row["must_sign"] == "yes", row["weight"]))
        if answered:
            conditions = PROVINCES_ONLY in row["answer_zh"]
            answer = Answer.ACCEPT_CONDITIONS if conditions else Answer.ACCEPT
            found.append(Scene(day=answered, play=_answer(code, answer, row)))
    return [Scene(day=day, play=_invite(day, rows)) for day, rows in asked.items()] + found


def _invite(day: int, rows: list[Asked]) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        askings = [
            Asking(
                code=code,
                role=role.value,
                must_sign=must_sign,
                weight=weight or "1",
                answer_by=stage.days.evening(day + (SHORTER if day == -272 else 30)),
            )
            for code, role, must_sign, weight in rows
        ]
        invite(actor=stage.office, plan=stage.plan, invitations=askings)

    return play


def _answer(code: str, answer: Answer, row: dict[str, str]) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        invitation = (
            Invitation.objects.filter(plan__key=stage.key, jurisdiction=code)
            .select_related("plan")
            .latest("pk")
        )
        other = answer is Answer.OTHER_ROLE
        reply = Reply(
            answer=answer.value,
            role_asked=PartyRole.UPPER.value if other else "",
            text=row["answer_zh"],
        )
        answer_invitation(actor=stage.contact(code), invitation=invitation, reply=reply)

    return play


def content(*, tacit: bool) -> CharterContent:
    """The charter of the story; its first draft (`tacit`) took silence in the sign-off as consent."""
    clauses = table("charter")
    written = {row["clause"]: row["rule"] for row in clauses}
    binding, guiding = json.loads(written["C2"]), json.loads(written["C3"])
    silence = "agree" if tacit else "none"
    rules = {
        "binding": binding,
        "guiding": {**guiding, "silence": silence},
        "indicator": {**binding, "silence": silence},
    }
    former = ("签署环节逾期未表态：视为同意。", "No position in the sign-off: counts as consent.")
    return CharterContent(
        rules=rules,
        silence_in_round="no_opinion",
        silence_in_sign_off=silence,
        round_days=20,
        urgent_round_days=7,
        ladder=(
            Rung(level=LadderLevel.WORKING.value, working_days=15),
            Rung(level=LadderLevel.DEPARTMENT.value, working_days=20),
            Rung(level=LadderLevel.GOVERNMENT.value, working_days=30),
        ),
        two_person=(TwoPersonAct.OVERRIDE.value,),
        override=Override.GUIDING.value,
        partial_adoption=False,
        clauses=tuple(
            Clause(key=row["clause"], zh=zh, en=en)
            for row in clauses
            for zh, en in [former if tacit and row["clause"] == "C5" else (row["zh"], row["en"])]
        ),
        # C9, C8 and C12; every party the text concerns signs it, whatever its level.
        confirmation_days=5,
        competence=Competence.COUNTS.value,
        ad_referendum_days=10,
        reopening_days=10,
        renewing_headings=(),
        renew_reserved=False,
        withdrawal_days=60,
        leaver_in_open_ballots=LeaverInBallots.LEAVES.value,
    )


def _first_charter() -> list[Scene]:
    row = table("charter_ballots")[0]
    reason = row["330421"].partition(": ")[2]

    def opens(stage: Stage) -> None:
        _propose(stage, tacit=True, note="", closes=-255)

    def ends(stage: Stage) -> None:
        close_without_result(
            actor=stage.office, charter=charter_of(stage), reason=f"330421：{reason}"
        )

    agreeing = [code for code in SIGNING if code != "330421"]
    return [
        Scene(day=-258, play=opens),
        *[Scene(day=-256, play=take_position(code)) for code in agreeing],
        Scene(day=-255, play=take_position("330421", PositionValue.OBJECT, reason)),
        Scene(day=-252, play=ends),
    ]


def _second_charter() -> list[Scene]:
    note = "应嘉善县要求修改第五条：签署环节逾期未表态不视为同意"

    def opens(stage: Stage) -> None:
        _propose(stage, tacit=False, note=note, closes=-247)

    def closes(stage: Stage) -> None:
        close_charter_ballot(actor=stage.office, charter=charter_of(stage))

    return [
        Scene(day=-250, play=opens),
        *[Scene(day=-248, play=take_position(code)) for code in SIGNING],
        Scene(day=-248, play=closes),
    ]


def _propose(stage: Stage, *, tacit: bool, note: str, closes: int) -> None:
    charter = propose_charter(
        actor=stage.office, plan=stage.plan, content=content(tacit=tacit), note=note
    )
    closes_at = stage.days.evening(closes)
    open_charter_ballot(actor=stage.office, charter=charter, closes_at=closes_at)


def charter_of(stage: Stage) -> Charter:
    """The newest charter of the plan."""
    return Charter.objects.filter(plan__key=stage.key).select_related("plan").latest("number")


def take_position(
    code: str, value: PositionValue = PositionValue.AGREE, text: str = ""
) -> Callable[[Stage], None]:
    """The scene in which a signatory says what its party holds of the charter."""

    def play(stage: Stage) -> None:
        actor = stage.actor(CHARTER_SIGNATORIES[code], Role.SIGNATORY)
        take_charter_position(actor=actor, charter=charter_of(stage), value=value.value, text=text)

    return play
