"""What kind of change lies between two states of an item. Pure: no query, no clock.

Computed on the authentic language. Where several kinds apply the weightiest is named. Which field
counts as which kind (docs/decisions/018): what is owed, by whom, until when and how it is shown
(title, text, lead, due, evidence, and every field not named here) is the text; by what force, for
whose sake and how far public is strength or concern; what only sorts is moved.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from plans.register.enums import ChangeKind, ItemKind

LANGUAGES = frozenset({"zh", "en"})
# Fields beside the content that say who is bound, by what force, and who is concerned,
FORCE = ("strength", "competence", "given", "given_source", "concerned")
# fields of a provision's content that say the like,
FORCE_IN_CONTENT = frozenset({"function", "demand", "links", "classification"})
# and those that only sort it into lists, as number and heading do.
PLACE_IN_CONTENT = frozenset({"theme", "pillar"})
# What an editorial claim may be about: the words, and nothing else of a provision.
WORDS = frozenset({"title", "text"})
OF_KIND = {
    ItemKind.INDICATOR.value: ChangeKind.INDICATOR,
    ItemKind.MAP_FEATURE.value: ChangeKind.MAP,
}


@dataclass(frozen=True, kw_only=True)
class Standing:
    """An item as a revision holds it, or as the next one would.

    `wording` is what the hash of a version covers (`register.steps.version_content`).
    """

    wording: Mapping[str, object]
    number: str
    heading: str
    claim: str = ""


def change_kind(
    old: Standing | None, new: Standing | None, *, authentic: str = "zh", formerly: str = ""
) -> ChangeKind:
    """The kind of change from `old` to `new`; None means that the item is not there.

    `formerly` is the authentic language of the old state, if it was another: then a change of
    either language is a change of what binds.
    """
    if old is None:
        return ChangeKind.ADDED
    if new is None:
        return ChangeKind.REMOVED
    languages = {authentic, formerly or authentic}
    pairs = [(_binding(old, one), _binding(new, one)) for one in sorted(languages)]
    if any(a.text != b.text for a, b in pairs):
        return _kind_of_text(*pairs[0], new) if len(pairs) == 1 else _without_claim(new)
    if any(a.force != b.force for a, b in pairs):
        return ChangeKind.STRENGTH
    before, after = _binding(old), _binding(new)
    if before.text != after.text:
        return ChangeKind.TRANSLATION
    return ChangeKind.UNCHANGED if before.place == after.place else ChangeKind.MOVED


def concerned_by(old: Standing | None, new: Standing | None) -> frozenset[str]:
    """Whom a change concerns: the old and the new concerned together."""
    return frozenset(
        str(code)
        for standing in (old, new)
        if standing is not None
        for code in _list(standing.wording.get("concerned"))
    )


@dataclass(frozen=True, kw_only=True)
class _Binding:
    """One standing in one language: what is owed, by what force, and where it stands."""

    text: Mapping[str, object]
    force: Mapping[str, object]
    place: Mapping[str, object]


def _binding(one: Standing, language: str = "") -> _Binding:
    """`one` reduced to `language`; without it, all languages."""
    content = one.wording.get("content")
    fields = content if isinstance(content, Mapping) else {"content": content}
    is_provision = one.wording.get("kind") == ItemKind.PROVISION.value
    force = FORCE_IN_CONTENT if is_provision else frozenset[str]()
    place = PLACE_IN_CONTENT if is_provision else frozenset[str]()
    apart = force | place
    outside = {name: _sorted(one.wording.get(name)) for name in FORCE}
    inside = {name: _sorted(fields.get(name)) for name in sorted(force)}
    sorting = {name: fields.get(name) or "" for name in sorted(place)}
    text = {name: value for name, value in fields.items() if name not in apart}
    return _Binding(
        text=_present({name: _only(value, language) for name, value in text.items()}),
        force=_present({**outside, **inside}),
        place={**sorting, "number": one.number, "heading": one.heading},
    )


def _kind_of_text(old: _Binding, new: _Binding, standing: Standing) -> ChangeKind:
    """A claim covers the words of a provision; what else changes with them is no editing."""
    if standing.claim != "editorial" or standing.wording.get("kind") != ItemKind.PROVISION.value:
        return _without_claim(standing)
    changed = {name for name in {*old.text, *new.text} if old.text.get(name) != new.text.get(name)}
    if not changed <= WORDS:
        return ChangeKind.TEXT
    return ChangeKind.EDITORIAL if old.force == new.force else ChangeKind.STRENGTH


def _without_claim(new: Standing) -> ChangeKind:
    return OF_KIND.get(str(new.wording.get("kind")), ChangeKind.TEXT)


def _only(value: object, language: str) -> object:
    """`value` with every pair of languages reduced to one language, "" where it is missing."""
    if isinstance(value, Mapping):
        if language and value and value.keys() <= LANGUAGES:
            return value.get(language, "")
        return _present({key: _only(one, language) for key, one in value.items()})
    if isinstance(value, list | tuple):
        return [_only(one, language) for one in value]
    return value


def _present(fields: Mapping[str, object]) -> dict[str, object]:
    """Without what is empty: a field left out and an empty one say the same."""
    return {name: one for name, one in fields.items() if one not in ("", None, [], {}, ())}


def _sorted(value: object) -> object:
    return sorted(str(one) for one in value) if isinstance(value, list | tuple) else value


def _list(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else []
