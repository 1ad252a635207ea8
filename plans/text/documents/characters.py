"""The escaping of what Markdown would take for marks, and characters nobody sees."""

import re

INVISIBLE = re.compile(r"[\u200b\u2060\ufeff\u00ad]")
_MARKS = re.compile(r"([\\`*])|(?<![^\W_])(_)|(_)(?![^\W_])|(<)(?=[A-Za-z/!])|(\[)(?=[^\]]*\]\()")
_LEAD = re.compile(r"^([>|])")


def escaped(text: str) -> str:
    """Plain text so that Markdown shows it as it is. Numbers and hyphens of lists stay lists."""
    marked = _MARKS.sub(lambda found: "\\" + found.group(0), text)
    return _LEAD.sub(r"\\\1", marked)
