"""The words of an item's codes."""

from django import template
from django.utils.functional import Promise

from plans.register.enums import LineageKind
from plans.text.enums import Demand, Function

register = template.Library()


@register.filter
def function_label(code: str) -> str | Promise:
    """The words of a function's code; a code unknown to us is shown as it is."""
    return dict(Function.choices).get(code, code)


@register.filter
def demand_label(code: str) -> str | Promise:
    """The words of a demand's code."""
    return dict(Demand.choices).get(code, code)


@register.filter
def lineage_label(code: str) -> str | Promise:
    """ "split", "merged" or "replaced"."""
    return dict(LineageKind.choices).get(code, code)
