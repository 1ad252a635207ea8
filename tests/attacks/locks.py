"""Which rows an act locks, in which order: read off its SQL, transaction by transaction.

The house's order of locks, from first to last:

1. a turn at a name that is no row yet (`record.take_turns`);
2. rows, table by table in the order of `ORDER`: persons and mandates, then the plan, then what
   belongs to the plan, from the whole to its parts;
3. notices and mail;
4. the head of the record's chain, by the last statement (an act done inside another writes its
   own entry first);
5. at the commit, the rows that new rows name by a foreign key, shared and for their key only.

Row locks are FOR NO KEY UPDATE, which let 5 pass; only a deletion shuts it out.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

KEY, WRITE, END, UNIQUE = "shared key", "write", "end", "unique key"
# What waits for what on one row (PostgreSQL manual, 13.3.2): a foreign key's check for the end of a
# row only; two writers of one row; two who enter one unique key.
CONFLICTS = {KEY: {END}, WRITE: {WRITE}, END: {KEY}, UNIQUE: {UNIQUE}}
NOTICES = ("stakeholders_notice", "stakeholders_outboxmessage")
RECORD = ("stakeholders_recordhead", "stakeholders_recordentry")
ORDER = (
    "turn:plan",
    "turn:organization",
    "turn:import",
    "turn:file",
    "stakeholders_organization",
    "stakeholders_accountinvitation",
    "stakeholders_mandate",
    "turn:person",
    "stakeholders_user",
    "stakeholders_jurisdiction",
    "consult_textblock",
    "consult_sheetimport",
    "plans_upperrequirement",
    "plans_plan",
    "plans_party",
    "plans_plangrant",
    "consult_matter",
    "plans_project",
    "plans_milestone",
    "consult_collectiveopinion",
    "consult_commentgroup",
    "consult_round",
    "consult_roundinvitee",
    "consult_expertinvitation",
    "consult_expertsuggestion",
    "consult_commentdraft",
    "consult_positiondraft",
    "consult_meeting",
    "consult_agendaitem",
    "consult_listeddemand",
    "plans_textimport",
    "plans_definedterm",
    "plans_itemdraft",
    "plans_item",
    "plans_provision",
    "plans_chapter",
    "plans_definition",
    "consult_textchange",
    "stakeholders_storedfile",
    "turn:files of plan",
    *NOTICES,
    *RECORD,
)
# Rows that only one holder writes: under the lock of the row they belong to, or a person's own.
BELOW = {
    "consult_commentautosave": "consult_commentdraft",
    "consult_draftfile": "consult_commentdraft",
    "consult_draftnote": "consult_commentdraft",
    "consult_groupmember": "consult_commentgroup",
    "consult_matter_jurisdictions": "consult_matter",
    "consult_meetingguest": "consult_meeting",
    "consult_meetingpaper": "consult_meeting",
    "consult_positionautosave": "consult_positiondraft",
    "consult_preparedautosave": "consult_positiondraft",
    "plans_autosave": "plans_itemdraft",
    "plans_milestoneneed": "plans_milestone",
    "plans_projectparty": "plans_project",
}
_FROM = re.compile(r'(?:FROM|JOIN)\s+"(\w+)"(?:\s+(?!ON\b|WHERE\b|INNER\b|LEFT\b)"?(\w+)"?)?')
_LOCKING = re.compile(r'FOR (NO KEY )?UPDATE(?: OF ((?:"\w+"(?:, )?)+))?')
_WRITING = re.compile(r'^(INSERT INTO|UPDATE|DELETE FROM)\s+"(\w+)"')
_TURN = re.compile(r"pg_advisory_xact_lock\((hashtextextended)?")


@dataclass(frozen=True, order=True)
class Held:
    """One kind of lock on rows of one table."""

    table: str
    mode: str


Transaction = Sequence[Held]


@dataclass
class Recorder:
    """Collects the transactions of an act; `parents` and `keyed` describe the schema."""

    parents: Mapping[str, tuple[str, ...]]
    keyed: frozenset[str]
    transactions: list[Transaction] = field(default_factory=list)
    unordered: list[str] = field(default_factory=list)
    _open: list[Held] = field(default_factory=list)
    _late: list[Held] = field(default_factory=list)
    _depth: int = 0

    def __call__(
        self,
        execute: Callable[..., object],
        sql: str,
        params: Any,
        many: bool,
        context: Mapping[str, Any],
    ) -> object:
        answer = execute(sql, params, many, context)
        self.see(sql, params, rows=context["cursor"].rowcount)
        return answer

    def see(self, sql: str, params: Any, *, rows: int) -> None:
        """Take one statement; a savepoint inside the test's transaction is an act's transaction."""
        if sql.startswith("SAVEPOINT"):
            self._depth += 1
            return
        if sql.startswith("RELEASE SAVEPOINT"):
            self._depth -= 1
        elif rows:  # what finds no row locks none
            if rows > 1 and _LOCKING.search(sql) and "ORDER BY" not in sql:
                self.unordered.append(sql)
            for held in self._locks(sql, params):
                if held not in self._open:
                    self._open.append(held)
        if self._depth == 0:
            self._end()

    def _locks(self, sql: str, params: Any) -> Iterator[Held]:
        writing = _WRITING.match(sql)
        if writing:
            yield from self._written(*writing.groups())
            return
        turn = _TURN.search(sql)
        if turn:
            name = str(params[0]) if turn[1] else "import:"
            yield Held(f"turn:{name.split(':')[0] if ':' in name else 'file'}", WRITE)
        for locking in _LOCKING.finditer(sql):
            top = sql.partition(" WHERE ")[0]  # rows of a subquery are read, not locked
            names = {alias or table: table for table, alias in _FROM.findall(top)}
            chosen = re.findall(r'"(\w+)"', locking[2]) if locking[2] else list(names)
            for one in chosen:
                yield Held(names.get(one, one), WRITE)
                if not locking[1]:
                    yield Held(names.get(one, one), END)

    def _written(self, verb: str, table: str) -> Iterator[Held]:
        if verb == "INSERT INTO":
            if table in self.keyed:
                yield Held(table, UNIQUE)
            self._late += [Held(one, KEY) for one in self.parents.get(table, ())]
            return
        yield Held(table, WRITE)
        if verb == "DELETE FROM":
            yield Held(table, END)

    def _end(self) -> None:
        """The commit: only now PostgreSQL looks for the rows that foreign keys name."""
        taken = [*self._open, *dict.fromkeys(self._late)]
        if taken:
            self.transactions.append(taken)
        self._open, self._late = [], []


def recorder() -> Recorder:
    """A recorder that knows the foreign keys and unique keys of the database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, p.relname FROM pg_constraint"
            " JOIN pg_class c ON c.oid = conrelid JOIN pg_class p ON p.oid = confrelid"
            " WHERE contype = 'f' ORDER BY 1, 2"
        )
        parents: dict[str, tuple[str, ...]] = {}
        for child, parent in cursor.fetchall():
            parents[child] = (*parents.get(child, ()), parent)
        cursor.execute(
            "SELECT DISTINCT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid"
            " WHERE i.indisunique AND NOT (i.indisprimary AND EXISTS ("
            " SELECT 1 FROM pg_attribute a WHERE a.attrelid = i.indrelid"
            " AND a.attnum = i.indkey[0] AND a.attidentity <> ''))"
        )
        keyed = frozenset(name for (name,) in cursor.fetchall())
    return Recorder(parents=parents, keyed=keyed)


@contextmanager
def recorded_locks() -> Iterator[Recorder]:
    """Record the locks of what this connection does inside."""
    seen = recorder()
    with connection.execute_wrapper(seen):
        yield seen


def astray(transaction: Transaction) -> list[str]:
    """What of one transaction stands outside the house's order; nothing where it keeps it."""
    faults, before = [], ("", -1)
    for held in transaction:
        if held.mode != WRITE or held.table in BELOW:
            continue
        if held.table not in ORDER:
            faults.append(f"{held.table} has no place in the order")
            continue
        rank = ORDER.index(held.table)
        if rank < before[1]:
            faults.append(f"{held.table} after {before[0]}")
        before = (held.table, rank) if rank > before[1] else before
    return faults


@dataclass(frozen=True)
class Step:
    """An act that holds one lock and asks for another, with all that it held before both."""

    act: str
    holds: Held
    asks: Held
    gates: frozenset[Held]


def crossings(acts: Mapping[str, Iterable[Transaction]]) -> tuple[int, list[tuple[Step, Step]]]:
    """(how many pairs of steps were compared, those pairs that can wait for each other).

    A pair cannot where both acts passed one gate before: a lock that keeps one of them out.
    """
    by_tables: dict[tuple[str, str], set[Step]] = defaultdict(set)
    for act, transactions in acts.items():
        for transaction in transactions:
            for step in _steps(act, transaction):
                by_tables[step.holds.table, step.asks.table].add(step)
    compared, found = 0, []
    for (first, second), steps in sorted(by_tables.items()):
        if first >= second:
            continue
        for one in steps:
            for other in by_tables.get((second, first), ()):
                compared += 1
                if _cross(one, other):
                    found.append((one, other))
    return compared, found


def _steps(act: str, transaction: Transaction) -> Iterator[Step]:
    for place, holds in enumerate(transaction):
        gates = frozenset(transaction[:place])
        for asks in transaction[place + 1 :]:
            if asks.table != holds.table:
                yield Step(act=act, holds=holds, asks=asks, gates=gates)


def _cross(one: Step, other: Step) -> bool:
    if not (_meets(one.holds, other.asks) and _meets(one.asks, other.holds)):
        return False
    return not any(_meets(mine, theirs) for mine in one.gates for theirs in other.gates)


def _meets(one: Held, other: Held) -> bool:
    return one.table == other.table and other.mode in CONFLICTS[one.mode]
