"""What an indicator says, as one value: checked here, kept as the content of its item's draft.

Figures are decimal strings, so that a hash covers exactly what was agreed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext_lazy as _

from plans.indicators.enums import INDICATOR_STRENGTHS, Aggregation, Direction
from plans.register.enums import Competence
from plans.register.models import ItemDraft
from stakeholders.terms.errors import Invalid, Text


@dataclass(frozen=True, kw_only=True)
class Measure:
    """An indicator with its target, thresholds and the share of each jurisdiction."""

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
    warning: str = ""
    limit: str = ""
    allocations: Mapping[str, str] = field(default_factory=dict)
    strength: str = "anticipatory"
    competence: str = "county"
    concerned: tuple[str, ...] = ()
    is_given: bool = False
    given_source: str = ""

    def content(self) -> dict[str, object]:
        """The content of the item's draft, in the shape of kind `indicator`."""
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
            "allocations": {code: value for code, value in self.allocations.items() if value},
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
    def direction_label(self) -> Text:
        return Direction(self.direction).label

    @property
    def aggregation_label(self) -> Text:
        return Aggregation(self.aggregation).label


def measure_of(draft: ItemDraft) -> Measure:
    """The measure a draft holds."""
    content = draft.content
    thresholds = content.get("thresholds") or {}
    return Measure(
        name_zh=content["name"]["zh"],
        name_en=content["name"].get("en", ""),
        definition_zh=content["definition"]["zh"],
        definition_en=content["definition"].get("en", ""),
        unit=content["unit"],
        source=content.get("source", ""),
        direction=content["direction"],
        aggregation=content["aggregation"],
        target=content.get("target", ""),
        target_year=content.get("target_year"),
        warning=thresholds.get("warning", ""),
        limit=thresholds.get("limit", ""),
        allocations=dict(content.get("allocations") or {}),
        strength=draft.strength,
        competence=draft.competence,
        concerned=tuple(draft.concerned),
        is_given=draft.is_given,
        given_source=draft.given_source,
    )


def check(measure: Measure) -> None:
    """Raise Invalid, by field, for what no indicator may be."""
    errors: dict[str, Text] = {}
    for name in ("name_zh", "unit"):
        if not getattr(measure, name).strip():
            errors[name] = _("This text must not be empty.")
    for name in ("target", "warning", "limit"):
        if not _is_figure(getattr(measure, name)):
            errors[name] = _("This is not a decimal figure.")
    if not all(_is_figure(value) for value in measure.allocations.values()):
        errors["allocations"] = _("This is not a decimal figure.")
    for name, allowed in _ALLOWED.items():
        if getattr(measure, name) not in allowed:
            errors[name] = _("This is not one of the choices.")
    if measure.is_given and not measure.given_source.strip():
        errors["given_source"] = _("A given indicator names the document that hands it down.")
    errors = errors or _misfits(measure)
    if errors:
        raise Invalid(errors)


def _is_figure(text: str) -> bool:
    """A plain decimal such as 20.60 or -3; empty is allowed, 1e5 and NaN are not."""
    if text == "":
        return True
    try:
        number = Decimal(text)
    except InvalidOperation:
        return False
    return number.is_finite() and format(number, "f") == text


def _misfits(measure: Measure) -> dict[str, Text]:
    """Figures that contradict one another: order of thresholds, shares that do not add up."""
    errors: dict[str, Text] = {}
    if measure.warning and measure.limit:
        warning, limit = Decimal(measure.warning), Decimal(measure.limit)
        up = measure.direction == Direction.UP
        if warning < limit if up else warning > limit:
            errors["warning"] = _("The warning value must be reached before the limit.")
    shares = [Decimal(value) for value in measure.allocations.values() if value]
    if measure.aggregation == Aggregation.SUM and shares and measure.target:
        total = sum(shares, Decimal(0))
        if total != Decimal(measure.target):
            text = _("The shares add up to %(total)s, the target is %(target)s.")
            errors["allocations"] = text % {"total": total, "target": measure.target}
    return errors


_ALLOWED: dict[str, set[str]] = {
    "direction": set(Direction.values),
    "aggregation": set(Aggregation.values),
    "strength": {one.value for one in INDICATOR_STRENGTHS},
    "competence": set(Competence.values),
}
