"""Figures as pages show them: without zeros nobody typed, money with two decimals, a sign where it moves."""

from collections.abc import Mapping
from decimal import Decimal

from django import template

from consult.phase4_implementation.series import plain

register = template.Library()
NONE = "–"
MINUS = "\u2212"


@register.filter
def figure(value: Decimal | None) -> str:
    """A figure without zeros that nobody typed; a dash for none."""
    return NONE if value is None else plain(value).replace("-", MINUS)


@register.filter
def signed(value: Decimal) -> str:
    """What was added or taken, with its sign; a dash for nothing."""
    if not value:
        return NONE
    return f"+{plain(value)}" if value > 0 else plain(value).replace("-", MINUS)


@register.filter
def money(value: Decimal | None) -> str:
    """An amount with two decimals and its thousands apart; a dash for none."""
    if value is None:
        return NONE
    return f"{value:,.2f}"


@register.filter
def signed_money(value: Decimal) -> str:
    text = money(abs(value))
    if not value:
        return text
    return f"+{text}" if value > 0 else f"{MINUS}{text}"


@register.filter
def unit_in(code: str, units: Mapping[str, object]) -> str:
    """The name of a code; the code itself where nobody knows it."""
    return str(units.get(code, code))
