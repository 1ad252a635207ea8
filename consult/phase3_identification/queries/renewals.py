"""What changed since a party's last word, item by item."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from consult.consensus.changes import DIFFERENCE, REASONS, Family, Reason
from consult.consensus.history import is_changed
from consult.phase3_identification.models import SignOff, SignOffBallot
from consult.phase3_identification.queries.histories import FAMILIES
from consult.phase3_identification.queries.sign_offs import split_ballots
from consult.phase3_identification.queries.standing import standing_of
from plans.register.models import ItemVersion, Revision
from plans.text.comparing import between_versions
from plans.text.shown import ItemDifference, differences_of, for_reader


@dataclass(frozen=True, kw_only=True)
class Renewal:
    """An item that changed under a party's word, or came to concern it since.

    `position` is what it holds there (None: it has said nothing on it), `origin` the item key on
    which a difference that passed on was raised, `difference` how the wording changed since.
    """

    ballot: SignOffBallot
    position: Any
    origin: str = ""
    difference: ItemDifference | None = None

    @property
    def key(self) -> str:
        return self.ballot.item.key

    @property
    def is_removed(self) -> bool:
        return not self.ballot.place

    @property
    def family(self) -> Family | None:
        return FAMILIES[self.position.value] if self.position else None

    @property
    def is_consent(self) -> bool:
        """Whether a consent waits here for its renewal."""
        return bool(self.position and self.position.is_stale)

    @property
    def stays(self) -> bool:
        """Whether an objection or reservation stands here that only its holder lifts."""
        return self.family in DIFFERENCE

    @property
    def why(self) -> object:
        return REASONS[self.position.fate.reason if self.position else Reason.ITEM_ADDED]


def renewals_of(
    sign_off: SignOff, *, revision: Revision, code: str, authentic: str
) -> list[Renewal]:
    """What the party is asked again, in the order of the text, removed items last.

    Of that party alone: the caller passes its own code. A fixed number of queries.
    """
    held = standing_of(sign_off, code=code).cells()
    placed, removed = split_ballots(sign_off, revision=revision)
    found = []
    for ballot in (*placed, *removed):
        position = held.get((ballot.item_id, code))
        is_asked = any(e["code"] == code for e in ballot.electors)
        if position is None:
            is_asked = is_asked and bool(ballot.place)
        if is_asked and (position is None or is_changed(position.fate)):
            found.append((ballot, position))
    return _compared(found, authentic)


def _compared(found: Sequence[tuple[SignOffBallot, Any]], authentic: str) -> list[Renewal]:
    """Each with the difference between the wording the party spoke on and the present one."""
    before = _versions_on({held.on for _ballot, held in found if held is not None})
    pairs = {
        ballot.pk: between_versions(before[held.on], ballot.version, authentic=authentic)
        for ballot, held in found
        if held is not None and ballot.place and not held.fate.passed_from
    }
    shown = [for_reader(one, authentic=authentic) for one in differences_of(list(pairs.values()))]
    differences = dict(zip(pairs, shown, strict=True))
    return [
        Renewal(
            ballot=ballot,
            position=held,
            origin=(held.fate.passed_from or "") if held else "",
            difference=differences.get(ballot.pk),
        )
        for ballot, held in found
    ]


def _versions_on(ballots: set[int]) -> dict[int, ItemVersion]:
    rows = SignOffBallot.objects.filter(pk__in=ballots).select_related("version")
    return {row.pk: row.version for row in rows}
