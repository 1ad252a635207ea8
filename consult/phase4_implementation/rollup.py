"""How much of a project is done: its milestones by weight. Pure, exact decimals."""

from collections.abc import Iterable
from decimal import Decimal

WHOLE = Decimal(100)


def rolled_up(steps: Iterable[tuple[Decimal, Decimal]]) -> Decimal | None:
    """(weight, part done), both in percent, of each milestone; between 0 and 100, unrounded.

    None while the weights are not exactly 100: a sum over less would say more or less than is so.
    """
    pairs = list(steps)
    if sum((weight for weight, _part in pairs), Decimal(0)) != WHOLE:
        return None
    return sum((weight * part for weight, part in pairs), Decimal(0)) / WHOLE
