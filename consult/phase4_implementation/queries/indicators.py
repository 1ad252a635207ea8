"""The indicators as the text in force words them."""

import json
from collections.abc import Mapping
from typing import Any

from consult.phase4_implementation.series import Indicator
from consult.phase4_implementation.thresholds import read_thresholds
from plans.indicators.enums import Aggregation, Direction
from plans.indicators.measure import Measure
from plans.indicators.paths import read_figure
from plans.register.enums import ItemKind
from plans.register.models import Plan, RevisionItem
from plans.register.queries import latest_revision
from stakeholders.terms.errors import NotVisible


def indicators_of(plan: Plan) -> list[Indicator]:
    """The indicators of the text in force, else of the last revision, in order. Two queries."""
    revision = plan.in_force or latest_revision(plan)
    if revision is None:
        return []
    entries = (
        RevisionItem.objects.filter(revision=revision, item__kind=ItemKind.INDICATOR)
        .select_related("item", "version")
        .order_by("position")
    )
    return [indicator_of(entry) for entry in entries]


def find_indicator(plan: Plan, *, key: str) -> Indicator | None:
    """One indicator by its key, or None when the text holds it no longer."""
    return next((one for one in indicators_of(plan) if one.key == key), None)


def get_indicator(plan: Plan, *, key: str) -> Indicator:
    """One indicator by its key. NotVisible when the text holds none."""
    found = find_indicator(plan, key=key)
    if found is None:
        raise NotVisible
    return found


def indicator_of(entry: RevisionItem) -> Indicator:
    """The indicator a revision holds; `entry` with its item and version."""
    content = json.loads(entry.version.content)["content"]
    name = _texts(content.get("name") or content.get("title"))
    unit = _texts(content.get("unit"))
    return Indicator(
        item_id=entry.item_id,
        key=entry.item.key,
        number=entry.number,
        name_zh=name["zh"] or entry.item.key,
        name_en=name["en"],
        unit_zh=unit["zh"],
        unit_en=unit["en"],
        concerned=tuple(entry.version.concerned),
        version_hash=entry.version.hash,
        thresholds=read_thresholds(content),
        measure=measure_in(content),
    )


def measure_in(content: Mapping[str, Any]) -> Measure:
    """The figures of a published wording; what an older one does not say, or not as a figure, is
    left empty."""
    thresholds, base = content.get("thresholds") or {}, content.get("base") or {}
    definition = content.get("definition") or {}
    path = content.get("path") or {}
    name = _texts(content.get("name") or content.get("title"))
    down = str(content.get("direction")) == Direction.DOWN.value
    return Measure(
        name_zh=name["zh"],
        name_en=name["en"],
        definition_zh=definition.get("zh", ""),
        definition_en=definition.get("en", ""),
        unit=_texts(content.get("unit"))["zh"],
        source=str(content.get("source") or ""),
        direction=(Direction.DOWN if down else Direction.UP).value,
        aggregation=str(content.get("aggregation") or Aggregation.WORST.value),
        target=_figure(content.get("target")),
        target_year=content.get("target_year"),
        period=str(content.get("period") or ""),
        base_year=base.get("year"),
        base_value=_figure(base.get("value")),
        path=tuple(sorted((int(year), str(value)) for year, value in path.items())),
        warning=str(thresholds.get("warning") or ""),
        limit=str(thresholds.get("limit") or ""),
        allocations=_figures(content.get("allocations")),
        weights=_figures(content.get("weights")),
    )


def _figure(value: object) -> str:
    text = str(value) if value is not None else ""
    return text if read_figure(text) is not None else ""


def _figures(values: Mapping[str, object] | None) -> dict[str, str]:
    return {code: text for code, value in (values or {}).items() if (text := _figure(value))}


def _texts(value: object) -> dict[str, str]:
    if isinstance(value, Mapping):
        return {code: str(value.get(code) or "") for code in ("zh", "en")}
    return {"zh": str(value or ""), "en": ""}
