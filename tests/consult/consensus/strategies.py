"""Random small cases of the contract."""

from typing import Any

from hypothesis import strategies as st

VALUES = ("agree", "object", "abstain", "recused")
FLAGS = st.fixed_dictionaries(
    {}, optional={flag: st.booleans() for flag in ("blocks", "needs_text", "leaves_electorate")}
)
FRACTIONS = st.sampled_from(["0", "1/4", "1/3", "1/2", "0.55", "65/100", "2/3", "1"])
WEIGHTS = st.sampled_from(["0", "1", "2", "0.1", "0.3", "2.50", "7"])


@st.composite
def requirements(
    draw: Any, values: list[str], parties: list[str], depth: int = 2
) -> dict[str, Any]:
    kinds = ["no_block", "no_veto", "min_share", "max_share", "quorum", "min_count", "max_count"]
    kind = draw(st.sampled_from([*kinds, "any", "all"] if depth else kinds))
    if kind == "no_block":
        return {"kind": kind}
    if kind in ("any", "all"):
        parts = st.lists(requirements(values, parties, depth - 1), min_size=1, max_size=3)
        return {"kind": kind, "of": draw(parts)}
    some = st.lists(st.sampled_from(values), min_size=1, max_size=3)
    result: dict[str, Any] = {"kind": kind, "of": draw(some)}
    if kind == "no_veto":
        return result | {"by": draw(st.lists(st.sampled_from(parties), min_size=1, unique=True))}
    edge = "at_most" if kind.startswith("max") else "at_least"
    if draw(st.booleans()):
        result["strict"] = draw(st.booleans())
    if kind.endswith("count"):
        return result | {edge: draw(st.integers(0, 5))}
    if kind != "quorum" or draw(st.booleans()):
        result["over"] = draw(st.one_of(st.just("electorate"), some))
    if draw(st.booleans()):
        result["weight"] = "w"
    return result | {edge: draw(FRACTIONS)}


@st.composite
def cases(draw: Any, most_parties: int = 4, *, closed: bool | None = None) -> dict[str, Any]:
    values = list(VALUES[: draw(st.integers(1, len(VALUES)))])
    ids = [f"P{number}" for number in range(draw(st.integers(1, most_parties)))]
    positions = st.fixed_dictionaries(
        {"party": st.sampled_from(ids), "value": st.sampled_from(values)},
        optional={"text": st.sampled_from(["", " ", "why"])},
    )
    return {
        "rule": {
            "silence": draw(st.sampled_from(["none", *values])),
            "requirements": draw(st.lists(requirements(values, ids), min_size=1, max_size=3)),
        },
        "values": {value: draw(FLAGS) for value in values},
        "parties": [{"id": party, "weights": {"w": draw(WEIGHTS)}} for party in ids],
        "positions": draw(st.lists(positions, max_size=most_parties)),
        "closed": draw(st.booleans()) if closed is None else closed,
    }
