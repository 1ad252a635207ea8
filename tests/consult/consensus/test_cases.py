"""Rules of real bodies, with the outcomes that were published or that their texts prescribe.

The source stands in each file; `published` says the outcome in the words of the source.
"""

import json
from pathlib import Path

import pytest

from consult.consensus import evaluate
from tests.consult.consensus import brute

CASES = sorted((Path(__file__).parent / "cases").glob("*.json"))
SMALL = 6


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_published_case_gives_its_outcome(path: Path) -> None:
    told = json.loads(path.read_text(encoding="utf-8"))
    expected, answer = told["expected"], evaluate(told["case"])
    assert told["source"]
    assert told.get("published", "-")
    assert answer["state"] == expected["state"]
    assert [row["state"] for row in answer["requirements"]] == expected["requirements"]
    assert answer["warnings"] == expected["warnings"]
    if "still_needed" in expected:
        assert answer["still_needed"]["en"] == expected["still_needed"]
    if told["case"]["closed"] or len(told["case"]["parties"]) <= SMALL:
        assert brute.evaluate(told["case"]) == (expected["state"], expected["requirements"])
