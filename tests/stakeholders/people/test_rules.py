"""Who may grant what: the full product against a reviewed file; the deputy and the contact point."""

import csv
import importlib
from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path

from stakeholders.people.catalogue import BY_SITE, GROUPS, LIMITS
from stakeholders.people.rules import ACTS, ALL_ACTS, GRANTS, Reach, decide_grant
from stakeholders.terms.actor import ActorKind, Role
from stakeholders.terms.rights import ActRule, Reason

ROOT = Path(__file__).resolve().parents[3]
TABLE = Path(__file__).with_name("grants.csv")
# What speaks for the jurisdiction outwards: submitted, stated or signed.
SPEAKING = {
    "plan.create",
    "invitation.answer",
    "demands.hand_in",
    "demand.answer",
    "charter.take_position",
    "reply.submit",
    "comment.cosign",
    "reply.add_letter",
    "paper.confirm",
    "disposition.answer",
    "matter.stand",
    "matter.object",
    "matter.ask_raise",
    "matter.join",
    "matter.leave",
    "option.answer",
    "commitment.give",
    "commitment.take_back",
    "commitment.confirm",
    "agreement.answer",
    "position.take",
    "approval.forward",
    "approval.ask_completion",
    "approval.reply",
    "approval.acknowledge",
    # What a second person will confirm as it stands, and the word on conditions and reopening.
    "position.prepare",
    "position.send_back",
    "condition.report",
    "condition.confirm",
    "reopening.ask",
    "statement.sign",
    # The party's word on what was entered for it: with it the act counts, or falls.
    "spoken.confirm",
    "spoken.refuse",
    # What binds in implementation, and a correction of the text in force.
    "transfer.confirm",
    "compensation.confirm",
    "settlement.confirm",
    "reservation.review",
    "minutes.confirm",
    "correction.answer",
    "supervision.issue",
    "supervision.judge",
    "supervision.reply",
    # Who leads a meeting does it for its jurisdiction.
    "meeting.plan",
    "meeting.edit",
    "meeting.call",
    "meeting.cancel",
    "agenda.add",
    "agenda.edit",
    "agenda.move",
    "agenda.remove",
    "attendance.note",
    "decision.note",
    "resolution.assign",
    "minutes.put_forward",
    "minutes.reply",
}


def tables() -> Iterator[Mapping[str, ActRule]]:
    for app in ("stakeholders", "plans", "consult"):
        for path in sorted((ROOT / app).glob("*/rules.py")):
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            yield getattr(importlib.import_module(name), "ACTS", {})


def reviewed() -> dict[tuple[str, str, str], set[str]]:
    """(act, who, reach) -> roles it may be done with; what is not there is refused."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return {(row["act"], row["who"], row["reach"]): set(row["roles"].split()) for row in rows}


def test_every_grant_is_as_reviewed() -> None:
    known, now = reviewed(), {}
    whos = [(r.value, ActorKind.MANDATED, r) for r in Role]
    whos += [(k.value, k, None) for k in ActorKind if k is not ActorKind.MANDATED]
    for act, (who, kind, own_role), reach in product(sorted(ALL_ACTS), whos, Reach):
        allowed = {
            role.value
            for role in Role
            if decide_grant(
                act=act, kind=kind, own_role=own_role, reach=reach, role=role, self_grant=False
            )
            is Reason.ALLOWED
        }
        if allowed:
            now[act, who, reach.value] = allowed
    assert now == known


def test_nobody_grants_to_oneself() -> None:
    reasons = {
        decide_grant(act=act, kind=kind, own_role=own, reach=reach, role=role, self_grant=True)
        for act, kind, own, reach, role in product(
            sorted(ALL_ACTS), ActorKind, [None, *Role], Reach, Role
        )
    }
    assert reasons == {Reason.NOT_YOURS}


def test_refusals_name_their_reason() -> None:
    def reason(kind: ActorKind, own: Role | None, reach: Reach, role: Role) -> Reason:
        return decide_grant(
            act="mandate.grant", kind=kind, own_role=own, reach=reach, role=role, self_grant=False
        )

    contact, mandated = Role.CONTACT_POINT, ActorKind.MANDATED
    assert reason(mandated, contact, Reach.OTHER, Role.PLANNER) is Reason.NOT_YOURS
    assert reason(mandated, contact, Reach.OWN, contact) is Reason.WRONG_ROLE
    assert reason(mandated, Role.PLANNER, Reach.OWN, Role.PLANNER) is Reason.WRONG_ROLE
    assert reason(ActorKind.PUBLIC, None, Reach.OWN, Role.PLANNER) is Reason.NO_MANDATE
    assert reason(mandated, None, Reach.OWN, Role.PLANNER) is Reason.NO_MANDATE


def test_a_deputy_does_all_of_the_contact_points_acts_but_speaks_not() -> None:
    grants_apart = {*ALL_ACTS}  # who grants mandates is the table GRANTS
    wrong = []
    for table in tables():
        for act, rule in table.items():
            if act in grants_apart:
                continue
            deputy, contact = Role.DEPUTY in rule.roles, Role.CONTACT_POINT in rule.roles
            expected = contact and act not in SPEAKING
            if deputy != expected:
                wrong.append(act)
    assert wrong == []


def test_a_deputy_grants_nothing() -> None:
    assert [rule for rule in GRANTS if rule.by is Role.DEPUTY] == []


def test_drafter_and_supervisor_speak_for_none() -> None:
    held = {
        role: {act for table in tables() for act, rule in table.items() if role in rule.roles}
        for role in (Role.DRAFTER, Role.SUPERVISOR)
    }
    assert held[Role.DRAFTER] & SPEAKING == set()
    assert held[Role.SUPERVISOR] == {
        "mandate.claim",
        "task.strike_off",
        "supervision.issue",
        "supervision.judge",
    }


def test_every_act_has_its_words_once() -> None:
    """An act no role has cannot be ticked for a mandate."""
    rules = {act: rule for table in tables() for act, rule in table.items()}
    assert set(LIMITS) == {act for act, rule in rules.items() if rule.roles}
    assert set(BY_SITE) == {act for act, rule in rules.items() if not rule.roles}
    assert sum(len(acts) for _group, acts in GROUPS) == len(LIMITS)
    assert set(ACTS) <= set(LIMITS)
