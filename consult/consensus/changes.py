"""The words of staleness: revisions, change kinds, positions, and why a cell stays or goes stale."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from consult.consensus.case import Text
from consult.consensus.words import both


class ChangeKind(StrEnum):
    """How an item of the new revision differs from the old one."""

    UNCHANGED = "unchanged"
    MOVED = "moved"
    EDITORIAL = "editorial"
    TRANSLATION = "translation"
    TEXT = "text"
    STRENGTH_OR_CONCERN = "strength_or_concern"
    MAP = "map"
    INDICATOR = "indicator"
    ADDED = "added"
    REMOVED = "removed"


HARMLESS = frozenset(
    {ChangeKind.UNCHANGED, ChangeKind.MOVED, ChangeKind.EDITORIAL, ChangeKind.TRANSLATION}
)


class Family(StrEnum):
    """What a value of a charter means for staleness and for the matrix."""

    AGREED = "agreed"
    AGREED_IN_PRINCIPLE = "agreed_in_principle"
    RESERVED = "reserved"
    OBJECTED = "objected"
    ABSTAINED = "abstained"
    RECUSED = "recused"


CONSENT = frozenset({Family.AGREED, Family.AGREED_IN_PRINCIPLE})
DIFFERENCE = frozenset({Family.OBJECTED, Family.RESERVED})


class Reason(StrEnum):
    """Why a cell stays or goes stale."""

    NO_CHANGE = "no_change"
    HARMLESS_CHANGE = "harmless_change"
    NOT_CONCERNED = "not_concerned"
    DIFFERENCE_STAYS = "difference_stays"
    DIFFERENCE_PASSES_ON = "difference_passes_on"
    NO_CONSENT = "no_consent"
    ALREADY_STALE = "already_stale"
    ITEM_CHANGED = "item_changed"
    ITEM_ADDED = "item_added"
    ITEM_REMOVED = "item_removed"
    PLAN_CHANGED = "plan_changed"
    RESERVED_ITEM_CHANGED = "reserved_item_changed"
    ASKED_ANEW = "asked_anew"


STALE = frozenset(
    {
        Reason.ALREADY_STALE,
        Reason.ITEM_CHANGED,
        Reason.ITEM_ADDED,
        Reason.ITEM_REMOVED,
        Reason.PLAN_CHANGED,
        Reason.RESERVED_ITEM_CHANGED,
        Reason.ASKED_ANEW,
    }
)

REASONS: Mapping[Reason, Text] = {
    Reason.NO_CHANGE: both("条款未变", "the item did not change"),
    Reason.HARMLESS_CHANGE: both(
        "仅位置、文字性或译文调整", "only its place, an editorial point or its translation changed"
    ),
    Reason.NOT_CONCERNED: both("变化不涉及该方", "the change does not concern this party"),
    Reason.DIFFERENCE_STAYS: both(
        "异议、保留意见由提出方解除前一直有效", "an objection or reservation stays until lifted"
    ),
    Reason.DIFFERENCE_PASSES_ON: both(
        "异议、保留意见转至后续条款", "the objection or reservation passes to the successor"
    ),
    Reason.NO_CONSENT: both(
        "该表态不是同意，不因修改而变化", "the position is no consent and does not fall"
    ),
    Reason.ALREADY_STALE: both("此前已待重新确认", "it already waited for renewal"),
    Reason.ITEM_CHANGED: both("条款已修改，待重新确认", "the item changed: consent to be renewed"),
    Reason.ITEM_ADDED: both(
        "条款为新增，待确认", "the item is new: the general consent does not cover it"
    ),
    Reason.ITEM_REMOVED: both(
        "条款已删除，待重新确认", "the item was removed: consent to be renewed"
    ),
    Reason.PLAN_CHANGED: both(
        "章程规定须重新确认的事项已变化",
        "a heading changed that the charter makes renew all consent",
    ),
    Reason.RESERVED_ITEM_CHANGED: both(
        "条款已修改：保留意见仍有效，同意待重新确认",
        "the item changed: the reservation stays, the consent is to be renewed",
    ),
    Reason.ASKED_ANEW: both(
        "已另行开启认定：保留意见仍有效，同意须重新作出",
        "a new sign-off asks anew: the reservation stays, the consent has to be given again",
    ),
}


@dataclass(frozen=True, slots=True)
class ManifestItem:
    """An item as one revision has it; the hash covers content, strength and the concerned."""

    id: str
    hash: str
    concerned: frozenset[str]
    predecessors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Manifest:
    """A revision: its headings (title, horizon, charter version, ...) and its items."""

    items: tuple[ManifestItem, ...]
    headings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Position:
    """A position in force: on one item, or the general one (`item=None`) for each item without its own.

    `is_stale` was marked by an earlier revision. `is_confirmed` is False while the position is shown but not counted
    (ad referendum, entered by the secretariat). `origin` names the item on which an objection or reservation was
    raised that has since passed on to `item`; empty where it was said on the item itself.
    """

    party: str
    item: str | None
    value: str
    is_stale: bool = False
    has_text: bool = True
    is_confirmed: bool = True
    origin: str = ""


@dataclass(frozen=True, slots=True)
class CharterOptions:
    """What the charter says about staleness.

    `families` gives the meaning of each value. A change of one of `renewing_headings` makes all consent stale.
    `renew_reserved`: the consent inside "agree with reservation" falls like any other, while the reservation stays.
    """

    families: Mapping[str, Family]
    renewing_headings: frozenset[str] = frozenset()
    renew_reserved: bool = False


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of one position in one cell.

    `kinds` say how the item changed. `passed_from` names the item on which an objection or reservation that stands
    here was raised. A difference that passed on to successors (`has_moved`) stands there and no longer here.
    """

    item: str
    party: str
    position: Position
    is_stale: bool
    reason: Reason
    kinds: frozenset[ChangeKind] = frozenset()
    passed_from: str | None = None

    @property
    def value(self) -> str:
        """Return the charter's word for the position."""
        return self.position.value

    @property
    def has_moved(self) -> bool:
        """Return whether the position stands on the successors of its item and no longer here."""
        return self.reason is Reason.DIFFERENCE_PASSES_ON and self.is_removed

    @property
    def is_removed(self) -> bool:
        """Return whether the item is no longer in the plan."""
        return ChangeKind.REMOVED in self.kinds

    @property
    def falls(self) -> bool:
        """Return whether this revision makes the consent stale (and not an earlier one)."""
        return self.is_stale and self.reason is not Reason.ALREADY_STALE
