"""What a prepared position says. Pure.

The content is what is typed into the position form (`forms.typed`): the general value with its
texts, conditions and letter, and `exceptions`, a row an article. Besides it holds `notes`: article
-> what the staff say on it to their signatory, which the position itself never says.
"""

from collections.abc import Mapping, Sequence
from typing import Any

Content = Mapping[str, Any]
NOTES = "notes"


def rows_of(content: Content) -> Sequence[Content]:
    """The rows that are exceptions: what says the same as the general value is none."""
    rows = content.get("exceptions")
    found = [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []
    return [row for row in found if row.get("value") != content.get("value") or _says(row)]


def _says(row: Content) -> bool:
    return any(value for name, value in row.items() if name not in ("item", "value"))


def notes_of(content: Content) -> dict[str, str]:
    """Item -> note, without empty ones."""
    found = content.get(NOTES)
    rows = found.items() if isinstance(found, Mapping) else ()
    return {str(item): str(text) for item, text in rows if text}


def items_of(content: Content) -> list[str]:
    """The items that exceptions and notes name; one twice among the exceptions stands here twice."""
    rows = content.get("exceptions")
    named = [str(row.get("item") or "") for row in rows or () if isinstance(row, Mapping)]
    return named + [item for item in notes_of(content) if item not in named]


def conditions_of(said: Content) -> list[dict[str, str]]:
    """The conditions of the general value or of a row, without empty ones."""
    rows = said.get("conditions")
    found = [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []
    return [
        {name: str(row.get(name) or "") for name in ("text", "by", "due_on")}
        for row in found
        if any(row.values())
    ]


def initial_of(content: Content) -> dict[str, Any]:
    """What the position form opens filled with: no notes, nothing that is no exception."""
    said = {name: value for name, value in content.items() if name != NOTES}
    return {**said, "exceptions": [dict(row) for row in rows_of(content)]}
