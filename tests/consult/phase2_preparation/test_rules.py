"""The whole product of role, grant, phase, lock and relation against the table as reviewed."""

from itertools import product

import pytest

from consult.matters.rules import ACTS as MATTER_ACTS
from consult.phase2_preparation.rules import ACTS
from stakeholders.terms.actor import ActorKind, Role
from stakeholders.terms.rights import Facts, Lock, Reason, Relation, decide

C, P, D, K, S, T = (
    Role.CONTACT_POINT,
    Role.PLANNER,
    Role.DEPUTY,
    Role.COORDINATOR,
    Role.SIGNATORY,
    Role.DRAFTER,
)
BOTH = {Lock.FREE, Lock.FROZEN}
ALL = {1, 2, 3, 4}
PARTY, OWN = {Relation.PARTY, Relation.OWN}, {Relation.OWN}
# act -> roles, grant, phases, locks, relations, whether the system may
TABLE = {
    "round.open": ({K}, "coordinate", {2}, {Lock.FREE}, PARTY, False),
    "round.extend": ({K}, "coordinate", {2}, BOTH, PARTY, False),
    "round.close": ({K}, "coordinate", {2}, BOTH, PARTY, True),
    "round.enter_opinion": ({K}, "coordinate", {2}, BOTH, PARTY, False),
    "comment.draft": ({P, D, C}, "comment", {2}, BOTH, OWN, False),
    "comment.edit": ({P, D, C}, "comment", {2}, BOTH, OWN, False),
    "comment.import": ({P, D, C}, "comment", {2}, BOTH, OWN, False),
    "comment.delete": ({P, D, C}, "comment", {2}, BOTH, OWN, False),
    "comment.clear": ({C, D}, "clear", {2}, BOTH, OWN, False),
    "comment.send_back": ({C, D}, "clear", {2}, BOTH, OWN, False),
    "comment.withdraw_clearance": ({C, D}, "clear", {2}, BOTH, OWN, False),
    "comment.note": ({P, D, C}, "comment", {2}, BOTH, OWN, False),
    "comment.cosign": ({C}, "clear", {2}, BOTH, PARTY, False),
    "reply.submit": ({C}, "clear", {2}, BOTH, OWN, False),
    "disposition.decide": ({K}, "coordinate", {2}, BOTH, PARTY, False),
    "disposition.publish": ({K}, "coordinate", {2}, BOTH, PARTY, False),
    "disposition.answer": ({C}, "clear", {2, 3}, BOTH, OWN, False),
    "display.write": ({K}, "coordinate", {2}, BOTH, PARTY, False),
    "display.finish": ({K}, "coordinate", {2}, BOTH, PARTY, False),
    "paper.file": ({K}, "coordinate", {2}, BOTH, PARTY, False),
    "paper.waive": ({K}, "coordinate", {2}, BOTH, PARTY, False),
    "paper.confirm": ({C}, "draft", {2}, BOTH, PARTY, False),
    "neighbour.file": ({K}, "coordinate", {2, 3}, BOTH, PARTY, False),
    "neighbour.answer": ({K}, "coordinate", {2, 3}, BOTH, PARTY, False),
    "change.explain": ({K, T, C, D, P}, "draft", {2}, BOTH, PARTY, False),
    "matter.open": ({K, C, D}, None, ALL, BOTH, PARTY, False),
    "matter.stand": ({C, S}, None, ALL, BOTH, OWN, False),
    "matter.raise": ({K}, "coordinate", ALL, BOTH, PARTY, True),
    "matter.close": ({K}, "coordinate", ALL, BOTH, PARTY, False),
    "matter.reopen": ({K}, "coordinate", ALL, BOTH, PARTY, False),
}
RULES = {**ACTS, **MATTER_ACTS}


def test_table_names_every_act() -> None:
    assert set(TABLE) | {"matters.import"} == set(RULES)


@pytest.mark.parametrize("act", sorted(TABLE))
def test_decision_over_the_whole_product(act: str) -> None:
    roles, grant, phases, locks, relations, system = TABLE[act]
    grants = [frozenset(), frozenset({"view"}), frozenset({"view", grant or "sign"})]
    everything = product(ActorKind, [None, *Role], grants, ALL, BOTH, Relation)
    for kind, role, held, phase, lock, relation in everything:
        facts = Facts(
            kind=kind,
            role=role,
            acts=None,
            grants=held,
            phase=phase,
            lock=lock,
            relation=relation,
        )
        expected = kind is ActorKind.MANDATED and all(
            (
                role in roles,
                "view" in held or (relation is Relation.INVITED and grant is None),
                grant is None or grant in held,
                phase in phases,
                lock in locks,
                relation in relations,
            )
        )
        if kind is ActorKind.SYSTEM:
            expected = system
        assert bool(decide(act, RULES[act], facts)) is expected, facts


def test_mandate_limited_to_other_acts_is_outside_its_limits() -> None:
    facts = Facts(
        kind=ActorKind.MANDATED,
        role=C,
        acts=frozenset({"matter.open"}),
        grants=frozenset({"view", "clear"}),
        phase=2,
        lock=Lock.FREE,
        relation=Relation.OWN,
    )
    assert decide("reply.submit", ACTS["reply.submit"], facts).reason is Reason.OUTSIDE_LIMITS
