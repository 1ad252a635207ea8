"""A day on which something of a plan begins, ends or is held, for those who take part in it."""

from dataclasses import dataclass
from datetime import datetime

from stakeholders.terms.actor import OF_ALL_PARTIES, Actor
from stakeholders.terms.duty import Text


@dataclass(frozen=True, kw_only=True)
class PlanDate:
    """One such day: `at` (aware) in the time zone `zone` (empty: that of the site).

    Of those who see the plan, it is for the `jurisdictions` and `organizations` that take part, and
    for those who serve all parties alike unless it is for one of them alone (`is_own`). `key` names
    it for good; `number` rises each time it is moved, last at `changed_at`. What has hours lasts
    until `ends_at` at `place`; what was called off stays named as such (`is_cancelled`).
    """

    key: str
    plan_id: int
    title: Text
    url: str
    at: datetime
    changed_at: datetime
    zone: str = ""
    number: int = 0
    jurisdictions: frozenset[str] = frozenset()
    organizations: frozenset[int] = frozenset()
    is_own: bool = False
    ends_at: datetime | None = None
    place: Text = ""
    is_cancelled: bool = False

    def is_for(self, actor: Actor) -> bool:
        """Whether the actor, who sees the plan, takes part. Pure."""
        if not actor.speaks:
            return False
        if actor.role in OF_ALL_PARTIES:
            return not self.is_own
        if actor.jurisdiction_code is not None and actor.jurisdiction_code in self.jurisdictions:
            return True
        return actor.organization_id is not None and actor.organization_id in self.organizations
