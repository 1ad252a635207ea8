"""Any JSON is answered or refused with its path, in bounded time; a bad case never passes."""

import json
from copy import deepcopy
from random import Random
from time import process_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.consensus import CaseError, evaluate, read_json
from tests.consult.consensus.strategies import cases

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=6)
    | st.sampled_from(["agree", "electorate", "none", "1/0", "NaN", "-1", "1e9", "2/3", "no_block"])
)
ANY = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6) | SCALARS, inner, max_size=4)
    ),
    max_leaves=8,
)  # fmt: skip


def answered(case: Any) -> dict[str, Any] | None:
    """The answer, None for a bad case; anything else than a CaseError is a failure of the test."""
    try:
        return evaluate(case)
    except CaseError as error:
        json.dumps(error.as_dict())
        return None


@given(ANY)
def test_anything_is_a_bad_case(raw: Any) -> None:
    assert answered(raw) is None


@given(st.text() | ANY.map(lambda raw: json.dumps(raw, default=str, skipkeys=True)))
def test_any_text_is_read_or_refused_and_can_be_printed(text: str) -> None:
    try:
        read = read_json(text)
    except CaseError as error:
        json.dumps(error.as_dict(), ensure_ascii=False).encode()
    else:
        assert answered(read) is None
        json.dumps(read, ensure_ascii=False).encode()


def paths(node: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a JSON value."""
    inside = (
        node.items()
        if isinstance(node, dict)
        else enumerate(node)
        if isinstance(node, list)
        else ()
    )
    return [at, *(path for key, value in inside for path in paths(value, (*at, key)))]


def put(node: Any, path: tuple[Any, ...], value: Any) -> Any:
    """A copy with another value at the path."""
    if not path:
        return value
    copy = deepcopy(node)
    inner = copy
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    return copy


@given(cases(), st.data())
def test_a_good_case_with_one_thing_replaced_is_answered_or_refused(
    case: dict[str, Any], data: st.DataObject
) -> None:
    spoiled = put(case, data.draw(st.sampled_from(paths(case))), data.draw(ANY))
    answer = answered(spoiled)
    if answer is not None:
        assert set(spoiled) == set(case)
        assert answer["state"] in ("passed", "failed", "open")
        assert (answer["state"] == "open") <= (spoiled["closed"] is False)


@given(cases(), st.data())
def test_a_case_with_something_missing_or_unknown_never_passes(
    case: dict[str, Any], data: st.DataObject
) -> None:
    """Dropping a required key, or adding an unknown one, is refused at exactly that path."""
    whole = {
        (): tuple(case),
        ("rule",): ("requirements",),
        ("rule", "requirements", 0): ("kind",),
        ("parties", 0): ("id",),
    }
    where = data.draw(st.sampled_from(sorted(whole, key=str)))
    node: Any = deepcopy(case)
    inner = node
    for key in where:
        inner = inner[key]
    name = data.draw(st.sampled_from([*whole[where], "unheard"]))
    told = ".".join(str(key) for key in (*where, name)).replace(".0.", "[0].")
    if name == "unheard":
        inner[name] = 1
    else:
        del inner[name]
    with pytest.raises(CaseError) as caught:
        evaluate(node)
    assert caught.value.at == told


def large(parts: list[dict[str, Any]], *, parties: int = 500, values: int = 20) -> dict[str, Any]:
    chance = Random(7)  # noqa: S311 - a fixed spread of weights, no secret
    names = ["agree", "object", "abstain", "recused", *(f"v{n}" for n in range(values - 4))]
    return {
        "rule": {"silence": "none", "requirements": parts},
        "values": {name: {} for name in names}
        | {"object": {"blocks": True}, "recused": {"leaves_electorate": True}},
        "parties": [
            {
                "id": f"P{n}",
                "weights": {w: f"{chance.randrange(10**40)}.{n}" for w in ("w", "v", "u")},
            }
            for n in range(parties)
        ],
        "positions": [{"party": f"P{n % 7}", "value": "agree"} for n in range(10_000)],
        "closed": False,
    }


def test_the_worst_cases_of_the_reader_are_answered_in_time() -> None:
    """500 parties, 20 values, 100 requirements: many knots of weighted shares, and one deep nest."""
    band = [
        {"kind": kind, "of": ["agree"], "over": "electorate", "weight": weight, edge: bound}
        for weight in ("w", "v", "u")
        for kind, edge, bound in (
            ("min_share", "at_least", "500001/1000000"),
            ("max_share", "at_most", "500002/1000000"),
        )
    ]
    knots = [{"kind": kind, "of": band} for kind in ("all", "any") * 7]
    nest = band[0]
    for level in range(9):
        nest = {"kind": ("any", "all")[level % 2], "of": [nest, *band]}
    started = process_time()
    for parts in (knots, [nest], band * 16):
        for parties in (41, 500):
            assert evaluate(large(parts, parties=parties))["state"] in ("open", "failed")
    assert process_time() - started < 20
