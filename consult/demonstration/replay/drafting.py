"""Phase 2, the text: chapters, provisions, and what changes from revision to revision."""

from collections.abc import Callable
from dataclasses import replace

from consult.demonstration.reading import Row, by_key, split, table
from consult.demonstration.replay.stage import Scene, Stage
from consult.phase2_preparation.actions import explain_change
from consult.workflow.actions import publish
from plans.register.enums import Stage as RevisionStage
from plans.register.models import Item
from plans.text.actions import (
    add_chapter,
    add_provision,
    edit_provision,
    move_provision,
    remove_provision,
)
from plans.text.enums import EDITORIAL
from plans.text.queries import get_provision
from plans.text.wording import Wording, wording_of
from stakeholders.terms.actor import Actor, Role

PLANNERS = {"310118": "U05", "320509": "U10", "330421": "U13"}
FIRST_DRAFT, LAST_DRAFT = -228, -172
ADDED, REMOVED, MOVED = "border-industry-notice", "data-centres", "dianshan-greenway"
LATE = "water-surface"  # its correction was promised for R2 and is made only for R3
REVISIONS = {
    "R1": (RevisionStage.CONSULTATION, -170, False),
    "R2": (RevisionStage.DISPLAY, -105, False),
    "R3": (RevisionStage.RECOGNITION, -12, True),
}
DECISIONS = {
    ADDED: (-109, "第一次联席会议决定第2项（演示）"),
    "redline-negative-list": (-58, "第一次联席会议决定第3项（演示）"),
}


def scenes() -> list[Scene]:
    return [
        Scene(day=-232, play=_chapters),
        *_first_draft(),
        *_second_draft(),
        Scene(day=-14, play=_correct),
        *[Scene(day=day, play=_publish(name)) for name, (_s, day, _f) in REVISIONS.items()],
        *[Scene(day=day, play=_decide(slug, note)) for slug, (day, note) in DECISIONS.items()],
    ]


def _chapters(stage: Stage) -> None:
    for row in table("chapters"):
        add_chapter(
            actor=stage.office,
            plan=stage.plan,
            key=chapter_key(row["no"]),
            title_zh=row["title_zh"],
            title_en=row["title_en"],
            drafting=[code for code in split(row["drafted_by"]) if code.isdigit()],
        )


def chapter_key(number: str) -> str:
    return f"chapter-{number}"


def drafter(stage: Stage, chapter: str) -> Actor:
    """The planner of the party that drafts a chapter (its number)."""
    codes = split(by_key("chapters", "no")[chapter]["drafted_by"])
    return stage.actor(PLANNERS[codes[0]], Role.PLANNER)


def _first_rows() -> list[Row]:
    """The provisions of R1 in order: the table with the earlier wordings laid over it."""
    rows = [dict(row) for row in table("provisions") if row["slug"] != ADDED]
    earlier = {row["slug"]: row for row in table("provision_versions") if row["revision"] == "R1"}
    for row in rows:
        row |= {k: v for k, v in earlier.get(row["slug"], {}).items() if v and k != "revision"}
    removed = {**rows[0], **earlier[REMOVED], "number": "25", "theme": "infrastructure"}
    removed |= {"competence": "county", "demand": "local", "pillar": "co_shared", "kind": "rule"}
    rows.append(removed | {"lead": "JO"})
    # The greenway opened chapter 6; the chapter's articles follow in the order of the table.
    return sorted(rows, key=lambda row: (int(row["chapter"]), int(row["number"])))


def _first_draft() -> list[Scene]:
    rows = _first_rows()
    span = LAST_DRAFT - FIRST_DRAFT
    return [
        Scene(day=FIRST_DRAFT + span * place // len(rows), play=_add(row))
        for place, row in enumerate(rows)
    ]


def wording(row: Row) -> Wording:
    return Wording(
        title_zh=row["title_zh"],
        title_en=row["title_en"],
        text_zh=row["text_zh"],
        text_en=row["text_en"],
        strength=row["strength"],
        competence=row["competence"],
        theme=row["theme"],
        pillar=row["pillar"],
        function=row["kind"],
        demand=tuple(row["demand"].split("+")),
        lead=row["lead"],
        concerned=tuple(split(row["concerned"])),
    )


def _add(row: Row, position: int | None = None) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        add_provision(
            actor=drafter(stage, row["chapter"]),
            plan=stage.plan,
            chapter=chapter_key(row["chapter"]),
            wording=wording(row),
            key=row["slug"],
            position=position,
        )

    return play


def _second_draft() -> list[Scene]:
    """What changes for R2, each by the planner of its chapter, with its reason beside it."""
    provisions = by_key("provisions", "slug")
    changed = [
        row
        for row in table("provision_versions")
        if row["revision"] == "R1" and row["slug"] not in (LATE, REMOVED)
    ]
    found = [Scene(day=-119, play=_remove), Scene(day=-118, play=_move)]
    found += [Scene(day=-116, play=_edit(provisions[row["slug"]])) for row in changed]
    found += [
        Scene(day=-115, play=_explain(row["slug"], row["cause"]))
        for row in changed
        if row["cause"].startswith("C")
    ]
    return [*found, Scene(day=-110, play=_add(provisions[ADDED], position=1))]


def _remove(stage: Stage) -> None:
    plan = stage.plan
    edits = get_provision(plan, key=REMOVED).item.draft.edits
    remove_provision(actor=drafter(stage, "4"), plan=plan, key=REMOVED, edits=edits)


def _move(stage: Stage) -> None:
    move_provision(
        actor=drafter(stage, "4"),
        plan=stage.plan,
        key=MOVED,
        chapter=chapter_key("4"),
        position=2,
    )


def _edit(row: Row, claim: str = "") -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        plan = stage.plan
        draft = get_provision(plan, key=row["slug"]).item.draft
        fresh = wording({**row, "title_zh": row["title_zh"] or wording_of(draft).title_zh})
        edit_provision(
            actor=drafter(stage, row["chapter"]),
            plan=plan,
            key=row["slug"],
            edits=draft.edits,
            wording=replace(fresh, change_claim=claim),
        )

    return play


def rewrite(slug: str, revision: str) -> Callable[[Stage], None]:
    """The scene that writes the wording of one provision for a later revision."""
    row = by_key("provisions", "slug")[slug]
    later = next(
        v for v in table("provision_versions") if (v["slug"], v["revision"]) == (slug, revision)
    )
    texts = {"text_zh": later["text_zh"], "text_en": later["text_en"]}
    return _edit({**row, **texts})


def _correct(stage: Stage) -> None:
    _edit(by_key("provisions", "slug")[LATE], claim=EDITORIAL)(stage)


def _explain(slug: str, comment: str) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        plan = stage.plan
        found = stage.comments[comment].dispositions.latest("pk")
        item = Item.objects.get(plan=plan, key=slug)
        explain_change(actor=stage.office, plan=plan, item=item, disposition=found)

    return play


def _decide(slug: str, note: str) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        plan = stage.plan
        item = Item.objects.filter(plan=plan, key=slug).get()
        explain_change(actor=stage.office, plan=plan, item=item, note=note)

    return play


def _publish(name: str) -> Callable[[Stage], None]:
    kind, _day, freeze = REVISIONS[name]
    note = by_key("revisions", "revision")[name]

    def play(stage: Stage) -> None:
        publish(
            actor=stage.office,
            plan=stage.plan,
            stage=kind.value,
            note_zh=note["note_zh"],
            note_en=note["note_en"],
            freeze=freeze,
            accepts_gaps=freeze,
        )

    return play
