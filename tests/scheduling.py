"""Which tests one worker keeps together where several run them."""

from xdist.scheduler import LoadScopeScheduling

DEMONSTRATION = "the demonstration"
AXE = "tests/journeys/test_axe.py"


class ByGround(LoadScopeScheduling):
    """Module by module; those that stand on the demonstration are one worker's.

    It is loaded once a process, in half a minute: a second worker would load it anew.
    """

    def _split_scope(self, nodeid: str) -> str:
        module = nodeid.partition("::")[0]
        if module.startswith("tests/consult/demonstration/") or module == AXE:
            return DEMONSTRATION
        return super()._split_scope(nodeid)
