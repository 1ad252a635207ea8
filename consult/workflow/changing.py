"""How a change of the text in force stands, read from its steps. Pure: no query.

An answer counts for the wording it was given on: once another wording is put forward it asks again.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from consult.workflow.enums import ChangeStep, ChangeWay, Standing


class Done(Protocol):
    """One step of a change, in the order in which they were entered."""

    step: str
    jurisdiction_id: str | None
    wording_hash: str


@dataclass(frozen=True, kw_only=True)
class State:
    """`wording`: the hash that was put forward last; `answers`: code -> whether it confirmed it."""

    standing: Standing
    wording: str
    answers: Mapping[str, bool]

    @property
    def is_open(self) -> bool:
        return self.standing not in (Standing.IN_FORCE, Standing.WITHDRAWN)

    def missing(self, asked: Iterable[str]) -> list[str]:
        """Those of `asked` that have not answered the wording put forward, in order."""
        return [code for code in sorted(asked) if code not in self.answers]

    def is_agreed(self, asked: Iterable[str]) -> bool:
        """Everybody asked confirmed it; nobody asked is no agreement."""
        codes = list(asked)
        return bool(codes) and all(self.answers.get(code, False) for code in codes)


ENDS = {ChangeStep.IN_FORCE: Standing.IN_FORCE, ChangeStep.WITHDRAWN: Standing.WITHDRAWN}
ANSWERS = {ChangeStep.CONFIRMED: True, ChangeStep.REFUSED: False}


def state_of(way: str, steps: Sequence[Done]) -> State:
    """Where a change of `way` stands after `steps`. The first end counts: nothing follows it."""
    wording, answers = "", dict[str, bool]()
    standing = Standing.EDITING if way != ChangeWay.AMENDMENT else Standing.UNDER_WAY
    for one in steps:
        step = ChangeStep(one.step)
        if step in ENDS:
            return State(standing=ENDS[step], wording=wording, answers=answers)
        if step is ChangeStep.PUT_FORWARD:
            wording, answers, standing = one.wording_hash, {}, Standing.ASKED
        elif step in ANSWERS and one.wording_hash == wording and one.jurisdiction_id:
            answers[one.jurisdiction_id] = ANSWERS[step]
    if not all(answers.values()):
        standing = Standing.REFUSED
    return State(standing=standing, wording=wording, answers=answers)
