"""The zone's plan, which is not on the site: its binding contents, and how the plan answers them."""

from collections.abc import Callable

from consult.demonstration.reading import Row, split, table
from consult.demonstration.replay.stage import Scene, Stage
from plans.register.actions import add_requirement, answer_transmission
from plans.register.queries import get_required
from plans.register.steps import Demanded
from stakeholders.terms.actor import Role

LISTED_ON = -227
PLANNER = "U05"


def scenes() -> list[Scene]:
    rows = list(enumerate(table("requirements"), start=1))
    return [
        Scene(day=LISTED_ON, play=_list),
        *[Scene(day=int(row["answered_day"]), play=_answer(number, row)) for number, row in rows],
    ]


def _list(stage: Stage) -> None:
    for row in table("requirements"):
        names = ("title_zh", "title_en", "value", "source")
        demanded = Demanded(**{name: row[name] for name in names})
        add_requirement(actor=stage.office, plan=stage.plan, demanded=demanded)


def _answer(number: int, row: Row) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        actor = stage.actor(PLANNER, Role.PLANNER)
        required = get_required(actor=actor, plan=stage.plan, listed=number)
        answer_transmission(
            actor=actor,
            plan=stage.plan,
            row=required,
            wording=required.required.wording,
            value=row["answer"],
            reason=row["reason"],
            carried_by=split(row["carried_by"]),
        )

    return play
