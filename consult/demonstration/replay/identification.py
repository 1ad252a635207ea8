"""Phase 3: the sign-off of R3, the objection, the one article reopened, R4."""

from collections.abc import Callable

from consult.ballots.steps import Letter
from consult.demonstration.reading import Row, numbered, pairs, table
from consult.demonstration.replay.drafting import rewrite
from consult.demonstration.replay.preparation import advance_phase
from consult.demonstration.replay.stage import Scene, Stage
from consult.phase2_preparation.actions import explain_change
from consult.phase3_identification.actions import (
    close_sign_off,
    confirm_condition,
    declare,
    open_sign_off,
    report_condition,
    sign_statement,
)
from consult.phase3_identification.queries import current_sign_off, declaration_of, lines_of
from consult.phase3_identification.steps import ReservationText, Stand
from consult.workflow.actions import publish, reopen
from plans.register.enums import Stage as RevisionStage
from plans.register.models import Item
from stakeholders.terms.actor import SYSTEM, Role

CONDITION = "附表三补充浙江省断面编号。"
CONDITION_SHOWN = "附表三已补充浙江省断面编号（演示）。"
CONDITION_MET = "condition_met"
DISPUTED = "taipu-lowflow"
SIGNING_DAY = 25
SIGNERS = {
    "310118": "U03",
    "320509": "U08",
    "330421": "U11",
    "310000": "U14",
    "320000": "U15",
    "330000": "U16",
}


def scenes() -> list[Scene]:
    return [
        Scene(day=0, play=_open),
        *[Scene(day=int(row["day"]), play=_say(row)) for row in table("positions")],
        Scene(day=15, play=_reopen),
        Scene(day=15, play=rewrite(DISPUTED, "R4")),
        Scene(day=15, play=_explain),
        Scene(day=16, play=_publish),
        Scene(day=16, play=advance_phase),
        Scene(day=24, play=_close, in_the_evening=True),
        *[Scene(day=SIGNING_DAY, play=_sign(code)) for code in SIGNERS],
    ]


def _open(stage: Stage) -> None:
    open_sign_off(actor=stage.office, plan=stage.plan, closes_at=stage.days.evening(24))


def _say(row: Row) -> Callable[[Stage], None]:
    return _confirm(row) if row["value"] == CONDITION_MET else _declare(row)


def _confirm(row: Row) -> Callable[[Stage], None]:
    """The joint office reports the conditions of a party's agreement in principle as met, and the
    party confirms it: the agreement counts from then on, and nothing is declared anew."""

    def play(stage: Stage) -> None:
        plan = stage.plan
        sign_off = current_sign_off(plan)
        if sign_off is None:
            raise LookupError("the story confirms a condition where no sign-off is open")
        actor = stage.actor(row["signatory"], Role.SIGNATORY, row["party"])
        for line in lines_of([sign_off]):
            if line.holder == row["party"]:
                pk = line.condition.pk
                report_condition(actor=stage.office, plan=plan, pk=pk, text=CONDITION_SHOWN)
                confirm_condition(actor=actor, plan=plan, pk=pk, is_met=True)

    return play


def _declare(row: Row) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        plan = stage.plan
        sign_off, frozen = current_sign_off(plan), plan.frozen
        if sign_off is None or frozen is None:
            raise LookupError("the story declares where no sign-off is open")
        actor = stage.actor(row["signatory"], Role.SIGNATORY, row["party"])
        on = stage.date(int(row["day"]))
        former = declaration_of(sign_off, code=row["party"])
        general = Stand(
            value=row["value"], text=CONDITION if row["value"] == "agree_in_principle" else ""
        )
        declare(
            actor=actor,
            plan=plan,
            revision_hash=frozen.hash,
            general=general,
            exceptions=[_exception(stage, row)] if row["exception_item"] else [],
            letter=Letter(number=numbered(row["letter_no"], on), on=on),
            decided_by=row["decision_body_zh"],
            former=former.pk if former else None,
        )

    return play


def _exception(stage: Stage, row: Row) -> Stand:
    """The reservation R1 or the objection O1, as their own tables have them."""
    if row["exception_value"] == "object":
        said = pairs("objection", "field", "zh", "en")
        return Stand(
            item=row["exception_item"],
            value="object",
            text=said["reason"]["zh"],
            wording=said["wording_that_would_do"]["zh"],
        )
    said = pairs("reservation", "field", "zh", "en")
    return Stand(
        item=row["exception_item"],
        value="agree_reserved",
        text=said["text"]["zh"],
        reservation=ReservationText(
            text_en=said["text"]["en"],
            scope="第二句",
            review_on=stage.date(int(said["review_day"]["zh"])),
            lifted_if_zh=said["what_would_lift_it"]["zh"],
            lifted_if_en=said["what_would_lift_it"]["en"],
        ),
    )


def _reopen(stage: Stage) -> None:
    reason = "专题会商决定第1项：第十六条退回修改，其他条款认定意见继续有效（演示）"
    reopen(actor=stage.office, plan=stage.plan, reason=reason, items=[DISPUTED])


def _explain(stage: Stage) -> None:
    plan = stage.plan
    item = Item.objects.get(plan=plan, key=DISPUTED)
    explain_change(
        actor=stage.office,
        plan=plan,
        item=item,
        matter=stage.matters["MT1"],
        note="专题会商决定第1项（演示）",
    )


def _publish(stage: Stage) -> None:
    row = next(row for row in table("revisions") if row["revision"] == "R4")
    publish(
        actor=stage.office,
        plan=stage.plan,
        stage=RevisionStage.RECOGNITION.value,
        note_zh=row["note_zh"],
        note_en=row["note_en"],
        freeze=True,
        accepts_gaps=True,
    )


def _close(stage: Stage) -> None:
    close_sign_off(actor=SYSTEM, plan=stage.plan)


def _sign(code: str) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        actor = stage.actor(SIGNERS[code], Role.SIGNATORY, code)
        sign_statement(actor=actor, plan=stage.plan)

    return play
