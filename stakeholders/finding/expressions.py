"""Conditions "this row's text holds these terms", answered by an index over pairs of characters.

A model that can be searched has one index named `..._grams`: its expression is the text searched,
so that what is indexed and what is looked at cannot differ.
"""

from collections.abc import Sequence
from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db.models import BooleanField, Expression, Func, Model, Q, TextField, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan, LessThanOrEqual

from stakeholders.finding.words import LONGEST, is_settled, tsquery

ENDING = "_grams"


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
    and all of them in a text so long that its pairs are not kept.
    """
    text = text_of(model)
    found = Q(_Matches(Grams(text), Value(tsquery(terms))))
    is_short = Q(LessThanOrEqual(_Octets(text), LONGEST))
    for term in terms:
        form = _PlainWithSpaces(text) if " " in term else _Plain(text)
        holds_term = Q(GreaterThan(StrIndex(form, Value(term)), 0))
        found &= (is_short | holds_term) if is_settled(term) else holds_term
    return found
