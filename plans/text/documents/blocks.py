"""A document as a row of blocks, whatever file it came from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from plans.text.documents.findings import Placed

ENGLISH_STYLE = "Jointplan English"  # the Word style of paragraphs that hold the English text
MARK_PREFIX = "jp_"  # of bookmarks that an export sets on chapters and provisions


class BlockKind(StrEnum):
    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    TABLE = "table"


@dataclass(frozen=True, kw_only=True)
class Block:
    """A heading, paragraph, list item or table.

    `text` is Markdown, `plain` the same without marks of emphasis. `number` is one that Word
    itself prints before the text; a typed one stands in the text. `bold` is the bold text the
    paragraph begins with. `place` counts blocks from 1, for people to find it again.
    """

    kind: BlockKind
    text: str
    plain: str
    place: int
    level: int = 0  # of a heading, from 1
    number: str = ""
    depth: int = -1  # of a list item, from 0
    is_tight: bool = False  # nothing stands between it and the block before
    bold: str = ""
    is_english: bool = False
    bookmarks: tuple[str, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Mark:
    """What an export wrote about a chapter or provision: which one it is, and its fields.

    `fields` are those of `Wording` (of a chapter: title_en, drafting), as JSON values.
    """

    is_chapter: bool
    key: str
    fields: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A file as blocks, with what had to be left out or changed; `parts` are custom XML parts."""

    blocks: Sequence[Block]
    findings: Sequence[Placed]
    parts: Mapping[str, bytes] = field(default_factory=dict)
    has_changes: bool = False  # tracked changes, so that there is a choice
