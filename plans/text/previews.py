"""What an import would do to the working draft, row by row: shown, corrected, then entered."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from enum import StrEnum
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from plans.register.checks import check_kept
from plans.register.models import Plan
from plans.register.rules import can
from plans.text.documents.assembling import (
    Assembled,
    AssembledChapter,
    assemble,
    guessed_strength,
)
from plans.text.documents.blocks import Reading
from plans.text.documents.findings import Placed, note
from plans.text.documents.matching import match, wanted_chapters, wanted_provisions
from plans.text.documents.structure import Row, RowKind, Structured
from plans.text.models import Chapter, Provision, TextImport
from plans.text.queries import Draft, chapters_of, present_draft
from plans.text.rules import ACTS, editable_chapters
from plans.text.wording import Wording, check, wording_of
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Invalid, Text

NEW = "new"  # a correction: this replaces nothing
KEY_LENGTH = 60


class Outcome(StrEnum):
    NEW = "new"
    EDITED = "edited"
    SAME = "same"
    NONE = ""  # rows that are no chapter and no provision


@dataclass(kw_only=True)
class Line:
    """One row of the preview."""

    index: int
    row: Row
    findings: list[Placed]
    is_corrected: bool
    replaces: str = ""  # key of the chapter or provision it would overwrite
    outcome: Outcome = Outcome.NONE
    wording: Wording | None = None
    before: Wording | None = None
    faults: dict[str, Text] = field(default_factory=dict)


@dataclass(kw_only=True)
class Planned:
    """A provision to be entered; `key` is "" for one whose key is still to be made."""

    line: Line
    key: str
    wanted_key: str
    wording: Wording
    is_new: bool
    is_changed: bool


@dataclass(kw_only=True)
class PlannedChapter:
    line: Line
    chapter: Chapter | None
    wanted_key: str
    title_zh: str
    title_en: str
    drafting: tuple[str, ...]
    is_changed: bool
    provisions: list[Planned] = field(default_factory=list)


@dataclass(kw_only=True)
class Preview:
    lines: list[Line]
    findings: list[Placed]  # about the whole file
    chapters: list[PlannedChapter]
    draft: Draft
    counts: Mapping[str, int]
    stale: list[str]  # keys of drafts that somebody saved since the file was compared
    editable: frozenset[int]  # ids of the chapters the person drafts in
    title_zh: str = ""
    has_changes: bool = False

    @property
    def faulty(self) -> list[Line]:
        return [line for line in self.lines if line.faults]

    @property
    def may_enter(self) -> bool:
        touched = self.counts["new"] + self.counts["edited"]
        return bool(touched) and not self.faulty and not self.stale


def packed(reading: Reading, found: Structured) -> dict[str, Any]:
    """What is kept of a file that was read, as JSON."""
    return {
        "rows": [_packed_row(row) for row in found.rows],
        "findings": [
            {"kind": one.kind, "place": one.place, "quote": one.quote} for one in found.findings
        ],
        "title_zh": found.title_zh,
        "title_en": found.title_en,
        "has_changes": reading.has_changes,
    }


def _packed_row(row: Row) -> dict[str, object]:
    """Without what is empty: thousands of rows."""
    return {name: value for name, value in asdict(row).items() if value not in ("", False, {})}


def rows_of(text_import: TextImport) -> list[Row]:
    """The rows as they were read, with the corrections of people."""
    rows = [_row(one) for one in text_import.parsed["rows"]]
    for index, said in text_import.corrections.items():
        rows[int(index)] = _corrected(rows[int(index)], said)
    return rows


def _row(packed: Mapping[str, Any]) -> Row:
    return Row(**{**packed, "kind": RowKind(packed["kind"])})


CORRECTABLE = ("title_zh", "title_en", "text_zh", "text_en", "reason")


def _corrected(row: Row, said: Mapping[str, Any]) -> Row:
    changes = {name: said[name] for name in CORRECTABLE if name in said}
    extra = {name: said[name] for name in ("strength", "concerned") if said.get(name)}
    kind = RowKind(said.get("kind", row.kind))
    return replace(row, kind=kind, fields={**row.fields, **extra}, **changes)


def base_of(draft: Draft) -> dict[str, int]:
    """Key -> number of saves, to notice that somebody saved meanwhile."""
    return {key: one.item.draft.edits for key, one in draft.provisions.items()}


def preview(*, actor: Actor, plan: Plan, text_import: TextImport) -> Preview:
    """What entering would do now. About ten queries, however long the text is."""
    return _Planner(actor, plan, text_import).plan_it()


class _Planner:
    def __init__(self, actor: Actor, plan: Plan, text_import: TextImport) -> None:
        self.text_import = text_import
        self.corrections: Mapping[str, Mapping[str, Any]] = text_import.corrections
        self.draft = present_draft(plan)
        held = list(chapters_of(plan))
        self.chapters = {one.key: one for one in held}
        self.editable = editable_chapters(actor=actor, plan=plan, chapters=held)
        self.may_add = bool(can("chapter.add", ACTS, actor=actor, plan=plan))
        rows = rows_of(text_import)
        parsed = [
            note(one["kind"], place=one["place"], quote=one["quote"])
            for one in text_import.parsed["findings"]
        ]
        places = [row.place for row in rows]
        self.lines = [
            Line(index=n, row=row, findings=[], is_corrected=str(n) in self.corrections)
            for n, row in enumerate(rows)
        ]
        self.findings = [one for one in parsed if not one.place or not rows]
        for one in parsed:
            if one.place and rows:
                self.lines[max(0, bisect_right(places, one.place) - 1)].findings.append(one)
        self.assembled = assemble(rows)
        self.codes = self._known_codes()

    def _known_codes(self) -> set[str]:
        said: set[str] = set()
        for chapter in self.assembled:
            for one in (chapter, *chapter.provisions):
                for name in ("concerned", "drafting"):
                    said.update(_words(one.fields.get(name)))
        return set(Jurisdiction.objects.filter(pk__in=said).values_list("pk", flat=True))

    def plan_it(self) -> Preview:
        keys = self._matched(wanted_chapters(self.assembled), self.draft.chapters)
        items = self._matched(wanted_provisions(self.assembled), self.draft.held)
        twice = {key for key, count in Counter(items.values()).items() if key and count > 1}
        found = [self._chapter(one, keys.get(one.row, "")) for one in self.assembled]
        for chapter, planned in zip(self.assembled, found, strict=True):
            for one in chapter.provisions:
                planned.provisions.append(self._provision(one, items.get(one.row, ""), planned))
        for line in self.lines:
            if line.replaces in twice and line.wording is not None:
                line.faults["replaces"] = _("Two rows replace this provision.")
        return Preview(
            lines=self.lines,
            findings=self.findings,
            chapters=found,
            draft=self.draft,
            counts=self._counts(),
            stale=self._stale(),
            editable=self.editable,
            title_zh=self.text_import.parsed["title_zh"],
            has_changes=self.text_import.parsed["has_changes"],
        )

    def _matched(self, wanted: Sequence[Any], held: Sequence[Any]) -> dict[int, str]:
        """The proposals, except where a person said otherwise."""
        known = {one.key for one in held}
        said: dict[int, str] = {}
        for one in wanted:
            choice = self.corrections.get(str(one.row), {}).get("replaces", "")
            if choice:
                said[one.row] = choice if choice in known else ""
        taken = set(said.values())
        proposed = match(
            [one for one in wanted if one.row not in said],
            [one for one in held if one.key not in taken],
        )
        return proposed | said

    def _chapter(self, one: AssembledChapter, key: str) -> PlannedChapter:
        line, chapter = self.lines[one.row], self.chapters.get(key)
        drafting = _words(one.fields.get("drafting"))
        title_en = one.title_en or (chapter.title_en if chapter else "")
        is_changed = chapter is not None and (
            (chapter.title_zh, chapter.title_en) != (one.title_zh, title_en)
        )
        if line.row.kind is RowKind.CHAPTER:
            line.replaces = key
            line.outcome = Outcome.EDITED if is_changed else Outcome.SAME
            line.outcome = line.outcome if chapter else Outcome.NEW
        if not one.title_zh.strip():
            line.faults["title_zh"] = _("This text must not be empty.")
        if len(one.title_zh) > 200 or len(one.title_en) > 300:
            line.faults["title_zh"] = _("A title has at most 200 characters.")
        if set(drafting) - self.codes:
            line.faults["drafting"] = _unknown(set(drafting) - self.codes)
        if not self.may_add and (chapter is None or is_changed):
            line.faults["kind"] = _(
                "Only the joint team opens or renames chapters: choose one that is there."
            )
        return PlannedChapter(
            line=line,
            chapter=chapter,
            wanted_key=one.key,
            title_zh=one.title_zh,
            title_en=title_en,
            drafting=drafting,
            is_changed=is_changed,
        )

    def _provision(self, one: Assembled, key: str, into: PlannedChapter) -> Planned:
        line = self.lines[one.row]
        present = self.draft.provisions.get(key)
        before = wording_of(present.item.draft) if present else None
        line.wording, line.before = self._wording(one, before, line), before
        line.replaces = key
        is_changed = before is None or before != line.wording
        is_changed = is_changed or (present is not None and present.item.draft.is_removed)
        line.outcome = Outcome.EDITED if is_changed else Outcome.SAME
        if before is None:
            line.outcome = Outcome.NEW
        if one.is_title_made and not any(f.kind == "made_title" for f in line.findings):
            line.findings.append(note("made_title", place=line.row.place))
        self._check(line, line.wording)
        if present is not None and line.wording.concerned:
            self._check_kept(line, present, line.wording)
        chapters = {into.chapter} | ({present.chapter} if present else set())
        # A whole text that comes back has chapters of others in it: what stays as it is may stay.
        is_written = is_changed or len(chapters) > 1
        if is_written and any(c is not None and c.pk not in self.editable for c in chapters):
            line.faults["kind"] = _("You do not draft in this chapter.")
        return Planned(
            line=line,
            key=key,
            wanted_key=one.key,
            wording=line.wording,
            is_new=before is None,
            is_changed=is_changed,
        )

    @staticmethod
    def _check_kept(line: Line, present: Provision, wording: Wording) -> None:
        """No file edits a party out of an item: it renounces itself."""
        try:
            check_kept(draft=present.item.draft, concerned=wording.concerned)
        except Invalid as error:
            line.faults |= error.errors

    def _check(self, line: Line, wording: Wording) -> None:
        try:
            check(wording)
        except Invalid as error:
            line.faults |= error.errors
        if set(wording.concerned) - self.codes and set(wording.concerned) - set(
            line.before.concerned if line.before else ()
        ):
            line.faults["concerned"] = _unknown(set(wording.concerned) - self.codes)
        if not wording.text_zh.strip():
            line.findings.append(note("no_text", place=line.row.place))

    def _wording(self, one: Assembled, before: Wording | None, line: Line) -> Wording:
        """What the file says over what is there; what it does not say stays."""
        base = before or Wording(title_zh="", text_zh="")
        said = {name: _fitted(name, value) for name, value in one.fields.items() if name in _NAMES}
        if before is None and "strength" not in said:
            said["strength"], words = guessed_strength(one.text_zh, one.text_en)
            if words:
                line.findings.append(note("strength", place=line.row.place, quote=words))
        for name, text in (("title_en", one.title_en), ("text_en", one.text_en)):
            if text:
                said[name] = text
        return replace(base, title_zh=one.title_zh, text_zh=one.text_zh, change_claim="", **said)

    def _counts(self) -> dict[str, int]:
        """Of provisions by outcome, and of rows by what they are."""
        found = Counter(line.outcome.value for line in self.lines if line.wording is not None)
        kinds = Counter(line.row.kind.value for line in self.lines)
        chapters = Counter(
            f"chapters_{line.outcome.value}"
            for line in self.lines
            if line.row.kind is RowKind.CHAPTER
        )
        matched = {line.replaces for line in self.lines if line.wording is not None}
        present = sum(not one.item.draft.is_removed for one in self.draft.provisions.values())
        names = ("new", "edited", "same", "chapters_new", "chapters_edited", "chapters_same")
        return (
            dict.fromkeys(names, 0)
            | dict(found)
            | dict(chapters)
            | {
                "omitted": kinds[RowKind.OMITTED],
                "faulty": sum(bool(line.faults) for line in self.lines),
                "flagged": sum(bool(line.findings) for line in self.lines),
                "staying": present - len(matched - {""}),
                "corrected": len(self.corrections),
                "rows": len(self.lines),
            }
        )

    def _stale(self) -> list[str]:
        base, now = self.text_import.base, base_of(self.draft)
        touched = {line.replaces for line in self.lines if line.outcome is Outcome.EDITED}
        return sorted(key for key in touched if key in now and base.get(key) != now[key])


_TEXTS = {"title_zh", "text_zh", "title_en", "text_en", "change_claim"}
_NAMES = {one.name for one in fields(Wording)} - _TEXTS
_TUPLES = {"demand", "links", "concerned"}


def _fitted(name: str, value: object) -> Any:
    """A value from a file in the shape of the wording's field."""
    if name in _TUPLES:
        return tuple(sorted(set(_words(value)))) if name == "concerned" else _words(value)
    if name == "is_given":
        return value is True or value == "true"
    return str(value)


def _words(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return tuple(value.split())
    return tuple(str(one) for one in value) if isinstance(value, list | tuple) else ()


def _unknown(codes: set[str]) -> Text:
    text = _("There is no jurisdiction with the code {codes}.")
    return format_lazy(text, codes=", ".join(sorted(codes)))


def good_key(key: str) -> bool:
    """Whether a key that a file names can be one."""
    try:
        validate_slug(key)
    except ValidationError:
        return False
    return len(key) <= KEY_LENGTH
