"""What a form would do to the comments inside a jurisdiction, row by row. Pure.

A row is compared with the comment it came from (its id), and that comment with what it was when
the form was written (its mark): where both changed, the row is a conflict and nobody's work is
put over the other's.
"""

import hashlib
import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from consult.phase2_preparation.comment_sheets.places import parted, placed
from consult.phase2_preparation.comment_sheets.shape import (
    Column,
    Flaw,
    FormKind,
    FormRow,
    ReadForm,
    ReadRow,
)
from consult.phase2_preparation.comment_sheets.words import (
    EN,
    TYPE_WORDS,
    ZH,
    Clause,
    cell_text,
    clause_of,
    clause_words,
    language_of,
    normal,
    type_of,
)

_KEYS = uuid.UUID("8b6c8d5e-1d0f-5b1e-8f5e-51a4a0d6c9b2")


class Outcome(StrEnum):
    """What a row would do."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    CONFLICT = "conflict"
    GONE = "gone"
    EMPTY = "empty"
    FAULTY = "faulty"


CHOSEN = frozenset({Outcome.NEW, Outcome.CHANGED})  # unless the person says otherwise
CHOOSABLE = CHOSEN | {Outcome.CONFLICT, Outcome.GONE}


@dataclass(frozen=True, kw_only=True)
class Words:
    """What a comment says, by language; `item` is the key of its item, empty for the whole."""

    item: str = ""
    type: str = ""
    text_zh: str = ""
    text_en: str = ""
    wording_zh: str = ""
    wording_en: str = ""

    @property
    def mark(self) -> str:
        """What a form says of the state it was written from."""
        parts = (self.item, self.type, self.text_zh, self.text_en, self.wording_zh)
        joined = "\x1f".join(cell_text(part) for part in (*parts, self.wording_en))
        return hashlib.sha256(joined.encode()).hexdigest()[:16]

    def field_of(self, name: str, *, language: str) -> str:
        """The field that a form in `language` shows: the other one where this one is empty."""
        wanted, other = (
            (f"{name}_zh", f"{name}_en") if language == ZH else (f"{name}_en", f"{name}_zh")
        )
        return (
            other if not getattr(self, wanted).strip() and getattr(self, other).strip() else wanted
        )

    def shown(self, name: str, *, language: str) -> str:
        return cell_text(getattr(self, self.field_of(name, language=language)))


@dataclass(frozen=True, kw_only=True)
class Held:
    """A comment as it stands inside the jurisdiction. `at`: its last change, YYYYMMDDTHHMMZ;
    `is_hidden`: its author has not shown it to who handed in the form."""

    key: str
    words: Words
    is_submitted: bool = False
    is_hidden: bool = False
    at: str = ""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A provision of the round's revision."""

    key: str
    number: str
    title_zh: str = ""
    title_en: str = ""
    is_asked: bool = True

    @property
    def titles(self) -> tuple[str, ...]:
        return tuple(title for title in (self.title_zh, self.title_en) if title)

    def title(self, language: str) -> str:
        if language == ZH:
            return self.title_zh or self.title_en
        return self.title_en or self.title_zh

    def named(self, language: str) -> str:
        """第3条 标题, Article 3 Title; the key of an item without such a number."""
        sign = clause_words(self.number, key=self.key, language=language)
        return sign if sign == self.key else f"{sign} {self.title(language)}".strip()


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What a form is compared with. `names`: what the body is called, its code among them."""

    scope: str
    names: Collection[str]
    entries: Sequence[Entry]
    held: Mapping[str, Held] = field(default_factory=dict)
    foreign: Collection[str] = ()


@dataclass(frozen=True, kw_only=True)
class Planned:
    """One row with what it would do. `faults`: what is wrong, by the name of the cell."""

    row: ReadRow
    outcome: Outcome
    words: Words
    key: str = ""
    faults: Mapping[str, str] = field(default_factory=dict)
    twin: int = 0
    before: Words | None = None


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """All rows, and the comments that stood in the form and do so no longer."""

    rows: Sequence[Planned]
    missing: Sequence[Held]


def row_of(
    held: Held,
    *,
    entry: Entry | None,
    body: str,
    language: str,
    types: Mapping[str, str] | None = None,
) -> FormRow:
    """The row that a form shows of a comment."""
    words = held.words
    line, place, text = parted(words.shown("text", language=language))
    return FormRow(
        body=body,
        line=line,
        clause=entry.named(language) if entry else "",
        place=place,
        type=(types or TYPE_WORDS[language]).get(words.type, words.type),
        comment=text,
        change=words.shown("wording", language=language),
        id=held.key,
        mark=words.mark,
    )


def compared(form: ReadForm, ground: Ground) -> Comparison:
    """What `form` would do to what `ground` holds."""
    return _Comparing(form, ground).result()


class _Comparing:
    def __init__(self, form: ReadForm, ground: Ground) -> None:
        self.form, self.ground = form, ground
        self.language = form.language
        self.by_key = {one.key.casefold(): one for one in ground.entries}
        self.by_number: dict[str, list[Entry]] = {}
        for one in ground.entries:
            self.by_number.setdefault(one.number.casefold(), []).append(one)
        self.names = {normal(name).casefold() for name in ground.names if name}
        reference = form.reference
        self.says_body = bool(reference and normal(reference.body).casefold() in self.names)
        self.taken: set[str] = set()
        self.said: dict[str, int] = {}
        self.standing = {one.words.mark: one for one in ground.held.values()}

    def result(self) -> Comparison:
        rows = [self._planned(row) for row in self.form.rows]
        return Comparison(rows=rows, missing=self._missing())

    def _missing(self) -> list[Held]:
        """Comments that the form was written with, and were not changed here since."""
        reference = self.form.reference
        if reference is None or reference.kind != FormKind.DRAFTS:
            return []
        return [
            one
            for key, one in self.ground.held.items()
            if key not in self.taken and not (one.is_submitted or one.is_hidden)
            if one.at and one.at < reference.at
        ]

    def _planned(self, row: ReadRow) -> Planned:
        key = _id_of(row.cells.id)
        key = "" if key in self.taken else key
        held = self.ground.held.get(key)
        if held is not None:
            self.taken.add(key)
        if held is None and self._is_blank(row):
            return Planned(row=row, outcome=Outcome.EMPTY, words=Words())
        faults = {name: flaw for name, flaw in row.flaws.items() if name != Column.OBSERVATION}
        words = self._words(row, held.words if held else None, faults)
        if key and held is None and key in self.ground.foreign:
            faults[Column.ID] = Flaw.FOREIGN_ID
        before = held.words if held else None
        if held is not None and not faults and _same(words, held.words):
            return Planned(row=row, outcome=Outcome.SAME, words=held.words, key=key)
        if held is not None and held.is_submitted:
            faults.setdefault(Column.COMMENT, Flaw.SUBMITTED)
        if faults:
            named = {row.place_of(column): flaw for column, flaw in faults.items()}
            return Planned(
                row=row, outcome=Outcome.FAULTY, words=words, faults=named, before=before
            )
        return self._judged(row, words, held, key)

    def _judged(self, row: ReadRow, words: Words, held: Held | None, key: str) -> Planned:
        """The outcome of a row without a fault."""
        if held is not None:
            known = row.cells.mark == held.words.mark
            outcome = Outcome.CHANGED if known else Outcome.CONFLICT
            return Planned(row=row, outcome=outcome, words=words, key=key, before=held.words)
        if (twin := self.said.get(words.mark)) is not None:
            return Planned(row=row, outcome=Outcome.SAME, words=words, twin=twin)
        self.said[words.mark] = row.number
        standing = self.standing.get(words.mark)
        if standing is not None:
            self.taken.add(standing.key)
            return Planned(row=row, outcome=Outcome.SAME, words=words, key=standing.key)
        return self._fresh(row, words, key)

    def _fresh(self, row: ReadRow, words: Words, key: str) -> Planned:
        """A row no comment stands for: new, or deleted here since, or entered and changed since."""
        made = key or str(uuid.uuid5(_KEYS, f"{self.ground.scope}\x1f{words.mark}"))
        again = self.ground.held.get(made)
        if again is not None and made not in self.taken:
            self.taken.add(made)
            return Planned(
                row=row, outcome=Outcome.CONFLICT, words=words, key=made, before=again.words
            )
        is_gone = bool(key and row.cells.mark)
        outcome = Outcome.GONE if is_gone else Outcome.NEW
        return Planned(row=row, outcome=outcome, words=words, key=made)

    def _is_blank(self, row: ReadRow) -> bool:
        """A row nobody filled in: an empty form bears body and clause already."""
        cells = row.cells
        said = (cells.comment, cells.change, cells.line, cells.place)
        return not row.flaws and not any(said)

    def _words(self, row: ReadRow, before: Words | None, faults: dict[str, str]) -> Words:
        cells = row.cells
        self._check_body(row, faults)
        entry, rest = self._entry(row, before, faults)
        kind = type_of(cells.type)
        if kind is None and Column.TYPE not in faults:
            faults[Column.TYPE] = Flaw.TYPE if cells.type else Flaw.NO_TYPE
        if not cells.comment and Column.COMMENT not in faults:
            faults[Column.COMMENT] = Flaw.NO_WORDS
        place = " ".join(one for one in (rest, cells.place) if one)
        base = replace(before or Words(), item=entry.key if entry else "", type=kind or "")
        base = self._with(base, "wording", cells.change, line="", place="")
        return self._with(base, "text", cells.comment, line=normal(cells.line), place=place)

    def _with(self, words: Words, name: str, text: str, *, line: str, place: str) -> Words:
        """`words` with what a cell says, in the language it stands in."""
        before = words.shown(name, language=self.language)
        if before:
            target = words.field_of(name, language=self.language)
        else:
            target = f"{name}_{language_of(text, heading=self.language)}"
        language = EN if target.endswith(EN) else ZH
        said = placed(line=line, place=place, text=text, language=language) if text else ""
        if before and parted(before) == parted(said):
            return words  # said the same, if in other brackets
        return replace(words, **{target: said})

    def _check_body(self, row: ReadRow, faults: dict[str, str]) -> None:
        if Column.BODY in faults or not self.ground.names:
            return
        said = normal(row.cells.body).casefold()
        if not said:
            if not self.says_body:
                faults[Column.BODY] = Flaw.NO_BODY
            return
        parts = {said, *said.split(" "), said.split("(")[0].strip()}
        if not parts & self.names:
            faults[Column.BODY] = Flaw.BODY

    def _entry(
        self, row: ReadRow, before: Words | None, faults: dict[str, str]
    ) -> tuple[Entry | None, str]:
        """The provision that the clause names, and what the clause says beyond it."""
        if Column.CLAUSE in faults:
            return None, ""
        clause = clause_of(row.cells.clause)
        if clause.is_whole:
            return None, ""
        found, rest = self._found(clause)
        if len(found) != 1:
            faults[Column.CLAUSE] = Flaw.AMBIGUOUS if found else Flaw.CLAUSE
            return None, ""
        entry = found[0]
        if not entry.is_asked and (before is None or before.item != entry.key):
            faults[Column.CLAUSE] = Flaw.NOT_ASKED
        is_title = normal(rest).casefold() in {normal(t).casefold() for t in entry.titles}
        return entry, "" if is_title else rest

    def _found(self, clause: Clause) -> tuple[list[Entry], str]:
        if clause.number:
            return self.by_number.get(clause.number.casefold(), []), clause.rest
        key = clause.key.casefold()
        if key in self.by_key:
            return [self.by_key[key]], ""
        if key in self.by_number:
            return self.by_number[key], ""
        first, _space, rest = clause.key.partition(" ")
        found = self.by_number.get(first.casefold(), [])
        named = [
            e for e in found if normal(rest).casefold() in {normal(t).casefold() for t in e.titles}
        ]
        if named:
            return named, ""
        titled = [
            one
            for one in self.ground.entries
            if key in {normal(title).casefold() for title in one.titles if title}
        ]
        return titled, ""


def _same(words: Words, before: Words) -> bool:
    return words.mark == before.mark


def _id_of(text: str) -> str:
    """The id of a row as it is kept; empty for what is none."""
    try:
        return str(uuid.UUID(text))
    except ValueError:
        return ""


def counted(rows: Iterable[Planned]) -> dict[str, int]:
    """How many rows would do what."""
    counts = dict.fromkeys((one.value for one in Outcome), 0)
    for row in rows:
        counts[row.outcome.value] += 1
    return counts
