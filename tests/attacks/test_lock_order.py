"""No two acts can wait for each other: every act takes its locks in one order.

That each act keeps the order is judged beside each act's own test (test_writing_acts); here all acts
are laid beside each other, and the code is read for locks that would shut foreign keys out.
"""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.architecture.test_writing_acts import House, by_form, form_data, house, in_readiness
from tests.architecture.writing_cases import CASES
from tests.attacks.locks import (
    END,
    KEY,
    UNIQUE,
    WRITE,
    Held,
    Transaction,
    astray,
    crossings,
    recorded_locks,
)
from tests.databases import ROOT
from tests.saying import Say

__all__ = ["house"]
SAMPLE = ("text_block.add", "note.add", "position.take", "matter.stand", "comment.delete")


def row_locks() -> Iterator[tuple[Path, ast.Call]]:
    """Every call of `select_for_update` in the code."""
    for part in ("stakeholders", "plans", "consult", "config"):
        for path in sorted((ROOT / part).rglob("*.py")):
            if "migrations" in path.parts:
                continue
            text = path.read_text(encoding="utf-8")
            if "select_for_update" not in text:  # most files; to parse them all takes seconds
                continue
            for node in ast.walk(ast.parse(text)):
                name = node.func if isinstance(node, ast.Call) else None
                if isinstance(name, ast.Attribute) and name.attr == "select_for_update":
                    yield path, node


def test_every_row_lock_lets_the_checks_of_foreign_keys_pass() -> None:
    """Keys are checked at the commit, with the record's head in hand: a row locked FOR UPDATE by
    one who waits for that head would make the two wait for each other."""
    locks = list(row_locks())
    shut = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path, call in locks
        if not any(
            one.arg == "no_key" and ast.unparse(one.value) == "True" for one in call.keywords
        )
    ]
    assert shut == []
    assert len(locks) > 40


def test_what_is_out_of_order_is_seen() -> None:
    plan, matter = Held("plans_plan", WRITE), Held("consult_matter", WRITE)
    head = Held("stakeholders_recordhead", WRITE)
    assert astray([plan, matter, head, Held("plans_plan", KEY)]) == []
    assert astray([matter, plan, head]) == ["plans_plan after consult_matter"]
    assert astray([plan, head, matter]) == ["consult_matter after stakeholders_recordhead"]
    assert astray([Held("plans_new", WRITE)]) == ["plans_new has no place in the order"]


def test_what_may_wait_for_each_other_is_seen_and_a_gate_keeps_them_apart() -> None:
    plan, head = Held("plans_plan", END), Held("stakeholders_recordhead", WRITE)
    gate, key = Held("consult_round", WRITE), Held("plans_plan", KEY)
    name = Held("plans_project", UNIQUE)
    assert crossing([plan, head], [head, key]) == 1
    assert crossing([gate, plan, head], [gate, head, key]) == 0
    assert crossing([Held("plans_plan", WRITE), head], [head, key]) == 0
    assert crossing([name, head], [head, name]) == 1


def crossing(one: Transaction, other: Transaction) -> int:
    return len(crossings({"one": [one], "other": [other]})[1])


def taken(house: House, acts: tuple[str, ...]) -> Mapping[str, list[Transaction]]:
    """The locks of each act, done once by its form. An act that locks several rows of one table
    without an order fails here."""
    found: dict[str, list[Transaction]] = {}
    unordered: dict[str, list[str]] = {}
    for act in acts:
        case = CASES[act]
        with in_readiness(house, case):
            data = form_data(house, case)
            with recorded_locks() as seen:
                done = by_form(house, case, case.who, data)
            assert (act, done.status_code) == (act, 302)
            found[act], unordered[act] = list(seen.transactions), list(seen.unordered)
    assert {act: said for act, said in unordered.items() if said} == {}
    return found


def judged(house: House, acts: tuple[str, ...]) -> dict[str, object]:
    found = taken(house, acts)
    faults = {
        act: said
        for act, rows in found.items()
        if (said := [f for row in rows for f in astray(row)])
    }
    compared, crossed = crossings(found)
    assert (faults, crossed) == ({}, [])
    rows = [row for transactions in found.values() for row in transactions]
    return {
        "acts": len(found),
        "transactions": len(rows),
        "locks": sum(map(len, rows)),
        "pairs of steps compared": compared,
        "out of order": len(faults),
        "can wait in a circle": len(crossed),
    }


def test_some_acts_take_their_locks_in_one_order(house: House, say: Say) -> None:
    say("order of locks, sample", judged(house, SAMPLE))


@pytest.mark.prove(minutes=2)
def test_all_acts_take_their_locks_in_one_order(house: House, say: Say) -> None:
    say("order of locks", judged(house, tuple(CASES)))
