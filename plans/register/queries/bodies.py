"""Reading plans and revisions, within what the actor may see."""

from dataclasses import dataclass

from plans.register.enums import GrantName
from plans.register.models import Plan
from plans.register.queries.plans import names_of
from stakeholders.access.queries import (
    grants_by_holder,
    holders_with_grant,
)
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.enums import RoleName
from stakeholders.people.models import Organization
from stakeholders.terms.errors import NotVisible


@dataclass(frozen=True)
class Body:
    """An organization that takes part in a plan without being a party, in one role."""

    organization: Organization
    role: RoleName


def bodies_of(plan: Plan) -> list[Body]:
    """The joint office, drafting team, experts and observers of a plan; two queries."""
    groups = holders_with_grant(target=plan, grant="view").filter(holder__startswith="org-")
    found = [(int(g.holder.removeprefix("org-")), RoleName(g.role)) for g in groups]
    known = Organization.objects.in_bulk([pk for pk, _role in found])
    bodies = [Body(known[pk], role) for pk, role in found if pk in known]
    return sorted(bodies, key=lambda body: (body.organization.key, body.role.value))


def get_body(plan: Plan, *, organization: str, role: str) -> Body:
    """One body of a plan the caller has loaded by `get_plan`. NotVisible when it takes no part."""
    for body in bodies_of(plan):
        if body.organization.key == organization and body.role.value == role:
            return body
    raise NotVisible


@dataclass(frozen=True)
class Granted:
    """What the people of one holder may do on a plan in one role."""

    holder: str
    role: RoleName
    jurisdiction: Jurisdiction | None
    organization: Organization | None
    grants: list[GrantName]


def grants_of(plan: Plan, *, role: str = "", grant: str = "") -> list[Granted]:
    """Who was granted what on a plan, by holder and role; three queries, however many.

    `role` and `grant` leave the role groups that match.
    """
    held = {
        key: grants
        for key, grants in grants_by_holder(target=plan).items()
        if role in ("", key[1]) and (not grant or grant in grants)
    }
    bodies = {h: int(h.removeprefix("org-")) for h, _role in held if h.startswith("org-")}
    organizations = Organization.objects.in_bulk(set(bodies.values()))
    units = names_of(h for h, _role in held if h not in bodies)
    order = list(RoleName)
    return [
        Granted(
            holder=holder,
            role=RoleName(name),
            jurisdiction=units.get(holder),
            organization=organizations.get(bodies.get(holder, 0)),
            grants=[one for one in GrantName if one.value in grants],
        )
        for (holder, name), grants in sorted(
            held.items(), key=lambda row: (row[0][0], order.index(RoleName(row[0][1])))
        )
    ]
