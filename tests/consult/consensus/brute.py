"""An independent evaluator that follows the words of the contract naively; slow and obvious on purpose."""

from collections.abc import Callable
from fractions import Fraction
from itertools import product
from typing import Any

Json = dict[str, Any]


def holdings(case: Json) -> dict[str, str | None]:
    """What each party that spoke holds; None for a position without the text it needs."""
    held: dict[str, str | None] = {}
    for position in case["positions"]:
        needs_text = case["values"][position["value"]].get("needs_text", False)
        is_bare = needs_text and not position.get("text", "").strip()
        held[position["party"]] = None if is_bare else position["value"]
    return held


def close(case: Json, held: dict[str, str | None]) -> dict[str, str | None]:
    silence = case["rule"].get("silence", "none")
    at_close = None if silence == "none" else silence
    return {party["id"]: held.get(party["id"], at_close) for party in case["parties"]}


def is_met(req: Json, case: Json, held: dict[str, str | None]) -> bool:
    kind, values = req["kind"], case["values"]
    if kind == "any":
        return any(is_met(part, case, held) for part in req["of"])
    if kind == "all":
        return all(is_met(part, case, held) for part in req["of"])
    if kind == "no_block":
        return not any(value is not None and values[value].get("blocks") for value in held.values())
    if kind == "no_veto":
        return not any(held[party] in req["of"] for party in req["by"])
    if kind in ("min_count", "max_count"):
        number = sum(value in req["of"] for value in held.values())
        return _compare(req, Fraction(number), _bound(req))
    return _share(req, case, held)


def _share(req: Json, case: Json, held: dict[str, str | None]) -> bool:
    over = req.get("over", "electorate")
    part = whole = Fraction(0)
    for party in case["parties"]:
        weight = Fraction(party["weights"][req["weight"]]) if "weight" in req else Fraction(1)
        value = held[party["id"]]
        left = value is not None and case["values"][value].get("leaves_electorate", False)
        if (not left) if over == "electorate" else value in over:
            whole += weight
        if value in req["of"]:
            part += weight
    if whole == 0:
        return False
    return _compare(req, part / whole, _bound(req))


def _bound(req: Json) -> Fraction:
    return Fraction(req["at_most"] if "at_most" in req else req["at_least"])


def _compare(req: Json, have: Fraction, bound: Fraction) -> bool:
    strict = req.get("strict", False)
    if "at_most" in req:
        return have < bound if strict else have <= bound
    return have > bound if strict else have >= bound


def completions(
    case: Json, held: dict[str, str | None], *, anew: bool
) -> list[dict[str, str | None]]:
    """Everything that can stand at the close: a party that is silent takes any value or stays silent.

    `anew` frees the parties that spoke as well; each of them may also keep what it holds.
    """
    silence = close(case, {})
    choices: list[list[str | None]] = []
    for party in (entry["id"] for entry in case["parties"]):
        free = [*case["values"], silence[party]]
        choices.append(
            [*free, held.get(party, silence[party])] if anew or party not in held else [held[party]]
        )
    ids = [entry["id"] for entry in case["parties"]]
    return [
        dict(zip(ids, combination, strict=True))
        for combination in product(*(set(c) for c in choices))
    ]


def evaluate(
    case: Json, met: Callable[[Json, Json, dict[str, str | None]], bool] = is_met
) -> tuple[str, list[str]]:
    """The state of the case and of each requirement; `met` may be a remembering `is_met`."""
    requirements, held = case["rule"]["requirements"], holdings(case)
    if case["closed"]:
        final = close(case, held)
        states = ["met" if met(req, case, final) else "unmet" for req in requirements]
        return ("passed" if set(states) == {"met"} else "failed"), states
    states = []
    for req in requirements:
        outcomes = {met(req, case, final) for final in completions(case, held, anew=False)}
        states.append(
            "reachable" if len(outcomes) == 2 else "met" if outcomes == {True} else "unreachable"
        )
    whatever = completions(case, held, anew=True)
    hopeless = any(not any(met(req, case, final) for final in whatever) for req in requirements)
    return ("failed" if hopeless else "open"), states
