"""Counts that a proof says of itself: what was tried, how often, what came of it.

They travel with the report of the test, so that they reach the end of the run from any worker.
"""

from collections.abc import Callable, Mapping

import pytest

Say = Callable[[str, Mapping[str, object]], None]
SAID = "said"


def saying(node: pytest.Item) -> Say:
    """Return the function that notes a title and its counts on the report of `node`."""

    def say(title: str, counts: Mapping[str, object]) -> None:
        told = ", ".join(f"{name} {count}" for name, count in counts.items())
        node.user_properties.append((SAID, f"{title}: {told}"))

    return say


def lines(reports: list[pytest.TestReport]) -> list[str]:
    """What the tests of `reports` said, in the order they ended."""
    return [
        str(told)
        for report in reports
        if report.when == "call"
        for name, told in report.user_properties
        if name == SAID
    ]
