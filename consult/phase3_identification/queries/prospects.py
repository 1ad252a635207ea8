"""What a coming revision would do to the positions of a sign-off: carrying over and the page before
publishing read this one."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from consult.consensus.changes import DIFFERENCE, HARMLESS, ChangeKind, Fate, Manifest, ManifestItem
from consult.consensus.history import History, Stage, history
from consult.consensus.staleness import changed_headings
from consult.phase3_identification.models import SignOff, SignOffBallot
from consult.phase3_identification.queries.histories import BallotRow, headings_in, newest_rows
from consult.phase3_identification.queries.standing import Standing, standing_of
from plans.register.models import Item, Revision
from plans.text.changes import Standing as Wording
from plans.text.changes import change_kind

MOVED = (ChangeKind.MOVED.value, ChangeKind.UNCHANGED.value)


@dataclass(frozen=True, kw_only=True)
class Coming:
    """An item as the coming revision holds it; `change` is its kind of change against the last
    published revision, `content` the canonical text of its version."""

    key: str
    hash: str
    concerned: Sequence[str]
    change: str
    content: str


@dataclass(frozen=True, kw_only=True)
class Prospect:
    """The sign-off as it stands, the coming stage, and what would stand after it.

    `live` is item key -> the newest ballot of what the text holds now; `removed` those of removed
    items that still bear a difference. What follows from these is reckoned once and only read.
    """

    standing: Standing
    live: Mapping[str, BallotRow]
    removed: Mapping[str, BallotRow]
    stage: Stage
    after: History
    renewing: tuple[str, ...]

    @cached_property
    def fallen(self) -> Sequence[Fate]:
        """The consents that this revision makes stale."""
        return [fate for fate in self.after.last if fate.falls]

    @cached_property
    def here(self) -> frozenset[str]:
        """The items of the coming revision."""
        return frozenset(item.id for item in self.stage.manifest.items)

    @cached_property
    def changed(self) -> frozenset[str]:
        """The items that get a new ballot: with a new wording, or all where a heading renews."""
        return self.here if self.renewing else self.here & self.stage.kinds.keys()

    @cached_property
    def reopened(self) -> frozenset[str]:
        """The items that were taken back and come again in the same wording: their ballot ended
        without result, so they get another, in which all that was said stands."""
        same = self.here - self.changed
        return frozenset(
            key for key, row in self.live.items() if key in same and row.is_without_result
        )

    @cached_property
    def gone(self) -> Sequence[str]:
        """The items that leave the text with this revision."""
        return [key for key in self.live if key not in self.here]

    def owing(self, key: str) -> frozenset[str]:
        """Who stays in the electorate of an item whomever it concerns now: whose consent waits for
        renewal, and who holds an objection or reservation on it."""
        return frozenset(self._owing.get(key, ()))

    @cached_property
    def _owing(self) -> Mapping[str, set[str]]:
        families = self.standing.options.families
        found: dict[str, set[str]] = {}
        for (item, party), fates in self.after.fates.items():
            if any(fate.is_stale or families[fate.value] in DIFFERENCE for fate in fates):
                found.setdefault(item, set()).add(party)
        return found


def prospect(
    sign_off: SignOff,
    *,
    coming: Sequence[Coming],
    manifest: Mapping[str, object],
    before: Mapping[str, str],
) -> Prospect:
    """What a revision with these items and headings does to what was said.

    `before` is item key -> hash in the last published revision. A claim of a harmless change holds
    only against it and only where it can be true; otherwise the text counts as changed, so that no
    consent outlives what it was given to. A fixed number of queries.
    """
    standing = standing_of(sign_off, with_people=False)
    rows = [row for row in standing.rows if row.sign_off == sign_off.pk]
    newest = {row.key: row for row in newest_rows(rows).values()}
    live = {k: row for k, row in newest.items() if not row.is_removed and not row.is_superseded}
    kinds = _kinds(coming, live, before, sign_off)
    origins = _predecessors([one.key for one in coming if one.key not in live], sign_off)
    names = standing.options.renewing_headings
    items = tuple(
        ManifestItem(
            one.key,
            one.hash,
            frozenset(one.concerned),
            tuple(live[one.key].predecessors if one.key in live else origins.get(one.key, ())),
        )
        for one in coming
    )
    stage = Stage(Manifest(items, headings_in(manifest, names)), kinds)
    former = standing.stages[-1].manifest if standing.stages else Manifest(())
    return Prospect(
        standing=standing,
        live=live,
        removed={k: row for k, row in newest.items() if row.is_removed and not row.is_superseded},
        stage=stage,
        after=history([*standing.stages, stage], charter=standing.options),
        renewing=changed_headings(old=former, new=stage.manifest, charter=standing.options),
    )


def hashes_in(revision: Revision | None) -> dict[str, str]:
    """Item key -> the hash of its version in a revision."""
    if revision is None:
        return {}
    return dict(revision.entries.values_list("item__key", "version__hash"))


def _kinds(
    coming: Sequence[Coming],
    live: Mapping[str, BallotRow],
    before: Mapping[str, str],
    sign_off: SignOff,
) -> dict[str, frozenset[ChangeKind]]:
    """Item key -> how it differs from the wording of its ballot; those that do not are left out."""
    kinds = {}
    doubtful = {}
    for one in coming:
        old = live.get(one.key)
        if old is not None and old.hash == one.hash:
            continue
        kinds[one.key] = ChangeKind(one.change)
        if old is None:
            kinds[one.key] = ChangeKind.ADDED
        elif kinds[one.key] in HARMLESS:
            if set(one.concerned) != set(old.concerned):
                kinds[one.key] = ChangeKind.STRENGTH_OR_CONCERN
            elif before.get(one.key) != old.hash:
                kinds[one.key] = ChangeKind.TEXT
            elif kinds[one.key].value in MOVED:
                doubtful[old.pk] = one
    if doubtful:
        authentic = sign_off.plan.authentic_language
        for pk, text in _contents(doubtful):
            one = doubtful[pk]
            kinds[one.key] = _moved(text, one, authentic=authentic)
    return {key: frozenset({kind}) for key, kind in kinds.items()}


def _contents(ballots: Mapping[int, Coming]) -> list[tuple[int, str]]:
    rows = SignOffBallot.objects.filter(pk__in=ballots)
    return list(rows.values_list("pk", "version__content"))


def _moved(text: str, one: Coming, *, authentic: str) -> ChangeKind:
    """What the revision calls moved must differ in nothing that binds (its theme may)."""
    old, new = (
        Wording(wording=json.loads(content), number="", heading="")
        for content in (text, one.content)
    )
    found = change_kind(old, new, authentic=authentic).value
    return ChangeKind.MOVED if found in MOVED else ChangeKind.TEXT


def _predecessors(keys: Sequence[str], sign_off: SignOff) -> dict[str, list[str]]:
    """Item key -> what it came from, for items that are new to the sign-off."""
    if not keys:
        return {}
    rows = Item.predecessors.through.objects.filter(
        from_item__plan=sign_off.plan_id, from_item__key__in=keys
    )
    found: dict[str, list[str]] = {}
    for key, former in rows.order_by("pk").values_list("from_item__key", "to_item__key"):
        found.setdefault(key, []).append(former)
    return found
