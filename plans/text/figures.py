"""The value of a standard as people write it: a figure, a range, a bound, or words. Pure."""

import re
from decimal import Decimal

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from stakeholders.terms.errors import Text

LONGEST = 200
_NONE = frozenset({"-", "–", "—", "/", "无"})
_WIDE = str.maketrans("０１２３４５６７８９．－−％", "0123456789.--%")
_NUMBER = r"-?\d{1,15}(?:\.\d{1,10})?"
_BOUND = re.compile(
    rf"(?P<sign>≥|≤|>=|<=|>|<|＞|＜)?\s*(?P<number>{_NUMBER})\s*(?P<unit>.*)", re.DOTALL
)
_RANGE = re.compile(
    rf"(?P<low>{_NUMBER})\s*(?:–|—|~|～|至|-)\s*(?P<high>{_NUMBER})\s*(?P<unit>.*)", re.DOTALL
)
_BEGINS = re.compile(r"[≥≤><＞＜=+\s]*-?[\d.,]")
_SEPARATED = re.compile(r"-?\d{1,3}(?:[,，]\d{3})+")
_SIGNS = {">=": "≥", "<=": "≤", "＞": ">", "＜": "<"}
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


class Misread(Exception):
    """A value that cannot be taken; `text` says why."""

    def __init__(self, text: Text) -> None:
        super().__init__(str(text))
        self.text = text


def read_value(text: str, *, unit: str) -> str:
    """The value as it is kept: `10.50`, `3–5`, `≥ 8`, words, or "" for none.

    A figure keeps its digits as written; the unit may stand behind it and is left out. Misread
    for another unit, a separated or turned-round figure, signs nobody sees, a text too long.
    """
    plain = text.strip()
    if not plain or plain in _NONE:
        return ""
    if _CONTROL.search(plain):
        raise Misread(_("The value holds signs that cannot be seen."))
    if len(plain) > LONGEST:
        raise Misread(_("A value has at most 200 characters."))
    narrow = plain.translate(_WIDE)
    if not _BEGINS.match(narrow):
        return plain
    if _SEPARATED.match(narrow):
        raise Misread(_("Write the figure without separators between thousands."))
    if found := _RANGE.fullmatch(narrow):
        _require_unit(found["unit"], unit)
        if Decimal(found["low"]) >= Decimal(found["high"]):
            raise Misread(_("A range begins with its lower end."))
        return f"{found['low']}–{found['high']}"
    if found := _BOUND.fullmatch(narrow):
        _require_unit(found["unit"], unit)
        sign = found["sign"] or ""
        return f"{_SIGNS.get(sign, sign)} {found['number']}".strip()
    raise Misread(_("This is neither a figure, a range nor words."))


def _require_unit(found: str, unit: str) -> None:
    bare = found.strip()
    if bare and bare.casefold() != unit.translate(_WIDE).casefold():
        text = _(
            "The value is given in “{found}”, this standard is in “{unit}”: convert it first. "
            "Words do not begin with a figure."
        )
        raise Misread(format_lazy(text, found=bare[:40], unit=unit))


def figure_of(value: str) -> Decimal | None:
    """The figure of a kept value; None for a range, a bound or words."""
    return Decimal(value) if re.fullmatch(_NUMBER, value) else None


def figure(number: Decimal) -> str:
    """A number without exponent and without closing zeros."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
