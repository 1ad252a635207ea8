"""The worked example of the documentation is what the code answers."""

import json
import re
from pathlib import Path

from consult.consensus import evaluate

PAGE = Path(__file__).parents[3] / "docs" / "consensus.md"


def test_worked_example_is_true() -> None:
    case, answer, *_ = re.findall(r"```json\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert evaluate(json.loads(case)) == json.loads(answer)
