"""What a declaration has to say, item by item. Input shape, no rights."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from consult.ballots.enums import PositionValue
from consult.phase3_identification.models import (
    SignOff,
    SignOffBallot,
)
from consult.phase3_identification.queries import (
    split_ballots,
)
from consult.phase3_identification.steps import (
    Stand,
)
from plans.register.models import Revision
from stakeholders.terms.errors import Invalid


def rows_of(sign_off: SignOff, revision: Revision, *, code: str | None) -> list[SignOffBallot]:
    """The ballots in which the jurisdiction counts, also of removed items on which it still holds an
    objection or reservation. Invalid when there is none."""
    rows = [
        row
        for rows in split_ballots(sign_off, revision=revision)
        for row in rows
        if any(e["code"] == code for e in row.electors)
    ]
    if not rows:
        raise Invalid({"": _("No item of this revision concerns your jurisdiction.")})
    return rows


def checked_stands(
    rows: Sequence[SignOffBallot], general: Stand, exceptions: Sequence[Stand]
) -> dict[str, Stand]:
    """Exceptions by item. Invalid for an item twice, a foreign one, or a missing text."""
    keys = {row.item.key for row in rows}
    stands: dict[str, Stand] = {}
    for stand in exceptions:
        if stand.item not in keys:
            raise Invalid({"exceptions": _("An exception names an item that concerns you.")})
        if stand.item in stands:
            raise Invalid({"exceptions": _("An item stands twice among the exceptions.")})
        stands[stand.item] = stand
    if general.value == PositionValue.AGREE_RESERVED.value:
        raise Invalid({"value": _("A reservation names its item: enter it as an exception.")})
    needs = {
        PositionValue.AGREE_RESERVED.value: _("A reservation needs its text."),
        PositionValue.AGREE_IN_PRINCIPLE.value: _("Agreement in principle needs its condition."),
        PositionValue.OBJECT.value: _("An objection needs its reason."),
    }
    for stand in (general, *stands.values()):
        if stand.value in needs and not stand.text.strip():
            raise Invalid({"exceptions" if stand.item else "text": needs[stand.value]})
    return stands
