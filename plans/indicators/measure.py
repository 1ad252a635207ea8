"""What an indicator says, as one value, kept as the content of its item's draft.

Figures are decimal strings, so that a hash covers exactly what was agreed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from plans.indicators.enums import Aggregation, Direction, Guard, PeriodKind
from plans.register.enums import Competence, Strength
from plans.register.models import ItemDraft
from stakeholders.terms.errors import Text

# What each jurisdiction has of its own.
BY_PARTY = ("allocations", "floors", "ceilings", "weights", "base_shares", "calibres")


@dataclass(frozen=True, kw_only=True)
class Measure:
    """An indicator with its target, thresholds and the share of each jurisdiction.

    `warning` and `limit` are figures, or follow the path: "path - 1". `path` is what is due by
    the end of each year, in the order it was given. `weights` is what a weighted mean weighs each
    jurisdiction with, `weight_zh` what that is.
    """

    name_zh: str
    unit: str
    direction: str
    aggregation: str
    name_en: str = ""
    definition_zh: str = ""
    definition_en: str = ""
    source: str = ""
    target: str = ""
    target_year: int | None = None
    period: str = ""
    base_year: int | None = None
    base_value: str = ""
    base_shares: Mapping[str, str] = field(default_factory=dict)
    path: tuple[tuple[int, str], ...] = ()
    warning: str = ""
    limit: str = ""
    basis_zh: str = ""
    basis_en: str = ""
    allocations: Mapping[str, str] = field(default_factory=dict)
    floors: Mapping[str, str] = field(default_factory=dict)
    ceilings: Mapping[str, str] = field(default_factory=dict)
    weights: Mapping[str, str] = field(default_factory=dict)
    weight_zh: str = ""
    weight_en: str = ""
    calibres: Mapping[str, str] = field(default_factory=dict)
    guard: str = ""
    strength: str = "anticipatory"
    competence: str = "county"
    concerned: tuple[str, ...] = ()
    is_given: bool = False
    given_source: str = ""

    def content(self) -> dict[str, object]:
        """The content of the item's draft, in the shape of kind `indicator`.

        What came to the shape later stands in it only where it is filled, so that the hash of a
        wording without it is the one it had before.
        """
        return {
            "name": {"zh": self.name_zh, "en": self.name_en},
            "definition": {"zh": self.definition_zh, "en": self.definition_en},
            "unit": self.unit,
            "source": self.source,
            "direction": self.direction,
            "aggregation": self.aggregation,
            "target": self.target,
            "target_year": self.target_year,
            "thresholds": {"warning": self.warning, "limit": self.limit},
            "allocations": _filled(self.allocations),
            **{name: value for name, value in self._later().items() if value},
        }

    def _later(self) -> dict[str, object]:
        base = {
            "year": self.base_year,
            "value": self.base_value,
            "shares": _filled(self.base_shares),
        }
        return {
            "period": self.period,
            "base": {name: value for name, value in base.items() if value},
            "path": {str(year): value for year, value in self.path},
            "basis": _pair(self.basis_zh, self.basis_en),
            "floors": _filled(self.floors),
            "ceilings": _filled(self.ceilings),
            "weights": _filled(self.weights),
            "weight": _pair(self.weight_zh, self.weight_en),
            "calibres": _filled(self.calibres),
            "guard": self.guard,
        }

    def draft_fields(self) -> dict[str, object]:
        """The fields of ItemDraft this measure sets."""
        return {
            "content": self.content(),
            "strength": self.strength,
            "competence": self.competence,
            "is_given": self.is_given,
            "given_source": self.given_source,
            "concerned": list(self.concerned),
        }

    @property
    def codes(self) -> set[str]:
        """Everybody named beside a figure or a word of its own."""
        return {code for name in BY_PARTY for code in getattr(self, name)}

    @property
    def strength_label(self) -> Text:
        return Strength(self.strength).label if self.strength else ""

    @property
    def competence_label(self) -> Text:
        return Competence(self.competence).label if self.competence else ""

    @property
    def direction_label(self) -> Text:
        return Direction(self.direction).label

    @property
    def aggregation_label(self) -> Text:
        return Aggregation(self.aggregation).label

    @property
    def period_label(self) -> Text:
        return PeriodKind(self.period).label if self.period else ""

    @property
    def guard_label(self) -> Text:
        return Guard(self.guard).label if self.guard else ""


def measure_of(draft: ItemDraft) -> Measure:
    """The measure a draft holds."""
    return replace(
        measure_in(draft.content),
        strength=draft.strength,
        competence=draft.competence,
        concerned=tuple(draft.concerned),
        is_given=draft.is_given,
        given_source=draft.given_source,
    )


def measure_worded(wording: Mapping[str, Any]) -> Measure:
    """The measure of a published wording (`register.steps.version_content`)."""
    return replace(
        measure_in(wording.get("content") or {}),
        strength=str(wording.get("strength") or ""),
        competence=str(wording.get("competence") or ""),
        concerned=tuple(str(code) for code in wording.get("concerned") or ()),
        is_given=bool(wording.get("given")),
        given_source=str(wording.get("given_source") or ""),
    )


def measure_in(content: Mapping[str, Any]) -> Measure:
    """What the content of an item of kind `indicator` says, be it of a draft or a version.

    Wordings published long ago may lack what is asked for today; they are read all the same.
    """
    thresholds, base = content.get("thresholds") or {}, content.get("base") or {}
    basis, weight = content.get("basis") or {}, content.get("weight") or {}
    definition = content.get("definition") or content.get("text") or {}
    name, unit = content.get("name") or content.get("title") or {}, content.get("unit") or ""
    path = content.get("path") or {}
    return Measure(
        name_zh=name.get("zh", ""),
        name_en=name.get("en", ""),
        definition_zh=definition.get("zh", ""),
        definition_en=definition.get("en", ""),
        unit=str(unit.get("zh", "") if isinstance(unit, Mapping) else unit),
        source=content.get("source", ""),
        direction=content.get("direction") or Direction.UP.value,
        aggregation=content.get("aggregation") or Aggregation.WORST.value,
        target=content.get("target", ""),
        target_year=content.get("target_year"),
        period=content.get("period", ""),
        base_year=base.get("year"),
        base_value=base.get("value", ""),
        base_shares=dict(base.get("shares") or {}),
        path=tuple(sorted((int(year), value) for year, value in path.items())),
        warning=thresholds.get("warning", ""),
        limit=thresholds.get("limit", ""),
        basis_zh=basis.get("zh", ""),
        basis_en=basis.get("en", ""),
        allocations=dict(content.get("allocations") or {}),
        floors=dict(content.get("floors") or {}),
        ceilings=dict(content.get("ceilings") or {}),
        weights=dict(content.get("weights") or {}),
        weight_zh=weight.get("zh", ""),
        weight_en=weight.get("en", ""),
        calibres=dict(content.get("calibres") or {}),
        guard=content.get("guard", ""),
    )


def _filled(values: Mapping[str, str]) -> dict[str, str]:
    return {code: value for code, value in values.items() if value}


def _pair(zh: str, en: str) -> dict[str, str]:
    return {"zh": zh, "en": en} if zh or en else {}
