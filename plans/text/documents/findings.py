"""What reading a file can find, in words. A finding is kept as kind, place and quote."""

from dataclasses import dataclass
from typing import Final

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from plans.text.documents.shape import Finding
from stakeholders.terms.errors import Text

MOST_QUOTE = 2_000

WORDS: Final[dict[str, Text]] = {
    "comment": _("A comment, not taken into the text: “{quote}”"),
    "inserted": _("A tracked insertion: “{quote}”"),
    "deleted": _("A tracked deletion: “{quote}”"),
    "formatting": _("Tracked changes of format only, not taken: {quote}"),
    "hidden": _("Hidden text, not taken: “{quote}”"),
    "picture": _("A picture, not taken: {quote}"),
    "equation": _("An equation, taken as plain signs: {quote}"),
    "text_box": _("A text box, its text stands as a paragraph: “{quote}”"),
    "footnote": _("A note, not taken into the text: “{quote}”"),
    "field": _("A field ({quote}): the text it shows now is taken."),
    "contents": _("A table of contents, not taken: {quote} lines"),
    "header": _("Text of a header or footer, not taken: “{quote}”"),
    "external": _("The file points to something outside, which was not fetched: {quote}"),
    "symbol": _("A sign of a special font: look whether it is right: {quote}"),
    "invisible": _("Invisible signs were taken out: {quote}"),
    "merged": _("Merged cells: their text stands in the first of them; the others are empty."),
    "nested": _("A table inside a table: its text stands in one cell: “{quote}”"),
    "unwrapped": _("A table of one cell: its text stands as paragraphs."),
    "embedded": _("An embedded document, not taken: {quote}"),
    "encoding": _("The file is not in UTF-8; it was read as {quote}. Look whether it is right."),
    "html": _("HTML is shown as it is written: “{quote}”"),
    "attribute": _("An attribute that is not known: {quote}"),
    "front": _("This stands before the first chapter."),
    "section": _("A section: it becomes a chapter of its own."),
    "made_title": _("Without a title: the beginning of the text was taken."),
    "strength": _("The strength was guessed from the words: {quote}"),
    "order": _("The number {quote} does not follow the one before."),
    "no_text": _("This provision has no text yet."),
    "subheading": _("A heading inside a provision: it stands as bold text."),
    "long": _("Too long: {quote}"),
    "refused": _("This cannot stand in a provision: {quote}"),
    "english": _("English text without Chinese text before it."),
}


@dataclass(frozen=True, kw_only=True)
class Placed(Finding):
    """A finding with the number of the block where it was made (0: the whole file)."""

    place: int = 0
    quote: str = ""


def note(kind: str, *, place: int = 0, quote: str = "") -> Placed:
    """The finding `kind` at a block, its words from the table above."""
    quote = " ".join(quote.split())[:MOST_QUOTE]
    where = format_lazy(_("paragraph {place}"), place=place) if place else _("the whole file")
    text = format_lazy(str_or_lazy(kind), quote=quote)
    return Placed(kind=kind, where=where, text=text, place=place, quote=quote)


def str_or_lazy(kind: str) -> Text:
    return WORDS.get(kind, kind)
