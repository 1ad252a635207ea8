"""The first yearly health check: parts, blind readings on the borders, a finding, the report."""

from collections.abc import Callable
from decimal import Decimal

from consult.demonstration.reading import Row, pairs, table
from consult.demonstration.replay.approval import ON
from consult.demonstration.replay.identification import SIGNERS
from consult.demonstration.replay.stage import Scene, Stage
from consult.health import actions
from consult.health.cycle import first_year
from consult.health.enums import CheckKind, Comparison, ReviewDecision
from consult.health.models import HealthCheck
from consult.health.steps import Border, Found
from consult.matters.models import Matter
from consult.phase3_identification.queries import standing_reservations
from stakeholders.terms.actor import Role

OPENED, FILLED, STATED, READ, FOUND, TAKEN_UP, DUE = 393, 399, 403, 406, 408, 410, 412
PUT_FORWARD, SIGNED, CLOSES = 415, 425, 428
RESERVED, REVIEWED, REVIEWED_AGAIN = "330421", 400, 400 + 365
TAKING_PART = ("310118", "320509", "330421")
FINDING = "HF1"


def scenes() -> list[Scene]:
    borders = list(enumerate(table("health_check"), start=1))
    return [
        Scene(day=OPENED, play=_open),
        *[Scene(day=OPENED, play=_border(row)) for _number, row in borders],
        *[Scene(day=FILLED, play=_fill(row)) for row in table("health_sections")],
        Scene(day=REVIEWED, play=_review),
        *[Scene(day=STATED, play=_state(number, row, "own")) for number, row in borders],
        *[Scene(day=READ, play=_state(number, row, "counter")) for number, row in borders],
        Scene(day=FOUND, play=_find),
        Scene(day=TAKEN_UP, play=_take_up),
        Scene(day=PUT_FORWARD, play=_put_forward),
        *[Scene(day=SIGNED, play=_agree(code)) for code in TAKING_PART],
        Scene(day=SIGNED, play=_close),
    ]


def _check(stage: Stage) -> HealthCheck:
    return HealthCheck.objects.get(plan__key=stage.key)


def _sections() -> dict[str, list[str]]:
    """Section -> the parties of the story that write in it, in the order of the table."""
    found: dict[str, list[str]] = {}
    for row in table("health_sections"):
        found.setdefault(row["section"], []).append(row["party"])
    return found


def _open(stage: Stage) -> None:
    actions.open_check(
        actor=stage.office,
        plan=stage.plan,
        kind=CheckKind.YEARLY.value,
        year=first_year(stage.date(ON)),
        due_on=stage.date(DUE),
        sections=_sections(),
    )


def _border(row: Row) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        actions.add_border_item(
            actor=stage.office,
            plan=stage.plan,
            check=_check(stage),
            border=Border(
                title_zh=row["item_zh"],
                title_en=row["item_en"],
                unit_zh=row["unit_zh"],
                unit_en=row["unit_en"],
                owner=row["filled_by"],
                reader=row["counter_read_by"],
            ),
        )

    return play


def _fill(row: Row) -> Callable[[Stage], None]:
    number = list(_sections()).index(row["section"]) + 1

    def play(stage: Stage) -> None:
        actions.fill_section(
            actor=stage.contact(row["party"]),
            plan=stage.plan,
            check=_check(stage),
            number=number,
            jurisdiction=row["party"],
            texts={"zh": row["text_zh"], "en": row["text_en"]},
        )

    return play


def _review(stage: Stage) -> None:
    said = pairs("reservation", key="field", zh="zh", en="en")["followed_up_at_S4"]
    reservation = standing_reservations(stage.plan).get(jurisdiction=RESERVED)
    actions.review_reservation(
        actor=stage.contact(RESERVED),
        plan=stage.plan,
        check=_check(stage),
        reservation=reservation.pk,
        decision=ReviewDecision.KEPT.value,
        texts=said,
        next_on=stage.date(REVIEWED_AGAIN),
    )


def _state(number: int, row: Row, side: str) -> Callable[[Stage], None]:
    code = row["filled_by"] if side == "own" else row["counter_read_by"]

    def play(stage: Stage) -> None:
        actions.state_figure(
            actor=stage.contact(code),
            plan=stage.plan,
            check=_check(stage),
            number=number,
            jurisdiction=code,
            value=Decimal(row[f"{side}_figure"]),
            source=row[f"{side}_source_zh"],
        )

    return play


def _find(stage: Stage) -> None:
    """The joint office states what the one reading that differs amounts to."""
    said = pairs("health_finding", key="field", zh="zh", en="en")
    number, row = next(
        (number, row)
        for number, row in enumerate(table("health_check"), start=1)
        if row["result"].startswith(Comparison.DIFFERS.value)
    )
    actions.state_finding(
        actor=stage.office,
        plan=stage.plan,
        check=_check(stage),
        item=number,
        said=Found(
            title_zh=said["title"]["zh"],
            title_en=said["title"]["en"],
            text_zh=said["text"]["zh"],
            text_en=said["text"]["en"],
            codes=[row["filled_by"], row["counter_read_by"]],
        ),
    )


def _take_up(stage: Stage) -> None:
    check = _check(stage)
    tie = actions.finding_to_matter(actor=stage.office, plan=stage.plan, check=check, number=1)
    stage.matters[FINDING] = Matter.objects.get(pk=tie.matter_id)


def _put_forward(stage: Stage) -> None:
    actions.put_forward(
        actor=stage.office,
        plan=stage.plan,
        check=_check(stage),
        closes_at=stage.days.evening(CLOSES),
    )


def _agree(code: str) -> Callable[[Stage], None]:
    said = pairs("health_finding", key="field", zh="zh", en="en")

    def play(stage: Stage) -> None:
        text = said.get(f"position_{code}")
        actions.take_report_position(
            actor=stage.actor(SIGNERS[code], Role.SIGNATORY, code),
            plan=stage.plan,
            check=_check(stage),
            value="agree",
            text=text["zh"] if text else "",
        )

    return play


def _close(stage: Stage) -> None:
    """All have spoken, so the joint office need not wait for the closing time."""
    actions.close_report_ballot(actor=stage.office, plan=stage.plan, check=_check(stage))
