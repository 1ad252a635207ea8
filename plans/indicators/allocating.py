"""What of an indicator's target falls to each jurisdiction, and what their figures give together.

Nothing here reads or writes a row: figures in, figures out, exact to the last place.
"""

from collections.abc import Mapping
from decimal import ROUND_FLOOR, Decimal, localcontext
from fractions import Fraction

from plans.indicators.enums import Aggregation, Direction
from plans.indicators.measure import Measure
from plans.indicators.paths import due, places_of

# Figures have at most 18 digits: sixty decide every tie of a mean of them.
DIGITS = 60


def allotted(measure: Measure, *, year: int | None = None) -> Mapping[str, Decimal]:
    """Code -> figure of each jurisdiction with a share: of the target, or of what is due in `year`.

    Only the shares of the target are agreed. What is due in an earlier year of the path is split
    in the proportion of those shares (a sum: to the last place, so that it adds up exactly) or
    moved with the path (mean and worst value: each share by as much as the path lies off the
    target). Empty where no share is agreed, or nothing is due yet in that year.
    """
    shares = {code: Decimal(value) for code, value in measure.allocations.items() if value}
    if year is None or not measure.path or not shares:
        return shares
    step = due(measure, year=year)
    if step is None:
        return {}
    if measure.aggregation == Aggregation.SUM:
        places = max(places_of(step), *(places_of(one) for one in shares.values()))
        return split(step, weights=shares, places=places)
    target = Decimal(measure.target or measure.path[-1][1])
    return {code: share + step - target for code, share in shares.items()}


def split(total: Decimal, *, weights: Mapping[str, Decimal], places: int) -> dict[str, Decimal]:
    """`total` in the proportion of `weights`, each part with `places` decimals, adding up exactly.

    By largest remainder, ties in the order of the codes; equal parts where the weights add up to
    nothing. `total` has no more than `places` decimals.
    """
    unit = Fraction(1, 10**places)
    base = sum((Fraction(one) for one in weights.values()), Fraction(0))
    parts = {
        code: Fraction(total) * (Fraction(one) / base if base else Fraction(1, len(weights))) / unit
        for code, one in weights.items()
    }
    whole = {code: part.__floor__() for code, part in parts.items()}
    left = int(Fraction(total) / unit) - sum(whole.values())
    by_remainder = sorted(parts, key=lambda code: (whole[code] - parts[code], code))
    for code in by_remainder[:left]:
        whole[code] += 1
    return {code: Decimal(count).scaleb(-places) for code, count in whole.items()}


def total_of(
    values: Mapping[str, Decimal],
    aggregation: str,
    weights: Mapping[str, Decimal] | None = None,
    *,
    direction: str | None = None,
) -> Decimal | None:
    """What the jurisdictions' figures give for the whole area, not rounded; None: it cannot be said.

    A weighted mean needs a weight for every figure; the worst value needs the direction, the
    lowest being the worst where the target is a floor. Raises ValueError without it.
    """
    if not values:
        return None
    if aggregation == Aggregation.SUM:
        with localcontext(prec=DIGITS):
            return sum(values.values(), Decimal(0))
    if aggregation == Aggregation.WEIGHTED_MEAN:
        return _mean(values, weights or {})
    if direction is None:
        raise ValueError("the worst value needs a direction")
    return min(values.values()) if direction == Direction.UP else max(values.values())


def rounded(value: Decimal, places: int) -> Decimal:
    """`value` with so many decimals, half a place upwards: a mean moved by whole places keeps
    its rounding, also across nought."""
    with localcontext(prec=DIGITS):
        half = Decimal(5).scaleb(-places - 1)
        return (value + half).quantize(Decimal(1).scaleb(-places), rounding=ROUND_FLOOR)


def _mean(values: Mapping[str, Decimal], weights: Mapping[str, Decimal]) -> Decimal | None:
    if any(code not in weights for code in values):
        return None
    with localcontext(prec=DIGITS):
        base = sum((weights[code] for code in values), Decimal(0))
        if base == 0:
            return None
        return sum((values[code] * weights[code] for code in values), Decimal(0)) / base
