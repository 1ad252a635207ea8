"""The public door: is the rule met, can it still be, what is needed from whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from consult.consensus.case import Case, Group, Requirement, Text
from consult.consensus.explain import explain, have_and_need
from consult.consensus.linear import Node, build
from consult.consensus.needs import still_needed
from consult.consensus.parse import parse_case
from consult.consensus.reach import Completions, can
from consult.consensus.words import Names

MOST_WORK = 200_000
UNDECIDED = (
    "第{0}项要求的可能组合过多，未能断定，按“尚可满足”显示 / "
    "requirement {0} has too many combinations to decide; it is shown as reachable"
)
NOBODY = "各方均已退出表态范围 / every party has left the electorate"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one requirement stands."""

    kind: str
    state: str
    have: str
    need: str
    explain: Text


@dataclass(frozen=True, slots=True)
class Result:
    """Where a case stands as a whole. `would_pass`: every requirement would be met if it closed now."""

    state: str
    requirements: tuple[Standing, ...]
    still_needed: Text
    warnings: tuple[str, ...]
    would_pass: bool = False

    def as_dict(self) -> dict[str, Any]:
        """Return the result in the form of the JSON contract."""
        return {
            "state": self.state,
            "requirements": [
                {
                    "kind": row.kind,
                    "state": row.state,
                    "have": row.have,
                    "need": row.need,
                    "explain": dict(row.explain),
                }
                for row in self.requirements
            ],
            "still_needed": dict(self.still_needed),
            "warnings": list(self.warnings),
        }


def evaluate(
    case: Mapping[str, Any],
    *,
    names: Mapping[str, Mapping[str, str]] | None = None,
    value_names: Mapping[str, Mapping[str, str]] | None = None,
    weight_names: Mapping[str, Mapping[str, str]] | None = None,
) -> dict[str, Any]:
    """Evaluate a case of the JSON contract.

    `names`, `value_names` and `weight_names` give display names by id: `{"FR": {"zh": "法国", "en": "France"}}`.
    Returns the answer of the contract; raises CaseError with the path to what is wrong.
    """
    called = Names(names or {}, value_names or {}, weight_names or {})
    return judge(parse_case(case), names=called).as_dict()


def judge(case: Case, *, names: Names) -> Result:
    """Return where a case stands: by its requirements one by one, and as a whole."""
    nodes = [build(requirement, case) for requirement in case.rule.requirements]
    warnings = list(case.warnings)
    held = case.closing() if case.is_closed else case.now()
    if all(value is not None and case.values[value].leaves_electorate for value in held):
        warnings.append(NOBODY)
    verdicts = [_closed(node, case) if case.is_closed else _open(node, case) for node in nodes]
    for number, verdict in enumerate(verdicts, start=1):
        if verdict is None:
            warnings.append(UNDECIDED.format(number))
    states = [verdict or "reachable" for verdict in verdicts]
    rows = (_standing(node, case, state, names) for node, state in zip(nodes, states, strict=True))
    return Result(
        state=_overall(states, case),
        requirements=tuple(rows),
        still_needed=still_needed(nodes, case, names=names),
        warnings=tuple(warnings),
        would_pass=all(node.is_met(case.closing()) for node in nodes),
    )


def _closed(node: Node, case: Case) -> str:
    return "met" if node.is_met(case.closing()) else "unmet"


def _open(node: Node, case: Case) -> str | None:
    """Return the state of a requirement of an open case, the positions cast taken as they stand.

    `impossible` is the contract's `unreachable` for a requirement that no completion whatever meets, not even if every
    party spoke anew (or kept what it holds); it makes the case fail before its close. None: not decided
    within the bound of work.
    """
    options = case.options()
    choices = [options if now in options else (*options, now) for now in case.closing()]
    free = tuple(
        (number, choices[number]) for number, seat in enumerate(case.seats) if seat.is_free
    )
    work = MOST_WORK // max(1, sum(_groups(requirement) for requirement in case.rule.requirements))
    ahead = Completions(case.now(), free, work)
    may_fail = can(node, ahead, wanted=False)
    if may_fail is False:
        return "met"
    may_hold = can(node, ahead, wanted=True)
    if may_hold is not False:
        return None if may_hold is None or may_fail is None else "reachable"
    anew = Completions(case.now(), tuple(enumerate(choices)), work)
    return "impossible" if can(node, anew, wanted=True) is False else "unreachable"


def _groups(requirement: Requirement) -> int:
    return (
        1 + sum(_groups(part) for part in requirement.parts)
        if isinstance(requirement, Group)
        else 0
    )


def _overall(states: list[str], case: Case) -> str:
    if not case.is_closed:
        return "failed" if "impossible" in states else "open"
    return "passed" if all(state == "met" for state in states) else "failed"


def _standing(node: Node, case: Case, state: str, names: Names) -> Standing:
    held = case.closing() if case.is_closed else case.now()
    have, need = have_and_need(node, held)
    shown = "met_early" if state == "met" and not case.is_closed else state
    return Standing(
        kind=node.requirement.kind,
        state="unreachable" if state == "impossible" else state,
        have=have,
        need=need,
        explain=explain(node, case, held=held, state=shown, names=names),
    )
