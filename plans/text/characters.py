"""Characters that no text of a plan may hold, found and named. Pure."""

import re
import unicodedata

from django.utils.translation import gettext_lazy as _

from stakeholders.terms.errors import Text

# Control characters but tab and line ends; what turns the direction of writing, so that a text
# reads otherwise than it is stored (Unicode TR 36); halves of characters.
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\ud800-\udfff\ufffe\uffff]"
)
CONTROLS = {
    0x00: "NULL",
    0x08: "BACKSPACE",
    0x0B: "LINE TABULATION",
    0x0C: "FORM FEED",
    0x1B: "ESCAPE",
    0x7F: "DELETE",
}


def forbidden_in(text: str) -> Text | None:
    """A sentence naming the first forbidden character and where it stands, or None."""
    found = FORBIDDEN.search(text)
    if found is None:
        return None
    before = text[: found.start()]
    line = before.count("\n") + 1
    place = len(before) - (before.rfind("\n") + 1) + 1
    return _(
        "Line %(line)s, character %(place)s: the character %(name)s cannot stand in a text; "
        "please delete it."
    ) % {"line": line, "place": place, "name": _name(found[0])}


def _name(character: str) -> str:
    code = ord(character)
    name = unicodedata.name(character, "") or CONTROLS.get(code, "CONTROL CHARACTER")
    return f"U+{code:04X} ({name})"
