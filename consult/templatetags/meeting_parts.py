"""Parts of the pages of meetings: a value by its key, and the page an agenda item came from."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse

from consult.meetings.models import AgendaItem
from plans.register.models import Plan

register = template.Library()
PAGES = {
    "matter": "matters:detail",
    "case": "implementation:case",
    "warning": "implementation:warning",
    "project": "implementation:project",
    "task": "tasks:detail",
    "item": "register:item",
}


@register.filter
def of(values: Mapping[Any, Any], key: object) -> Any:
    """The value at `key`, None without one."""
    return values.get(key)


@register.simple_tag
def source_url(plan: Plan, item: AgendaItem) -> str:
    """The page of what an item came from; "" for an own item, or where there is no such page."""
    name = PAGES.get(item.source)
    if name is None or not item.source_id:
        return ""
    try:
        return reverse(name, args=[plan.key, item.source_id])
    except NoReverseMatch:
        return ""
