"""The escaping of what Markdown would take for marks, and characters nobody sees."""

import re

INVISIBLE = re.compile(r"[\u200b\u2060\ufeff\u00ad]")
_MARKS = re.compile(r"([\\`*])|(?<![^\W_])(_)|(_)(?![^\W_])|(<)(?=[A-Za-z/!])")
_BEFORE_A_BRACKET = re.compile(r"[^\]]*+\](\()?")
_LEAD = re.compile(r"^([>|])")


def escaped(text: str) -> str:
    """Plain text so that Markdown shows it as it is. Numbers and hyphens of lists stay lists."""
    marked = _MARKS.sub(r"\\\g<0>", text)
    return _LEAD.sub(r"\\\1", _BEFORE_A_BRACKET.sub(_unlinked, marked))


def _unlinked(found: re.Match[str]) -> str:
    """What stands before a closing bracket: a link, if a parenthesis follows that."""
    return found[0].replace("[", "\\[") if found[1] else found[0]
