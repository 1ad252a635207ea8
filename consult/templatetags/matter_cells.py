"""Looking up what belongs into one cell of a matter's page."""

from collections.abc import Mapping

from django import template

from consult.matters.queries import OptionRow
from consult.matters.queries.options import Said

register = template.Library()


@register.filter
def said_by(row: OptionRow, code: str) -> Said:
    """`{% with said=row|said_by:column.jurisdiction.code %}`: one party's side of an option."""
    return row.said.get(code, Said())


@register.filter
def named(titles: Mapping[str, str], key: str) -> str:
    """`{{ titles|named:item.key }}`: the number and title of a provision, else its key."""
    return titles.get(key, key)
