"""What of an open sign-off can be adopted first (先行认定), what cannot yet, and why.

An item has passed for good when everybody it concerns has spoken on its present wording, nothing
waits on it, and its rule passes: nothing that is still to come can fail it, unless a party that
has spoken says something else.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.consensus.matrix import Counting
from consult.phase3_identification.board import Board, BoardCell, BoardRow
from consult.phase3_identification.models import PartialAdoption, SignOff
from consult.phase3_identification.queries import (
    declaration_ids,
    prepared_overrides,
    waiting_requests,
)
from consult.phase3_identification.queries.life import BETWEEN
from plans.register.models import Plan, RevisionItem
from stakeholders.terms import canonical
from stakeholders.terms.duty import Text
from stakeholders.terms.errors import Conflict, Invalid

NUMBERS = "、"
LONGEST = 300  # characters of a reason
NO_REASON = _("Say why these items are adopted first.")
LONG = _("The reason is longer than 300 characters.")
MARKED = slice(7, 23)  # the digits of a hash that a form or a program sends back
NOT_THERE = _("This is no item of the frozen text: {keys}.")
NONE_PICKED = _("Choose at least one item to adopt.")
ALREADY = _("Adopted already: {numbers}. Open the page again.")
MOVED = _(
    "What the parties say has changed since you opened this page: {numbers}. Look at it again."
)
NOT_PASSED = _("Article {number} has not passed for good: {why}")


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """One item before a partial adoption. `why`: what stands against it (nothing: it can be
    adopted); `mark`: its state in short, echoed by whoever adopts it."""

    row: BoardRow
    why: Sequence[Text]
    mark: str
    links: Sequence[str] = ()

    @property
    def key(self) -> str:
        return self.row.key

    @property
    def value(self) -> str:
        """Item and mark as a form sends them."""
        return f"{self.key}:{self.mark}"


@dataclass(frozen=True, kw_only=True)
class Offer:
    """All items of a sign-off in three groups: `ready`, `waiting` and `adopted`, each in the order
    of the text."""

    candidates: Sequence[Candidate]
    board: Board

    @cached_property
    def by_key(self) -> Mapping[str, Candidate]:
        return {one.key: one for one in self.candidates}

    @cached_property
    def adopted(self) -> list[Candidate]:
        return [one for one in self.candidates if one.row.adopted is not None]

    @cached_property
    def ready(self) -> list[Candidate]:
        return [one for one in self.candidates if one.row.adopted is None and not one.why]

    @cached_property
    def waiting(self) -> list[Candidate]:
        return [one for one in self.candidates if one.row.adopted is None and one.why]

    def loose(self, picked: Collection[str]) -> list[tuple[Candidate, list[Candidate]]]:
        """The picked items that refer to others which are neither picked nor adopted, with these."""
        found = []
        for one in self.candidates:
            others = [self.by_key[key] for key in one.links if key in self.by_key]
            left = [o for o in others if o.key not in picked and o.row.adopted is None]
            if one.key in picked and left:
                found.append((one, left))
        return found

    def picked(self, seen: Mapping[str, str]) -> list[Candidate]:
        """The items that somebody picked (key -> mark as seen), in the order of the text.

        Raises Invalid for none, an unknown one and one that has not passed; Conflict for one that
        is adopted already or on which something was said since.
        """
        if not seen:
            raise Invalid({"items": NONE_PICKED})
        unknown = sorted(seen.keys() - self.by_key.keys())
        if unknown:
            raise Invalid({"items": format_lazy(NOT_THERE, keys=", ".join(unknown))})
        chosen = [one for one in self.candidates if one.key in seen]
        _refuse(ALREADY, (one for one in chosen if one.row.adopted is not None))
        _refuse(MOVED, (one for one in chosen if one.mark != seen[one.key]))
        for one in chosen:
            for why in one.why:
                text = format_lazy(NOT_PASSED, number=one.row.number, why=why)
                raise Invalid({"items": text})
        return chosen


def _refuse(text: Text, rows: Iterable[Candidate]) -> None:
    numbers = [one.row.number for one in rows]
    if numbers:
        raise Conflict(format_lazy(text, numbers=NUMBERS.join(numbers)))


def offer(*, plan: Plan, sign_off: SignOff, state: Board) -> Offer:
    """What of an open sign-off can be adopted first now. Six queries besides the board's."""
    prepared = {one.ballot.pk for one in prepared_overrides(sign_off)}
    asked = {
        one.item_id
        for row in waiting_requests([sign_off]).prefetch_related("items")
        for one in row.items.all()
    }
    said = {code: pk for (_sign_off, code), pk in declaration_ids([sign_off]).items()}
    names = {party.code: str(party) for party in state.parties}
    return Offer(
        candidates=[
            Candidate(
                row=row,
                why=[
                    *_waiting(row, prepared=prepared, asked=asked),
                    *_lacking(row, names),
                ],
                mark=_mark(row, said),
                links=_links(row),
            )
            for row in state.rows
        ],
        board=state,
    )


def _waiting(row: BoardRow, *, prepared: Collection[int], asked: Collection[int]) -> list[Text]:
    """What waits on the item, or sets it apart."""
    end = getattr(row.ballot.ballot, "end", None)
    found: list[Text] = []
    if end is not None and row.adopted is None:
        found.append(_("It was taken back to preparation."))
    if not row.is_decided_here:
        found.append(_("It is not decided here: the superior authority decides it."))
    if row.override is not None:
        found.append(_("It is overridden: that takes effect when the sign-off closes."))
    if row.ballot.pk in prepared:
        found.append(_("An override of it waits for its second person."))
    if row.ballot.item_id in asked:
        found.append(_("A party asks to reopen it."))
    return found


def _lacking(row: BoardRow, names: Mapping[str, str]) -> list[Text]:
    """Whose word is missing, waits for renewal, or rests on conditions; else what the rule lacks."""
    codes = {elector["code"] for elector in row.ballot.electors}
    cells = [cell for cell in row.cells if cell.code in codes]
    found: list[Text] = []
    for text, lacks in LACKING:
        who = [names[cell.code] for cell in cells if lacks(cell)]
        if who:
            found.append(format_lazy(text, parties=str(BETWEEN).join(who)))
    if not found and row.is_decided_here and not row.passes:
        found.append(row.needed_text or _("Its rule is not met."))
    return found


def _is_silent(cell: BoardCell) -> bool:
    return cell.state == "silent"


def _is_stale(cell: BoardCell) -> bool:
    return cell.state == "stale" or cell.counting == Counting.STALE.value


def _has_conditions(cell: BoardCell) -> bool:
    return cell.counting == Counting.CONDITIONS_OPEN.value


def _is_unconfirmed(cell: BoardCell) -> bool:
    return cell.counting == Counting.UNCONFIRMED.value


LACKING = (
    (_("No position has been taken by: {parties}."), _is_silent),
    (_("Consent is to be renewed by: {parties}."), _is_stale),
    (_("Conditions are not yet met and confirmed, of: {parties}."), _has_conditions),
    (_("A position is not yet confirmed, of: {parties}."), _is_unconfirmed),
)


def _mark(row: BoardRow, said: Mapping[str, int]) -> str:
    """The state of an item in short: its wording, and what each party holds there."""
    held = [
        [cell.code, cell.state, cell.value, cell.counting, said.get(cell.code)]
        for cell in row.cells
        if row.concerns(cell.code)
    ]
    content = [row.ballot.pk, row.ballot.version.hash, held]
    return canonical.digest_of({"state": content})[MARKED]


def _links(row: BoardRow) -> list[str]:
    links = row.content.get("links")
    return [str(key) for key in links] if isinstance(links, list) else []


def parts_said(
    adoptions: Iterable[PartialAdoption], entries: Mapping[int, Sequence[RevisionItem]]
) -> list[dict[str, object]]:
    """The partial adoptions as the statement of the whole text names them."""
    return [
        {
            "revision": {"number": one.revision.number, "hash": one.revision.hash},
            "statement": one.statement.hash,
            "reason": one.reason,
            "items": [row.item.key for row in entries.get(one.revision_id, ())],
            "at": one.at,
        }
        for one in adoptions
    ]
