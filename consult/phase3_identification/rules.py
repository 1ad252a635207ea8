"""Who may do what in the sign-off: one table, read by `register.rules`."""

from collections.abc import Mapping

from stakeholders.terms.actor import ActorKind, Role
from stakeholders.terms.rights import ActRule, Lock, Relation

COORDINATOR = frozenset({Role.COORDINATOR})
SIGNATORY = frozenset({Role.SIGNATORY})
CLEARERS = frozenset({Role.CONTACT_POINT, Role.DEPUTY})
WRITERS = CLEARERS | {Role.PLANNER}
# Who speaks for a jurisdiction: not its deputies, who may do all but submit and sign.
SPEAKING = frozenset({Role.SIGNATORY, Role.CONTACT_POINT})
PHASE = frozenset({3})
FROZEN = frozenset({Lock.FROZEN})
OWN = frozenset({Relation.OWN})
TIMED = frozenset({ActorKind.MANDATED, ActorKind.SYSTEM})

_CLOSING = ActRule(roles=COORDINATOR, grant="coordinate", phases=PHASE, locks=FROZEN)

# act -> roles (and grant, phase, lock, relation). Taking a position and signing the statement bind
# a jurisdiction: only its own signatory, and only by form after signing in again.
ACTS: Mapping[str, ActRule] = {
    # Phase and lock are among its preconditions, which are named all at once.
    "sign_off.open": ActRule(roles=COORDINATOR, grant="coordinate"),
    "sign_off.recall": ActRule(roles=COORDINATOR, grant="coordinate", phases=PHASE),
    "sign_off.close": ActRule(
        roles=COORDINATOR, grant="coordinate", phases=PHASE, locks=FROZEN, kinds=TIMED
    ),
    "sign_off.close_early": _CLOSING,
    # Where the charter asks for two: the first prepares it, another confirms it.
    "sign_off.prepare_close": _CLOSING,
    "sign_off.confirm_close": _CLOSING,
    "sign_off.refuse_close": _CLOSING,
    "sign_off.withdraw": ActRule(roles=COORDINATOR, grant="coordinate", phases=PHASE),
    "position.take": ActRule(
        roles=SIGNATORY, grant="sign", phases=PHASE, locks=FROZEN, relations=OWN
    ),
    "reopening.ask": ActRule(
        roles=SIGNATORY | {Role.CONTACT_POINT},
        grant="view",
        phases=PHASE,
        locks=FROZEN,
        relations=OWN,
    ),
    "reopening.refuse": ActRule(roles=COORDINATOR, grant="coordinate"),
    # By the joint office's director and a signatory, by form only.
    "override.prepare": _CLOSING,
    "override.confirm": ActRule(
        roles=SIGNATORY, grant="sign", phases=PHASE, locks=FROZEN, relations=OWN
    ),
    "override.refuse": ActRule(roles=SIGNATORY, grant="sign", phases=PHASE, relations=OWN),
    # Inside a party, before its signatory speaks.
    "position.draft": ActRule(
        roles=WRITERS, grant="comment", phases=PHASE, locks=FROZEN, relations=OWN
    ),
    "position.hand_up": ActRule(
        roles=CLEARERS, grant="clear", phases=PHASE, locks=FROZEN, relations=OWN
    ),
    "position.return": ActRule(
        roles=SIGNATORY, grant="sign", phases=PHASE, locks=FROZEN, relations=OWN
    ),
    # Inside the party, where the charter asks for two persons; a signatory confirms it.
    "position.prepare": ActRule(
        roles=SPEAKING, grant="view", phases=PHASE, locks=FROZEN, relations=OWN
    ),
    "position.send_back": ActRule(roles=SPEAKING, grant="view", phases=PHASE, relations=OWN),
    # Whoever is named in the condition, or the joint office; its holder says whether it is met.
    "condition.report": ActRule(
        roles=COORDINATOR | SPEAKING, grant="view", phases=PHASE, relations=OWN
    ),
    "condition.confirm": ActRule(roles=SPEAKING, grant="view", phases=PHASE, relations=OWN),
    "reservation.lift": ActRule(
        roles=SIGNATORY, grant="sign", phases=frozenset({3, 4}), relations=OWN
    ),
    # The number of a part is given while the rest goes on, so whatever is locked.
    "statement.number": ActRule(roles=COORDINATOR, grant="coordinate", phases=PHASE),
    "statement.sign": ActRule(
        roles=SIGNATORY, grant="sign", phases=PHASE, locks=FROZEN, relations=OWN
    ),
}
