"""What kind of change lies between two states of an item. Pure: no query, no clock.

Computed on the authentic language. Where several kinds apply the weightiest is named.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from plans.register.enums import ChangeKind, ItemKind

LANGUAGES = frozenset({"zh", "en"})
# Fields beside the content that say who is bound, by what force, and who is concerned.
FORCE = ("strength", "competence", "given", "given_source", "concerned")
OF_KIND = {
    ItemKind.INDICATOR.value: ChangeKind.INDICATOR,
    ItemKind.MAP_FEATURE.value: ChangeKind.MAP,
}
NUMBERS = re.compile(r"\d+(?:[.,]\d+)*%?|[〇零一二三四五六七八九十百千万亿半两]+")
# Negations and modal words: swapping one changes what is owed, however small it looks.
MODALS = re.compile(
    r"不得|不应|不宜|不可|禁止|严禁|应当|必须|可以|应|须|宜|可|不|未|无|非|除|"
    r"\b(?:shall|must|may|should|can|will|not|no|never|unless|except)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """An item as a revision holds it, or as the next one would.

    `wording` is what the hash of a version covers (`register.steps.version_content`).
    """

    wording: Mapping[str, object]
    number: str
    heading: str
    claim: str = ""


def change_kind(old: Standing | None, new: Standing | None, *, authentic: str = "zh") -> ChangeKind:
    """The kind of change from `old` to `new`; None means that the item is not there."""
    if old is None:
        return ChangeKind.ADDED
    if new is None:
        return ChangeKind.REMOVED
    before, after = old.wording.get("content"), new.wording.get("content")
    if _only(before, authentic) != _only(after, authentic):
        return _kind_of_text(new)
    if any(_plain(old.wording.get(name)) != _plain(new.wording.get(name)) for name in FORCE):
        return ChangeKind.STRENGTH
    if before != after:
        return ChangeKind.TRANSLATION
    if (old.number, old.heading) != (new.number, new.heading):
        return ChangeKind.MOVED
    return ChangeKind.UNCHANGED


def changes(
    old: Mapping[str, Standing], new: Mapping[str, Standing], *, authentic: str = "zh"
) -> dict[str, ChangeKind]:
    """Item key -> kind of change, for the items of both states."""
    keys = [*new, *(key for key in old if key not in new)]
    return {key: change_kind(old.get(key), new.get(key), authentic=authentic) for key in keys}


def concerned_by(old: Standing | None, new: Standing | None) -> frozenset[str]:
    """Whom a change concerns: the old and the new concerned together."""
    return frozenset(
        str(code)
        for standing in (old, new)
        if standing is not None
        for code in _list(standing.wording.get("concerned"))
    )


def is_editorial(before: str, after: str, *, names: Iterable[str] = ()) -> bool:
    """Whether a claim "editorial" may stand: numbers, negations, modal words and the given
    names (jurisdictions, regions, projects, defined terms) are the same ones as before."""
    return all(
        Counter(found(before)) == Counter(found(after))
        for found in (
            NUMBERS.findall,
            lambda text: [word.lower() for word in MODALS.findall(text)],
            lambda text: [name for name in names for _hit in range(text.count(name))],
        )
    )


def _kind_of_text(new: Standing) -> ChangeKind:
    kind = OF_KIND.get(str(new.wording.get("kind")), ChangeKind.TEXT)
    return ChangeKind.EDITORIAL if new.claim == "editorial" else kind


def _only(value: object, language: str) -> object:
    """`value` with every pair of languages reduced to one language."""
    if isinstance(value, Mapping):
        if value and value.keys() <= LANGUAGES:
            return value.get(language, "")
        return {key: _only(one, language) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_only(one, language) for one in value]
    return value


def _plain(value: object) -> object:
    return sorted(str(one) for one in value) if isinstance(value, list | tuple) else value


def _list(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else []
