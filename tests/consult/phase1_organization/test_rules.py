"""The table over the full product of kinds, roles, phases and relations."""

from itertools import product

import pytest

from consult.phase1_organization.rules import ACTS
from stakeholders.terms.actor import ActorKind, Role
from stakeholders.terms.rights import Facts, Lock, Relation, decide

COORDINATED = {
    "invitation.send",
    "charter.propose",
    "charter.open_ballot",
    "charter.close_ballot",
    "charter.close_without_result",
    "charter.recall_ballot",
    "base.open_ballot",
    "base.close_ballot",
    "base.close_without_result",
    "base.recall_ballot",
    "party.leave",
    "accession.propose",
    "accession.open_ballot",
    "accession.close_ballot",
    "accession.close_without_result",
    "accession.recall_ballot",
}
# What the hour does as well as a person.
TIMED = {"charter.close_ballot", "base.close_ballot", "accession.close_ballot", "party.leave"}
SIGNED = {
    "charter.take_position",
    "base.take_position",
    "accession.take_position",
    "party.give_notice",
    "party.recall_notice",
}
GRANTS = [
    frozenset(),
    frozenset({"view"}),
    frozenset({"view", "coordinate"}),
    frozenset({"view", "sign"}),
]


def expected(act: str, facts: Facts) -> bool:
    # A charter is changed in any phase; the rest is settled before the sign-off.
    ever = (1, 2, 3, 4)
    late = {"party": ever, "charter": ever, "accession": (2, 3, 4)}
    phases = late.get(act.split(".")[0], (1, 2))
    in_phase, mandated = facts.phase in phases, facts.kind is ActorKind.MANDATED
    if facts.kind is ActorKind.SYSTEM:
        return act in TIMED | {"invitation.count"}
    if act == "invitation.count":
        return False
    if not (in_phase and mandated):
        return False
    if act == "invitation.answer":
        return facts.role is Role.CONTACT_POINT and facts.relation is Relation.INVITED
    if act in SIGNED:
        own = facts.relation is Relation.OWN
        return facts.role is Role.SIGNATORY and own and "sign" in facts.grants
    party = facts.relation in (Relation.PARTY, Relation.OWN)
    return facts.role is Role.COORDINATOR and party and "coordinate" in facts.grants


def test_table_names_every_act_once() -> None:
    assert set(ACTS) == COORDINATED | SIGNED | {"invitation.answer", "invitation.count"}


@pytest.mark.parametrize("act", sorted(ACTS))
def test_decision_over_the_full_product(act: str) -> None:
    roles = [None, *Role]
    for kind, role, phase, lock, relation, grants in product(
        ActorKind, roles, (1, 2, 3, 4), Lock, Relation, GRANTS
    ):
        facts = Facts(
            kind=kind,
            role=role,
            acts=None,
            grants=grants,
            phase=phase,
            lock=lock,
            relation=relation,
        )
        assert decide(act, ACTS[act], facts).allowed is expected(act, facts), facts
