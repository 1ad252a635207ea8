"""The audits shown before a revision is published; each source is `(plan) -> list[Audit]`."""

from collections.abc import Callable

from plans.register.auditing import Audit
from plans.register.models import Plan
from plans.text.audits import open_claims

SOURCES: tuple[Callable[[Plan], list[Audit]], ...] = (open_claims,)


def audits_of(plan: Plan) -> list[Audit]:
    """All gaps of the working draft, source by source. A fixed number of queries."""
    return [one for source in SOURCES for one in source(plan)]
