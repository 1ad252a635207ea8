"""Phase 2, the rounds: replies, comments, their dispositions and what the commenters answer."""

from collections.abc import Callable
from uuid import NAMESPACE_URL, uuid5

from consult.demonstration.reading import Row, by_key, numbered, table
from consult.demonstration.replay.drafting import PLANNERS
from consult.demonstration.replay.stage import Scene, Stage
from consult.matters.steps import Wording
from consult.phase2_preparation.actions import (
    answer_disposition,
    clear_comment,
    close_round,
    decide_disposition,
    draft_comment,
    enter_opinion,
    extend_round,
    open_round,
    publish_dispositions,
    submit_reply,
)
from consult.phase2_preparation.actions.dispositions import NewMatter
from consult.phase2_preparation.actions.rounds import Opinion
from consult.phase2_preparation.enums import CommentType, DispositionOutcome, RoundKind, Source
from consult.phase2_preparation.models import Comment, Round
from consult.phase2_preparation.steps import Letter, Remark
from consult.workflow.actions import advance
from plans.register.models import Item
from stakeholders.terms.actor import SYSTEM, Role

LIFTED = "C02"  # taken up as a matter
RECONSIDERED = "C04"  # first not adopted, then adopted in part
SOURCES = {"EX": Source.EXPERT, "TX": Source.ENTERPRISE, "public": Source.PUBLIC}


def scenes() -> list[Scene]:
    return [
        Scene(day=-245, play=advance_phase),
        Scene(day=-165, play=_open("RD1")),
        Scene(day=-137, play=_extend),
        Scene(day=-135, play=_close("RD1"), in_the_evening=True),
        Scene(day=-100, play=_open("RD2")),
        Scene(day=-70, play=_close("RD2"), in_the_evening=True),
        *_replies(),
        *_dispositions(),
        Scene(day=-5, play=advance_phase),
    ]


def advance_phase(stage: Stage) -> None:
    """The joint office moves the plan into its next phase, through its gate."""
    advance(actor=stage.office, plan=stage.plan)


def _open(name: str) -> Callable[[Stage], None]:
    row = by_key("rounds", "round")[name]
    first = name == "RD1"

    def play(stage: Stage) -> None:
        open_round(
            actor=stage.office,
            plan=stage.plan,
            kind=(RoundKind.CONSULTATION if first else RoundKind.DISPLAY).value,
            closes_on=stage.date(int(row["closes_day"])),
            only_changed=not first,
            is_sealed=first,
            place="" if first else "规划展示馆、镇村公告栏（演示）",
            media="" if first else "三地政府网站（演示）",
            note="" if first else "网站、规划展示馆、镇村公告栏同步公示30日（演示）",
        )

    return play


def _round(stage: Stage, name: str) -> Round:
    return Round.objects.get(plan__key=stage.key, number=int(name.removeprefix("RD")))


def _extend(stage: Stage) -> None:
    extend_round(
        actor=stage.office,
        plan=stage.plan,
        one=_round(stage, "RD1"),
        closes_on=stage.date(-128),
        reason="防汛应急响应（演示）",
        code="330411",
    )


def _close(name: str) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        close_round(actor=SYSTEM, plan=stage.plan, one=_round(stage, name))

    return play


def _replies() -> list[Scene]:
    """Bodies that are no party, or were silent, make no reply of their own."""
    found = []
    for row in table("replies"):
        if row["body"] in SOURCES:
            found.append(Scene(day=int(row["day"]), play=_enter(row)))
        elif row["reply"] != "lapsed":
            found.append(Scene(day=int(row["day"]), play=_reply(row)))
    return found


def _comments_of(row: Row) -> list[Row]:
    return [
        one
        for one in table("comments")
        if (one["round"], one["from"]) == (row["round"], row["body"])
    ]


def _remark(row: Row) -> Remark:
    return Remark(
        type=CommentType(row["type"]).value,
        text_zh=row["text_zh"],
        text_en=row["text_en"],
        wording_zh=row["proposed_zh"],
        wording_en=row["proposed_en"],
    )


def _reply(row: Row) -> Callable[[Stage], None]:
    """A planner drafts, the contact point clears and submits with the official letter."""

    def play(stage: Stage) -> None:
        plan, one = stage.plan, _round(stage, row["round"])
        contact = stage.contact(row["body"])
        author = contact
        if row["body"] in PLANNERS:
            author = stage.actor(PLANNERS[row["body"]], Role.PLANNER)
        said = _comments_of(row)
        for comment in said:
            draft = draft_comment(
                actor=author,
                plan=plan,
                one=one,
                key=uuid5(NAMESPACE_URL, f"{stage.key}/{comment['id']}"),
                remark=_remark(comment),
                item=Item.objects.get(plan=plan, key=comment["article"]),
            )
            clear_comment(actor=contact, plan=plan, draft=draft)
        on = stage.date(int(row["day"]))
        letter = Letter(number=numbered(row["letter_no"], on), on=on)
        reply = submit_reply(
            actor=contact,
            plan=plan,
            one=one,
            letter=letter,
            is_nil=not said,
            text=row["official_zh"],
        )
        _remember(stage, said, list(reply.comments.order_by("pk")))

    return play


def _enter(row: Row) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        said = _comments_of(row)
        reply = enter_opinion(
            actor=stage.office,
            plan=stage.plan,
            one=_round(stage, row["round"]),
            source=SOURCES[row["body"]].value,
            opinions=[Opinion(remark=_remark(one), item_key=one["article"]) for one in said],
            letter=Letter(),
            organization=stage.bodies.get(row["body"]),
            text=row["official_zh"],
        )
        _remember(stage, said, list(reply.comments.order_by("pk")))

    return play


def _remember(stage: Stage, said: list[Row], comments: list[Comment]) -> None:
    """Which comment of the plan is which of the story; the platform numbers them as they come."""
    for row, comment in zip(said, comments, strict=True):
        stage.comments[row["id"]] = comment


def _dispositions() -> list[Scene]:
    found = [Scene(day=-128, play=_lift)]
    rows = table("comments")
    first = {**by_key("comments", "id")[RECONSIDERED], "disposition": "not_adopted"}
    first |= {"reason_zh": "近期目标不宜下调。", "reason_en": "The near-term aim should stand."}
    found.append(Scene(day=-126, play=_decide(first)))
    for row in rows:
        if row["round"] == "RD1" and row["id"] != LIFTED:
            found.append(Scene(day=-122, play=_decide(row)))
        elif row["round"] == "RD2":
            found.append(Scene(day=-61, play=_decide(row)))
    found += [Scene(day=-120, play=_publish), Scene(day=-60, play=_publish)]
    return found + [
        Scene(day=-118, play=_answer(row))
        for row in rows
        if row["accepts"] and row["from"].isdigit()
    ]


def _lift(stage: Stage) -> None:
    row = by_key("comments", "id")[LIFTED]
    matter = by_key("matters", "id")["MT1"]
    decision = decide_disposition(
        actor=stage.office,
        plan=stage.plan,
        comment=stage.comments[LIFTED],
        outcome=row["disposition"],
        reason_zh=row["reason_zh"],
        reason_en=row["reason_en"],
        new_matter=NewMatter(
            title=Wording(zh=matter["title_zh"], en=matter["title_en"]),
            codes=tuple(matter["parties"].split(";")),
        ),
    )
    if decision.matter is not None:
        stage.matters["MT1"] = decision.matter


def _decide(row: Row) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        comment = stage.comments[row["id"]]
        # What took the place of the comments of this story is what became of their own article.
        gone = row["disposition"] == DispositionOutcome.SUPERSEDED
        decide_disposition(
            actor=stage.office,
            plan=stage.plan,
            comment=comment,
            outcome=row["disposition"],
            reason_zh=row["reason_zh"],
            reason_en=row["reason_en"],
            superseded_item=comment.item if gone else None,
        )

    return play


def _publish(stage: Stage) -> None:
    publish_dispositions(actor=stage.office, plan=stage.plan)


def _answer(row: Row) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        answer_disposition(
            actor=stage.contact(row["from"]),
            plan=stage.plan,
            disposition=stage.comments[row["id"]].dispositions.latest("pk"),
            accepts=row["accepts"] == "yes",
            text=row["answer"],
        )

    return play
