"""Who can be asked in a round, by audience: proposed from the parties and their surroundings."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import QuerySet

from consult.phase2_preparation.enums import Audience
from consult.phase2_preparation.models import RoundInvitee
from plans.register.enums import PartyRole
from plans.register.models import Plan
from plans.register.queries import bodies_of
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.jurisdictions.queries import all_jurisdictions, neighbours_of
from stakeholders.people.enums import OrganizationKind
from stakeholders.people.models import Mandate, Organization
from stakeholders.people.queries import people_of
from stakeholders.terms.actor import Role

K = OrganizationKind
DEPARTMENTS = (K.GOVERNMENT, K.PLANNING_AUTHORITY, K.SECTOR_DEPARTMENT)
OTHER = (K.BASIN_AUTHORITY, K.MINISTRY, K.EXECUTIVE_COMMITTEE, K.SOCIAL_BODY)


@dataclass(frozen=True, kw_only=True)
class AudienceGroup:
    """One audience with the units or bodies that are proposed for it."""

    audience: Audience
    units: list[Jurisdiction] = field(default_factory=list)
    bodies: list[Organization] = field(default_factory=list)


def proposed(plan: Plan) -> list[AudienceGroup]:
    """Whom a round of the plan can ask, each once, the nearest audience first. Nine queries.

    Surroundings are those of the parties that make the plan; observers are asked nothing.
    """
    parties = plan.parties.filter(left_at__isnull=True)
    asked = parties.exclude(role=PartyRole.OBSERVER).values_list("jurisdiction_id", flat=True)
    makers = list(plan.parties.co_makers().values_list("jurisdiction_id", flat=True))
    taken = set(parties.values_list("jurisdiction_id", flat=True))
    units = all_jurisdictions().filter(valid_until__isnull=True)
    groups = [
        AudienceGroup(audience=Audience.PARTY, units=list(all_jurisdictions().filter(pk__in=asked)))
    ]
    found = (
        (Audience.UPPER, units.filter(pk__in=_parents(makers))),
        (Audience.NEIGHBOUR, neighbours_of(makers).filter(valid_until__isnull=True)),
        (Audience.LOWER, units.filter(parent__in=makers)),
    )
    for audience, rows in found:
        new = list(rows.exclude(pk__in=taken).order_by("code"))
        taken |= {unit.code for unit in new}
        groups.append(AudienceGroup(audience=audience, units=new))
    groups.insert(1, AudienceGroup(audience=Audience.DEPARTMENT, bodies=_departments(makers)))
    groups += [
        AudienceGroup(audience=audience, bodies=list(_bodies(kinds)))
        for audience, kinds in (
            (Audience.EXPERT_COMMITTEE, (K.EXPERT_COMMITTEE,)),
            (Audience.ENTERPRISE, (K.ENTERPRISE,)),
            (Audience.BODY, OTHER),
        )
    ]
    return [group for group in groups if group.units or group.bodies]


def _parents(codes: list[str]) -> list[str]:
    rows = Jurisdiction.objects.filter(pk__in=codes, parent__isnull=False)
    return list(rows.values_list("parent_id", flat=True))


def _departments(codes: list[str]) -> list[Organization]:
    members = Organization.jurisdictions.through.objects.filter(jurisdiction__in=codes)
    return list(_bodies(DEPARTMENTS).filter(pk__in=members.values("organization")))


def _bodies(kinds: tuple[OrganizationKind, ...]) -> QuerySet[Organization]:
    return Organization.objects.filter(kind__in=[kind.value for kind in kinds]).order_by("key")


def proposed_units(groups: list[AudienceGroup]) -> dict[str, Audience]:
    """Code -> audience of every unit that is proposed."""
    return {unit.code: group.audience for group in groups for unit in group.units}


def proposed_bodies(groups: list[AudienceGroup]) -> dict[str, tuple[Audience, Organization]]:
    """Key -> audience and body of every body that is proposed."""
    return {body.key: (group.audience, body) for group in groups for body in group.bodies}


def people_asked(plan: Plan, rows: Iterable[RoundInvitee], *, at: datetime) -> set[int]:
    """Ids of the people who answer for those asked: of parties, and of bodies that take part in
    the plan. Whoever cannot see the plan is asked by letter and gets no link. Four queries."""
    asked = list(rows)
    codes = {row.jurisdiction_id for row in asked if row.audience == Audience.PARTY}
    people = people_of(
        codes={code for code in codes if code},
        roles=[Role.CONTACT_POINT],
        at=at,
        plan_key=plan.key,
    )
    told = {pk for ids in people.values() for pk in ids}
    bodies = {row.organization_id for row in asked if row.organization_id}
    seeing = {
        (body.organization.pk, body.role.value)
        for body in (bodies_of(plan) if bodies else [])
        if body.organization.pk in bodies
    }
    held = Mandate.objects.counted(at).filter(
        organization__in=[pk for pk, _role in seeing], plan_key__in=["", plan.key]
    )
    found = held.values_list("organization_id", "role", "user_id") if seeing else []
    return told | {user for pk, role, user in found if (pk, role) in seeing}
