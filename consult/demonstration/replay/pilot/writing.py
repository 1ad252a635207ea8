"""Phase 2 up to the published revision: chapters, articles, standards, an indicator."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from consult.demonstration.reading import Row, by_key, pairs, table
from consult.demonstration.replay.drafting import PLANNERS, chapter_key, wording
from consult.demonstration.replay.pilot.opening import MAKERS
from consult.demonstration.replay.stage import Scene, Stage
from consult.workflow.actions import publish
from plans.indicators.actions import add_indicator
from plans.indicators.enums import Aggregation, Direction
from plans.indicators.measure import Measure
from plans.register.enums import Stage as RevisionStage
from plans.register.enums import Strength
from plans.text.actions import add_chapter, add_provision, add_standard, add_term
from plans.text.norms import NATIONAL, Norm, Source
from plans.text.wording import Wording
from stakeholders.terms.actor import Actor, Role

CHAPTERS_ON, FIRST, LAST, MEASURED_ON, TERMS_ON, PUBLISHED = -46, -45, -30, -29, -28, -20
QUALITY = "pilot-water-quality"


def scenes() -> list[Scene]:
    rows = table("pilot_provisions")
    return [
        Scene(day=CHAPTERS_ON, play=_chapters),
        *[
            Scene(day=FIRST + (LAST - FIRST) * place // len(rows), play=add(row))
            for place, row in enumerate(rows)
        ],
        *[Scene(day=int(row["day"]), play=_standard(row)) for row in table("pilot_standards")],
        Scene(day=MEASURED_ON, play=_indicator),
        *[Scene(day=TERMS_ON, play=_term(row)) for row in table("pilot_terms")],
        Scene(day=PUBLISHED, play=_publish),
    ]


def drafter(stage: Stage, chapter: str) -> Actor:
    """The planner of the party that drafts a chapter (its number)."""
    code = by_key("pilot_chapters", "no")[chapter]["drafted_by"]
    return stage.actor(PLANNERS[code], Role.PLANNER)


def pilot_wording(row: Row) -> Wording:
    """A row of the table, with what a binding article owes and what was handed down."""
    return replace(
        wording(row),
        due=row["due"],
        evidence=row["evidence"],
        is_given=bool(row["given_source"]),
        given_source=row["given_source"],
    )


def add(row: Row, position: int | None = None) -> Callable[[Stage], None]:
    """The scene that adds one article, at the end of its chapter or at a position."""

    def play(stage: Stage) -> None:
        add_provision(
            actor=drafter(stage, row["chapter"]),
            plan=stage.plan,
            chapter=chapter_key(row["chapter"]),
            wording=pilot_wording(row),
            key=row["slug"],
            position=position,
        )

    return play


def _chapters(stage: Stage) -> None:
    for row in table("pilot_chapters"):
        add_chapter(
            actor=stage.office,
            plan=stage.plan,
            key=chapter_key(row["no"]),
            title_zh=row["title_zh"],
            title_en=row["title_en"],
            drafting=[row["drafted_by"]],
        )


def _standard(row: Row) -> Callable[[Stage], None]:
    """One row of 3 + 1 + X; an empty cell is no value."""
    sources = [Source(key=code, value=row[code]) for code in MAKERS]
    sources.append(Source(key=NATIONAL, value=row["national"]))
    further = Source(key="x1", value=row["x"], name_zh=row["x_name_zh"], name_en=row["x_name_en"])
    names = ("title_zh", "title_en", "unit", "strictness", "agreed", "choice")
    fields: dict[str, Any] = {name: row[name] for name in (*names, "reason_zh", "reason_en")}
    norm = Norm(**fields, sources=(*sources, further))

    def play(stage: Stage) -> None:
        actor = stage.actor("U26", Role.DRAFTER)
        add_standard(actor=actor, plan=stage.plan, norm=norm, key=f"standard-{row['id'].lower()}")

    return play


def quality(target: str) -> Measure:
    """The share of sections of good water, with its target."""
    return Measure(
        name_zh="跨界断面优良水体比例（示意）",
        name_en="Share of border sections with good water (illustrative)",
        definition_zh="达到或者优于Ⅲ类的跨界断面占全部跨界断面的比例。",
        definition_en="Border sections of class III or better among all border sections.",
        unit="%",
        direction=Direction.UP.value,
        aggregation=Aggregation.WORST.value,
        target=str(Decimal(target)),
        target_year=2030,
        strength=Strength.ANTICIPATORY.value,
        concerned=MAKERS,
        source="演示数据",
    )


def _indicator(stage: Stage) -> None:
    add_indicator(actor=stage.office, plan=stage.plan, key=QUALITY, measure=quality("90"))


def _term(row: Row) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        add_term(actor=stage.office, plan=stage.plan, **row)

    return play


def _publish(stage: Stage) -> None:
    note = pairs("pilot")["R1"]
    publish(
        actor=stage.office,
        plan=stage.plan,
        stage=RevisionStage.CONSULTATION.value,
        note_zh=note["zh"],
        note_en=note["en"],
    )
