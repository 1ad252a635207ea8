"""How far a party's own value lies from the agreed one, and who has to change. Pure, exact."""

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

from plans.text.enums import Distance, Strictness
from plans.text.figures import figure, figure_of
from plans.text.norms import Norm
from stakeholders.terms.errors import Text

PLACES = Decimal("0.01")


@dataclass(frozen=True, kw_only=True)
class Deviation:
    """`difference` is own less agreed, in the unit; `share` the same in per cent of the agreed.

    Both None where one of the two is no figure; `share` also where nothing is agreed but zero.
    """

    distance: Distance
    difference: Decimal | None = None
    share: Decimal | None = None

    @property
    def label(self) -> Text:
        return self.distance.label

    @property
    def must_change(self) -> bool:
        """Whether the own value does not meet the agreed one yet."""
        return self.distance in (Distance.LOOSER, Distance.OTHER)

    @property
    def figures(self) -> str:
        """`−2 (−20 %)`, or "" where there is nothing to reckon."""
        if not self.difference:
            return ""
        told = _signed(self.difference)
        return told if self.share is None else f"{told} ({_signed(self.share)} %)"


def deviation(*, norm: Norm, own: str) -> Deviation:
    """Where the value `own` stands beside what `norm` agrees upon."""
    if not own:
        return Deviation(distance=Distance.UNSET)
    if not norm.agreed:
        return Deviation(distance=Distance.OPEN)
    if own == norm.agreed:
        return Deviation(distance=Distance.EQUAL, **_reckoned(own, norm.agreed))
    mine, agreed = figure_of(own), figure_of(norm.agreed)
    if mine is None or agreed is None:
        return Deviation(distance=Distance.OTHER)
    return Deviation(
        distance=_distance(mine - agreed, norm.strictness), **_reckoned(own, norm.agreed)
    )


def _distance(difference: Decimal, strictness: str) -> Distance:
    if not difference:
        return Distance.EQUAL
    if not strictness:
        return Distance.OTHER
    is_stricter = (difference > 0) == (strictness == Strictness.HIGHER)
    return Distance.STRICTER if is_stricter else Distance.LOOSER


def _reckoned(own: str, agreed: str) -> dict[str, Decimal | None]:
    mine, theirs = figure_of(own), figure_of(agreed)
    if mine is None or theirs is None:
        return {}
    difference = mine - theirs
    if not theirs:
        return {"difference": difference, "share": None}
    share = (difference * 100 / abs(theirs)).quantize(PLACES, rounding=ROUND_HALF_EVEN)
    return {"difference": difference, "share": share}


def _signed(number: Decimal) -> str:
    """With a sign that nobody takes for a hyphen."""
    return ("+" if number > 0 else "−" if number < 0 else "") + figure(abs(number))
