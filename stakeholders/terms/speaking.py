"""Where an act stands that was entered for a party. Pure: the clock is a parameter."""

from datetime import datetime
from enum import StrEnum


class Spoken(StrEnum):
    """What became of an act entered for a party."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    REPLACED = "replaced"  # the party has spoken itself meanwhile
    LAPSED = "lapsed"


def standing(
    *, agrees: bool | None, spoke_itself: bool, confirm_by: datetime, at: datetime
) -> Spoken:
    """The standing at `at`. Only a confirmed act counts.

    `agrees` is the party's word on the entry, None while it has given none. A word once given
    decides for good; then the party's own act; then the hour, which is no longer in time itself.
    """
    if agrees is not None:
        return Spoken.CONFIRMED if agrees else Spoken.REFUSED
    if spoke_itself:
        return Spoken.REPLACED
    return Spoken.WAITING if at < confirm_by else Spoken.LAPSED
