"""Jobs on uploaded tables: the check and the entry of any table, and the table of jurisdictions."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from stakeholders.jobs.kinds import Step
from stakeholders.jurisdictions import queries, steps
from stakeholders.jurisdictions.deliveries import (
    Examined,
    Finding,
    Table,
    Unreadable,
    findings,
    locked,
    read,
)
from stakeholders.jurisdictions.enums import WRITES, Level, Outcome, TableName
from stakeholders.jurisdictions.models import DeliveredRow, Delivery, Jurisdiction
from stakeholders.jurisdictions.reading import Line, RowError, UnitRow
from stakeholders.jurisdictions.reading.sheets import Sheet
from stakeholders.jurisdictions.reading.units import REQUIRED, read_unit
from stakeholders.jurisdictions.rules import require
from stakeholders.record.steps import SITE, append
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.duty import Text

CHECKED_AT_ONCE = 500


class Check:
    """Looks at every row and writes down what it would do; enters nothing."""

    table: Table

    def step(
        self, *, actor: Actor, arguments: Mapping[str, Any], cursor: Mapping[str, Any] | None
    ) -> Step:
        self.table.require(actor)
        delivery = locked(self.table, uuid.UUID(arguments["delivery"]))
        at = cursor["at"] if cursor else 0
        try:
            found = findings(self.table, delivery, actor=actor)
        except Unreadable as fault:
            delivery.checked_at = clock.now()
            delivery.fault_zh, delivery.fault_en = fault.zh, fault.en
            delivery.save(update_fields=["checked_at", "fault_zh", "fault_en"])
            return Step(cursor=None, done=0, total=0, text=_("The file cannot be taken"))
        piece = [found[number] for number in sorted(found)[at : at + CHECKED_AT_ONCE]]
        DeliveredRow.objects.bulk_create(
            DeliveredRow(delivery=delivery, **vars(one)) for one in piece
        )
        done, total = at + len(piece), len(found)
        if done < total:
            return Step(cursor={"at": done}, done=done, total=total, text=_("Checking the rows"))
        delivery.checked_at = clock.now()
        delivery.save(update_fields=["checked_at"])
        counts = queries.counts_of(delivery)
        return Step(
            cursor=None, done=done, total=total, text=_("Every row is checked"), result=counts
        )


class Entry:
    """Enters the rows that the check found good and that still are; run again, none twice."""

    table: Table

    def step(
        self, *, actor: Actor, arguments: Mapping[str, Any], cursor: Mapping[str, Any] | None
    ) -> Step:
        self.table.require(actor)
        delivery = locked(self.table, uuid.UUID(arguments["delivery"]))
        good = delivery.rows.filter(outcome__in=WRITES, entered_at=None)
        rows = list(good.order_by("rank", "number")[: self.table.at_once])
        self._enter(delivery, rows, actor)
        done, left = (cursor["at"] if cursor else 0) + len(rows), good.count()
        if left:
            text = _("Entering the rows")
            return Step(cursor={"at": done}, done=done, total=done + left, text=text)
        return self._finished(delivery, actor=actor, done=done)

    def _enter(self, delivery: Delivery, rows: Sequence[DeliveredRow], actor: Actor) -> None:
        """Look at these rows again, enter what is still to be entered, and write down both."""
        found = findings(self.table, delivery, actor=actor)
        sheet = read(self.table, delivery)
        numbers = {row.number for row in rows if found[row.number].outcome in WRITES}
        lines = [line for line in sheet.lines if line.number in numbers]
        stopped = self.table.enter(sheet, lines, actor=actor)
        now = clock.now()
        for row in rows:
            one, reason = found[row.number], stopped.get(row.number)
            if reason is not None:
                one = _stopped(row.number, reason)
            if one.outcome is Outcome.FAULT:
                for name in ("outcome", "column", "value", "reason_zh", "reason_en"):
                    setattr(row, name, getattr(one, name))
            else:
                row.entered_at = now
        fields = ["outcome", "column", "value", "reason_zh", "reason_en", "entered_at"]
        DeliveredRow.objects.bulk_update(rows, fields)

    def _finished(self, delivery: Delivery, *, actor: Actor, done: int) -> Step:
        delivery.entered_at = clock.now()
        delivery.save(update_fields=["entered_at"])
        counts = queries.counts_of(delivery)
        append(
            chain=SITE,
            actor=actor,
            act=f"{self.table.name.value}.import",
            subject=f"delivery:{delivery.pk}",
            effects={"file": f"sha256:{delivery.file.sha256}", "rows": counts},
        )
        text = _("Every good row is entered")
        return Step(cursor=None, done=done, total=done, text=text, result=counts)


def _stopped(number: int, reason: Text) -> Finding:
    with translation.override("zh-hans"):
        zh = str(reason)[:500]
    with translation.override("en"):
        en = str(reason)[:500]
    return Finding(number=number, outcome=Outcome.FAULT, reason_zh=zh, reason_en=en)


class UnitsTable:
    """Administrative units. Columns that the file does not have keep what is held."""

    name: TableName = TableName.JURISDICTIONS
    required: Sequence[str] = REQUIRED
    optional: Sequence[str] = (
        "is_municipality",
        "lon",
        "lat",
        "area_km2",
        "valid_from",
        "valid_until",
        "successor_code",
    )
    examples: Sequence[Sequence[str]] = (
        (
            *("310118", "310000", "county", "青浦区", "Qingpu District", "Qingpu District"),
            *("青浦", "Qingpu", "市辖区", "district"),
            *("0", "121.12417", "31.15089", "668.54", "", "", ""),
        ),
    )
    at_once = 500

    def require(self, actor: Actor) -> None:
        require(actor, "jurisdictions.import")

    def examine(self, sheet: Sheet, *, actor: Actor) -> Examined:
        held = {row.code: row for row in queries.all_jurisdictions()}
        read_: dict[int, UnitRow | RowError] = {
            line.number: _unit_or_fault(line) for line in sheet.lines
        }
        units = [one for one in read_.values() if isinstance(one, UnitRow)]
        found: dict[int, Finding | RowError] = {
            n: one for n, one in read_.items() if isinstance(one, RowError)
        }
        house = _House(held, units)
        # From the top down: a row below a spoilt one is spoilt too.
        for unit in sorted(units, key=lambda unit: unit.level.rank):
            found[unit.line.number] = house.finding(unit, columns=sheet.columns)
        return found

    def enter(self, sheet: Sheet, lines: Sequence[Line], *, actor: Actor) -> Mapping[int, Text]:
        steps.lock_import()
        units = [read_unit(line, boundaries={}) for line in lines]
        held = queries.parents_by_code()
        parents = {**held, **{unit.code: unit.parent_code for unit in units}}
        paths = steps.paths_of(parents)
        steps.save_units(units, paths=paths, with_boundaries=False, kept=_kept(sheet.columns))
        steps.save_paths({code: paths[code] for code in held})
        return {}


class UnitsCheck(Check):
    table = UnitsTable()
    permission = "stakeholders.add_jurisdiction"


class UnitsEntry(Entry):
    table = UnitsTable()
    permission = "stakeholders.add_jurisdiction"


def _unit_or_fault(line: Line) -> UnitRow | RowError:
    try:
        unit = read_unit(line, boundaries={})
        steps.clean_unit(unit)
    except RowError as fault:
        return fault
    return unit


def _kept(columns: Collection[str]) -> frozenset[str]:
    """The fields whose columns the file does not have."""
    names = (*UnitsTable.required, *UnitsTable.optional)
    return frozenset(name.removesuffix("_code") for name in names if name not in columns)


class _House:
    """The units that are held and those of the file, to look each row's place up."""

    def __init__(self, held: Mapping[str, Jurisdiction], units: Sequence[UnitRow]) -> None:
        self.held = held
        self.levels = {code: Level(row.level) for code, row in held.items()}
        self.first: dict[str, UnitRow] = {}
        for unit in units:
            self.first.setdefault(unit.code, unit)
        self.names = {
            row.name_en_unique: code for code, row in held.items() if row.valid_until is None
        }
        self.children: dict[str, list[str]] = {}
        for code, row in held.items():
            self.children.setdefault(row.parent_id or "", []).append(code)

    def finding(self, unit: UnitRow, *, columns: Collection[str]) -> Finding | RowError:
        try:
            self._check(unit)
        except RowError as fault:
            return fault
        self.levels[unit.code] = unit.level
        if unit.valid_until is None:
            self.names[unit.names["name_en_unique"]] = unit.code
        return Finding(
            number=unit.line.number,
            outcome=self._outcome(unit, columns),
            label=f"{unit.code} {unit.names['name_zh']}",
            rank=unit.level.rank,
        )

    def _check(self, unit: UnitRow) -> None:
        first, line = self.first[unit.code], unit.line
        if first is not unit:
            said = gettext("“%(value)s” stands already in line %(line)s.")
            raise line.refuse("code", said % {"value": unit.code, "line": first.line.number})
        name = unit.names["name_en_unique"]
        owner = self.names.get(name, unit.code)
        if unit.valid_until is None and owner != unit.code:
            said = gettext("The unit %(code)s has this name already.")
            raise line.refuse("name_en_unique", said % {"code": owner})
        self._check_above(unit)
        for code in self.children.get(unit.code, []):
            below = self.first[code].level if code in self.first else self.levels[code]
            if below.rank <= unit.level.rank:
                said = gettext("The unit %(code)s, which stays below it, is not of a lower level.")
                raise line.refuse("level", said % {"code": code})

    def _check_above(self, unit: UnitRow) -> None:
        line, unknown = unit.line, gettext("There is no unit with the code %(code)s.")
        successor, parent = unit.successor_code, unit.parent_code
        if successor is not None and successor not in self.held and successor not in self.first:
            raise line.refuse("successor_code", unknown % {"code": successor})
        if parent is None:
            if unit.level is not Level.COUNTRY:
                raise line.refuse("parent_code", gettext("Only the country has no superior unit."))
        elif parent not in self.levels:
            raise line.refuse("parent_code", unknown % {"code": parent})
        elif self.levels[parent].rank >= unit.level.rank:
            said = gettext("The superior unit %(code)s is not of a higher level.")
            raise line.refuse("parent_code", said % {"code": parent})

    def _outcome(self, unit: UnitRow, columns: Collection[str]) -> Outcome:
        old = self.held.get(unit.code)
        if old is None:
            return Outcome.NEW
        new, kept = steps.clean_unit(unit), {"boundary", "path", *_kept(columns)}
        fields = [f for f in Jurisdiction._meta.concrete_fields if f.name not in kept]
        is_same = all(getattr(old, f.attname) == getattr(new, f.attname) for f in fields)
        return Outcome.SAME if is_same else Outcome.CHANGED
