"""What a prepared position says. Pure.

The content is kept in the shape in which the position form opens filled: `form` holds field ->
value, `exceptions` rows of field -> value. A row that says the same as the general value is a note
to the signatory and no exception.
"""

from collections.abc import Mapping, Sequence
from typing import Any

Content = Mapping[str, Any]
NOTE = "note"


def form_of(content: Content) -> Content:
    """The general value with its text and the letter: field -> value."""
    found = content.get("form")
    return found if isinstance(found, Mapping) else {}


def rows_of(content: Content) -> Sequence[Content]:
    rows = content.get("exceptions")
    return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []


def exception_rows(content: Content) -> list[dict[str, Any]]:
    """The rows that are exceptions, without the notes, as the position form opens with them."""
    general = form_of(content).get("value")
    return [
        {name: value for name, value in row.items() if name != NOTE}
        for row in rows_of(content)
        if row.get("value") != general or row.get("text")
    ]


def notes_of(content: Content) -> dict[str, str]:
    """Item -> what the staff say on it to their signatory."""
    return {str(row.get("item")): str(row[NOTE]) for row in rows_of(content) if row.get(NOTE)}


def items_of(content: Content) -> list[str]:
    """The items the rows name, in order."""
    return [str(row.get("item") or "") for row in rows_of(content)]


def initial_of(content: Content) -> dict[str, Any]:
    """`form` and `exceptions` as the position form opens with them: no notes."""
    return {"form": dict(form_of(content)), "exceptions": exception_rows(content)}
