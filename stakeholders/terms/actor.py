"""Who acts: a person under a mandate, an administrator, a link, the public, the system."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar


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


# The joint office and the drafting team serve all parties alike, whichever lends the person.
OF_ALL_PARTIES = frozenset({Role.COORDINATOR, Role.DRAFTER})


@dataclass(frozen=True, kw_only=True)
class Actor:
    """One acting person or process, as every action and query receives it.

    `group_id` is the role group of the mandate (never a group the person is a member of);
    `plan_key` limits the mandate to one plan when not empty; `acts` limits it to the named
    acts when not None, `items` its signature to the named items of the plan.
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
    items: frozenset[str] | None = None
    invitation_id: int | None = None

    @property
    def speaks(self) -> bool:
        """Whether this actor acts for a jurisdiction or an organization."""
        return self.kind is ActorKind.MANDATED

    @property
    def inside(self) -> str | None:
        """The jurisdiction whose inside (drafts, sealed answers) the actor sees, if any.

        The joint office and the drafting team see no one's.
        """
        if not self.speaks or self.role in OF_ALL_PARTIES:
            return None
        return self.jurisdiction_code

    @property
    def person(self) -> int:
        """The id of the acting person. ValueError for an actor who is none."""
        return _present(self.user_id, "person")

    @property
    def mandate(self) -> int:
        """The id of the mandate acted under. ValueError where there is none."""
        return _present(self.mandate_id, "mandate")

    @property
    def jurisdiction(self) -> str:
        """The code of the jurisdiction spoken for. ValueError where there is none."""
        return _present(self.jurisdiction_code, "jurisdiction")

    def may_touch_plan(self, key: str) -> bool:
        return not self.plan_key or self.plan_key == key


T = TypeVar("T")


def _present(value: T | None, name: str) -> T:
    if value is None:
        raise ValueError(f"this actor has no {name}")
    return value


SYSTEM = Actor(kind=ActorKind.SYSTEM)
PUBLIC = Actor(kind=ActorKind.PUBLIC)
