"""The saves of a draft: who changed what, and what two editors both began from."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from plans.register.models import DraftSave
from plans.text.differences import Piece, pieces
from plans.text.merging import TEXTS, changed_fields
from plans.text.models import Provision
from plans.text.wording import Wording, wording_of
from stakeholders.people.models import Mandate

PAGE = 20


@dataclass(frozen=True, kw_only=True)
class SavedChange:
    """One field before and after a save; a text as the pieces that stayed, went and came."""

    name: str
    before: Any
    after: Any
    pieces: list[Piece]


@dataclass(frozen=True, kw_only=True)
class Save:
    """One save, by whom, and what it changed. `changes` of the first one is empty."""

    edits: int
    save: DraftSave
    mandate: Mandate | None
    changes: list[SavedChange]
    is_first: bool
    removes: bool


def save_at(provision: Provision, *, edits: int) -> DraftSave | None:
    """The draft as save number `edits` left it; None for a draft older than the saves."""
    return DraftSave.objects.filter(item_id=provision.item_id, edits=edits).first()


def saves_of(provision: Provision, *, page: int = 1) -> tuple[list[Save], bool]:
    """The saves of a provision, newest first, `PAGE` at once, and whether older ones follow.

    Two queries.
    """
    begin = (page - 1) * PAGE
    rows = list(
        DraftSave.objects.filter(item_id=provision.item_id).order_by("-edits")[
            begin : begin + PAGE + 1
        ]
    )
    shown, older = rows[:PAGE], [*rows[1:], None]
    mandates = mandates_by_id(row.mandate_id for row in shown)
    found = [_save(row, former, mandates) for row, former in zip(shown, older, strict=False)]
    return found, len(rows) > PAGE


def mandates_by_id(ids: Iterable[int | None]) -> dict[int, Mandate]:
    """Mandates with their person and whom they speak for, ended or not. One query."""
    rows = Mandate.objects.select_related("user", "jurisdiction", "organization")
    return rows.in_bulk({pk for pk in ids if pk is not None})


def changes_between(before: Wording, after: Wording) -> list[SavedChange]:
    """The fields that differ, in order."""
    return [
        SavedChange(
            name=name,
            before=getattr(before, name),
            after=getattr(after, name),
            pieces=pieces(getattr(before, name), getattr(after, name)) if name in TEXTS else [],
        )
        for name in changed_fields(before, after)
    ]


def _save(row: DraftSave, former: DraftSave | None, mandates: dict[int, Mandate]) -> Save:
    return Save(
        edits=row.edits,
        save=row,
        mandate=mandates.get(row.mandate_id or 0),
        changes=changes_between(wording_of(former), wording_of(row)) if former else [],
        is_first=former is None,
        removes=row.is_removed,
    )
