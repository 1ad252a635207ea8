"""Sortable columns: the address of the next order, and how a column is ordered now."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest

from stakeholders.terms.errors import Text


@dataclass(frozen=True, kw_only=True)
class Column:
    label: Text
    url: str = ""
    order: str = ""


def columns(request: HttpRequest, named: Iterable[tuple[str, Text]]) -> list[Column]:
    """One per (key, label); a column with an empty key cannot be ordered by."""
    now = request.GET.get("order", "")
    found = []
    for key, label in named:
        if not key:
            found.append(Column(label=label))
            continue
        query = request.GET.copy()
        query.pop("page", None)
        query["order"] = f"-{key}" if now == key else key
        order = {key: "ascending", f"-{key}": "descending"}.get(now, "none")
        found.append(Column(label=label, url=f"?{query.urlencode()}", order=order))
    return found
