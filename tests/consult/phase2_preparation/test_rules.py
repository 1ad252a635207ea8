"""The whole product of role, grant, phase, lock and relation against the table as reviewed."""

from itertools import product

import pytest

from consult.matters.rules import ACTS as MATTER_ACTS
from consult.phase2_preparation.rules import ACTS
from stakeholders.terms.actor import ActorKind, Role
from stakeholders.terms.rights import Facts, Lock, Reason, Relation, decide

C, P, D, K, S, T, E = (
    Role.CONTACT_POINT,
    Role.PLANNER,
    Role.DEPUTY,
    Role.COORDINATOR,
    Role.SIGNATORY,
    Role.DRAFTER,
    Role.EXPERT,
)
BOTH = {Lock.FREE, Lock.FROZEN}
ALL = {1, 2, 3, 4}
PARTY, OWN = {Relation.PARTY, Relation.OWN}, {Relation.OWN}
ANY = {Relation.NONE, *PARTY}
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
    "round.enter_answer": ({K}, "coordinate", {2}, BOTH, PARTY, False),
    "round.enter_symposium": ({K}, "coordinate", {2}, BOTH, PARTY, False),
    "round.admit_late": ({K}, "coordinate", {2}, BOTH, PARTY, False),
    "round.recall": ({K}, "coordinate", {2}, BOTH, PARTY, False),
    "round.begin": (set(), None, {2}, BOTH, PARTY, True),
    "reply.add_letter": ({C}, "clear", {2}, BOTH, OWN, False),
    "reply.submit_body": ({P, E}, "comment", {2}, BOTH, {Relation.NONE}, False),
    "disposition.undo": ({K}, "coordinate", {2}, BOTH, PARTY, False),
    "disposition.ask_advice": ({K}, "coordinate", {2}, BOTH, PARTY, False),
    "disposition.give_advice": ({P, T, E}, "view", {2}, BOTH, ANY, False),
    "comment.group": ({K}, "coordinate", {2}, BOTH, PARTY, False),
    "comment.ungroup": ({K}, "coordinate", {2}, BOTH, PARTY, False),
    "text_block.add": ({K}, "coordinate", ALL, BOTH, PARTY, False),
    "text_block.edit": ({K}, "coordinate", ALL, BOTH, PARTY, False),
    "text_block.remove": ({K}, "coordinate", ALL, BOTH, PARTY, False),
    "expert.invite": ({K}, "coordinate", {2}, BOTH, PARTY, False),
    "expert.remind": ({K}, "coordinate", {2, 3}, BOTH, PARTY, False),
    "expert.revoke": ({K}, "coordinate", {2, 3, 4}, BOTH, PARTY, False),
    "expert.extend": ({K}, "coordinate", {2}, BOTH, PARTY, False),
    "expert.decide_suggestion": ({K}, "coordinate", {2}, BOTH, PARTY, False),
    "collective.write": ({K}, "coordinate", {2}, BOTH, PARTY, False),
    "collective.add_member": ({K}, "coordinate", {2}, BOTH, PARTY, False),
    "collective.enter_signature": ({K}, "coordinate", {2}, BOTH, PARTY, False),
    "collective.finish": ({K}, "coordinate", {2}, BOTH, PARTY, False),
    "matter.reschedule": ({K}, "coordinate", ALL, BOTH, PARTY, False),
    "matter.fact": ({K, C, D}, None, ALL, BOTH, OWN, False),
    "matter.link": ({K, C, D}, None, ALL, BOTH, OWN, False),
    "matter.withdraw": ({K, C, D}, None, ALL, BOTH, OWN, False),
    "matter.object": ({C, S}, None, ALL, BOTH, OWN, False),
    "matter.ask_raise": ({C, S}, None, ALL, BOTH, OWN, False),
    "matter.join": ({K, C, S}, None, ALL, BOTH, PARTY, False),
    "matter.leave": ({C, S}, None, ALL, BOTH, OWN, False),
    "option.propose": ({K, C, D}, None, ALL, BOTH, OWN, False),
    "option.revise": ({K, C, D}, None, ALL, BOTH, OWN, False),
    "option.withdraw": ({K, C, D}, None, ALL, BOTH, OWN, False),
    "option.answer": ({C, S}, None, ALL, BOTH, OWN, False),
    "commitment.propose": ({K, C, D}, None, ALL, BOTH, OWN, False),
    "commitment.give": ({C, S}, None, ALL, BOTH, OWN, False),
    "commitment.take_back": ({C, S}, None, ALL, BOTH, OWN, False),
    "commitment.report": ({C, D}, None, ALL, BOTH, OWN, False),
    "commitment.confirm": ({C, S}, None, ALL, BOTH, OWN, False),
    "agreement.propose": ({K, C, D}, None, ALL, BOTH, OWN, False),
    "agreement.answer": ({C, S}, None, ALL, BOTH, OWN, False),
    "matter.open": ({K, C, D}, None, ALL, BOTH, PARTY, False),
    "matter.stand": ({C, S}, None, ALL, BOTH, OWN, False),
    "matter.raise": ({K}, "coordinate", ALL, BOTH, PARTY, True),
    "matter.close": ({K}, "coordinate", ALL, BOTH, PARTY, False),
    "matter.reopen": ({K}, "coordinate", ALL, BOTH, PARTY, False),
}
RULES = {**ACTS, **MATTER_ACTS}
# By administrators or through the link of an invitation, too: test_experts and test_panels.
BY_OTHERS = {
    act for act, rule in RULES.items() if rule.kinds & {ActorKind.ADMINISTRATOR, ActorKind.LINK}
}


def test_table_names_every_act() -> None:
    assert (set(TABLE) | BY_OTHERS, len(BY_OTHERS)) == (set(RULES), 8)


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
