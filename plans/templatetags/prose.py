"""The one way from Markdown to a page."""

import nh3
from django import template
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
