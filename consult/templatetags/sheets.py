"""Words for the rows of a comment form."""

from collections.abc import Mapping

from django import template

from consult.phase2_preparation.enums import CommentType

register = template.Library()


@register.filter
def named(titles: Mapping[str, str], key: str) -> str:
    """Sign and title of an item by its key, from `titles_of`."""
    return titles.get(key, key)


@register.filter
def type_label(value: str) -> str:
    return str(CommentType(value).label) if value in CommentType.values else value
