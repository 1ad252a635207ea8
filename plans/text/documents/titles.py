"""Where the title of a provision ends and its text begins."""

import re

MOST_HEADING = 80
MOST_BOLD = 40
MOST_SHORT = 30
MADE = 20
_BRACKETS = re.compile(r"^(\**)[【〔]([^】〕\n]{1,60})[】〕](\**)[\s\u3000]*(.*)$", re.DOTALL)
_BOLD = re.compile(r"^\*\*([^*\n]+)\*\*(?:[\s\u3000：:。.]+(.*))?$", re.DOTALL)
_SPACED = re.compile(r"^([^\s\u3000，。；：、,;:*|]{2,20})(?:\u3000+|  +)(\S.{9,})$", re.DOTALL)
_ENDS = re.compile(r"[。；;！？!?：:，,]")
_CLAUSE = re.compile(r"[，。；：！？,;:!?\n|]|\.(?:\s|$)")


def split_title(text: str, plain: str, *, is_heading: bool, has_body: bool) -> tuple[str, str]:
    """Title ("" when there is none) and text of a provision whose number is taken off.

    `text` is Markdown, `plain` the same without marks; `has_body` says that more text follows.
    """
    found = _BRACKETS.match(text)
    if found:
        before, title, after, rest = found.groups()
        return title.strip(), rest if before == after else (before or after) + rest
    if is_heading:
        if len(plain) <= MOST_HEADING and not plain.endswith("。"):
            return plain, ""
        return "", text
    bold = _BOLD.match(text)
    if bold and len(bold.group(1)) <= MOST_BOLD:
        return bold.group(1).strip(), bold.group(2) or ""
    spaced = _SPACED.match(text)
    if spaced:
        return spaced.group(1), spaced.group(2)
    if has_body and plain and len(plain) <= MOST_SHORT and not _ENDS.search(plain):
        return plain, ""
    return "", text


def made_title(text: str) -> str:
    """The first clause of a text, up to 20 characters, for a provision without a title."""
    plain = re.sub(r"[*`\\|]", "", text).strip(" \t\n\u3000-#>")
    clause = _CLAUSE.split(plain, maxsplit=1)[0].strip() or plain
    return " ".join(clause.split())[:MADE].strip()
