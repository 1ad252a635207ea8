"""The sign-off sheet (会签单): a line per party with room for a hand and a seal, and QR codes.

A code holds `jointplan:KEY:receipt:HASH` for a party and `jointplan:KEY:statement:HASH` for the
statement, as docs/statement.md says, so that whoever holds the paper compares it with the record.
"""

from collections.abc import Iterator, Sequence

from django.utils.timezone import localtime
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from consult.phase2_preparation.papers.qr_codes import qr_code
from consult.phase2_preparation.papers.shape import (
    Block,
    Cell,
    Cells,
    Grid,
    Heading,
    Paper,
    Paragraph,
    day_words,
)
from consult.phase3_identification.shown import demonstration_note
from consult.phase3_identification.stated import Stated, StatedParty, coded, short_hash
from stakeholders.templatetags.in_language import in_language

SEAL = 43  # millimetres of a row: the seal of a government is 42 across
LINE = 7  # of a row that is only read
CODE = 23  # millimetres of a QR code, 0.5 for each of its modules
WIDTHS = (19, 21, 25, 24, 42, 25)  # together the room between the margins


def sheet_paper(said: Stated) -> Paper:
    """The sheet alone, of one statement."""
    return Paper(
        title=_("Sign-off sheet"),
        subject=said.plan.key,
        language=paper_language(),
        at=said.at,
        lines=(said.title,),
        number=said.number_line,
        notices=notices_of(said),
        blocks=_blocks(said),
    )


def sheet_blocks(said: Stated) -> list[Block]:
    """The sheet as the last page of the statement."""
    heading = Heading(text=_("Sign-off sheet"), starts_page=True)
    return [heading, *_blocks(said)]


def _blocks(said: Stated) -> list[Block]:
    """What is signed, the lines, and what proves the text."""
    text = _("Record before the close: entry %(seq)s, hash %(hash)s")
    head = Paragraph(text=text % said.content["record_head"], is_note=True)
    return [_lead(said), sheet_table(said), checks_table(said), head]


def paper_language() -> str:
    return "en" if (get_language() or "").startswith("en") else "zh"


def notices_of(said: Stated) -> Sequence[str]:
    return [demonstration_note()] if said.plan.is_demonstration else []


def table(headings: Cells, widths: Sequence[int], rows: Sequence[Sequence[Cell]]) -> Grid:
    def each() -> Iterator[Sequence[Cell]]:
        return iter(rows)

    return Grid(headings=headings, widths=widths, rows=each, row_height=LINE)


def _lead(said: Stated) -> Paragraph:
    revision = said.content["revision"]
    text = _(
        "Each party signs or seals in its line for the text of revision R%(number)s, hash "
        "%(hash)s. The codes hold the receipt of its position and the hash of the statement."
    )
    return Paragraph(
        text=text % {"number": revision["number"], "hash": revision["hash"]}, is_note=True
    )


def sheet_table(said: Stated) -> Grid:
    """One line per party. The codes are made row by row."""
    codes = said.receipt_texts

    def rows() -> Iterator[Sequence[Cell]]:
        for party in said.parties:
            yield (
                party.name,
                party.position,
                letter_words(party),
                signed_words(party),
                "",
                _receipt(party, codes.get(party.code, "")),
            )

    heads = (
        pgettext("statement", "Party"),
        _("Position"),
        pgettext("statement", "Letter"),
        _("Signed by, on"),
        _("Signature and seal"),
        _("Receipt"),
    )
    return Grid(headings=heads, widths=WIDTHS, rows=rows, row_height=SEAL)


def checks_table(said: Stated) -> Grid:
    """The hash of the statement, whole and as a code."""
    digest = said.statement.hash
    code = qr_code(
        coded(said.plan, "statement", digest),
        millimetres=CODE,
        told=_("QR code of the hash of the statement"),
        caption=_in_two_lines(digest),
    )
    row = (_("Hash of the statement"), digest, code)
    return Grid(headings=(), widths=(40, 91, 25), rows=lambda: iter([row]), row_height=CODE + 14)


def letter_words(party: StatedParty) -> str:
    return "\n".join(one for one in (party.letter, day_words(party.letter_on)) if one)


def signed_words(party: StatedParty) -> str:
    """Who signed here and when; empty before, for a hand to fill in."""
    signature = party.signature
    if signature is None:
        return ""
    who = in_language(signature.mandate.user, "name")
    return f"{who}\n{day_words(localtime(signature.at).date())}"


def _receipt(party: StatedParty, text: str) -> Cell:
    if not text:
        return "–"
    return qr_code(
        text,
        millimetres=CODE,
        told=_("QR code of the receipt of %(party)s") % {"party": party.name},
        caption=_in_two_lines(party.receipt),
    )


def _in_two_lines(digest: str) -> str:
    told = short_hash(digest)
    return f"{told[:9]}\n{told[10:]}"
