"""The one way from Markdown to a page."""

import re
from collections.abc import Sequence

import nh3
from django import template
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from plans.text.documents.tables import table_fault
from stakeholders.finding.words import terms_of

register = template.Library()

LIMIT = 20_000
# A provision is paragraphs, lists, tables and emphasis: headings would break the page's own
# outline.
_OFF = ["heading", "lheading", "image"]
_PLAIN = MarkdownIt("commonmark", {"html": False}).disable(_OFF)
_WITH_TABLES = MarkdownIt("commonmark", {"html": False}).enable("table").disable(_OFF)
_TAGS = {"p", "br", "ol", "ul", "li", "strong", "em", "code", "pre", "blockquote", "a"}
_TABLE_TAGS = {"div", "table", "thead", "tbody", "tr", "th", "td"}
_ATTRIBUTES: dict[str, set[str]] = {
    "a": {"href"},
    "ol": {"start"},
    "div": {"class", "role", "tabindex", "aria-label"},
    "table": {"class"},
    "th": {"scope", "class"},
    "td": {"class"},
}
_ALIGNED = {"text-align:right": "text-end", "text-align:center": "text-center"}


def _open_table(
    renderer: RendererHTML,
    tokens: Sequence[Token],
    index: int,
    options: OptionsDict,
    env: EnvType,
) -> str:
    """A table in a region that scrolls by keyboard too."""
    label = escape(gettext("Table in the text"))
    region = f'<div class="table-region" role="region" tabindex="0" aria-label="{label}">'
    return f'{region}<table class="table table--few">'


def _close_table(
    renderer: RendererHTML,
    tokens: Sequence[Token],
    index: int,
    options: OptionsDict,
    env: EnvType,
) -> str:
    return "</table></div>\n"


def _open_cell(
    renderer: RendererHTML,
    tokens: Sequence[Token],
    index: int,
    options: OptionsDict,
    env: EnvType,
) -> str:
    """A cell without the inline style that the site's policy forbids; heads have a scope."""
    token = tokens[index]
    style = str(token.attrs.pop("style", ""))
    if style in _ALIGNED:
        token.attrSet("class", _ALIGNED[style])
    if token.type == "th_open":
        token.attrSet("scope", "col")
    return renderer.renderToken(tokens, index, options, env)


_WITH_TABLES.add_render_rule("table_open", _open_table)
_WITH_TABLES.add_render_rule("table_close", _close_table)
_WITH_TABLES.add_render_rule("th_open", _open_cell)
_WITH_TABLES.add_render_rule("td_open", _open_cell)


@register.filter
def prose(text: object) -> SafeString:
    """Markdown as clean HTML: no raw HTML, at most 20,000 characters of source.

    Tables larger than `table_fault` allows stay the signs they are written with: they would take
    seconds.
    """
    source = str(text or "")[:LIMIT]
    markdown = _PLAIN if "|" not in source or table_fault(source) else _WITH_TABLES
    clean = nh3.clean(
        markdown.render(source),
        tags=_TAGS | _TABLE_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https"},
    )
    return mark_safe(clean)  # noqa: S308 - cleaned in the line above


# What a match may stand in: neither a tag nor an entity.
_MARKUP = re.compile(r"(<[^>]*>|&[#\w]+;)")


@register.filter
def highlight(html: object, words: str) -> SafeString:
    """`html` (clean HTML, or plain text) with every occurrence of the terms in `words` marked."""
    safe = str(conditional_escape(html if isinstance(html, SafeString) else str(html)))
    terms = [re.escape(str(escape(one))) for one in terms_of(words)]
    if not terms:
        return mark_safe(safe)  # noqa: S308 - escaped or clean in the line above
    found = re.compile("|".join(terms), re.IGNORECASE)
    parts = _MARKUP.split(safe)
    parts[::2] = [found.sub(lambda hit: f"<mark>{hit[0]}</mark>", part) for part in parts[::2]]
    return mark_safe("".join(parts))  # noqa: S308 - only <mark> was added to clean HTML
