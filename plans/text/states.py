"""Texts of a provision in two or three states, field by field, as a page shows them. Pure."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from plans.text.collisions import FIELDS, Texts
from plans.text.differences import Piece, pieces
from plans.text.merging import merge_text
from stakeholders.terms.errors import Text

LABELS: dict[str, Text] = {
    "title_zh": _("Title (Chinese)"),
    "title_en": _("Title (English)"),
    "text_zh": _("Text (Chinese)"),
    "text_en": _("Text (English)"),
}


@dataclass(frozen=True, kw_only=True)
class TextChange:
    """What a proposal makes of one field."""

    name: str
    pieces: list[Piece]

    @property
    def label(self) -> Text:
        return LABELS[self.name]

    @property
    def tag(self) -> str:
        return "en" if self.name.endswith("en") else "zh-Hans"


@dataclass(frozen=True, kw_only=True)
class ThreeStates(TextChange):
    """One field: what the draft (`pieces`) and the proposal (`proposed`) made of the base, and
    what both together make of it; `is_overlap` where a person has to choose."""

    base: str
    proposed: list[Piece]
    merged: str
    is_overlap: bool


def text_changes(before: Texts, after: Texts) -> list[TextChange]:
    """The fields that differ, with their differences."""
    pairs = [(name, getattr(before, name), getattr(after, name)) for name in FIELDS]
    return [TextChange(name=n, pieces=pieces(old, new)) for n, old, new in pairs if old != new]


def three_states(*, base: Texts, present: Texts, proposed: Texts) -> list[ThreeStates]:
    """Every field that the draft or the proposal changed; where both did so at the same place,
    the proposal's text stands as merged."""
    found = []
    for name in FIELDS:
        old, now, wanted = (getattr(one, name) for one in (base, present, proposed))
        if old == now == wanted:
            continue
        merged = merge_text(base=old, theirs=now, mine=wanted)
        found.append(
            ThreeStates(
                name=name,
                base=old,
                pieces=pieces(old, now),
                proposed=pieces(old, wanted),
                merged=wanted if merged is None else merged,
                is_overlap=merged is None,
            )
        )
    return found
