"""Two revisions of a plan compared item by item."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from plans.register.enums import ChangeKind
from plans.register.models import Plan, Revision, RevisionItem
from plans.register.queries import entries_of, names_of, reading_of
from plans.register.reading import Reading
from plans.text.changes import Standing, change_kind
from plans.text.differences import Mark, Piece, pieces


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """One item in both revisions. The pieces are empty where the text did not change."""

    kind: ChangeKind
    old: Reading | None
    new: Reading | None
    title_zh: list[Piece]
    title_en: list[Piece]
    text_zh: list[Piece]
    text_en: list[Piece]
    concerned: list[Piece]

    @property
    def reading(self) -> Reading:
        found = self.new or self.old
        assert found is not None  # noqa: S101 - an item stands in one of the two at least
        return found


def standings_of(revision: Revision | None) -> dict[str, Standing]:
    """Item key -> how the revision holds it; empty for no revision. One query."""
    return {e.item.key: _standing(e) for e in entries_of(revision)} if revision else {}


def compare(
    *, plan: Plan, old: Revision, new: Revision, only_changes: bool = True
) -> list[Comparison]:
    """The items of both revisions in the order of the new one, removed ones last. Three queries."""
    before = {entry.item.key: entry for entry in entries_of(old)}
    after = {entry.item.key: entry for entry in entries_of(new)}
    keys = [*after, *(key for key in before if key not in after)]
    entries = [*before.values(), *after.values()]
    names = names_of(code for entry in entries for code in entry.version.concerned)
    found = [_compare(plan, before.get(key), after.get(key), names) for key in keys]
    if new.number == old.number + 1:
        found = [_as_published(one, after) for one in found]
    return [one for one in found if not only_changes or one.kind is not ChangeKind.UNCHANGED]


def _as_published(one: Comparison, after: Mapping[str, RevisionItem]) -> Comparison:
    """A change let pass as editorial when it was published stays said so."""
    entry = after.get(one.reading.key)
    if one.kind is ChangeKind.TEXT and entry and entry.change == ChangeKind.EDITORIAL:
        return replace(one, kind=ChangeKind.EDITORIAL)
    return one


def _compare(
    plan: Plan,
    old: RevisionItem | None,
    new: RevisionItem | None,
    names: Mapping[str, object],
) -> Comparison:
    kind = change_kind(
        _standing(old) if old else None,
        _standing(new) if new else None,
        authentic=plan.authentic_language,
    )
    a, b = (reading_of(one) if one else None for one in (old, new))
    return Comparison(
        kind=kind,
        old=a,
        new=b,
        **{name: _pieces(a, b, name) for name in ("title_zh", "title_en", "text_zh", "text_en")},
        concerned=_concerned(a, b, names),
    )


def _pieces(old: Reading | None, new: Reading | None, name: str) -> list[Piece]:
    before, after = (str(getattr(one, name)) if one else "" for one in (old, new))
    return [] if before == after else pieces(before, after)


def _concerned(
    old: Reading | None, new: Reading | None, names: Mapping[str, object]
) -> list[Piece]:
    """Who is concerned no more, and who newly."""
    if not old or not new:
        return []
    before, after = set(old.concerned), set(new.concerned)
    changed: list[tuple[Mark, str]] = [("removed", code) for code in sorted(before - after)]
    changed += [("added", code) for code in sorted(after - before)]
    return [Piece(mark=mark, text=f"{names.get(code, code)} ") for mark, code in changed]


def _standing(entry: RevisionItem) -> Standing:
    wording: Mapping[str, object] = json.loads(entry.version.content)
    return Standing(wording=wording, number=entry.number, heading=entry.heading)
