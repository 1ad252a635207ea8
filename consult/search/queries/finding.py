"""Finding: one query for the rows of a page from all tables, one for how many there are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cached_property
from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.utils.timezone import get_current_timezone

from consult.search.queries.asked import Asked
from consult.search.queries.hits import Hit, hits_of
from consult.search.queries.sources import SOURCES
from stakeholders.finding.expressions import by_index, holds
from stakeholders.terms.actor import Actor

MOST = 1_000  # what can be leafed through; who finds more asks more closely


@dataclass(frozen=True)
class Finds(Sequence[Hit]):
    """What is found, the newest first, read only as far as it is asked for: a paginator's list."""

    asked: Asked
    actor: Actor

    @cached_property
    def _rows(self) -> QuerySet[Any] | None:
        found = [
            branch
            for name in SOURCES
            if (branch := _branch(name, actor=self.actor, asked=self.asked)) is not None
        ]
        if not found:
            return None
        return found[0].union(*found[1:], all=True) if len(found) > 1 else found[0]

    @cached_property
    def _counted(self) -> int:
        # The count needs no order: it ends with the row that is one too many.
        if self._rows is None:
            return 0
        with by_index():
            return self._rows[: MOST + 1].count()

    @property
    def has_more(self) -> bool:
        """Whether there is more than can be leafed through."""
        return self._counted > MOST

    def __len__(self) -> int:
        return min(self._counted, MOST)

    def __getitem__(self, place: Any) -> Any:
        """The hits of a slice."""
        if not isinstance(place, slice):
            return self[place : place + 1][0]
        if self._rows is None:
            return []
        ordered = self._rows.order_by(F("found_at").desc(nulls_last=True), "found_in", "-id")
        with by_index():
            rows = list(ordered[place.start or 0 : min(place.stop or MOST, MOST)])
        pairs = [(source, pk) for source, pk, _at in rows]
        return hits_of(pairs, actor=self.actor, terms=self.asked.terms)

    def __iter__(self) -> Iterator[Hit]:
        return iter(self[0:MOST])


def find(*, actor: Actor, asked: Asked) -> Finds:
    """What `actor` may see and finds. Nothing is read yet."""
    return Finds(asked, actor)


def _branch(name: str, *, actor: Actor, asked: Asked) -> QuerySet[Any] | None:
    """(source, id, time) of the rows of one table that hold the terms."""
    source = SOURCES[name]
    rows = source.rows(actor=actor, asked=asked)
    if rows is None:
        return None
    rows = rows.filter(holds(rows.model, asked.terms))
    zone = get_current_timezone()
    if asked.since:
        first = datetime.combine(asked.since, time.min, zone)
        rows = rows.filter(**{f"{source.at}__gte": first})
    if asked.until:
        end = datetime.combine(asked.until + timedelta(days=1), time.min, zone)
        rows = rows.filter(**{f"{source.at}__lt": end})
    marked = rows.order_by().annotate(
        found_in=Value(name, output_field=CharField()), found_at=F(source.at)
    )
    found: QuerySet[Any, Any] = marked.values_list("found_in", "id", "found_at")
    return found
