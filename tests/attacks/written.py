"""What a request wrote: every row of every table of ours that is new or changed, and how many stay.

PostgreSQL marks each version of a row with the number of the transaction, or of the savepoint, that
wrote it (`xmin`): what a request wrote carries a greater one than all rows before it. One statement
reads all tables.
"""

import json
from dataclasses import dataclass

from django.apps import apps
from django.db import connection, models

# Rows of the connection's own house, which no act is about.
LEFT_OUT = frozenset({"django_session", "django_migrations"})


def tables() -> list[type[models.Model]]:
    """Every table, those between two tables too."""
    found = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    seen = {model._meta.db_table: model for model in found if not model._meta.proxy}
    return [seen[name] for name in sorted(seen.keys() - LEFT_OUT)]


def _union(part: str) -> str:
    names = (model._meta.db_table for model in tables())
    return " UNION ALL ".join(part.format(name=name) for name in names)


def newest_mark() -> int:
    """The greatest number by which a row was written."""
    statement = _union('SELECT max(xmin::text::bigint) AS mark FROM "{name}"')
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT max(mark) FROM ({statement}) AS all_marks")  # noqa: S608 - own names
        return int(cursor.fetchone()[0] or 0)


@dataclass(frozen=True)
class Written:
    """table -> its rows that were written, in their order; table -> how many rows it has."""

    rows: dict[str, list[dict[str, object]]]
    counts: dict[str, int]


ROWS_OF = (
    "SELECT '{{name}}', count(*),"
    " jsonb_agg(to_jsonb(one)) FILTER (WHERE one.xmin::text::bigint > {mark})"
)


def written_since(mark: int) -> Written:
    """One look at each table: how many rows, and those written after `mark`."""
    statement = _union(f'{ROWS_OF.format(mark=int(mark))} FROM "{{name}}" AS one')
    rows: dict[str, list[dict[str, object]]] = {}
    counts: dict[str, int] = {}
    with connection.cursor() as cursor:
        cursor.execute(statement)
        for place, count, written in cursor.fetchall():
            counts[place] = count
            if written:
                found = json.loads(written) if isinstance(written, str) else written
                rows[place] = sorted(found, key=_order)
    return Written(rows=rows, counts=counts)


def _order(row: dict[str, object]) -> str:
    """Rows come in the order in which they were made, whatever numbers they were given."""
    pk = row.get("id")
    return f"{pk:020d}" if isinstance(pk, int) else json.dumps(row, sort_keys=True, default=str)


def differences(plain: Written, other: Written, loose: set[tuple[str, str]]) -> list[str]:
    """What the second wrote otherwise than the first, but for the columns in `loose`."""
    found = [
        f"{place}: {plain.counts[place]} rows, then {count}"
        for place, count in other.counts.items()
        if plain.counts[place] != count
    ]
    for place in sorted(plain.rows.keys() | other.rows.keys()):
        one, two = plain.rows.get(place, []), other.rows.get(place, [])
        if len(one) != len(two):
            found.append(f"{place}: {len(one)} rows written, then {len(two)}")
        for before, after in zip(one, two, strict=False):
            found += [
                f"{place}.{name}: {before[name]!r:.80} then {after[name]!r:.80}"
                for name in before
                if before[name] != after[name] and (place, name) not in loose
            ]
    return found


def loose_columns(one: Written, two: Written) -> set[tuple[str, str]]:
    """(table, column) that differs between two equal requests: numbers, instants, random parts."""
    return {
        (place, name)
        for place in one.rows.keys() & two.rows.keys()
        for before, after in zip(one.rows[place], two.rows[place], strict=False)
        for name in before
        if before[name] != after[name]
    }
