"""Every text of the code and the templates that is shown to people, found without gettext's tools."""

import ast
import re
from functools import cache
from pathlib import Path

from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("config", "consult", "plans", "stakeholders")
# function -> positions of (context, message, plural); None where there is none
CALLS = {
    "_": (None, 0, None),
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
Message = tuple[str | None, str]


def _text(call: ast.Call, place: int | None) -> str | None:
    if place is None or place >= len(call.args):
        return None
    try:
        value = ast.literal_eval(call.args[place])
    except ValueError:
        return None
    return value if isinstance(value, str) else None


def in_python(source: str) -> set[Message]:
    """The (context, message) pairs of one Python source."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = (
            node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        )
        if name in CALLS:
            context, message, _plural = CALLS[name]
            text = _text(node, message)
            if text:
                found.add((_text(node, context), text))
    return found


CALL = re.compile(r"\b(?:gettext|ngettext|pgettext|npgettext|_)\(")


def in_template(source: str, origin: str) -> set[Message]:
    """The (context, message) pairs of one template, as Django's own makemessages reads it."""
    found = set()
    text = templatize(source, origin=origin)
    for start in CALL.finditer(text):
        for end in re.finditer(r"\)", text[start.start() :]):
            try:
                expression = text[start.start() : start.start() + end.end()]
                found |= in_python(re.sub(r",\s*count\)", ", 1)", expression))
                break
            except SyntaxError:
                continue
    return found


@cache
def used_messages() -> dict[Message, str]:
    """(context, message) -> the file that uses it."""
    used: dict[Message, str] = {}
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" not in path.parts:
                for message in in_python(path.read_text("utf-8")):
                    used.setdefault(message, str(path.relative_to(ROOT)))
    for path in sorted((ROOT / "templates").rglob("*.html")) + sorted(
        (ROOT / "templates").rglob("*.txt")
    ):
        for message in in_template(path.read_text("utf-8"), str(path)):
            used.setdefault(message, str(path.relative_to(ROOT)))
    return used
