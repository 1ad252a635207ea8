"""The case that the story's warning opens: answered in time, seen by its neighbours, struck off."""

from collections.abc import Callable

from consult.demonstration.reading import pairs
from consult.demonstration.replay.measures import REMEASURED_ON, item_key
from consult.demonstration.replay.stage import Scene, Stage
from consult.matters.steps import Wording
from consult.phase4_implementation.actions import Ending, answer_case, close_case, view_case
from consult.phase4_implementation.enums import CaseOutcome
from consult.phase4_implementation.queries import CaseRow, open_cases
from consult.phase4_implementation.steps import AnswerText

WARNED, CONTENT, ASKING = "320509", "310118", "330421"
INDICATOR = "I7"
# The story names the days of the answer and of the close; the views lie between them.
SEEN_ON = 365


def _said() -> dict[str, Wording]:
    rows = pairs("warning", key="field", zh="zh", en="en")
    return {name: Wording(zh=row["zh"], en=row["en"]) for name, row in rows.items()}


def scenes() -> list[Scene]:
    said = _said()
    closed_on = int(said["closed_day"].zh.partition("，")[0])
    return [
        Scene(day=int(said["answered_day"].zh), play=_answer(closed_on)),
        Scene(day=SEEN_ON, play=_view(CONTENT, accepts=True)),
        Scene(day=SEEN_ON, play=_view(ASKING, accepts=False)),
        Scene(day=REMEASURED_ON, play=_view(ASKING, accepts=True)),
        Scene(day=closed_on, play=_close),
    ]


def _case(stage: Stage) -> CaseRow:
    rows = open_cases(actor=stage.office, plan=stage.plan)
    return next(row for row in rows if row.reading.item.key == item_key(INDICATOR))


def _answer(closed_on: int) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        said = _said()
        answer_case(
            actor=stage.contact(WARNED),
            plan=stage.plan,
            case=_case(stage),
            jurisdiction=WARNED,
            said=AnswerText(
                cause=said["cause"], measure=said["measure"], done_on=stage.date(closed_on)
            ),
        )

    return play


def _view(code: str, *, accepts: bool) -> Callable[[Stage], None]:
    """The story tells both neighbours' views in one sentence, each after its code."""

    def play(stage: Stage) -> None:
        whole = _said()["neighbour_view"]
        text = Wording(zh=_part(whole.zh, code, "；"), en=_part(whole.en, code, ";"))
        view_case(
            actor=stage.contact(code),
            plan=stage.plan,
            case=_case(stage),
            accepts=accepts,
            text=Wording() if accepts else text,
        )

    return play


def _part(sentence: str, code: str, mark: str) -> str:
    parts = [part.strip() for part in sentence.split(mark)]
    said = next(part for part in parts if part.startswith(code))
    return said.removeprefix(code).strip().removesuffix("（已做）").removesuffix(" (done)")


def _close(stage: Stage) -> None:
    whole = _said()["closed_day"]
    why = Wording(zh=whole.zh.partition("，")[2], en=whole.en.partition(", ")[2])
    ending = Ending(outcome=CaseOutcome.MEASURE.value, reason=why)
    close_case(actor=stage.office, plan=stage.plan, case=_case(stage), ending=ending)
