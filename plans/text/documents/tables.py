"""Pipe tables in the text of a provision: found, and kept small enough to be shown at once."""

import re

from django.utils.translation import gettext_lazy as _

from stakeholders.terms.errors import Text

MOST_COLUMNS = 30
MOST_CELLS = 2_000
_RULE = re.compile(r"^[ >]{0,9}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_PIPE = re.compile(r"(?<!\\)\|")


def _columns(line: str) -> int:
    inner = line.strip().removeprefix(">").strip()
    closed = inner.endswith("|") and not inner.endswith("\\|")
    return len(_PIPE.findall(inner)) + 1 - inner.startswith("|") - (closed and len(inner) > 1)


def table_fault(text: str) -> Text | None:
    """Why the tables in this text cannot be shown, or None. Linear in the text's length."""
    cells, columns = 0, 0
    lines = text.splitlines()
    for before, line in zip(["", *lines], lines, strict=False):
        if "|" in before and "-" in line and _RULE.match(line):
            columns = max(_columns(before), _columns(line))
            cells += columns
            if columns > MOST_COLUMNS:
                return _("A table has at most 30 columns.")
        elif not line.strip():
            columns = 0
        # A row short of cells is filled up when shown: it costs the table's whole width.
        cells += columns
        if cells > MOST_CELLS:
            return _("The tables of a text have at most 2,000 cells.")
    return None
