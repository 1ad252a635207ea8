"""What no indicator may be, by field; what is wrong with one jurisdiction's figure stands at its
own cell, `allocations.320509`. Pure.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from plans.indicators.allocating import rounded, total_of
from plans.indicators.enums import INDICATOR_STRENGTHS, Aggregation, Direction, Guard, PeriodKind
from plans.indicators.measure import BY_PARTY, Measure
from plans.indicators.paths import places_of, read_figure, read_threshold
from plans.register.enums import Competence
from stakeholders.terms.errors import Invalid, Text

Fault = tuple[str, Text]
FIRST_YEAR, LAST_YEAR = 1990, 2150
MOST_STEPS = 60
NO_FIGURE = _("This is not a decimal figure of at most 18 digits, 6 of them after the point.")
FIGURES = ("target", "base_value")
FIGURES_BY_PARTY = tuple(name for name in BY_PARTY if name != "calibres")
_ALLOWED: dict[str, set[str]] = {
    "direction": set(Direction.values),
    "aggregation": set(Aggregation.values),
    "strength": {one.value for one in INDICATOR_STRENGTHS},
    "competence": set(Competence.values),
    "period": {"", *PeriodKind.values},
    "guard": {"", *Guard.values},
}
# Where these change, it is another thing that is measured.
FIXED_BY_READINGS = ("unit", "aggregation", "direction")


def check(measure: Measure) -> None:
    """Raise Invalid, by field, for what no indicator may be."""
    errors = dict(_unreadable(measure)) or _first_of_each(_misfits(measure))
    if errors:
        raise Invalid(errors)


def check_still_read(*, before: Measure, after: Measure) -> None:
    """Raise Invalid where readings exist already and would say something else. Another unit, way
    to add up or direction is a new definition."""
    text = _("There are readings already. A new unit is a new definition: make a new indicator.")
    changed = [name for name in FIXED_BY_READINGS if getattr(before, name) != getattr(after, name)]
    if changed:
        raise Invalid(dict.fromkeys(changed, text))


def _first_of_each(faults: Iterator[Fault]) -> dict[str, Text]:
    errors: dict[str, Text] = {}
    for name, text in faults:
        errors.setdefault(name, text)
    return errors


def _unreadable(measure: Measure) -> Iterator[Fault]:
    for name in ("name_zh", "unit"):
        if not getattr(measure, name).strip():
            yield name, _("This text must not be empty.")
    yield from _no_figures(measure)
    for name, allowed in _ALLOWED.items():
        if getattr(measure, name) not in allowed:
            yield name, _("This is not one of the choices.")
    if measure.is_given and not measure.given_source.strip():
        yield "given_source", _("A given indicator names the document that hands it down.")


def _no_figures(measure: Measure) -> Iterator[Fault]:
    for name in FIGURES:
        if not _is_figure(getattr(measure, name)):
            yield name, NO_FIGURE
    for name in ("warning", "limit"):
        value = getattr(measure, name)
        if value and read_threshold(value) is None:
            yield name, _("Write a decimal figure, or one beside the path: path - 1.")
    for name in FIGURES_BY_PARTY:
        for code, value in getattr(measure, name).items():
            if not _is_figure(value):
                yield f"{name}.{code}", NO_FIGURE
    if not all(value and _is_figure(value) for _year, value in measure.path):
        yield "path", NO_FIGURE


def _is_figure(text: str) -> bool:
    return text == "" or read_figure(text) is not None


def _misfits(measure: Measure) -> Iterator[Fault]:
    """Figures that contradict one another."""
    yield from _years(measure)
    yield from _thresholds(measure)
    yield from _weights(measure)
    yield from _bounds(measure)
    yield from _shares(measure)
    if measure.guard == Guard.NO_REDUCTION:
        yield from _reductions(measure)


def _years(measure: Measure) -> Iterator[Fault]:
    """The base year, the path and the target year follow one another."""
    years = [year for year, _value in measure.path]
    outside = [year for year in years if not FIRST_YEAR <= year <= LAST_YEAR]
    if measure.base_value and measure.base_year is None:
        yield "base_year", _("Name the year of the base value.")
    if years != sorted(set(years)):
        yield "path", _("The years of the path follow one another, each once.")
    elif outside or len(years) > MOST_STEPS:
        text = _("A path has at most %(most)s years, between %(first)s and %(last)s.")
        yield "path", text % {"most": MOST_STEPS, "first": FIRST_YEAR, "last": LAST_YEAR}
    elif measure.path:
        yield from _ends_of_path(measure)
    if measure.base_year and measure.target_year and measure.base_year >= measure.target_year:
        yield "base_year", _("The base year lies before the target year.")


def _ends_of_path(measure: Measure) -> Iterator[Fault]:
    first, (last, value) = measure.path[0][0], measure.path[-1]
    if measure.base_year is not None and first <= measure.base_year:
        yield "path", _("The path begins after the base year.")
    if measure.target_year is not None and last > measure.target_year:
        yield "path", _("The path ends with the target year.")
    is_end = last == measure.target_year and measure.target
    if is_end and Decimal(value) != Decimal(measure.target):
        text = _("In the target year the path asks for %(value)s, the target is %(target)s.")
        yield "path", text % {"value": value, "target": measure.target}


def _thresholds(measure: Measure) -> Iterator[Fault]:
    """The warning comes before the limit, in every year of the path."""
    warning, limit = read_threshold(measure.warning), read_threshold(measure.limit)
    for name, one in (("warning", warning), ("limit", limit)):
        if one is not None and one.follows_path and not measure.path:
            yield name, _("It follows the path, but there is no path.")
    if warning is None or limit is None:
        return
    steps: list[Decimal | None] = [Decimal(value) for _year, value in measure.path]
    for step in steps or [None]:
        early, late = warning.at(step), limit.at(step)
        if early is None or late is None:
            continue
        if early < late if measure.direction == Direction.UP else early > late:
            yield "warning", _("The warning value must be reached before the limit.")


def _weights(measure: Measure) -> Iterator[Fault]:
    is_mean = measure.aggregation == Aggregation.WEIGHTED_MEAN
    for code, value in _figures(measure.weights).items():
        if not is_mean:
            yield f"weights.{code}", _("Only a weighted mean has weights.")
        elif value <= 0:
            yield f"weights.{code}", _("A weight is more than nought.")
    if not is_mean:
        return
    for code in _figures(measure.allocations):
        if measure.target and not measure.weights.get(code):
            yield f"weights.{code}", _("The mean needs the weight of whoever has a share.")
    if any(measure.weights.values()) and not measure.weight_zh.strip():
        yield "weight_zh", _("Say what the weights are, such as the area in km².")


def _bounds(measure: Measure) -> Iterator[Fault]:
    """Floor, share and ceiling of each jurisdiction; and that the target can be reached at all."""
    shares, floors = _figures(measure.allocations), _figures(measure.floors)
    ceilings = _figures(measure.ceilings)
    for code, ceiling in ceilings.items():
        if code in floors and floors[code] > ceiling:
            yield f"ceilings.{code}", _("The ceiling lies below the floor.")
    for code, share in shares.items():
        if code in floors and share < floors[code]:
            yield f"allocations.{code}", _("The share lies below the floor.")
        if code in ceilings and share > ceilings[code]:
            yield f"allocations.{code}", _("The share lies above the ceiling.")
    if measure.aggregation != Aggregation.SUM or not measure.target or shares:
        return
    words = {"target": measure.target}
    if floors and (total := total_of(floors, Aggregation.SUM) or 0) > Decimal(measure.target):
        text = _("The floors alone add up to %(total)s, the target is %(target)s.")
        yield "floors", text % {**words, "total": total}
    covered = measure.concerned and set(measure.concerned) <= set(ceilings)
    if covered and (total := total_of(ceilings, Aggregation.SUM) or 0) < Decimal(measure.target):
        text = _("The ceilings add up to %(total)s, the target is %(target)s.")
        yield "ceilings", text % {**words, "total": total}


def _shares(measure: Measure) -> Iterator[Fault]:
    """The shares give the target, those of the base year the base value."""
    shares = _figures(measure.allocations)
    if measure.target:
        target = Decimal(measure.target)
        yield from _over(measure, shares, target)
        yield from _total(measure, "allocations", shares, target)
    if measure.base_value:
        base = Decimal(measure.base_value)
        yield from _total(measure, "base_shares", _figures(measure.base_shares), base)


def _over(measure: Measure, shares: Mapping[str, Decimal], target: Decimal) -> Iterator[Fault]:
    """One share of a sum that is more than the whole of it, where no other can make up for it."""
    if measure.aggregation == Aggregation.SUM and all(one >= 0 for one in shares.values()):
        for code, share in shares.items():
            if share > target:
                yield f"allocations.{code}", _("This share alone is more than the target.")


def _total(
    measure: Measure, name: str, shares: Mapping[str, Decimal], figure: Decimal
) -> Iterator[Fault]:
    """What `shares` give is `figure`: a sum exactly, a mean rounded to the places of `figure`."""
    total = total_of(
        shares, measure.aggregation, _figures(measure.weights), direction=measure.direction
    )
    if total is None:
        return
    if measure.aggregation == Aggregation.WEIGHTED_MEAN:
        total = rounded(total, places_of(figure))
    if total != figure:
        text = _TOTALS[measure.aggregation]
        yield name, str(text) % {"total": format(total, "f"), "target": format(figure, "f")}


_TOTALS: Mapping[str, Text] = {
    Aggregation.SUM: _("The shares add up to %(total)s, it should be %(target)s."),
    Aggregation.WEIGHTED_MEAN: _("The weighted mean of the shares is %(total)s, not %(target)s."),
    Aggregation.WORST: _("The worst of the shares is %(total)s, not %(target)s."),
}


def _reductions(measure: Measure) -> Iterator[Fault]:
    """No share falls below the figure of the base year, nor the target below the base value."""
    if measure.direction != Direction.UP:
        yield "guard", _("Only an indicator that may not fall below its target has this guard.")
        return
    base = _figures(measure.base_shares)
    for code, share in _figures(measure.allocations).items():
        if code not in base:
            yield f"base_shares.{code}", _("The guard needs the figure of the base year.")
        elif share < base[code]:
            yield f"allocations.{code}", _("The area may not be reduced below the base year.")
    target, base_value = read_figure(measure.target), read_figure(measure.base_value)
    if target is not None and base_value is not None and target < base_value:
        yield "target", _("The target may not lie below the base value.")


def _figures(values: Mapping[str, str]) -> dict[str, Decimal]:
    return {code: Decimal(value) for code, value in values.items() if value}
