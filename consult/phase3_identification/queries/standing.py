"""What every party holds in a sign-off now: rows of the database laid before the pure history."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import F, QuerySet

from consult.ballots.models import Elector, Position
from consult.consensus.changes import HARMLESS, CharterOptions, Fate
from consult.consensus.history import History, Stage, history, is_changed
from consult.phase3_identification.models import SignOff, SignOffBallot
from consult.phase3_identification.queries.histories import (
    BallotRow,
    ballot_rows,
    charter_options,
    newest_rows,
    renewing_texts,
    stages_of,
)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """One sign-off with all that was said: the stages, and what they leave.

    `positions`: (item id, code) -> the newest position of the party on the item.
    """

    rows: Sequence[BallotRow]
    positions: Mapping[tuple[int, str], Any]
    stages: Sequence[Stage]
    options: CharterOptions
    held: History

    def cells(self) -> dict[tuple[int, str], Any]:
        """(item id, code) -> the position that stands there, with its `fate`, `is_stale`, and
        `is_former`: it was taken in an earlier sign-off."""
        items = {row.key: row.item for row in self.rows}
        current = self.rows[-1].sign_off if self.rows else 0
        here = {row.pk for row in self.rows if row.sign_off == current}
        found = {}
        for (key, code), fates in self.held.fates.items():
            fate = self.held.heaviest((key, code), charter=self.options)
            said = self._position(fate, items) if fate and fates else None
            if fate is not None and said is not None:
                is_former = said.on not in here
                found[items[key], code] = _with_fate(said, fate, items[key], is_former=is_former)
        return found

    def _position(self, fate: Fate, items: Mapping[str, int]) -> Any:
        origin = fate.passed_from or fate.item
        return self.positions.get((items.get(origin, 0), fate.party))


def _with_fate(position: Any, fate: Fate, item: int, *, is_former: bool) -> Any:
    """The position as it stands on an item; a copy, because one may stand on several."""
    held = copy(position)
    held.item_id, held.fate, held.is_stale = item, fate, fate.is_stale
    held.is_former = is_former
    return held


def newest_positions_in(sign_off: SignOff, *, code: str | None = None) -> QuerySet[Any]:
    """The newest position of each party (of `code` alone) on each item, in the sign-off and those
    before it."""
    own = {} if code is None else {"jurisdiction": code}
    return (
        Position.objects.filter(
            **own,
            ballot__sign_off_ballot__sign_off__plan=sign_off.plan_id,
            ballot__sign_off_ballot__sign_off__lte=sign_off.pk,
        )
        .annotate(item_id=F("ballot__sign_off_ballot__item"), on=F("ballot__sign_off_ballot"))
        .order_by("item_id", "jurisdiction_id", "-pk")
        .distinct("item_id", "jurisdiction_id")
        .select_related("mandate__user", "ballot")
    )


class SaidRow(NamedTuple):
    """A position without its people: what the rules of staleness ask."""

    item_id: int
    on: int
    jurisdiction_id: str
    value: str
    text: str
    wording: str


def _plain(positions: QuerySet[Any]) -> list[SaidRow]:
    rows = positions.select_related(None).values_list(*SaidRow._fields)
    return [SaidRow(*values) for values in rows]


def standing_of(
    sign_off: SignOff, *, code: str | None = None, with_people: bool = True
) -> Standing:
    """What stands in a sign-off, of all parties or of `code` alone. Three queries, and one more
    where headings renew all consent.

    Without the people its positions are plain rows, for what the rules ask: no `cells` of them.
    """
    said = newest_positions_in(sign_off, code=code)
    newest: Iterable[Any] = said if with_people else _plain(said)
    rows = ballot_rows([sign_off])[sign_off.pk]
    options = charter_options([sign_off])[sign_off.pk]
    positions = {(row.item_id, str(row.jurisdiction_id)): row for row in newest}
    texts = renewing_texts([sign_off.plan_id], [options])
    stages = stages_of(rows, positions.values(), texts)
    return Standing(
        rows=rows,
        positions=positions,
        stages=stages,
        options=options,
        held=history(stages, charter=options),
    )


def renewal_counts(sign_offs: Iterable[SignOff]) -> dict[tuple[int, str], int]:
    """(sign-off, code) -> on how many items a party that has spoken is asked again (of one that
    has not, the figure means nothing). Unscoped.

    Those are the consents that wait for renewal and the items that came to concern it since. In a
    sealed sign-off every item that changed under a position counts, whatever the position: the joint
    office reads the duties, and must not learn from them who has agreed to what. Four queries over
    many sign-offs, of which each plan has one; positions are read of changed items only.
    """
    opened = list(sign_offs)
    if not opened:
        return {}
    options = charter_options(opened)
    rows = {
        pk: [row for row in found if row.sign_off == pk]
        for pk, found in ballot_rows(opened).items()
    }
    texts = renewing_texts({row.plan_id for row in opened}, options.values())
    moved = {pk: _moved(found, texts) for pk, found in rows.items()}
    said = _said_on({row.item for some in moved.values() for row in some})
    electors = _electors_of({row.pk for some in moved.values() for row in some})
    counts: Counter[tuple[int, str]] = Counter()
    for sign_off in opened:
        own = moved[sign_off.pk]
        positions = [held for item in newest_rows(own) for held in said.get(item, ())]
        held = history(stages_of(own, positions, texts), charter=options[sign_off.pk])
        for row in newest_rows(own).values():
            if not row.is_superseded:
                counts.update(
                    (sign_off.pk, code)
                    for code in electors.get(row.pk, ())
                    if _is_asked(held, row, code, is_sealed=sign_off.is_sealed)
                )
    return dict(counts)


def _is_asked(held: History, row: BallotRow, code: str, *, is_sealed: bool) -> bool:
    if is_sealed and row.is_removed:
        return False  # only who holds a difference on it could still be asked: that would tell
    fates = held.fates.get((row.key, code), ())
    if not fates:
        return not row.is_removed
    return any(is_changed(fate) if is_sealed else fate.is_stale for fate in fates)


def _moved(rows: Sequence[BallotRow], texts: Mapping[int, Mapping[str, str]]) -> list[BallotRow]:
    """The ballots of the items that changed under somebody; all where a heading renews consent."""
    harmless = {kind.value for kind in HARMLESS}
    first = rows[0].revision if rows else None
    items = {row.item for row in rows if row.revision != first and row.change not in harmless}
    origins = {row.key: row.predecessors for row in rows}
    keys = {row.key for row in rows if row.item in items}
    while more := {former for key in keys for former in origins.get(key, ())} - keys:
        keys |= more
    items = {row.item for row in rows if row.key in keys}
    if len({json.dumps(texts.get(row.revision, {}), sort_keys=True) for row in rows}) > 1:
        return list(rows)
    return [row for row in rows if row.item in items]


def _said_on(items: Iterable[int], *, upto: int | None = None) -> dict[int, list[SaidRow]]:
    """Item id -> the newest position of each party on it, in ballots up to that id."""
    until = {} if upto is None else {"ballot__sign_off_ballot__lte": upto}
    rows = (
        Position.objects.filter(ballot__sign_off_ballot__item__in=list(items), **until)
        .annotate(item_id=F("ballot__sign_off_ballot__item"), on=F("ballot__sign_off_ballot"))
        .order_by("item_id", "jurisdiction_id", "-pk")
        .distinct("item_id", "jurisdiction_id")
    )
    found: dict[int, list[SaidRow]] = {}
    for row in _plain(rows):
        found.setdefault(row.item_id, []).append(row)
    return found


def _electors_of(ballots: Iterable[int]) -> dict[int, list[str]]:
    """Item ballot id -> the parties that count in it and have not left."""
    rows = Elector.objects.filter(ballot__sign_off_ballot__in=list(ballots), end__isnull=True)
    found: dict[int, list[str]] = {}
    pairs = rows.order_by("jurisdiction_id")
    for ballot, code in pairs.values_list("ballot__sign_off_ballot", "jurisdiction_id"):
        found.setdefault(ballot, []).append(str(code))
    return found


def carried_cells(sign_off: SignOff) -> dict[int, dict[str, tuple[str, bool, bool]]]:
    """Item id -> code -> (value, waits for renewal, has its texts), of the items on which something
    changed since somebody spoke or a former sign-off left a difference. Three queries."""
    rows = ballot_rows([sign_off])[sign_off.pk]
    options = charter_options([sign_off])[sign_off.pk]
    texts = renewing_texts([sign_off.plan_id], [options])
    is_first = all(row.sign_off == sign_off.pk for row in rows)
    own = _moved(rows, texts) if is_first else rows
    said = _said_on({row.item for row in own}, upto=max((row.pk for row in rows), default=0))
    positions = [held for some in said.values() for held in some]
    held = history(stages_of(own, positions, texts), charter=options)
    found: dict[int, dict[str, tuple[str, bool, bool]]] = {row.item: {} for row in own}
    items = {row.key: row.item for row in own}
    for key, code in held.fates:
        fate = held.heaviest((key, code), charter=options)
        if fate is not None:
            said_so = (fate.value, fate.is_stale, fate.position.has_text)
            found[items[key]][code] = said_so
    return found


def left_on(sign_off: SignOff, gone: Iterable[SignOffBallot]) -> dict[tuple[int, str], Position]:
    """(item id, code) -> the objection or reservation that stands on an item that left the text.

    Three queries, none where no ballot is kept for one.
    """
    items = {row.item_id for row in gone}
    if not items:
        return {}
    cells = standing_of(sign_off).cells()
    return {cell: held for cell, held in cells.items() if cell[0] in items}
