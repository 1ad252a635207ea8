"""Who acts: a person under a mandate, an administrator, a link, the public, the system."""

from dataclasses import dataclass
from enum import StrEnum


class ActorKind(StrEnum):
    MANDATED = "mandated"
    ADMINISTRATOR = "administrator"
    LINK = "link"
    PUBLIC = "public"
    SYSTEM = "system"


class Role(StrEnum):
    """What a mandate lets its holder do. Labels stand in `people.enums`."""

    COORDINATOR = "coordinator"
    CONTACT_POINT = "contact_point"
    DEPUTY = "deputy"
    PLANNER = "planner"
    DRAFTER = "drafter"
    SIGNATORY = "signatory"
    SUPERVISOR = "supervisor"
    EXPERT = "expert"
    OBSERVER = "observer"


@dataclass(frozen=True, kw_only=True)
class Actor:
    """One acting person or process, as every action and query receives it.

    `group_id` is the role group of the mandate (never a group the person is a member of);
    `plan_key` limits the mandate to one plan when not empty; `acts` limits it to the named
    acts when not None.
    """

    kind: ActorKind
    user_id: int | None = None
    mandate_id: int | None = None
    role: Role | None = None
    jurisdiction_code: str | None = None
    organization_id: int | None = None
    group_id: int | None = None
    plan_key: str = ""
    acts: frozenset[str] | None = None
    invitation_id: int | None = None

    @property
    def speaks(self) -> bool:
        """Whether this actor acts for a jurisdiction or an organization."""
        return self.kind is ActorKind.MANDATED

    def may_touch_plan(self, key: str) -> bool:
        return not self.plan_key or self.plan_key == key


SYSTEM = Actor(kind=ActorKind.SYSTEM)
PUBLIC = Actor(kind=ActorKind.PUBLIC)
