"""The rights table, complete: every act by every kind, role, limit, grant, phase, lock, relation.

`acts.csv` says who may do what, `grants.csv` what a party's people hold on a plan. Both were read
line by line; the code is compared with them over the full product, one loop per slice.
"""

import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import product

import pytest

from config.acts import tables
from config.help_pages import ROOMS
from plans.register.enums import PartyRole
from plans.register.rules import grants_for
from stakeholders.people.catalogue import WORDS
from stakeholders.terms.actor import ActorKind, Role
from stakeholders.terms.rights import ActRule, Facts, Lock, Reason, Relation, decide
from tests.architecture.acts import Line, as_written, line_of, reviewed, reviewed_grants

TABLES = tables()
REVIEWED = reviewed()
GIVEN = reviewed_grants()
EVERY_GRANT = frozenset({"view", "draft", "comment", "clear", "sign", "coordinate", "report"})
ROLES: tuple[Role | None, ...] = (None, *Role)
PHASES = (1, 2, 3, 4)


def grants_held(role: Role | None) -> list[frozenset[str]]:
    """What a role can hold on a plan: nothing, sight alone, as given to each kind of party, and
    everything, so that no act is kept from a role by the lack of a grant alone."""
    given = {grants for (_party, name), grants in GIVEN.items() if role and name == role.value}
    return sorted({frozenset(), frozenset({"view"}), EVERY_GRANT} | given, key=sorted)


@lru_cache(maxsize=1)  # the acts of the sample go by one name: their facts are the same
def facts_of(act: str) -> tuple[Facts, ...]:
    return tuple(_facts(act))


def _facts(act: str) -> Iterator[Facts]:
    limits = (None, frozenset({act}), frozenset({"another.act"}))
    for kind, role in product(ActorKind, ROLES):
        held = grants_held(role)
        for acts, grants, phase, lock, relation in product(limits, held, PHASES, Lock, Relation):
            yield Facts(
                kind=kind,
                role=role,
                acts=acts,
                grants=grants,
                phase=phase,
                lock=lock,
                relation=relation,
            )


def expected(line: Line, facts: Facts) -> Reason:
    """The reason by the reviewed line: sight first, then who, then what, then when, then whose."""
    kind = facts.kind.value
    if kind == "system":
        return Reason.ALLOWED if kind in line.kinds else Reason.NO_MANDATE
    if "view" not in facts.grants and facts.relation.value != "invited":
        return Reason.NOT_VISIBLE
    if kind not in line.kinds:
        return Reason.NO_MANDATE
    if kind == "mandated" and (facts.role is None or facts.role.value not in line.roles):
        return Reason.WRONG_ROLE
    if facts.acts is not None and line.act not in facts.acts:
        return Reason.OUTSIDE_LIMITS
    if line.grant and line.grant not in facts.grants:
        return Reason.NO_GRANT
    if facts.phase not in line.phases:
        return Reason.WRONG_PHASE
    if facts.lock.value not in line.locks:
        return Reason.FROZEN
    return Reason.ALLOWED if facts.relation.value in line.relations else Reason.NOT_YOURS


def deviations(
    act: str, rule: ActRule, line: Line, *, turn: int = 0, of: int = 1
) -> tuple[int, list[tuple[Facts, str, str]]]:
    """How many combinations were asked, and where the decision is not the reviewed one; `of` above 1:
    of every so many combinations one."""
    count, wrong = 0, []
    for facts in facts_of(act)[turn % of :: of]:
        count += 1
        verdict, due = decide(act, rule, facts), expected(line, facts)
        if verdict.reason is not due or bool(verdict) is not (due is Reason.ALLOWED):
            wrong.append((facts, verdict.reason.value, due.value))
    return count, wrong


def test_every_act_is_reviewed_and_every_reviewed_act_exists() -> None:
    acts = {act: name for name, table in TABLES.items() for act in table}
    missing = [
        ",".join(as_written(name, act, TABLES[name][act]).values())
        for act, name in acts.items()
        if act not in REVIEWED
    ]
    assert missing == [], "review these lines and add them to acts.csv"
    assert acts == {line.act: line.slice for line in REVIEWED.values()}


def test_the_full_product_of_all_that_differ_is_as_reviewed() -> None:
    """Sample: a third of the acts, with every rule beside every line of conditions, and one in three
    of their combinations: enough for a line that differs in one column to be found, see below. The
    name of an act only says whether it is within the limits of a mandate."""
    differing: dict[tuple[ActRule, Line], str] = {}
    for table in TABLES.values():
        for act, rule in table.items():
            differing.setdefault((rule, replace(REVIEWED[act], act="some.act", slice="")), act)
    wrong = [
        (act, *one)
        for turn, ((rule, line), act) in enumerate(differing.items())
        for one in deviations(line.act, rule, line, turn=turn, of=3)[1]
    ]
    assert (len(wrong), wrong[:5]) == (0, [])


@pytest.mark.prove
@pytest.mark.parametrize("name", TABLES)
def test_the_full_product_of_a_slice_is_as_reviewed(name: str) -> None:
    total, wrong = 0, []
    for act, rule in TABLES[name].items():
        count, found = deviations(act, rule, REVIEWED[act])
        total += count
        wrong += [(act, *one) for one in found]
    sys.stdout.write(f"{name}: {total} combinations, {len(wrong)} deviations\n")
    assert (len(wrong), wrong[:5]) == (0, [])


@pytest.mark.parametrize("column", ["kinds", "roles", "grant", "phases", "locks", "relations"])
def test_a_line_that_differs_in_one_column_is_found(column: str) -> None:
    """The loop sees a change of any single condition, the one of the sample, too."""
    other = {
        "kinds": "mandated administrator",
        "roles": "coordinator observer",
        "grant": "sign",
        "phases": "2 3",
        "locks": "frozen",
        "relations": "party own none",
    }
    act, rule = "round.open", TABLES["consult.phase2_preparation"]["round.open"]
    written = as_written("consult.phase2_preparation", act, rule)
    assert deviations(act, rule, line_of(written))[1] == []
    differing = line_of({**written, column: other[column]})
    assert deviations(act, rule, differing)[1] != []
    assert all(deviations(act, rule, differing, turn=turn, of=3)[1] for turn in range(3))


def test_grants_of_parties_are_as_reviewed() -> None:
    held = {
        (party.value, role.value): grants
        for party in PartyRole
        for role, grants in grants_for(party_role=party).items()
    }
    assert held == GIVEN


def test_every_act_and_room_has_its_words() -> None:
    assert WORDS.keys() == {act for table in TABLES.values() for act in table}
    assert ROOMS.keys() == TABLES.keys()


def test_no_role_can_do_an_act_whose_grant_no_party_gives_it() -> None:
    """An act needs a role and a grant: each named role is given the grant by some party."""
    idle = [
        (line.act, role)
        for line in REVIEWED.values()
        if line.grant
        for role in line.roles
        if not any(line.grant in grants for (_party, name), grants in GIVEN.items() if name == role)
    ]
    assert idle == []
