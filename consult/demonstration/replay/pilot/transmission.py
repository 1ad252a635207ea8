"""How the plan answers the binding articles of the plan above it; most stay unanswered yet.

The planners answer: their mandates reach both plans, those of the joint team one plan each.
"""

from collections.abc import Callable

from consult.demonstration.reading import Row, split, table
from consult.demonstration.replay.stage import Scene, Stage
from plans.register.actions import answer_transmission
from plans.register.queries import get_required
from stakeholders.terms.actor import Role

# After the revision of the upper plan that they answer.
ANSWERED = 17


def scenes() -> list[Scene]:
    return [Scene(day=ANSWERED, play=_answer(row)) for row in table("pilot_answers")]


def _answer(row: Row) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        actor = stage.actor(row["by"], Role.PLANNER)
        required = get_required(actor=actor, plan=stage.plan, item=row["item"])
        answer_transmission(
            actor=actor,
            plan=stage.plan,
            row=required,
            wording=required.required.wording,
            value=row["value"],
            reason=row["reason"],
            carried_by=split(row["carried_by"]),
        )

    return play
