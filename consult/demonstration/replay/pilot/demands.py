"""The lists of demands: handed in by the three, sorted but for one, not all answered."""

from collections.abc import Callable

from consult.demands.actions import answer_sorting, ask_demands, sort_demand
from consult.demands.queries import shown
from consult.demonstration.reading import Row, pairs, table
from consult.demonstration.replay.demands import PLANNERS, demand_of, hand_in
from consult.demonstration.replay.stage import Scene, Stage

ASKED, HANDED_IN, SORTED, ANSWERED = -57, -50, -24, -18


def scenes() -> list[Scene]:
    rows = table("pilot_demands")
    return [
        Scene(day=ASKED, play=_ask),
        *[Scene(day=HANDED_IN, play=hand_in(code, rows)) for code in PLANNERS],
        *[Scene(day=SORTED, play=_sort(row)) for row in rows if row["sorted_as"]],
        *[Scene(day=ANSWERED, play=_answer(row)) for row in rows if row["answer"]],
    ]


def _ask(stage: Stage) -> None:
    note = pairs("pilot")["demands_note"]
    ask_demands(
        actor=stage.office,
        plan=stage.plan,
        due_at=stage.days.evening(HANDED_IN),
        note_zh=note["zh"],
        note_en=note["en"],
    )


def _sort(row: Row) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        sort_demand(
            actor=stage.office,
            plan=stage.plan,
            demand=demand_of(stage, row),
            sorted_as=row["sorted_as"],
            items=[row["into"]] if row["into"] else [],
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
