"""The worked example of the documentation is what the code answers."""

import json
import re
from pathlib import Path

import pytest

from consult.consensus import evaluate
from consult.consensus.requirements import KEYS

PAGE = Path(__file__).parents[3] / "docs" / "consensus.md"


def test_worked_example_is_true() -> None:
    case, answer, *_ = re.findall(r"```json\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert evaluate(json.loads(case)) == json.loads(answer)


ROW = re.compile(r"^\| `(\{.*\})` \| (\S+) \| (\w+) \|$", re.MULTILINE)
ROWS = ROW.findall(PAGE.read_text(encoding="utf-8"))
HELD = {"A": "agree", "B": "agree", "C": "object", "D": "abstain"}
AREAS = {"A": "0.1", "B": "0.2", "C": "0.3", "D": "0.4", "E": "0"}


@pytest.mark.parametrize(("requirement", "have", "state"), ROWS)
def test_each_example_is_true(requirement: str, have: str, state: str) -> None:
    case = {
        "rule": {"requirements": [json.loads(requirement)]},
        "values": {
            "agree": {},
            "object": {"blocks": True, "needs_text": True},
            "abstain": {},
            "recused": {"leaves_electorate": True},
        },
        "parties": [{"id": party, "weights": {"area": area}} for party, area in AREAS.items()],
        "positions": [
            {"party": party, "value": value, "text": "why"} for party, value in HELD.items()
        ],
        "closed": True,
    }
    [row] = evaluate(case)["requirements"]
    assert (row["have"], row["state"]) == (have, state)


def test_every_kind_has_its_example() -> None:
    assert {json.loads(requirement)["kind"] for requirement, _have, _state in ROWS} == set(KEYS)
