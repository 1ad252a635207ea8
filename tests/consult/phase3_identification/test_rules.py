"""The rights table of the sign-off, over the full product of what a decision rests on."""

from itertools import product

from consult.phase3_identification.rules import ACTS
from stakeholders.terms.actor import ActorKind, Role
from stakeholders.terms.rights import ALL_PHASES, Facts, Lock, Relation, decide

GRANTS = (
    frozenset(),
    frozenset({"view"}),
    frozenset({"view", "comment", "clear", "sign", "coordinate"}),
)

SIGNED = {"position.take", "statement.sign", "override.confirm", "override.refuse"}
# Opening names what is missing; a request is refused in whatever phase the plan stands by then.
ANY_TIME = {"sign_off.open", "reopening.refuse"}
UNFROZEN = {"sign_off.withdraw", "sign_off.recall", "override.refuse", "statement.number"}
SPEAKING = {Role.SIGNATORY, Role.CONTACT_POINT}
BOTH = set(Lock)
# act -> who, with which grant, in which phases, on which text; always what is the party's own.
BETWEEN = {
    "position.prepare": (SPEAKING, "view", {3}, {Lock.FROZEN}),
    "position.send_back": (SPEAKING, "view", {3}, BOTH),
    "condition.report": (SPEAKING | {Role.COORDINATOR}, "view", {3}, BOTH),
    "condition.confirm": (SPEAKING, "view", {3}, BOTH),
    "position.draft": (
        {Role.CONTACT_POINT, Role.DEPUTY, Role.PLANNER},
        "comment",
        {3},
        {Lock.FROZEN},
    ),
    "position.hand_up": ({Role.CONTACT_POINT, Role.DEPUTY}, "clear", {3}, {Lock.FROZEN}),
    "position.return": ({Role.SIGNATORY}, "sign", {3}, {Lock.FROZEN}),
    "reservation.lift": ({Role.SIGNATORY}, "sign", {3, 4}, BOTH),
}


def is_allowed(act: str, facts: Facts) -> bool:
    """The reviewed sentence behind each act, written out once more."""
    closes = act == "sign_off.close"
    if facts.kind is ActorKind.SYSTEM:
        return closes
    if facts.kind is not ActorKind.MANDATED or "view" not in facts.grants:
        return False
    asks = act == "reopening.ask"
    signs = act in SIGNED
    roles = {Role.SIGNATORY} if signs else {Role.COORDINATOR}
    if asks:
        roles = {Role.SIGNATORY, Role.CONTACT_POINT}
    grant = "view" if asks else "sign" if signs else "coordinate"
    if act in BETWEEN:
        roles, grant, phases, locks = BETWEEN[act]
        return (
            facts.kind is ActorKind.MANDATED
            and facts.role in roles
            and {"view", grant} <= facts.grants
            and facts.phase in phases
            and facts.lock in locks
            and facts.relation is Relation.OWN
        )
    return (
        facts.role in roles
        and grant in facts.grants
        and (facts.phase == 3 or act in ANY_TIME)
        and (facts.lock is Lock.FROZEN or act in ANY_TIME | UNFROZEN)
        and facts.relation in ({Relation.OWN} if signs or asks else {Relation.PARTY, Relation.OWN})
    )


def test_rules_allow_exactly_what_the_table_says() -> None:
    cases = 0
    for act, kind, role, grants, phase, lock, relation in product(
        ACTS, ActorKind, [None, *Role], GRANTS, ALL_PHASES, Lock, Relation
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
        assert decide(act, ACTS[act], facts).allowed is is_allowed(act, facts), (act, facts)
        cases += 1
    assert len(ACTS) == 25
    assert cases == len(ACTS) * 5 * 10 * 3 * 4 * 2 * 4


def test_rules_refuse_an_act_outside_the_limits_of_the_mandate() -> None:
    facts = Facts(
        kind=ActorKind.MANDATED,
        role=Role.SIGNATORY,
        acts=frozenset({"charter.adopt"}),
        grants=frozenset({"view", "sign"}),
        phase=3,
        lock=Lock.FROZEN,
        relation=Relation.OWN,
    )
    verdict = decide("position.take", ACTS["position.take"], facts)
    assert verdict.reason.value == "outside_limits"
