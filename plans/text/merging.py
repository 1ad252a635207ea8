"""Two changes of one wording brought together, where they do not touch each other. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any

from plans.text.differences import Edit, edits
from plans.text.wording import Wording

# After the end of a sentence or of a line; a point inside a figure ends nothing.
ENDS = re.compile(r"(?<=[。！？；!?;\n])|(?<=\.)(?=\s)")
TEXTS = ("title_zh", "text_zh", "title_en", "text_en")


class Outcome(StrEnum):
    """What became of one field of a wording that two people changed."""

    THEIRS = "theirs"  # only they changed it
    MINE = "mine"  # only I changed it, or both alike
    BOTH = "both"  # both changes stand together
    OVERLAP = "overlap"  # they touch each other: a person chooses


@dataclass(frozen=True, kw_only=True)
class Merged:
    """One field: the three states, and the one proposed. Where they overlap, mine is."""

    name: str
    base: Any
    theirs: Any
    mine: Any
    proposed: Any
    outcome: Outcome


def changed_fields(*states: Wording) -> list[str]:
    """The fields that are not alike in all of `states`, in order; the claim made about a change
    is none of them."""
    names = (field.name for field in fields(Wording) if field.name != "change_claim")
    return [name for name in names if len({getattr(one, name) for one in states}) > 1]


def sentences(text: str) -> list[str]:
    """The sentences of a text; joined they are the text."""
    return [one for one in ENDS.split(text) if one]


def merge_text(*, base: str, theirs: str, mine: str) -> str | None:
    """The text with both changes, sentence by sentence; None where they touch each other.

    What only one side changed becomes that side's; nothing either side wrote is left out.
    """
    if theirs == mine or mine == base:
        return theirs
    if theirs == base:
        return mine
    old = sentences(base)
    one, other = edits(old, sentences(theirs)), edits(old, sentences(mine))
    if any(_touch(a, b) for a in one for b in other if a != b):
        return None
    found, place = [], 0
    for begin, end, now in sorted({*one, *other}):
        found += [*old[place:begin], *now]
        place = end
    return "".join([*found, *old[place:]])


def _touch(one: Edit, other: Edit) -> bool:
    """Whether two edits share a sentence, or one of them only inserts at the other's border."""
    begin, end = max(one[0], other[0]), min(one[1], other[1])
    is_insertion = one[0] == one[1] or other[0] == other[1]
    return begin < end or (is_insertion and begin == end)


def merge_wordings(
    *, base: Wording, theirs: Wording, mine: Wording
) -> tuple[Wording, list[Merged]]:
    """The proposed wording, and every field that either side changed, in order.

    The claim that a change is editorial is not carried over: it was made about another text.
    """
    states = (base, theirs, mine)
    rows = [
        _merged(name, *(getattr(one, name) for one in states)) for name in changed_fields(*states)
    ]
    proposed: dict[str, Any] = {row.name: row.proposed for row in rows}
    return replace(mine, **proposed, change_claim=""), rows


def _merged(name: str, base: Any, theirs: Any, mine: Any) -> Merged:
    if mine in (theirs, base):
        proposed, outcome = theirs, Outcome.MINE if mine == theirs else Outcome.THEIRS
    elif theirs == base:
        proposed, outcome = mine, Outcome.MINE
    else:
        both = _both(name, base, theirs, mine)
        outcome = Outcome.OVERLAP if both is None else Outcome.BOTH
        proposed = mine if both is None else both
    return Merged(
        name=name, base=base, theirs=theirs, mine=mine, proposed=proposed, outcome=outcome
    )


def _both(name: str, base: Any, theirs: Any, mine: Any) -> Any:
    if isinstance(base, tuple):
        return _merged_set(base, theirs, mine)
    return merge_text(base=base, theirs=theirs, mine=mine) if name in TEXTS else None


def _merged_set(base: Iterable[str], theirs: Iterable[str], mine: Iterable[str]) -> tuple[str, ...]:
    """What either added stands, what either took out is out; in order of theirs, then mine."""
    gone = (set(base) - set(theirs)) | (set(base) - set(mine))
    return tuple(one for one in dict.fromkeys([*theirs, *mine]) if one not in gone)
