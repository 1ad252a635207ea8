"""The one filter for texts kept in Chinese and in English."""

from collections.abc import Mapping

from django import template
from django.utils.functional import lazy
from django.utils.translation import get_language

register = template.Library()


def _read(thing: object, name: str) -> str:
    value = thing.get(name) if isinstance(thing, Mapping) else getattr(thing, name, None)
    return "" if value is None else str(value)


@register.filter
def in_language(thing: object, name: str) -> str:
    """`{{ plan|in_language:"title" }}`: `title_en` to an English reader if it is filled, else
    `title_zh`; a Chinese reader gets the English only where no Chinese text exists."""
    if thing is None or thing == "":
        return ""
    zh, en = _read(thing, f"{name}_zh"), _read(thing, f"{name}_en")
    if (get_language() or "").startswith("en"):
        return en or zh
    return zh or en


_when_read = lazy(in_language, str)


def chosen_when_read(both: Mapping[str, str]) -> str:
    """Of a text kept as {"zh": …, "en": …}: the one for whoever reads it, chosen only then. For
    notices, which are written for people of both languages."""
    return _when_read({"_zh": both.get("zh"), "_en": both.get("en")}, "")
