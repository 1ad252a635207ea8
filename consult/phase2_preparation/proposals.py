"""What a comment proposes, as a difference against the wording it is about. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from consult.phase2_preparation.quotes import Quote, with_wording
from plans.text.differences import Piece, pieces

# A wording shorter than this part of the text, and no passage named, is one for some passage: it is
# shown as it is, since a difference would read as if all the rest were to go.
WHOLE = 0.5


class Proposing(Protocol):
    """A comment, a draft of one, or what a form holds."""

    @property
    def quote(self) -> str: ...
    @property
    def quote_language(self) -> str: ...
    @property
    def quote_at(self) -> int: ...
    @property
    def wording_zh(self) -> str: ...
    @property
    def wording_en(self) -> str: ...


class Worded(Protocol):
    """What a reader sees of a version."""

    @property
    def text_zh(self) -> str: ...
    @property
    def text_en(self) -> str: ...


@dataclass(frozen=True, kw_only=True)
class Proposed:
    """The proposed text of one language; `pieces` are empty where there is nothing to compare."""

    language: str
    text: str
    pieces: Sequence[Piece] = ()


def quote_in(one: Proposing) -> Quote | None:
    if not one.quote:
        return None
    return Quote(text=one.quote, language=one.quote_language, at=one.quote_at)


def proposed_text(one: Proposing, *, language: str, text: str) -> str:
    """`text` with what is proposed: the passage replaced where one is named in this language, else
    the whole; unchanged where nothing is proposed or the passage is not in it."""
    wording = one.wording_zh if language == "zh" else one.wording_en
    quote = quote_in(one)
    if not wording:
        return text
    if quote is None:
        return wording
    return with_wording(text, quote, wording) if quote.language == language else text


def proposals_of(one: Proposing, *, wording: Worded | None) -> list[Proposed]:
    """What is proposed in each language, beside what stands there.

    A passage is named in one language: what is proposed in the other has no place in the text and
    is shown as it is.
    """
    found = []
    for language in ("zh", "en"):
        proposed = one.wording_zh if language == "zh" else one.wording_en
        if not proposed:
            continue
        text = (wording.text_zh if language == "zh" else wording.text_en) if wording else ""
        whole = proposed_text(one, language=language, text=text)
        is_fragment = quote_in(one) is None and len(proposed) < len(text) * WHOLE
        compared = pieces(text, whole) if text and whole != text and not is_fragment else ()
        found.append(Proposed(language=language, text=proposed, pieces=tuple(compared)))
    return found
