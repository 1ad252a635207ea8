"""Characters no text may hold, and the escaping of what Markdown would take for marks."""

import re

from django.utils.translation import gettext_lazy as _

from stakeholders.terms.errors import Text

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# Marks that turn the direction of what is read away from what is stored.
_DIRECTION = re.compile(r"[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")
INVISIBLE = re.compile(r"[\u200b\u2060\ufeff\u00ad]")
_MARKS = re.compile(r"([\\`*])|(?<![^\W_])(_)|(_)(?![^\W_])|(<)(?=[A-Za-z/!])|(\[)(?=[^\]]*\]\()")
_LEAD = re.compile(r"^([>|])")


def character_fault(text: str) -> Text | None:
    """Why this text cannot be taken, or None."""
    if _CONTROLS.search(text):
        return _("The text holds control characters. Remove them.")
    if _DIRECTION.search(text):
        return _("The text holds marks that turn the direction of reading. Remove them.")
    return None


def escaped(text: str) -> str:
    """Plain text so that Markdown shows it as it is. Numbers and hyphens of lists stay lists."""
    marked = _MARKS.sub(lambda found: "\\" + found.group(0), text)
    return _LEAD.sub(r"\\\1", marked)
