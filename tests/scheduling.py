"""Which tests one worker keeps together where several run them, and which come first."""

from collections import Counter
from collections.abc import MutableSequence

import pytest
from xdist.scheduler import LoadScopeScheduling

DEMONSTRATION = "the demonstration"
AXE = "tests/journeys/test_axe.py"
DATABASE = {"db", "transactional_db", "django_db_setup"}


class ByGround(LoadScopeScheduling):
    """Module by module; those that stand on the demonstration are one worker's.

    It is loaded once a process, in half a minute: a second worker would load it anew.
    """

    def _split_scope(self, nodeid: str) -> str:
        module = _module_of(nodeid)
        if module.startswith("tests/consult/demonstration/") or module == AXE:
            return DEMONSTRATION
        return super()._split_scope(nodeid)


def in_order(items: MutableSequence[pytest.Item]) -> None:
    """Long proofs first, then the modules without a database, then all others.

    A proof that begins last keeps one worker busy long after the others have ended. It says that it
    is long by `@pytest.mark.prove(minutes=9)`, about, of processor time. The template database is
    still being migrated when the first tests run: those that need none have no need to wait.
    """
    minutes: Counter[str] = Counter()
    waiting: Counter[str] = Counter()
    for item in items:
        module, proof = _module_of(item.nodeid), item.get_closest_marker("prove")
        minutes[module] += proof.kwargs.get("minutes", 0) if proof else 0
        waiting[module] += _needs_database(item)
    keys = {module: (-minutes[module], waiting[module] > 0) for module in minutes}
    items[:] = sorted(items, key=lambda item: keys[_module_of(item.nodeid)])


def _needs_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(fixtures & DATABASE) or item.get_closest_marker("django_db") is not None


def _module_of(nodeid: str) -> str:
    return nodeid.partition("::")[0]
