"""What a cell looks like: a colour, a sign and a word for each state, the same on every surface."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from consult.consensus.matrix import Counting
from consult.phase3_identification.board import ANSWERED, BoardCell, BoardRow

SUPPORT = "support"
TO_CONFIRM = "to_confirm"
NOT_CONCERNED = "not_concerned"
CONSENT = frozenset({"agreed", "agreed_in_principle", "reserved"})
DIFFERENCE = frozenset({"objected", "reserved"})
# What a party whose position is needed still has to do something about.
OWED = frozenset({"silent", "stale", TO_CONFIRM})


@dataclass(frozen=True, kw_only=True)
class Look:
    """`css`: the class of its colour and sign in the style sheet; `fill`, `ink`: in a workbook."""

    key: str
    css: str
    sign: str
    word: object
    fill: str
    ink: str


def _look(key: str, css: str, sign: str, word: object, fill: str, ink: str) -> tuple[str, Look]:
    return key, Look(key=key, css=css, sign=sign, word=word, fill=fill, ink=ink)


LOOKS: Mapping[str, Look] = dict(
    [
        _look("agreed", "agreed", "✓", pgettext_lazy("consent", "Agreed"), "E6F4EA", "14532D"),
        _look(
            "agreed_in_principle",
            "principle",
            "◐",
            pgettext_lazy("consent", "Agreed in principle"),
            "EEF6E0",
            "45570F",
        ),
        _look(
            "reserved", "reserved", "△", pgettext_lazy("consent", "Reserved"), "FFF4DB", "7A4D00"
        ),
        _look(
            "objected", "objected", "✕", pgettext_lazy("consent", "Objected"), "FDE8E8", "9B1C1C"
        ),
        _look(
            "abstained",
            "abstained",
            "○",
            pgettext_lazy("consent", "No position for now"),
            "EEF1F4",
            "3C4654",
        ),
        _look("silent", "silent", "…", pgettext_lazy("consent", "Silent"), "FFFFFF", "4B5563"),
        _look("stale", "stale", "↻", pgettext_lazy("consent", "To be renewed"), "F1E9FB", "5B21B6"),
        _look(
            TO_CONFIRM,
            "to-confirm",
            "◇",
            pgettext_lazy("consent", "To be confirmed"),
            "F1E9FB",
            "5B21B6",
        ),
        _look(SUPPORT, "support", "+", pgettext_lazy("consent", "Support"), "E8F1FA", "1D4E89"),
        _look("recused", "recused", "∅", pgettext_lazy("consent", "Recused"), "EEF1F4", "3C4654"),
        _look(ANSWERED, "answered", "●", pgettext_lazy("consent", "Answered"), "E8F1FA", "1D4E89"),
        _look(
            NOT_CONCERNED,
            "unconcerned",
            "–",
            pgettext_lazy("consent", "Not concerned"),
            "F1F3F5",
            "6B7280",
        ),
    ]
)
OVERRIDDEN = pgettext_lazy("consent", "Overridden")
NOT_DECIDED = pgettext_lazy("consent", "Not decided here")


def look_of(cell: BoardCell) -> str:
    """The key of the look: the state, but for what does not count although it is consent."""
    if cell.is_supporting and cell.state in CONSENT:
        return SUPPORT
    return TO_CONFIRM if cell.counting == Counting.UNCONFIRMED else cell.state


def word_of(cell: BoardCell) -> str:
    """The word in the cell; a difference or a condition that does not count yet says so."""
    look = look_of(cell)
    word = str(LOOKS[look].word)
    if cell.counts or cell.counting == "" or look not in (CONSENT | DIFFERENCE):
        return word
    return _("%(word)s (not counted)") % {"word": word}


def adopted_word(row: BoardRow) -> str:
    """That the item was adopted first, and in which revision."""
    return _("Adopted first (revision %(number)s)") % {"number": row.adopted}


def before_word(row: BoardRow) -> str:
    """That an earlier wording of the item was adopted first; "" where none was."""
    if row.adopted_before is None:
        return ""
    said = {"number": row.adopted_before}
    return _("Adopted first in an earlier wording (revision %(number)s); asked anew") % said
