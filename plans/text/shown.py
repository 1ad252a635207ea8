"""Differences as a page shows them: the texts of one item in blocks, its other fields by name, and
what changed of the plan itself. Texts are compared here, for the items shown only."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.core.cache import InvalidCacheBackendError, caches
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from plans.register.enums import ChangeKind, Competence, ItemKind, Strength
from plans.register.queries import names_of
from plans.register.reading import Reading, read
from plans.text.comparing import Change, Comparison, ItemState, State, with_wording, wordings_of
from plans.text.differences import Block, Mark, Piece, blocks
from plans.text.enums import Classification, Demand, Function, Pillar, Theme
from stakeholders.terms import canonical
from stakeholders.terms.errors import Text

TEXTS = ("title_zh", "title_en", "text_zh", "text_en")
CACHE, CACHE_FORM = "differences", 1  # the form of what is kept: count up when Block changes
# Fields shown with the text itself.
IN_TEXT = frozenset({"title", "text", "name", "definition"})
LABELS: Mapping[str, Text] = {
    "strength": _("Strength"),
    "competence": _("Level that may decide"),
    "given": _("Given by a higher authority"),
    "given_source": _("Document that hands it down"),
    "concerned": _("Concerned"),
    "theme": _("Theme"),
    "pillar": _("Pillar"),
    "function": _("Function"),
    "demand": _("Demand it serves"),
    "lead": _("Lead unit"),
    "due": _("To be done until"),
    "evidence": _("Evidence that it is done"),
    "links": _("Related items"),
    "classification": _("Openness"),
    "unit": _("Unit"),
    "source": _("Source"),
    "direction": _("Direction"),
    "aggregation": _("Aggregation"),
    "target": _("Target"),
    "target_year": _("Target year"),
    "thresholds.warning": _("Warning value"),
    "thresholds.limit": _("Limit"),
    "basis.zh": _("Why these thresholds (Chinese)"),
    "basis.en": _("Why these thresholds (English)"),
    "allocations": _("Shares of the parties"),
    "period": _("Reading period"),
    "base.year": _("Base year"),
    "base.value": _("Base value"),
    "base.shares": _("Figures of the base year"),
    "path": _("Path by year"),
    "floors": _("Floors"),
    "ceilings": _("Ceilings"),
    "weights": _("Weights"),
    "weight.zh": _("What the weights are (Chinese)"),
    "weight.en": _("What the weights are (English)"),
    "calibres": _("Statistical calibre"),
    "guard": _("Guard"),
    "attachments": _("Attachments"),
    "title_zh": _("Title (Chinese)"),
    "title_en": _("Title (English)"),
    "horizon": _("Horizon"),
    "authentic_language": _("Authentic language"),
    "charter": _("Charter"),
    "headings": _("Chapters"),
}
WORDS: Mapping[str, Mapping[str, Text]] = {
    "strength": dict(Strength.choices),
    "competence": dict(Competence.choices),
    "theme": dict(Theme.choices),
    "pillar": dict(Pillar.choices),
    "function": dict(Function.choices),
    "demand": dict(Demand.choices),
    "classification": dict(Classification.choices),
    "given": {"True": _("yes"), "False": _("no")},
    # The words of plans.indicators.enums, which stands above this slice.
    "direction": {"up": _("Not below the target"), "down": _("Not above the target")},
    "aggregation": {
        "sum": _("Sum"),
        "weighted_mean": _("Weighted mean"),
        "worst": _("Worst value"),
    },
    "period": {
        "year": _("Every year"),
        "quarter": _("Every quarter"),
        "month": _("Every month"),
    },
    "guard": {"no_reduction": _("No reduction in function, area, character")},
}
# Fields of an indicator that are read part by part, and those with an entry a jurisdiction.
IN_PARTS = frozenset({"thresholds", "base", "basis", "weight"})
BY_PARTY = frozenset({"allocations", "floors", "ceilings", "weights", "calibres", "base.shares"})


@dataclass(frozen=True, kw_only=True)
class FieldChange:
    """A field that changed, by its name: what it said and says."""

    label: Text
    pieces: Sequence[Piece]


@dataclass(frozen=True, kw_only=True)
class ItemDifference:
    """One item in both states as people read it; texts that did not change have no blocks."""

    kind: ChangeKind
    old: Reading | None
    new: Reading | None
    old_hash: str
    new_hash: str
    texts: Mapping[str, Sequence[Block]]
    fields: Sequence[FieldChange]

    @property
    def reading(self) -> Reading:
        found = self.new or self.old
        assert found is not None  # noqa: S101 - an item stands in one of the two at least
        return found

    @property
    def is_moved(self) -> bool:
        return bool(self.old and self.new and self.old.number != self.new.number)

    @cached_property
    def languages(self) -> list[tuple[str, Sequence[Block], Sequence[Block]]]:
        """(language, title, text) of the languages in which something changed."""
        pairs = (("zh-Hans", "zh"), ("en", "en"))
        rows = [(tag, self.texts[f"title_{one}"], self.texts[f"text_{one}"]) for tag, one in pairs]
        return [row for row in rows if row[1] or row[2]]

    @property
    def title_zh(self) -> list[Piece]:
        return self._pieces("title_zh")

    @property
    def title_en(self) -> list[Piece]:
        return self._pieces("title_en")

    @property
    def text_zh(self) -> list[Piece]:
        return self._pieces("text_zh")

    @property
    def text_en(self) -> list[Piece]:
        return self._pieces("text_en")

    def _pieces(self, name: str) -> list[Piece]:
        return [one for block in self.texts[name] for one in block.pieces]


def for_reader(one: ItemDifference, *, authentic: str) -> ItemDifference:
    """The difference in the reader's language and the authentic one; in all where these are silent
    on what changed."""
    asked = {"en" if (get_language() or "").startswith("en") else "zh", authentic}
    texts = {name: blocks if name[-2:] in asked else [] for name, blocks in one.texts.items()}
    return replace(one, texts=texts) if any(texts.values()) else one


def differences_of(changes: Sequence[Change]) -> list[ItemDifference]:
    """The differences of these items, in their order; at most two queries for all of them."""
    items = [item for one in changes for item in (one.old, one.new) if item]
    wordings = wordings_of(items)
    filled = [(one.kind, *_filled(one, wordings)) for one in changes]
    codes = {
        str(code)
        for _kind, *pair in filled
        for item in pair
        if item
        for code in _codes(item.wording)
    }
    names = {code: str(unit) for code, unit in names_of(codes).items()} if codes else {}
    texts = _texts_of([(old, new) for _kind, old, new in filled])
    return [
        ItemDifference(
            kind=kind,
            old=_reading(old),
            new=_reading(new),
            old_hash=_address(old),
            new_hash=_address(new),
            texts=held,
            fields=_fields(old, new, names),
        )
        for (kind, old, new), held in zip(filled, texts, strict=True)
    ]


def _codes(wording: Mapping[str, object]) -> Iterable[object]:
    """The jurisdictions a wording names: whom it concerns, and who has a figure of its own."""
    flat = _flat(wording)
    held = [flat[name] for name in BY_PARTY if isinstance(flat.get(name), Mapping)]
    figures = [code for one in held if isinstance(one, Mapping) for code in one]
    return [*_listed(wording.get("concerned")), *figures]


def _address(item: ItemState | None) -> str:
    """The hash under which the wording is found: a draft has no address."""
    return item.hash if item and item.version_id else ""


def _filled(
    change: Change, wordings: Mapping[str, Mapping[str, object]]
) -> tuple[ItemState | None, ItemState | None]:
    return with_wording(change.old, wordings), with_wording(change.new, wordings)


def _reading(item: ItemState | None) -> Reading | None:
    if item is None:
        return None
    return read(item.wording, number=item.number, heading=item.heading, change=item.change)


Compared = Mapping[str, Sequence[Block]]


def _texts_of(pairs: Sequence[tuple[ItemState | None, ItemState | None]]) -> list[Compared]:
    """The texts of each pair in blocks, from the cache where both wordings were compared before.

    A hash names one wording for ever, so that what is kept never grows old.
    """
    kept = _Kept()
    keys = [_key(old, new) for old, new in pairs]
    found: dict[str, Compared] = kept.get(keys)
    made: dict[str, Compared] = {}
    for key, (old, new) in zip(keys, pairs, strict=True):
        if key not in found:
            made[key] = found[key] = _compared(_reading(old), _reading(new))
    kept.put(made)
    return [found[key] for key in keys]


def _key(old: ItemState | None, new: ItemState | None) -> str:
    hashes = [one.hash if one else "" for one in (old, new)]
    return f"differences:{CACHE_FORM}:{canonical.digest_of(hashes)}"


def _compared(old: Reading | None, new: Reading | None) -> Compared:
    found = {}
    for name in TEXTS:
        before, after = (str(getattr(one, name)) if one else "" for one in (old, new))
        found[name] = [] if before == after else blocks(before, after)
    return found


class _Kept:
    """The cache of compared texts, where the site has one."""

    def __init__(self) -> None:
        try:
            self._cache: Any = caches[CACHE]
        except InvalidCacheBackendError:
            self._cache = None

    def get(self, keys: Iterable[str]) -> dict[str, Compared]:
        return dict(self._cache.get_many(list(keys))) if self._cache else {}

    def put(self, made: Mapping[str, Compared]) -> None:
        if self._cache and made:
            self._cache.set_many(made, timeout=None)


def _fields(
    old: ItemState | None, new: ItemState | None, names: Mapping[str, str]
) -> list[FieldChange]:
    """The fields beside the text that say something else now."""
    if old is None or new is None or old.hash == new.hash:
        return []
    before, after = _flat(old.wording), _flat(new.wording)
    found = []
    for name in dict.fromkeys([*after, *before]):
        if _said(before.get(name)) != _said(after.get(name)):
            words = {**WORDS.get(name, {}), **names} if name in WORDS else names
            pieces = _swap(_words(before.get(name), words), _words(after.get(name), words))
            found.append(FieldChange(label=LABELS.get(name, name), pieces=pieces))
    return found


def _flat(wording: Mapping[str, object]) -> dict[str, object]:
    """The fields of a wording without its texts, those of its content among them."""
    content = wording.get("content")
    inside = content if isinstance(content, Mapping) else {}
    outside = {k: v for k, v in wording.items() if k not in ("content", "item", "kind")}
    fields = outside | {k: v for k, v in inside.items() if k not in IN_TEXT}
    if wording.get("kind") != ItemKind.INDICATOR:
        return fields
    parts = {name: fields.pop(name) for name in IN_PARTS & fields.keys()}
    return fields | {
        f"{name}.{part}": value
        for name, held in sorted(parts.items())
        if isinstance(held, Mapping)
        for part, value in held.items()
    }


def _said(value: object) -> object:
    return None if value in ("", [], {}, None) else value


def _words(value: object, words: Mapping[str, Text]) -> list[str]:
    """What a field says, entry by entry, in words where its codes have some."""
    if isinstance(value, Mapping):
        return [f"{words.get(k, k)}: {words.get(str(v), v)}" for k, v in sorted(value.items()) if v]
    if isinstance(value, list | tuple):
        return [str(words.get(str(one), _line(one))) for one in value]
    return [str(words.get(str(value), value))] if _said(value) is not None else []


def _line(value: object) -> str:
    if isinstance(value, list | tuple):
        return " · ".join(str(one)[:19] if _is_hash(one) else str(one) for one in value if one)
    return str(value)


def _is_hash(value: object) -> bool:
    return str(value).startswith(f"{canonical.ALGORITHM}:")


def _swap(before: Sequence[str], after: Sequence[str]) -> list[Piece]:
    """The entries that went and those that came; what stayed is not repeated."""
    went = [one for one in before if one not in after]
    came = [one for one in after if one not in before]
    if not went and not came:
        went, came = list(before), list(after)
    comma = str(pgettext_lazy("between names", ", "))
    sides: list[tuple[Mark, list[str]]] = [("removed", went), ("added", came)]
    return [Piece(mark=mark, text=comma.join(words)) for mark, words in sides if words]


def plan_changes(found: Comparison) -> list[FieldChange]:
    """What changed of the plan itself: titles, horizon, chapters, language, charter, files."""
    old, new = _of_plan(found.old), _of_plan(found.new)
    return [
        FieldChange(label=LABELS[name], pieces=_swap(old[name], new[name]))
        for name in old
        if old[name] != new[name]
    ]


def _of_plan(state: State) -> dict[str, list[str]]:
    held = state.manifest
    title = held.get("title") or {}
    chapters = [" ".join(str(one) for one in row[1:] if one) for row in held.get("headings", [])]
    return {
        "title_zh": [str(title.get("zh") or "")],
        "title_en": [str(title.get("en") or "")],
        "horizon": ["–".join(str(year) for year in held.get("horizon", []))],
        "headings": chapters,
        "authentic_language": [state.authentic],
        "charter": [str(held.get("charter") or "–")],
        "attachments": [_line(one) for one in held.get("attachments", [])],
    }


def _listed(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else []
