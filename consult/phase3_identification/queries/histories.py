"""The history of a sign-off as the pure rule of staleness reads it: one truth for every reader.

A history goes back over the earlier sign-offs of the plan: a new one asks anew, but objections and
reservations stay until their holder lifts them.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from consult.ballots.enums import Outcome, PositionValue
from consult.ballots.models import Position
from consult.consensus.changes import ChangeKind, CharterOptions, Family, Manifest, ManifestItem
from consult.consensus.changes import Position as Held
from consult.consensus.history import Stage
from consult.phase1_organization.models import Charter
from consult.phase3_identification.models import SignOff, SignOffBallot
from plans.register.models import Item, Plan, Revision

FAMILIES: Mapping[str, Family] = {
    PositionValue.AGREE.value: Family.AGREED,
    PositionValue.AGREE_IN_PRINCIPLE.value: Family.AGREED_IN_PRINCIPLE,
    PositionValue.AGREE_RESERVED.value: Family.RESERVED,
    PositionValue.ABSTAIN.value: Family.ABSTAINED,
    PositionValue.OBJECT.value: Family.OBJECTED,
    PositionValue.RECUSED.value: Family.RECUSED,
}


class BallotRow(NamedTuple):
    """The ballot of one item in one wording, without its texts."""

    pk: int
    sign_off: int
    plan: int
    item: int
    key: str
    revision: int
    change: str
    hash: str
    concerned: Sequence[str]
    outcome: str | None
    predecessors: Sequence[str]

    @property
    def is_superseded(self) -> bool:
        """Whether it gave way: to a newer wording, or to nothing, when its item left the text."""
        return self.outcome == Outcome.SUPERSEDED.value

    @property
    def is_without_result(self) -> bool:
        """Whether it ended undecided, while the sign-off goes on: its item was taken back."""
        return self.outcome == Outcome.WITHOUT_RESULT.value

    @property
    def is_removed(self) -> bool:
        """Whether it only keeps a difference on an item that left the text."""
        return self.change == ChangeKind.REMOVED.value

    def manifest_item(self) -> ManifestItem:
        return ManifestItem(
            self.key, self.hash, frozenset(self.concerned), tuple(self.predecessors)
        )


def charter_options(sign_offs: Iterable[SignOff]) -> dict[int, CharterOptions]:
    """Sign-off id -> what the charter under which it was opened says about staleness. One query."""
    wanted = {row.pk: (row.plan_id, row.charter_number) for row in sign_offs}
    places = set(wanted.values())
    charters = {
        (row.plan_id, row.number): row
        for row in Charter.objects.filter(plan__in={plan for plan, _number in places})
        if (row.plan_id, row.number) in places
    }
    return {pk: options_in(charters.get(place)) for pk, place in wanted.items()}


def options_in(charter: Charter | None) -> CharterOptions:
    """What a charter says about staleness; a charter from before these clauses says nothing."""
    terms = charter.content if charter else None
    return CharterOptions(
        families=FAMILIES,
        renewing_headings=frozenset((terms and terms.renewing_headings) or ()),
        renew_reserved=bool(terms and terms.renew_reserved),
    )


def ballot_rows(sign_offs: Iterable[SignOff]) -> dict[int, list[BallotRow]]:
    """Sign-off id -> all ballots of it and of the earlier ones of its plan, oldest first.

    One query over many sign-offs, of which each plan has one.
    """
    current = {row.plan_id: row.pk for row in sign_offs}
    origins = Item.predecessors.through.objects.filter(from_item=OuterRef("item"))
    found: dict[int, list[BallotRow]] = {pk: [] for pk in current.values()}
    rows = (
        SignOffBallot.objects.filter(sign_off__plan__in=current)
        .order_by("pk")
        .values_list(
            "pk",
            "sign_off",
            "sign_off__plan",
            "item",
            "item__key",
            "revision",
            "change",
            "version__hash",
            "version__concerned",
            "ballot__end__outcome",
            ArraySubquery(origins.order_by("pk").values("to_item__key")),
        )
    )
    for values in rows:
        row = BallotRow(*values)
        if row.sign_off <= current[row.plan]:
            found[current[row.plan]].append(row)
    return found


def newest_rows(rows: Iterable[BallotRow]) -> dict[int, BallotRow]:
    """Item id -> its newest ballot. Pure."""
    return {row.item: row for row in rows}


def stages_of(
    rows: Sequence[BallotRow],
    positions: Iterable[Any],
    headings: Mapping[int, Mapping[str, str]],
) -> list[Stage]:
    """The revisions on which consent was asked, oldest first, each with what was said on it. Pure.

    `positions` are the newest of each party on each item, with `on`, the ballot they were taken
    in. The first ballots of a sign-off name every item; later ones only what changed.
    """
    on: dict[int, list[Any]] = {}
    for position in positions:
        on.setdefault(position.on, []).append(position)
    standing: dict[str, ManifestItem] = {}
    stages = []
    former: int | None = None
    for (sign_off, revision), group in groupby(rows, key=lambda row: (row.sign_off, row.revision)):
        opened = list(group)
        is_anew = former is not None and sign_off != former
        if is_anew:
            standing = {}
        standing |= {row.key: row.manifest_item() for row in opened if not row.is_removed}
        for row in opened:
            if row.is_removed:
                standing.pop(row.key, None)
        stages.append(
            Stage(
                manifest=Manifest(tuple(standing.values()), headings.get(revision, {})),
                kinds={row.key: frozenset({ChangeKind(row.change)}) for row in opened},
                positions=tuple(
                    held_on(row.key, position) for row in opened for position in on.get(row.pk, ())
                ),
                is_anew=is_anew,
            )
        )
        former = sign_off
    return stages


def held_on(key: str, position: Position) -> Held:
    """A position as the rules read it: an objection needs a reason and a wording that would do."""
    return Held(
        party=str(position.jurisdiction_id),
        item=key,
        value=position.value,
        has_text=bool(position.text and position.wording),
    )


def renewing_texts(
    plans: Iterable[Plan | int], options: Iterable[CharterOptions]
) -> dict[int, dict[str, str]]:
    """Revision id -> heading -> its text, of the headings that renew all consent by the charter.

    One query, none where no charter has such headings.
    """
    names = frozenset(name for one in options for name in one.renewing_headings)
    if not names:
        return {}
    rows = Revision.objects.filter(plan__in=list(plans)).values_list("pk", "manifest")
    return {pk: headings_in(json.loads(text), names) for pk, text in rows}


def headings_in(manifest: Mapping[str, object], names: Iterable[str]) -> dict[str, str]:
    """The named headings of a manifest, each as one text. Pure."""
    return {name: json.dumps(manifest.get(name), sort_keys=True) for name in names}
