"""What a workbook of common standards would do, before it is done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from plans.register.checks import check_kept
from plans.register.models import Plan
from plans.register.queries import names_of
from plans.text.models import Standard
from plans.text.norms import MOST_REFERENCES, Norm, Source, sound
from plans.text.queries import StandardRow, check_of, standard_rows
from plans.text.standard_sheets import (
    COLUMNS,
    SOURCE,
    Sheet,
    SheetRow,
    cell_of,
    choices_of,
    columns_of,
)
from stakeholders.terms.errors import Invalid, Text


@dataclass(frozen=True, kw_only=True)
class Change:
    """One cell that would change."""

    column: Text
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class CellError:
    row: int
    column: Text
    text: Text


@dataclass(frozen=True, kw_only=True)
class PreviewRow:
    """What a row would do; `standard` is None for a new one."""

    number: int
    norm: Norm
    standard: Standard | None
    changes: Sequence[Change]


@dataclass(kw_only=True)
class Preview:
    """What a workbook would do, before it is done. Nothing is saved while there are errors."""

    changed: list[PreviewRow] = field(default_factory=list)
    unchanged: int = 0
    errors: list[CellError] = field(default_factory=list)

    @property
    def added(self) -> int:
        return sum(row.standard is None for row in self.changed)


def preview(*, plan: Plan, sheet: Sheet) -> Preview:
    """What `sheet` would do to the working draft. A fixed number of queries; writes nothing."""
    held = {row.key: row for row in standard_rows(plan)}
    labels = columns_of(plan, references=MOST_REFERENCES, also=[row.norm for row in held.values()])
    found = Preview()
    for name in sheet.columns:
        if name not in labels:
            text = _("There is no such party in this plan.")
            found.errors.append(CellError(row=1, column=name, text=text))
    reader = _Reader(held=held, labels=labels, units=_units(sheet, held), words=_words())
    for row in sheet.rows:
        reader.take(row, into=found)
    return found


def _units(sheet: Sheet, held: Mapping[str, StandardRow]) -> set[str]:
    """Codes that may be named as concerned, among those that are."""
    named = set(names_of(c for r in sheet.rows for c in _codes(r.cells.get("concerned", ""))))
    return named | {code for one in held.values() for code in one.norm.concerned}


@dataclass(kw_only=True)
class _Reader:
    """Reads row after row against the standards as they stand."""

    held: Mapping[str, StandardRow]
    labels: Mapping[str, Text]
    units: set[str]
    words: Mapping[str, Mapping[str, str]]
    seen: set[str] = field(default_factory=set)

    def take(self, row: SheetRow, *, into: Preview) -> None:
        """Add to `into` what the row would do, or what is wrong with it."""
        key = row.cells.get("key", "")
        standing = self.held.get(key)
        errors = self._misnamed(key)
        former = standing.norm if standing else None
        norm = _norm(row, former=former, words=self.words, errors=errors)
        if strangers := set(norm.concerned) - self.units:
            text = _("There is no jurisdiction with the code %(codes)s.")
            errors["concerned"] = text % {"codes": ", ".join(sorted(strangers))}
        if not errors:
            try:
                norm = sound(norm)
                if standing and norm.concerned:
                    check_kept(draft=standing.draft, concerned=norm.concerned)
            except Invalid as error:
                errors |= error.errors
        changes = _changes(former, norm, self.labels)
        is_old = standing and row.cells["check"] != check_of(standing.draft)
        if changes and is_old and not errors:
            errors["check"] = _("Changed since this workbook was downloaded: download it anew.")
        into.errors += [
            CellError(row=row.number, column=self.labels.get(name, name), text=text)
            for name, text in errors.items()
        ]
        into.unchanged += not errors and not changes
        if changes and not errors:
            standard = standing.standard if standing else None
            into.changed.append(
                PreviewRow(number=row.number, norm=norm, standard=standard, changes=changes)
            )

    def _misnamed(self, key: str) -> dict[str, Text]:
        """What is wrong with the key of a row."""
        is_again = key in self.seen
        self.seen |= {key} - {""}
        if key and key not in self.held:
            return {"key": _("There is no standard with this key in the working draft.")}
        if is_again:
            return {"key": _("This standard stands in an earlier row already.")}
        return {}


def _words() -> dict[str, dict[str, str]]:
    """Column -> words in every language, and codes, -> code."""
    found: dict[str, dict[str, str]] = {}
    for name in ("strictness", "choice", "strength", "competence", "theme"):
        known: dict[str, str] = {}
        for language in ("zh-hans", "en"):
            with override(language):
                known |= {str(label).casefold(): value for value, label in choices_of(name)}
        found[name] = known | {value: value for value, _label in choices_of(name)}
    return found


def _norm(
    row: SheetRow,
    *,
    former: Norm | None,
    words: Mapping[str, Mapping[str, str]],
    errors: dict[str, Text],
) -> Norm:
    """The norm a row says: columns that are not there stay as they were. Faults into `errors`."""
    for name in row.formulas:
        errors[name] = _("A formula. Put the value it shows in its place.")
    norm = former or Norm(title_zh="", unit="")
    values: dict[str, Any] = {}
    for name, text in row.cells.items():
        if name in ("key", "check") or name not in COLUMNS:
            continue
        if name in words:
            code = words[name].get(text.casefold(), "" if not text else None)
            if code is None:
                errors[name] = _("This is not one of the choices.")
            elif code or name in ("strictness", "theme"):
                values[name] = code
        else:
            values[name] = _codes(text) if name == "concerned" else text
    if values.get("concerned") == ():
        del values["concerned"]
    return replace(norm, **values, sources=_sources(row, norm))


def _codes(text: str) -> tuple[str, ...]:
    return tuple(text.replace(",", " ").replace("，", " ").split())


def _sources(row: SheetRow, norm: Norm) -> tuple[Source, ...]:
    found = {one.key: one for one in norm.sources}
    for name, text in row.cells.items():
        if name in COLUMNS or not (part := SOURCE.fullmatch(name)):
            continue
        found[part[2]] = replace(found.get(part[2], Source(key=part[2])), **{part[1]: text})
    return tuple(found.values())


def _changes(former: Norm | None, norm: Norm, labels: Mapping[str, Text]) -> list[Change]:
    empty = Norm(title_zh="", unit="", theme="", strength="", competence="", choice="")
    before = former or empty
    pairs = [(name, cell_of(before, name), cell_of(norm, name)) for name in labels]
    return [Change(column=labels[n], before=b, after=a) for n, b, a in pairs if a != b]
