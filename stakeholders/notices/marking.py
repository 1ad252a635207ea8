"""The text of a mail as simple HTML: paragraphs, a table of items, links to this site. Pure.

No remote content, and styles on the elements themselves: mail readers drop everything else. Only
addresses of this site become links; any other stays text that nobody can click by mistake.
"""

import re
from collections.abc import Iterator, Sequence
from html import escape

from django.utils.translation import pgettext

_HAN = re.compile(r"[\u3400-\u9fff]")
_ITEM = re.compile(r"[*-] (?P<title>.+)")
_HEADING = re.compile(r"\[(?P<title>.+)\]")
_BLUE = "color:#12437a"
_P = '<p{lang} style="margin:0 0 14px">{words}</p>'
_H = '<h2{lang} style="margin:18px 0 8px;font-size:16px">{words}</h2>'
_RULE = '<hr style="border:0;border-top:1px solid #c9d1dc;margin:20px 0">'
_TABLE = (
    '<table cellpadding="0" cellspacing="0" border="0" style="width:100%;border-collapse:collapse">'
)
_CELL = 'style="padding:8px 8px 8px 0;border-top:1px solid #e3e8ef;vertical-align:top"'
_SMALL = '<br><span style="color:#4a5566;font-size:14px">{words}</span>'
_BUTTON = (
    '<p style="margin:0 0 14px"><a href="{url}" style="display:inline-block;padding:8px 16px;'
    'background-color:#12437a;color:#ffffff;text-decoration:none">{word}</a></p>'
    '<p style="margin:0 0 14px;font-size:13px;color:#4a5566;word-break:break-all">{url}</p>'
)


def as_html(text: str, *, site_url: str, language: str) -> str:
    """The lines of a mail as HTML. `language`: of the whole; English parts of others say so."""
    links = re.compile(re.escape(escape(site_url)) + r"/[^\s<>\"']*")
    return "".join(_blocks(text.splitlines(), links, language))


def _blocks(lines: Sequence[str], links: re.Pattern[str], language: str) -> Iterator[str]:
    said: list[str] = []
    items: list[list[str]] = []
    for line in [*lines, ""]:
        stripped = line.strip()
        item = _ITEM.fullmatch(line)
        if item:
            items.append([item["title"]])
            continue
        if items and line.startswith("  ") and stripped:
            items[-1].append(stripped)
            continue
        heading = _HEADING.fullmatch(stripped)
        url = links.fullmatch(escape(stripped))
        is_break = not stripped or stripped == "---" or heading or url
        if is_break and said:
            yield _P.format(lang=_lang(said, language), words=_words(said, links))
            said = []
        if items:
            yield _table(items, links, language)
            items = []
        if heading:
            yield _H.format(lang=_lang([stripped], language), words=escape(heading["title"]))
        elif url:
            yield _BUTTON.format(url=url[0], word=escape(pgettext("mail", "Open")))
        elif stripped == "---":
            yield _RULE
        elif stripped:
            said.append(stripped)


def _table(items: Sequence[Sequence[str]], links: re.Pattern[str], language: str) -> str:
    rows = []
    for title, *below in items:
        target = next((one for one in below if links.fullmatch(escape(one))), "")
        words = escape(title)
        if target:
            words = f'<a href="{escape(target)}" style="{_BLUE}">{words}</a>'
        rest = [one for one in below if one != target]
        small = _SMALL.format(words=_words(rest, links)) if rest else ""
        lang = _lang([title], language)
        rows.append(f"<tr><td{lang} {_CELL}>{words}{small}</td></tr>")
    return f"{_TABLE}{''.join(rows)}</table>"


def _words(lines: Sequence[str], links: re.Pattern[str]) -> str:
    words = "<br>".join(escape(line) for line in lines)
    return links.sub(lambda found: f'<a href="{found[0]}" style="{_BLUE}">{found[0]}</a>', words)


def _lang(lines: Sequence[str], language: str) -> str:
    """Says that a part is English in a mail that is not, and the other way about."""
    text = "".join(lines)
    if language.startswith("zh"):
        return "" if _HAN.search(text) else ' lang="en"'
    return ' lang="zh-Hans"' if _HAN.search(text) else ""
