"""Quotas that parties pass on to each other: what each has in force, and what no transfer may do.

Pure: figures in, figures out. The total stays the plan's target whatever is transferred.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.phase4_implementation.series import plain
from plans.indicators.enums import Aggregation
from stakeholders.terms.errors import Text

NOTHING = Decimal(0)
DIGITS, PLACES = 12, 6  # before and after the point


@dataclass(frozen=True, kw_only=True)
class Quota:
    """What the wording of an indicator allots. `guard`: what must not be reduced, "" for nothing."""

    aggregation: str
    allotted: Mapping[str, Decimal]
    floors: Mapping[str, Decimal] = field(default_factory=dict)
    ceilings: Mapping[str, Decimal] = field(default_factory=dict)
    guard: str = ""

    @property
    def is_transferable(self) -> bool:
        return self.aggregation == Aggregation.SUM and bool(self.allotted) and not self.guard


@dataclass(frozen=True, kw_only=True)
class Move:
    """`amount` of an indicator's quota goes from one party to another."""

    giver: str
    taker: str
    amount: Decimal


def read_quota(content: Mapping[str, object]) -> Quota:
    """The quota in the content of an indicator item. A share that is no figure is left out."""
    return Quota(
        aggregation=str(content.get("aggregation") or ""),
        allotted=_figures(content.get("allocations")),
        floors=_figures(content.get("floors")),
        ceilings=_figures(content.get("ceilings")),
        guard=str(content.get("guard") or ""),
    )


def _figures(given: object) -> dict[str, Decimal]:
    found = {}
    for code, value in (given if isinstance(given, Mapping) else {}).items():
        try:
            figure = Decimal(str(value))
        except InvalidOperation:
            continue
        if figure.is_finite():
            found[str(code)] = figure
    return found


def in_force(allotted: Mapping[str, Decimal], moves: Iterable[Move]) -> dict[str, Decimal]:
    """What each party has after the confirmed `moves`: the sum is that of `allotted`, always."""
    found = dict(allotted)
    for one in moves:
        found[one.giver] = found.get(one.giver, NOTHING) - one.amount
        found[one.taker] = found.get(one.taker, NOTHING) + one.amount
    return found


def net_of(code: str, moves: Iterable[Move]) -> Decimal:
    """What a party took less what it gave."""
    return sum(
        ((one.taker == code) * one.amount - (one.giver == code) * one.amount for one in moves),
        NOTHING,
    )


def fault(quota: Quota, *, moves: Iterable[Move], move: Move) -> dict[str, Text]:
    """Field -> why `move` cannot be agreed beside the confirmed `moves`; empty when it can."""
    wrong = _of_indicator(quota) or _of_parties(quota, move) or _of_amount(move.amount)
    return wrong or _of_limits(quota, in_force(quota.allotted, [*moves, move]), move)


def _of_indicator(quota: Quota) -> dict[str, Text]:
    if quota.aggregation != Aggregation.SUM:
        return {"item": _("Only quotas that add up to the target can be transferred.")}
    if not quota.allotted:
        return {"item": _("This indicator allots nothing to the parties.")}
    if quota.guard:
        return {"item": _("What this indicator guards must not be reduced anywhere.")}
    return {}


def _of_parties(quota: Quota, move: Move) -> dict[str, Text]:
    if move.giver == move.taker:
        return {"taker": _("Giver and taker are two parties.")}
    unknown = _("The indicator allots nothing to this jurisdiction.")
    sides = {"giver": move.giver, "taker": move.taker}
    return {name: unknown for name, code in sides.items() if code not in quota.allotted}


def _of_amount(amount: Decimal) -> dict[str, Text]:
    if not amount.is_finite() or amount >= 10**DIGITS:
        return {"amount": _("Enter a number of at most twelve digits before the point.")}
    if amount <= 0:
        return {"amount": _("The amount must be more than nothing.")}
    if amount != round(amount, PLACES):
        return {"amount": _("A value has at most six decimal places.")}
    return {}


def _of_limits(quota: Quota, after: Mapping[str, Decimal], move: Move) -> dict[str, Text]:
    floor = quota.floors.get(move.giver, NOTHING)
    if after[move.giver] < floor:
        left = after[move.giver] + move.amount - floor
        text = _("The giver has no more than {left} to give: it must keep {floor}.")
        return {"amount": format_lazy(text, left=plain(left), floor=plain(floor))}
    ceiling = quota.ceilings.get(move.taker)
    if ceiling is not None and after[move.taker] > ceiling:
        text = _("The taker may have no more than {ceiling}.")
        return {"amount": format_lazy(text, ceiling=plain(ceiling))}
    return {}
