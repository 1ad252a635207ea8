"""Who sees the dossier, the letters of the approval and the archive: one definition."""

from plans.register.enums import READS_DRAFT, PartyRole
from plans.register.models import Party, Plan
from plans.register.rules import plan_facts
from stakeholders.terms.actor import Actor, ActorKind, Role
from stakeholders.terms.errors import NotVisible

# Of these a party only looks on or is asked, whatever mandate its people hold.
BESIDE = (PartyRole.NEIGHBOUR, PartyRole.OBSERVER)


def sees_dossier(*, actor: Actor, plan: Plan) -> bool:
    """Whether `actor` sees what is handed up and comes back: who makes the plan, the upper levels
    it is handed to, and supervisors; not consulted neighbours and observers, nor experts.

    At most three queries, none for the public.
    """
    if actor.kind is ActorKind.SYSTEM:
        return True
    if actor.kind is not ActorKind.MANDATED:
        return False
    grants = plan_facts(actor=actor, plan=plan).grants
    if "view" not in grants:
        return False
    if grants & READS_DRAFT:
        return True
    if actor.role is Role.EXPERT:
        return False
    roles = _roles_of(plan, actor.jurisdiction_code)
    if PartyRole.UPPER in roles:
        return True
    return actor.role is Role.SUPERVISOR and not roles.intersection(BESIDE)


def require_dossier_sight(*, actor: Actor, plan: Plan) -> None:
    """NotVisible for whom the dossier is not there."""
    if not sees_dossier(actor=actor, plan=plan):
        raise NotVisible


def _roles_of(plan: Plan, code: str | None) -> set[str]:
    if code is None:
        return set()
    rows = Party.objects.filter(plan=plan, jurisdiction=code, left_at__isnull=True)
    return set(rows.values_list("role", flat=True))
