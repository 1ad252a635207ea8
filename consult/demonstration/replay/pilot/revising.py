"""What moved on after the revision: changes of every kind, amendments, claims, notes, an import."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from consult.demonstration.papers import chapter_in_word
from consult.demonstration.reading import Row, table
from consult.demonstration.replay.drafting import PLANNERS, chapter_key
from consult.demonstration.replay.pilot.base_map import kept
from consult.demonstration.replay.pilot.opening import NEIGHBOUR
from consult.demonstration.replay.pilot.writing import QUALITY, add, drafter, quality
from consult.demonstration.replay.stage import Scene, Stage
from plans.indicators.actions import edit_indicator
from plans.register.actions import declare_concern
from plans.register.models import Item
from plans.text.actions import (
    add_note,
    answer_claim,
    apply_amendment,
    decline_amendment,
    edit_provision,
    move_provision,
    propose_amendment,
    remove_provision,
    resolve_note,
    split_provision,
    start_import,
)
from plans.text.collisions import texts_of
from plans.text.enums import ClaimVerdict
from plans.text.models import Amendment, InternalNote
from plans.text.queries import base_hash_of, get_claim, get_provision
from plans.text.wording import wording_of
from stakeholders.terms.actor import Actor, Role

SPLIT, PARTS = "blue-green", ("蓝环", "江南圩田")
# The platform names the parts after the article they came from.
PART_KEYS = {"blue-ring-part": "blue-green-2", "polder-part": "blue-green-3"}
REMOVED, MOVED, CONFIRMED = "water-bus", "innovation-yard", "room-layout"
CONCERNING = "slow-ring"


def scenes() -> list[Scene]:
    return [
        *[Scene(day=-10, play=add(row, position=4)) for row in table("pilot_added")],
        Scene(day=-10, play=_remove),
        Scene(day=-10, play=_move),
        Scene(day=-9, play=_split),
        Scene(day=-9, play=_measure),
        *_edits(),
        Scene(day=-5, play=_confirm),
        *_amendments(),
        *_notes(),
        Scene(day=11, play=_declare),
        Scene(day=14, play=_import),
    ]


def _planner(stage: Stage, code: str) -> Actor:
    return stage.actor(PLANNERS[code], Role.PLANNER)


def _writer(stage: Stage, key: str) -> Actor:
    chapter = get_provision(stage.plan, key=key).chapter
    return drafter(stage, chapter.key.removeprefix("chapter-"))


def _remove(stage: Stage) -> None:
    plan = stage.plan
    edits = get_provision(plan, key=REMOVED).item.draft.edits
    remove_provision(actor=_writer(stage, REMOVED), plan=plan, key=REMOVED, edits=edits)


def _move(stage: Stage) -> None:
    """Between chapters of two parties, so by the joint team."""
    actor = stage.actor("U26", Role.DRAFTER)
    chapter = chapter_key("3")
    move_provision(actor=actor, plan=stage.plan, key=MOVED, chapter=chapter, position=3)


def _split(stage: Stage) -> None:
    plan = stage.plan
    edits = get_provision(plan, key=SPLIT).item.draft.edits
    split_provision(actor=_writer(stage, SPLIT), plan=plan, key=SPLIT, edits=edits, titles=PARTS)


def _measure(stage: Stage) -> None:
    plan = stage.plan
    draft = Item.objects.get(plan=plan, key=QUALITY).draft
    edit_indicator(
        actor=stage.office, plan=plan, key=QUALITY, edits=draft.edits, measure=quality("92")
    )


def _edits() -> list[Scene]:
    """The rows of one article are saved in one act: a row names a field and its new value."""
    changes: dict[str, list[Row]] = {}
    for row in table("pilot_changes"):
        changes.setdefault(row["slug"], []).append(row)
    return [
        Scene(day=int(rows[0]["day"]), play=_edit(PART_KEYS.get(slug, slug), rows))
        for slug, rows in changes.items()
    ]


def _edit(key: str, rows: Sequence[Row]) -> Callable[[Stage], None]:
    values: dict[str, Any] = {row["field"]: row["value"] for row in rows}

    def play(stage: Stage) -> None:
        plan = stage.plan
        draft = get_provision(plan, key=key).item.draft
        fresh = replace(wording_of(draft), **values, change_claim=rows[0]["claim"])
        edit_provision(
            actor=_writer(stage, key), plan=plan, key=key, edits=draft.edits, wording=fresh
        )

    return play


def _confirm(stage: Stage) -> None:
    answer_claim(
        actor=stage.contact("320509"),
        plan=stage.plan,
        key=CONFIRMED,
        draft=get_claim(stage.plan, key=CONFIRMED).claim.hash,
        verdict=ClaimVerdict.CONFIRMED.value,
    )


def _amendments() -> list[Scene]:
    found = []
    for row in table("pilot_amendments"):
        found.append(Scene(day=int(row["day"]), play=_propose(row)))
        if row["outcome"]:
            found.append(Scene(day=int(row["outcome_day"]), play=_decide(row)))
    return found


def _propose(row: Row) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        item = get_provision(stage.plan, key=row["item"]).item
        texts = replace(
            texts_of(item.draft.content), text_zh=row["text_zh"], text_en=row["text_en"]
        )
        propose_amendment(
            actor=_planner(stage, row["by"]),
            plan=stage.plan,
            item=row["item"],
            base=base_hash_of(item),
            texts=texts,
            reason=row["reason"],
        )

    return play


def _decide(row: Row) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        plan, actor = stage.plan, _planner(stage, row["outcome_by"])
        amendment = Amendment.objects.get(plan=plan, item__key=row["item"])
        if row["outcome"] == "applied":
            edits = get_provision(plan, key=row["item"]).item.draft.edits
            apply_amendment(actor=actor, plan=plan, number=amendment.number, edits=edits)
        else:
            reason = row["outcome_reason"]
            decline_amendment(actor=actor, plan=plan, number=amendment.number, reason=reason)

    return play


def _notes() -> list[Scene]:
    found = []
    for row in table("pilot_notes"):
        found.append(Scene(day=int(row["day"]), play=_note(row)))
        if row["resolved_day"]:
            found.append(Scene(day=int(row["resolved_day"]), play=_resolve(row)))
    return found


def _note(row: Row) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        actor = _planner(stage, row["by"])
        add_note(actor=actor, plan=stage.plan, key=row["item"], text=row["text"])

    return play


def _resolve(row: Row) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        note = InternalNote.objects.get(
            item__plan__key=stage.key, item__key=row["item"], text=row["text"]
        )
        resolve_note(actor=_planner(stage, row["by"]), plan=stage.plan, note=note.pk)

    return play


def _declare(stage: Stage) -> None:
    """The neighbour says itself that the ring around the lakes concerns it."""
    declare_concern(
        actor=stage.contact(NEIGHBOUR),
        plan=stage.plan,
        item=CONCERNING,
        reason="慢行环与我市环淀山湖绿道相接，接点和净宽涉及我市段建设。",
    )


def _import(stage: Stage) -> None:
    """The preview stays open: who drafts the chapter looks at it before anything is entered."""
    actor = stage.actor(PLANNERS["310118"], Role.PLANNER)
    name = "第四章修改稿（演示）.docx"
    file = kept(stage, actor=actor, name=name, content=chapter_in_word())
    start_import(actor=actor, plan=stage.plan, file=file)
