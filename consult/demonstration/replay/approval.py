"""Phase 3 after the sign-off: the dossier, the joint request, the reply, the approved text."""

from collections.abc import Callable
from datetime import timedelta

from consult.approval.actions.after_reply import publish_plan
from consult.approval.actions.dossier import file_dossier_paper
from consult.approval.actions.going_up import (
    ask_completion,
    complete_papers,
    forward_plan,
    submit_plan,
)
from consult.approval.actions.replies import Decision, acknowledge, file_reply
from consult.approval.enums import LetterKind, ReplyOutcome
from consult.approval.models import ApprovalLetter
from consult.approval.steps.letters import LetterText
from consult.approval.steps.replies import ConditionText
from consult.demonstration.papers import letter_paper
from consult.demonstration.reading import Row, by_key, numbered, split
from consult.demonstration.replay.drafting import rewrite
from consult.demonstration.replay.identification import SIGNERS
from consult.demonstration.replay.papers import OFFICE
from consult.demonstration.replay.preparation import advance_phase
from consult.demonstration.replay.stage import Scene, Stage, kept
from consult.phase2_preparation.steps.papers import Issue
from consult.phase3_identification.actions import number_statement
from consult.phase3_identification.models import CommonStatement
from consult.workflow.actions import publish
from plans.register.enums import Stage as RevisionStage
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.terms.actor import Actor, Role

FILED, REWRITTEN, APPROVED_TEXT, NOTED, ON = 27, 102, 108, 110, 118
DAYS_TO_COMPLETE = 10
# Step of the story's dossier -> line of the plan's, who issued the paper.
LINES = {"D1": "work-plan", "D2": "base-studies"}
FORWARDING = "A2"
# Condition of the reply -> the item it changes.
IMPOSED = {"A5.1": "health-check", "A5.2": "land-ceiling"}
PLACE = "https://plans.example/qwj-2026"
JOINT_OFFICE, PUBLIC = "JO", "public"


def scenes() -> list[Scene]:
    rows = by_key("approval", "step")
    found = [Scene(day=FILED, play=_number)]
    found += [Scene(day=FILED, play=_file(step)) for step in LINES]
    found.append(_scene(rows["A1"], _submit))
    forwarding = rows[FORWARDING]
    for place, code in enumerate(split(forwarding["from"])):
        found.append(Scene(day=int(forwarding["day"]), play=_forward(forwarding, code, place)))
    found += [_scene(rows["A3"], _ask), _scene(rows["A4"], _complete), _scene(rows["A5"], _reply)]
    found += [Scene(day=REWRITTEN, play=rewrite(slug, "R5")) for slug in IMPOSED.values()]
    found.append(Scene(day=APPROVED_TEXT, play=_publish_text))
    found += [Scene(day=NOTED, play=_note(code)) for code in SIGNERS]
    return [*found, _scene(rows["A7"], _publish), Scene(day=ON, play=advance_phase)]


def _scene(row: Row, act: Callable[[Stage, Row], None]) -> Scene:
    def play(stage: Stage) -> None:
        act(stage, row)

    return Scene(day=int(row["day"]), play=play)


def _said(
    stage: Stage,
    row: Row,
    *,
    actor: Actor,
    senders: list[str] | None = None,
    number: str | None = None,
    text: str = "",
    due: int = 0,
    place: str = "",
) -> LetterText:
    """The letter of a row with its document; units that are no codes are the joint office."""
    senders = _codes(row["from"]) if senders is None else senders
    on = stage.date(int(row["day"]))
    number = numbered(row["letter_no"] if number is None else number, on)
    names = Jurisdiction.objects.in_bulk(senders)
    issuer = "、".join(names[code].name_zh for code in senders) or OFFICE
    content = letter_paper(
        title=row["zh"], number=number, text=text or row["zh"], issuer=issuer, on=on
    )
    return LetterText(
        dated_on=on,
        number=number,
        senders=senders,
        addressees=_codes(row["to"]),
        due_on=on + timedelta(days=due) if due else None,
        text=text or row["zh"],
        place=place,
        file=kept(stage, actor=actor, name=f"{row['zh'][:30]}.pdf", content=content),
    )


def _codes(cell: str) -> list[str]:
    return [code for code in split(cell) if code.isdigit()]


def _number(stage: Stage) -> None:
    """The joint office numbers the statement all parties have signed."""
    on = stage.date(FILED)
    number_statement(
        actor=stage.office,
        plan=stage.plan,
        statement=CommonStatement.objects.get(sign_off__plan=stage.plan, is_part=False).pk,
        number=f"青吴嘉联〔{on.year}〕1号（演示）",
        dated_on=on,
    )


def _file(step: str) -> Callable[[Stage], None]:
    row = by_key("dossier", "step")[step]

    def play(stage: Stage) -> None:
        on = stage.date(int(row["done_day"]))
        number = numbered(row["document_zh"].removesuffix("（演示）") + "（演示）", on)
        content = letter_paper(title=row["zh"], number=number, text=row["zh"], issuer=OFFICE, on=on)
        office = stage.office
        file_dossier_paper(
            actor=office,
            plan=stage.plan,
            line=LINES[step],
            issue=Issue(number=number, on=on, issuer=OFFICE),
            file=kept(stage, actor=office, name=f"{row['zh']}.pdf", content=content),
        )

    return play


def _submit(stage: Stage, row: Row) -> None:
    office = stage.office
    submit_plan(actor=office, plan=stage.plan, said=_said(stage, row, actor=office))


def _forward(row: Row, code: str, place: int) -> Callable[[Stage], None]:
    """Each prefecture forwards by its own contact point, with its own number of the row's two."""

    def play(stage: Stage) -> None:
        actor = stage.contact(code)
        number = (
            split(row["letter_no"].replace("；", ";"))[place].removesuffix("（演示）") + "（演示）"
        )
        said = _said(stage, row, actor=actor, senders=[code], number=number)
        forward_plan(actor=actor, plan=stage.plan, said=said)

    return play


def _ask(stage: Stage, row: Row) -> None:
    actor = stage.contact(row["from"])
    said = _said(stage, row, actor=actor, due=DAYS_TO_COMPLETE)
    ask_completion(actor=actor, plan=stage.plan, said=said)


def _complete(stage: Stage, row: Row) -> None:
    office, plan = stage.office, stage.plan
    notice = ApprovalLetter.objects.get(plan=plan, kind=LetterKind.COMPLETION_ASKED.value)
    said = _said(stage, row, actor=office)
    complete_papers(actor=office, plan=plan, notice=notice.pk, said=said)


def _reply(stage: Stage, row: Row) -> None:
    texts = by_key("approval", "step")
    conditions = [
        ConditionText(item=slug, text_zh=texts[step]["zh"], text_en=texts[step]["en"])
        for step, slug in IMPOSED.items()
    ]
    office = stage.office
    file_reply(
        actor=office,
        plan=stage.plan,
        said=_said(stage, row, actor=office),
        decision=Decision(outcome=ReplyOutcome.WITH_CONDITIONS.value, conditions=conditions),
    )


def _publish_text(stage: Stage) -> None:
    note = by_key("revisions", "revision")["R5"]
    publish(
        actor=stage.office,
        plan=stage.plan,
        stage=RevisionStage.APPROVED.value,
        note_zh=note["note_zh"],
        note_en=note["note_en"],
    )


def _note(code: str) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        actor = stage.actor(SIGNERS[code], Role.SIGNATORY, code)
        acknowledge(actor=actor, plan=stage.plan)

    return play


def _publish(stage: Stage, row: Row) -> None:
    office = stage.office
    said = _said(stage, row, actor=office, place=PLACE)
    publish_plan(actor=office, plan=stage.plan, said=said)
