"""The lists of demands: asked for, handed in by the six co-makers, sorted, answered."""

from collections.abc import Callable, Sequence

from consult.demands.actions import (
    add_demand,
    answer_sorting,
    ask_demands,
    hand_in_demands,
    sort_demand,
)
from consult.demands.models import ListedDemand
from consult.demands.queries import shown
from consult.demands.steps import Entry
from consult.demonstration.reading import Row, table
from consult.demonstration.replay.stage import Scene, Stage
from stakeholders.terms.actor import Actor, Role

ASKED, HANDED_IN = -250, -235
# What went to a matter waits until the matter is open.
SORTED, SORTED_LATE, ANSWERED = -171, -117, -115
PLANNERS = {"310118": "U05", "320509": "U10", "330421": "U13"}
WITHOUT = ("310000", "320000", "330000")


def scenes() -> list[Scene]:
    rows = table("demands")
    return [
        Scene(day=ASKED, play=_ask),
        *[Scene(day=HANDED_IN, play=hand_in(code, rows)) for code in (*PLANNERS, *WITHOUT)],
        *[
            Scene(day=SORTED_LATE if row["sorted_as"] == "matter" else SORTED, play=_sort(row))
            for row in rows
        ],
        *[Scene(day=ANSWERED, play=_answer(row)) for row in rows],
    ]


def _ask(stage: Stage) -> None:
    ask_demands(
        actor=stage.office,
        plan=stage.plan,
        due_at=stage.days.evening(HANDED_IN),
        note_zh="请各方围绕共同关切提出诉求，并注明诉求类型。",
        note_en="Each party names what it asks of the plan, and what kind of demand it is.",
    )


def hand_in(code: str, listed: Sequence[Row]) -> Callable[[Stage], None]:
    """The scene in which a party writes its demands of a list and hands them in."""
    rows = [row for row in listed if row["party"] == code]

    def play(stage: Stage) -> None:
        for row in rows:
            entry = Entry(
                title_zh=row["title_zh"],
                title_en=row["title_en"],
                kind=row["kind"],
                theme=row["theme"],
            )
            add_demand(actor=_writer(stage, code), plan=stage.plan, entry=entry)
        hand_in_demands(actor=stage.contact(code), plan=stage.plan, is_nil=not rows)

    return play


def _writer(stage: Stage, code: str) -> Actor:
    return stage.actor(PLANNERS[code], Role.PLANNER)


def demand_of(stage: Stage, row: Row) -> ListedDemand:
    """The demand of a row, by its party and title."""
    return ListedDemand.objects.get(
        plan=stage.plan, jurisdiction=row["party"], title_zh=row["title_zh"]
    )


def _sort(row: Row) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        is_matter = row["sorted_as"] == "matter"
        sort_demand(
            actor=stage.office,
            plan=stage.plan,
            demand=demand_of(stage, row),
            sorted_as=row["sorted_as"],
            items=[] if is_matter or not row["into"] else [row["into"]],
            matter=stage.matters[row["into"]] if is_matter else None,
            reason=row["reason"],
        )

    return play


def _answer(row: Row) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        demand = demand_of(stage, row)
        sorting = shown([demand])[0].sorting
        if sorting is None:
            raise LookupError(f"{row['title_zh']} was not sorted")
        answer_sorting(
            actor=stage.contact(row["party"]),
            plan=stage.plan,
            demand=demand,
            sorting=sorting.pk,
            value=row["answer"],
            text=row["answer_text"],
        )

    return play
