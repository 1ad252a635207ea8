"""What a document of the plan text holds, whatever file it came from or goes into."""

from dataclasses import dataclass

from plans.text.wording import Wording
from stakeholders.terms.errors import Text


@dataclass(frozen=True, kw_only=True)
class DocumentProvision:
    """A provision; `key` is the lasting key of its item, "" where the file names none."""

    wording: Wording
    key: str = ""
    number: str = ""  # as printed in the file, for people to find it again


@dataclass(frozen=True, kw_only=True)
class DocumentChapter:
    """A chapter with its provisions in order; `key` as for a provision."""

    title_zh: str
    title_en: str = ""
    key: str = ""
    number: str = ""  # as printed
    drafting: tuple[str, ...] = ()
    provisions: tuple[DocumentProvision, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PlanDocument:
    """The whole text."""

    title_zh: str
    title_en: str = ""
    chapters: tuple[DocumentChapter, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What reading a file found that the person has to know: nothing is dropped silently.

    `kind` is a code (comment, tracked_change, picture, ...), `where` a place in the file as
    people find it ("paragraph 12", "table 3").
    """

    kind: str
    where: Text
    text: Text
