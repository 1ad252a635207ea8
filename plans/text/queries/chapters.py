"""Chapters with the size of what they hold, so that a page sends one of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import overload

from django.db.models import Count, Q

from plans.register.models import Plan
from plans.text.models import Chapter, Provision
from plans.text.queries.drafting import Article, chapters_of, provisions_of
from plans.text.wording import wording_of
from stakeholders.terms.asked import asked_number


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """A chapter, how many provisions stand in it, and the number of its first one."""

    chapter: Chapter
    count: int
    first: int


def shelves_of(plan: Plan) -> list[Shelf]:
    """All chapters in order. One query, however many provisions there are."""
    held = Count("provisions", filter=Q(provisions__item__draft__is_removed=False))
    first, found = 1, []
    for chapter in chapters_of(plan).annotate(held=held):
        found.append(Shelf(chapter=chapter, count=chapter.held, first=first))
        first += chapter.held
    return found


class NumberedDraft(Sequence[Article]):
    """The working draft, or a chapter of it, under its numbers; a page of it reads its own rows."""

    def __init__(self, plan: Plan, *, shelf: Shelf | None = None) -> None:
        rows = provisions_of(plan)
        self._rows = rows.filter(chapter=shelf.chapter) if shelf else rows
        self._first = shelf.first if shelf else 1
        self._count = shelf.count if shelf else None

    def __len__(self) -> int:
        if self._count is None:
            self._count = self._rows.count()
        return self._count

    @overload
    def __getitem__(self, place: int) -> Article: ...

    @overload
    def __getitem__(self, place: slice) -> list[Article]: ...

    def __getitem__(self, place: int | slice) -> Article | list[Article]:
        if isinstance(place, int):
            return self[place : place + 1][0]
        start = self._first + (place.start or 0)
        return [
            Article(number=number, provision=one, wording=wording_of(one.item.draft))
            for number, one in enumerate(self._rows[place], start=start)
        ]


def place_in(provision: Provision) -> int:
    """The place of a provision of the draft in its chapter, from 1. One query."""
    rows = provisions_of(provision.chapter.plan).filter(chapter=provision.chapter)
    before = Q(position__lt=provision.position) | Q(
        position=provision.position, pk__lte=provision.pk
    )
    return max(rows.filter(before).count(), 1)


def numbers_of(plan: Plan) -> dict[str, int]:
    """Item key -> number in the working draft, in order. One query."""
    keys = provisions_of(plan).values_list("item__key", flat=True)
    return {key: number for number, key in enumerate(keys, start=1)}


def renumbered(before: Mapping[str, int], after: Mapping[str, int]) -> list[tuple[str, int, int]]:
    """(item key, old number, new number) of what bears another number now, in the new order."""
    return [(k, before[k], now) for k, now in after.items() if before.get(k, now) != now]


def place_after(provision: Provision, *, step: str) -> tuple[str, int | None]:
    """Where a step leads a provision: (key of the chapter, position in it, None at its end).

    `step` is `up`, `down`, a position from 1, or `@` with the key of a chapter. One query.
    """
    chapter = provision.chapter
    if step.startswith("@"):
        return step.removeprefix("@"), None
    if position := asked_number(step, default=0):
        return chapter.key, position
    rows = provisions_of(chapter.plan).filter(chapter=chapter).values_list("pk", flat=True)
    place = list(rows).index(provision.pk) + 1
    return chapter.key, place + {"up": -1, "down": 1}.get(step, 0)
