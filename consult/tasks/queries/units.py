"""Who can be given a task of a plan: its parties, and the joint bodies that serve them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from plans.register.enums import JOINT_OFFICE
from plans.register.models import Plan
from plans.register.queries import bodies_of, parties_of
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.enums import RoleName
from stakeholders.people.models import Organization

BODY_ROLES = (RoleName.COORDINATOR, RoleName.DRAFTER)
BODY = "org-"  # as the holders of mandates are written


@dataclass(frozen=True, kw_only=True)
class Units:
    """The parties by code, the joint bodies by id; `office`: the body that leads the joint office."""

    parties: Mapping[str, Jurisdiction]
    bodies: Mapping[int, Organization]
    office: int | None

    @cached_property
    def holders(self) -> dict[str, Jurisdiction | Organization]:
        """A unit's code, or `org-` and a body's id -> who that is."""
        bodies = {f"{BODY}{pk}": one for pk, one in self.bodies.items()}
        return {**self.parties, **bodies}

    def named(self, word: str) -> str | None:
        """The code of the party that is called so: by its code, full or short name."""
        word = word.strip()
        for code, unit in self.parties.items():
            names = (code, unit.name_zh, unit.short_zh, unit.name_en, unit.short_en, str(unit))
            if word in names:
                return code
        return None

    def holder_of(self, lead: str) -> str:
        """Who is meant by the lead unit of an item: a code, the joint office, or a name. "" where
        nobody of the plan is."""
        if lead == JOINT_OFFICE:
            return f"{BODY}{self.office}" if self.office else ""
        return self.named(lead) or ""

    def short(self, codes: Iterable[str]) -> list[str]:
        return [str(self.parties[code]) for code in codes if code in self.parties]


def units_of(plan: Plan) -> Units:
    """Three queries."""
    parties = {
        one.jurisdiction_id: one.jurisdiction
        for one in parties_of(plan).defer("jurisdiction__boundary")
        if one.left_at is None
    }
    joint = [one for one in bodies_of(plan) if one.role in BODY_ROLES]
    leading = [one.organization.pk for one in joint if one.role == RoleName.COORDINATOR]
    return Units(
        parties=parties,
        bodies={one.organization.pk: one.organization for one in joint},
        office=leading[0] if leading else None,
    )


def split_holder(holder: str) -> tuple[str | None, int | None]:
    """(code, None) of a unit, (None, id) of a body."""
    if holder.startswith(BODY) and holder.removeprefix(BODY).isdecimal():
        return None, int(holder.removeprefix(BODY))
    return holder or None, None


def holder_key(owner: str | None, owner_body: int | None) -> str:
    """The other way round."""
    return owner or (f"{BODY}{owner_body}" if owner_body else "")
