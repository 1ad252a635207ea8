"""The one way from Markdown to a page."""

import re

import nh3
from django import template
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

register = template.Library()

LIMIT = 20_000
# A provision is paragraphs, lists and emphasis: headings would break the page's own outline.
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).disable(["heading", "lheading", "image"])
_TAGS = {"p", "br", "ol", "ul", "li", "strong", "em", "code", "pre", "blockquote", "a"}


@register.filter
def prose(text: object) -> SafeString:
    """Markdown as clean HTML: no raw HTML, no tables, at most 20,000 characters of source."""
    html = _MARKDOWN.render(str(text or "")[:LIMIT])
    clean = nh3.clean(
        html, tags=_TAGS, attributes={"a": {"href"}, "ol": {"start"}}, url_schemes={"http", "https"}
    )
    return mark_safe(clean)  # noqa: S308 - cleaned in the line above


# What a match may stand in: neither a tag nor an entity.
_PLAIN = re.compile(r"(<[^>]*>|&[#\w]+;)")


@register.filter
def highlight(html: object, words: str) -> SafeString:
    """`html` (clean HTML, or plain text) with every occurrence of `words` marked."""
    safe = str(conditional_escape(html if isinstance(html, SafeString) else str(html)))
    if not words:
        return mark_safe(safe)  # noqa: S308 - escaped or clean in the line above
    found = re.compile(re.escape(str(escape(words))), re.IGNORECASE)
    parts = _PLAIN.split(safe)
    parts[::2] = [found.sub(lambda hit: f"<mark>{hit[0]}</mark>", part) for part in parts[::2]]
    return mark_safe("".join(parts))  # noqa: S308 - only <mark> was added to clean HTML
