"""The audits shown before a revision is published; each source is `(plan) -> list[Audit]`."""

from collections.abc import Callable

from consult.phase1_organization import audits as phase1
from plans.register.auditing import Audit
from plans.register.models import Plan

SOURCES: tuple[Callable[[Plan], list[Audit]], ...] = (phase1.audits,)


def audits_of(plan: Plan) -> list[Audit]:
    """All gaps of the working draft, source by source. A fixed number of queries."""
    return [one for source in SOURCES for one in source(plan)]
