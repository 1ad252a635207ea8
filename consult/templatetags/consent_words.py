"""Positions and the items they are on in words, where a page shows rows rather than the matrix."""

import json
from collections.abc import Mapping

from django import template
from django.utils.translation import get_language

from consult.ballots.enums import PositionValue
from consult.phase3_identification.models import SignOffBallot

register = template.Library()


@register.filter
def position_word(value: str) -> str:
    """The value of a position in the reader's language."""
    return str(PositionValue(value).label) if value in PositionValue.values else value


@register.filter
def both_languages(text: Mapping[str, str] | None) -> str:
    """`{"zh":, "en":}` in the reader's language, the other one where it is missing."""
    held = text or {}
    zh, en = str(held.get("zh") or ""), str(held.get("en") or "")
    return (en or zh) if (get_language() or "").startswith("en") else (zh or en)


@register.filter
def item_title(ballot: SignOffBallot) -> str:
    """The title of an item in the wording its ballot is on."""
    content = _content(ballot)
    return both_languages(content.get("title") or content.get("name")) or ballot.item.key


@register.filter
def item_text(ballot: SignOffBallot) -> str:
    """The text of an item in the wording its ballot is on."""
    content = _content(ballot)
    return both_languages(content.get("text") or content.get("definition"))


def _content(ballot: SignOffBallot) -> Mapping[str, Mapping[str, str]]:
    content = json.loads(ballot.version.content).get("content")
    return content if isinstance(content, Mapping) else {}
