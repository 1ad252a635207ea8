"""Row writes on plans, parties, items, drafts, versions and revisions."""

from plans.register.enums import PartyRole
from plans.register.models import (
    Party,
    Plan,
)
from plans.register.rules import grants_for
from stakeholders.access import steps as access
from stakeholders.terms import clock
from stakeholders.terms.actor import Role


def add_party(*, plan: Plan, code: str, role: str, must_sign: bool, weight: str = "1") -> Party:
    """Make a jurisdiction a party and give its role groups their grants on the plan."""
    party, _created = Party.objects.update_or_create(
        plan=plan,
        jurisdiction_id=code,
        defaults={
            "role": role,
            "must_sign": must_sign,
            "weight": weight,
            "joined_at": clock.now(),
            "left_at": None,
        },
    )
    # The coordinator is named by the convenor for this plan (`give_role`), not by being a party.
    grants = {
        group_role.value: grants
        for group_role, grants in grants_for(party_role=role).items()
        if group_role is not Role.COORDINATOR
    }
    # Who takes part in another role than before keeps nothing of the former one.
    others = [one.value for one in Role if one is not Role.COORDINATOR]
    access.revoke(holder=code, roles=others, target=plan)
    access.give(holder=code, grants=grants, target=plan)
    return party


def end_party(*, party: Party) -> Party:
    """Let a party leave: its row keeps what it was, its people keep the sight of the plan only."""
    party.left_at = clock.now()
    party.save(update_fields=["left_at"])
    code = str(party.jurisdiction_id)
    others = [one.value for one in Role if one is not Role.COORDINATOR]
    access.revoke(holder=code, roles=others, target=party.plan)
    looking = grants_for(party_role=PartyRole.OBSERVER)
    grants = {role.value: sight for role, sight in looking.items()}
    grants[Role.SIGNATORY.value] = frozenset({"view"})
    access.give(holder=code, grants=grants, target=party.plan)
    return party


def give_role(*, plan: Plan, holder: str, role: Role, party_role: str = "convenor") -> None:
    """Give one role group its grants on the plan (the coordinator, a joint body, an expert)."""
    grants = grants_for(party_role=party_role)[role]
    access.give(holder=holder, grants={role.value: grants}, target=plan)


def take_role(*, plan: Plan, holder: str, role: Role) -> int:
    """Take all grants of one role group on the plan back; how many there were."""
    return access.revoke(holder=holder, roles=[role.value], target=plan)


def lock_plan(plan: Plan) -> Plan:
    """The plan's row, locked until the end of the transaction, as it stands now."""
    return Plan.objects.select_for_update(no_key=True).get(pk=plan.pk)


def set_phase(*, plan: Plan, phase: int) -> None:
    plan.phase = phase
    plan.save(update_fields=["phase"])


def set_parent(*, plan: Plan, parent: Plan | None) -> None:
    plan.parent = parent
    plan.save(update_fields=["parent"])
