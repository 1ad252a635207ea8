"""Files of the plan: base map and base figures, agreed by the three, and evidence on an item."""

from collections.abc import Callable

from consult.ballots.enums import PositionValue
from consult.demonstration.papers import base_figures, base_map, evidence_note
from consult.demonstration.reading import pairs
from consult.demonstration.replay.organization import CHARTER_SIGNATORIES
from consult.demonstration.replay.pilot.opening import MAKERS, NEIGHBOUR
from consult.demonstration.replay.stage import Scene, Stage, kept
from consult.phase1_organization.actions import (
    close_base_ballot,
    open_base_ballot,
    take_base_position,
)
from plans.register.actions import add_attachment
from plans.register.enums import AttachmentPurpose
from stakeholders.terms.actor import Role

ATTACHED, PUT, AGREED, EVIDENCE_ON = -64, -63, -60, -22
AROUND = (NEIGHBOUR, "310117", "310116", "330411", "330482")


def scenes() -> list[Scene]:
    return [
        Scene(day=ATTACHED, play=_attach),
        Scene(day=PUT, play=_open),
        *[Scene(day=AGREED, play=_agree(code)) for code in MAKERS],
        Scene(day=AGREED, play=_close),
        Scene(day=EVIDENCE_ON, play=_evidence),
    ]


def _attach(stage: Stage) -> None:
    office = stage.office
    files = (
        (AttachmentPurpose.BASE_MAP, "底图（演示）.png", base_map(own=MAKERS, around=AROUND)),
        (AttachmentPurpose.BASE_FIGURES, "基础数据（演示）.csv", base_figures()),
    )
    for purpose, name, content in files:
        title = pairs("pilot")[purpose.value]
        add_attachment(
            actor=office,
            plan=stage.plan,
            file=kept(stage, actor=office, name=name, content=content),
            title_zh=title["zh"],
            title_en=title["en"],
            purpose=purpose.value,
            is_unclassified=True,
        )


def _open(stage: Stage) -> None:
    open_base_ballot(actor=stage.office, plan=stage.plan, closes_at=stage.days.evening(AGREED + 5))


def _agree(code: str) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        actor = stage.actor(CHARTER_SIGNATORIES[code], Role.SIGNATORY)
        take_base_position(actor=actor, plan=stage.plan, value=PositionValue.AGREE.value)

    return play


def _close(stage: Stage) -> None:
    close_base_ballot(actor=stage.office, plan=stage.plan)


def _evidence(stage: Stage) -> None:
    actor = stage.actor("U10", Role.PLANNER)
    title = pairs("pilot")["evidence"]
    name = "水面测算说明（演示）.txt"
    add_attachment(
        actor=actor,
        plan=stage.plan,
        file=kept(stage, actor=actor, name=name, content=evidence_note()),
        title_zh=title["zh"],
        title_en=title["en"],
        purpose=AttachmentPurpose.EVIDENCE.value,
        item="water-share",
        is_unclassified=True,
    )
