"""A sum cut by shares in percent so that the parts add up to it exactly. Pure, whole cents only."""

from collections.abc import Sequence
from decimal import Decimal

CENT = Decimal("0.01")
# Shares have two places, so the whole is ten thousand hundredths of a percent.
WHOLE = 10_000


def amounts(total: Decimal, shares: Sequence[Decimal]) -> list[Decimal]:
    """The part of `total` (at most two places) of each share; `shares` add up to exactly 100.

    By the largest remainder: each part is its exact value cut to the cent, and the cents left go
    one each to the greatest remainders, the earlier of equal ones first. So no part is off by a
    cent or more, and together they are `total`.
    """
    cents = int(total / CENT)
    exact = [int(share * 100) * cents for share in shares]
    parts = [value // WHOLE for value in exact]
    left = cents - sum(parts)
    order = sorted(range(len(exact)), key=lambda place: (-(exact[place] % WHOLE), place))
    for place in order[:left]:
        parts[place] += 1
    return [Decimal(part) * CENT for part in parts]
