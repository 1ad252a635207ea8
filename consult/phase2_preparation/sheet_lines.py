"""What a comment form would do, as its person sees it and as it is entered: row by row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation.comment_sheets.comparing import (
    CHOOSABLE,
    CHOSEN,
    Comparison,
    Held,
    Outcome,
    Planned,
    compared,
    counted,
)
from consult.phase2_preparation.comment_sheets.packing import unpacked
from consult.phase2_preparation.comment_sheets.shape import Flaw, ReadForm
from consult.phase2_preparation.models import Round, SheetImport
from consult.phase2_preparation.queries.sheets import ground_of
from stakeholders.terms import canonical
from stakeholders.terms.errors import Text

FLAWS: Mapping[str, Text] = {
    Flaw.FORMULA: _("A formula. Put the value it shows in its place."),
    Flaw.DATE: _("The program made a date of this. Format the cell as text and type it again."),
    Flaw.CONTROL: _("The cell holds a character that cannot be kept."),
    Flaw.LONG: _("The text is too long: at most 20,000 characters, in short columns 300."),
    Flaw.CLAUSE: _("There is no such article in the text of this round."),
    Flaw.AMBIGUOUS: _("Several items bear this number: give the key of the item."),
    Flaw.TYPE: _("This type is not known. Give Ge, Te or Ed."),
    Flaw.NO_TYPE: _("The type is missing. Give Ge, Te or Ed."),
    Flaw.NO_WORDS: _("The comment itself is missing."),
    Flaw.BODY: _("This row names another body. You hand in for your own jurisdiction only."),
    Flaw.NO_BODY: _("The body is missing. Put your code or name."),
    Flaw.NOT_ASKED: _("This round does not ask about this article."),
    Flaw.FOREIGN_ID: _("This row belongs to another form. Clear its hidden columns."),
    Flaw.SUBMITTED: _("This comment was submitted already; it can no longer be changed."),
}


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What is wrong with one cell: its name (B7), and the reason."""

    place: str
    text: Text


@dataclass(frozen=True, kw_only=True)
class SheetLine:
    """One row and whether it is to be entered. `number` is its line in the file."""

    name: str
    planned: Planned
    is_chosen: bool

    @property
    def number(self) -> int:
        return self.planned.row.number

    @property
    def outcome(self) -> Outcome:
        return self.planned.outcome

    @property
    def may_choose(self) -> bool:
        return self.outcome in CHOOSABLE

    @property
    def faults(self) -> list[Fault]:
        found = self.planned.faults.items()
        return [Fault(place=place, text=FLAWS[Flaw(flaw)]) for place, flaw in found]


@dataclass(frozen=True, kw_only=True)
class MissingLine:
    """A comment that stood in the form and does no longer; chosen, it is deleted here."""

    name: str
    held: Held
    is_chosen: bool


@dataclass(frozen=True, kw_only=True)
class SheetView:
    """The whole of it. `seen` changes with whatever a person would have to look at again."""

    form: ReadForm
    lines: Sequence[SheetLine]
    missing: Sequence[MissingLine]
    counts: Mapping[str, int]
    seen: str

    @property
    def chosen(self) -> list[SheetLine]:
        return [line for line in self.lines if line.is_chosen]

    @property
    def removed(self) -> list[MissingLine]:
        return [line for line in self.missing if line.is_chosen]

    @property
    def faulty(self) -> list[SheetLine]:
        return [line for line in self.lines if line.outcome is Outcome.FAULTY]


def sheet_view(*, one: Round, sheet: SheetImport) -> SheetView:
    """What the form would do to the comments as they stand now. Writes nothing."""
    form = unpacked(sheet.parsed)
    ids = {row.cells.id for row in form.rows if _is_id(row.cells.id)}
    ground = ground_of(one=one, code=sheet.jurisdiction_id, ids=ids, user=sheet.user_id)
    found = compared(form, ground)
    choices = sheet.choices
    lines = [
        SheetLine(
            name=(name := f"row-{index}"), planned=row, is_chosen=_is_chosen(row, name, choices)
        )
        for index, row in enumerate(found.rows, start=1)
    ]
    missing = [
        MissingLine(
            name=f"gone-{held.key}", held=held, is_chosen=bool(choices.get(f"gone-{held.key}"))
        )
        for held in found.missing
    ]
    counts = {**counted(found.rows), "rows": len(lines), "missing": len(missing)}
    return SheetView(form=form, lines=lines, missing=missing, counts=counts, seen=_seen(found))


def _is_id(text: str) -> bool:
    return (
        len(text) == 36
        and text.count("-") == 4
        and all(c in "0123456789abcdefABCDEF-" for c in text)
    )


def _is_chosen(row: Planned, name: str, choices: Mapping[str, bool]) -> bool:
    return row.outcome in CHOOSABLE and choices.get(name, row.outcome in CHOSEN)


def _seen(found: Comparison) -> str:
    rows = [[r.outcome.value, r.key, r.before.mark if r.before else ""] for r in found.rows]
    return canonical.digest_of([rows, [one.key for one in found.missing]])
