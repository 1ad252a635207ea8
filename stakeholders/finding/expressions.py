"""Conditions "this row's text holds these terms", answered by an index over pairs of characters.

A model that can be searched has one index named `..._grams`: its expression is the text searched,
so that what is indexed and what is looked at cannot differ.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import connection, transaction
from django.db.models import BooleanField, Expression, Func, Model, Q, TextField, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan, LessThanOrEqual

from stakeholders.finding.words import LONGEST, is_settled, tsquery

ENDING = "_grams"
NO_LIMIT = 2**31


class Joined(Func):
    """Columns as one text. Between two stands an empty line, which no term can hold."""

    template = "(%(expressions)s)"
    arg_joiner = " || E'\\n\\n' || "
    output_field = TextField()


class Grams(Func):
    """The pairs of neighbouring characters of a text; the function is made by a migration."""

    function = "grams"
    arity = 1
    output_field = SearchVectorField()


class _Plain(Func):
    """`words.plain` for terms without a space."""

    template = 'lower(normalize(%(expressions)s, NFKC) COLLATE "C")'
    output_field = TextField()


class _PlainWithSpaces(Func):
    """`words.plain` entire; it costs three times as much."""

    template = (
        'translate(lower(normalize(%(expressions)s, NFKC) COLLATE "C"),'
        " E'\\t\\n\\u000b\\f\\r\\u0085\\u1680\\u2028\\u2029', '         ')"
    )
    output_field = TextField()


class _Matches(Func):
    template = "(%(expressions)s::tsquery)"
    arg_joiner = " @@ "
    output_field = BooleanField()


class _Octets(Func):
    function = "octet_length"


def grams_index(*columns: str | Expression, name: str) -> GinIndex:
    """The index of a model that can be searched; `name` ends with `_grams`."""
    text = columns[0] if isinstance(columns[0], Expression) else Joined(*columns)
    return GinIndex(Grams(text), name=name)


def text_of(model: type[Model]) -> Any:
    """The text of a row that is searched, as its index has it."""
    (index,) = (one for one in model._meta.indexes if one.name.endswith(ENDING))
    (grams,) = index.expressions
    (text,) = grams.get_source_expressions()
    return text


def holds(model: type[Model], terms: Sequence[str]) -> Q:
    """The rows of `model` whose text holds each of the terms; exactly those.

    The index finds them by pairs; terms longer than a pair are looked for once more in the text,
    and all of them in a text so long that its pairs are not kept. The limit, which no table
    reaches, keeps other conditions out: they must not lead PostgreSQL to rows whose pairs
    it would then have to make. Read it `by_index`.
    """
    text = text_of(model)
    is_short = Q(LessThanOrEqual(_Octets(text), LONGEST))
    found = Q(_Matches(Grams(text), Value(tsquery(terms))))
    for term in terms:
        found &= (is_short | _has(text, term)) if is_settled(term) else _has(text, term)
    rows = model._default_manager.filter(found)
    return Q(pk__in=rows.order_by().values("pk")[:NO_LIMIT])


def says(model: type[Model], terms: Sequence[str]) -> Q:
    """The same rows, looked through one by one: for few of them, found in another way."""
    text = text_of(model)
    return Q(*[_has(text, term) for term in terms])


@contextmanager
def by_index() -> Iterator[None]:
    """Inside, PostgreSQL takes the index also for words that most texts hold.

    It reckons that a scan costs the same; but the pairs of a text are made anew for each row
    that is scanned, and lie ready in the index.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        yield
        cursor.execute("SET LOCAL enable_seqscan = on")


def _has(text: Any, term: str) -> Q:
    form = _PlainWithSpaces(text) if " " in term else _Plain(text)
    return Q(GreaterThan(StrIndex(form, Value(term)), 0))
