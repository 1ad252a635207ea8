"""Which tests one worker keeps together where several run them, and which come first."""

from collections import Counter
from collections.abc import MutableSequence

import pytest
from xdist.scheduler import LoadScopeScheduling

DEMONSTRATION = "the demonstration"
AXE = "tests/journeys/test_axe.py"


class ByGround(LoadScopeScheduling):
    """Module by module; those that stand on the demonstration are one worker's.

    It is loaded once a process, in half a minute: a second worker would load it anew.
    """

    def _split_scope(self, nodeid: str) -> str:
        module = _module_of(nodeid)
        if module.startswith("tests/consult/demonstration/") or module == AXE:
            return DEMONSTRATION
        return super()._split_scope(nodeid)


def longest_first(items: MutableSequence[pytest.Item]) -> None:
    """Put the modules whose proofs say that they take minutes before all others, the longest first.

    One that begins last keeps one worker busy long after the others have ended. A proof says it by
    `@pytest.mark.prove(minutes=9)`, about, of processor time; what says nothing counts as short.
    """
    minutes: Counter[str] = Counter()
    for item in items:
        proof = item.get_closest_marker("prove")
        minutes[_module_of(item.nodeid)] += proof.kwargs.get("minutes", 0) if proof else 0
    items[:] = sorted(items, key=lambda item: -minutes[_module_of(item.nodeid)])


def _module_of(nodeid: str) -> str:
    return nodeid.partition("::")[0]
