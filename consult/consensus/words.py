"""Names and numbers as people read them, in Chinese and English."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from fractions import Fraction

from consult.consensus.case import Text


def both(zh: str, en: str) -> Text:
    """Return a sentence in both languages."""
    return Text(zh=zh, en=en)


# Weights that charters commonly name, where nobody says what to call them.
KNOWN_WEIGHTS: Mapping[str, Text] = {
    "weight": both("权重", "weight"),
    "population": both("人口", "population"),
    "area": both("面积", "area"),
}


@dataclass(frozen=True, slots=True)
class Names:
    """What to call parties, values and weights; what has no name is called by its id.

    Each maps an id to its name in each language, for instance `{"FR": {"zh": "法国", "en": "France"}}`.
    """

    parties: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    weights: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def party(self, party: str) -> Text:
        """Return the name of a party."""
        name = self.parties.get(party, {})
        return both(name.get("zh") or party, name.get("en") or party)

    def value(self, value: str) -> Text:
        """Return the name of a value, in quotation marks."""
        name = self.values.get(value, {})
        return both(f"“{name.get('zh') or value}”", f"“{name.get('en') or value}”")

    def weight(self, weight: str) -> Text:
        """Return the name of a weight."""
        name = self.weights.get(weight) or KNOWN_WEIGHTS.get(weight)
        return both(name["zh"] or weight, name["en"] or weight) if name else both(weight, weight)

    def all_of(self, parties: Sequence[str]) -> Text:
        """Return "A, B and C"."""
        return listed([self.party(party) for party in parties], zh="、", en=" and ")

    def one_of(self, values: Sequence[str]) -> Text:
        """Return "a, b or c"; a value named twice is listed once."""
        return listed([self.value(value) for value in dict.fromkeys(values)], zh="或", en=" or ")


def listed(texts: Sequence[Text], *, zh: str, en: str) -> Text:
    """Return a list in both languages; `zh` and `en` stand before the last entry."""
    chinese, english = [text["zh"] for text in texts], [text["en"] for text in texts]
    if len(texts) < 2:
        return both("".join(chinese), "".join(english))
    return both(
        "、".join(chinese[:-1]) + zh + chinese[-1], ", ".join(english[:-1]) + en + english[-1]
    )


def number(value: Fraction) -> str:
    """Return a sum of decimal weights as an exact decimal."""
    if value.denominator == 1:
        return str(value.numerator)
    with localcontext() as context:
        context.prec = 400
        return f"{Decimal(value.numerator) / Decimal(value.denominator):f}"
