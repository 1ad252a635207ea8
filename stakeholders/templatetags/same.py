"""What many rows of a page show alike, rendered once for all of them."""

from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.utils.safestring import SafeString

register = template.Library()
_KEPT = "_rendered_alike"


class SameNode(template.Node):
    """The block, rendered at its first place in a request and repeated wherever its keys are equal."""

    def __init__(self, keys: list[FilterExpression], nodelist: NodeList) -> None:
        self.keys, self.nodelist = keys, nodelist

    def render(self, context: template.Context) -> SafeString:
        request: Any = context.get("request")
        if request is None:
            return self.nodelist.render(context)
        key = tuple(one.resolve(context) for one in self.keys)
        kept: dict[object, SafeString] = vars(request).setdefault(_KEPT, {})
        if key not in kept:
            kept[key] = self.nodelist.render(context)
        return kept[key]


@register.tag
def same(parser: Parser, token: Token) -> SameNode:
    """`{% same "outcome" row.outcome %}…{% endsame %}`: the keys say all that the block depends on,
    the first of them which block it is. Nothing of one reader reaches another."""
    name, *keys = token.split_contents()
    if not keys:
        raise template.TemplateSyntaxError(f"{name} needs keys")
    nodelist = parser.parse(("endsame",))
    parser.delete_first_token()
    return SameNode([parser.compile_filter(key) for key in keys], nodelist)
