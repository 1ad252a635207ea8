"""Names that an anonymous table puts in place of commenters: 单位1, 专家1, Unit 1, Expert 1. Pure
but for the language; numbers follow the order of the table and hold within one file."""

import re
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from consult.phase2_preparation.enums import Source

Who = tuple[str, str]  # source, and what tells commenters of one source apart
REDACTED = "〔…〕"


def aliases(found: Iterable[Who]) -> dict[Who, str]:
    """An alias for each commenter, counted by source in the order of appearance."""
    counts: dict[str, int] = {}
    named: dict[Who, str] = {}
    for who in found:
        if who not in named:
            counts[who[0]] = counts.get(who[0], 0) + 1
            named[who] = _alias(who[0], counts[who[0]])
    return named


def _alias(source: str, number: int) -> str:
    if source == Source.PARTY:
        return _("Unit %(number)s") % {"number": number}
    if source == Source.EXPERT:
        return _("Expert %(number)s") % {"number": number}
    if source == Source.ENTERPRISE:
        return _("Enterprise %(number)s") % {"number": number}
    return _("Public %(number)s") % {"number": number}


class Veil:
    """Puts aliases in place of names in a text, the longest name first."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self.names = {name.casefold(): alias for name, alias in names.items() if len(name) > 1}
        words = sorted(self.names, key=lambda name: (-len(name), name))
        self.pattern = re.compile("|".join(map(_whole, words)), re.IGNORECASE) if words else None

    def over(self, text: str) -> str:
        if self.pattern is None:
            return text
        return self.pattern.sub(lambda found: self.names.get(found[0].casefold(), REDACTED), text)


def _whole(name: str) -> str:
    """Names in Latin script as whole words, so that no word is cut in two."""
    word = re.escape(name)
    before = r"(?<![A-Za-z])" if name[0].isascii() else ""
    after = r"(?![A-Za-z])" if name[-1].isascii() else ""
    return f"{before}{word}{after}"
