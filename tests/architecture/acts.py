"""The reviewed table of all acts, read from `acts.csv` and `grants.csv`, and the house's own.

`python -m tests.architecture.acts` prints the table as the code has it now, to be reviewed line by
line before it replaces the file.
"""

import csv
import os
import sys
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

import django

from config.acts import tables
from stakeholders.terms.actor import ActorKind, Role
from stakeholders.terms.rights import ALL_PHASES, ActRule, Lock, Relation

HERE = Path(__file__).parent
ACTS, GRANTS = HERE / "acts.csv", HERE / "grants.csv"
COLUMNS = ("slice", "act", "kinds", "roles", "grant", "phases", "locks", "relations")
ANY, NOBODY = "any", "nobody"
LOCKS = frozenset(lock.value for lock in Lock)


@dataclass(frozen=True)
class Line:
    """Who may do one act, as it was reviewed: plain words, nothing of the code under test."""

    slice: str
    act: str
    kinds: frozenset[str]
    roles: frozenset[str]
    grant: str
    phases: frozenset[int]
    locks: frozenset[str]
    relations: frozenset[str]


def reviewed() -> dict[str, Line]:
    with ACTS.open(encoding="utf-8", newline="") as file:
        return {row["act"]: line_of(row) for row in csv.DictReader(file)}


def line_of(row: Mapping[str, str]) -> Line:
    phases = words(row["phases"])
    return Line(
        slice=row["slice"],
        act=row["act"],
        kinds=words(row["kinds"]),
        roles=words(row["roles"]),
        grant=row["grant"],
        phases=frozenset(range(1, 5)) if phases == {ANY} else frozenset(map(int, phases)),
        locks=LOCKS if row["locks"] == ANY else words(row["locks"]),
        relations=words(row["relations"]),
    )


def words(cell: str) -> frozenset[str]:
    return frozenset(cell.split()) - {NOBODY}


def reviewed_grants() -> dict[tuple[str, str], frozenset[str]]:
    """(role of the party, role of the person) -> grants on the plan."""
    with GRANTS.open(encoding="utf-8", newline="") as file:
        return {
            (row["party"], row["role"]): frozenset(row["grants"].split())
            for row in csv.DictReader(file)
        }


def as_written(name: str, act: str, rule: ActRule) -> dict[str, str]:
    """One act of a slice's table as a line of the file."""
    return {
        "slice": name,
        "act": act,
        "kinds": _in_order(rule.kinds, ActorKind),
        "roles": _in_order(rule.roles, Role) or NOBODY,
        "grant": rule.grant or "",
        "phases": ANY if rule.phases == ALL_PHASES else " ".join(map(str, sorted(rule.phases))),
        "locks": ANY if len(rule.locks) == len(Lock) else _in_order(rule.locks, Lock),
        "relations": _in_order(rule.relations, Relation),
    }


def _in_order(
    chosen: Collection[ActorKind | Role | Lock | Relation],
    kind: type[ActorKind] | type[Role] | type[Lock] | type[Relation],
) -> str:
    return " ".join(one.value for one in kind if one in chosen)


def write(tables: Mapping[str, Mapping[str, ActRule]]) -> None:
    out = csv.DictWriter(sys.stdout, COLUMNS, lineterminator="\n")
    out.writeheader()
    for name, table in sorted(tables.items()):
        for act, rule in table.items():
            out.writerow(as_written(name, act, rule))


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    write(tables())


if __name__ == "__main__":
    main()
