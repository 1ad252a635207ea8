"""Many rows of one kind for tests that count queries: copies of a true row, by a few statements."""

from collections.abc import Callable
from typing import TypeVar

from django.db.models import Model

One = TypeVar("One", bound=Model)


def like(row: One, **own: object) -> One:
    """Another row like `row` but for `own`, not written yet."""
    fields = [field for field in row._meta.concrete_fields if not field.primary_key]
    told = {field.attname: getattr(row, field.attname) for field in fields}
    return type(row)(**{**told, **own})


def multiply(row: One, count: int, **own: Callable[[int], object]) -> list[One]:
    """`count` copies of `row` and of the rows that hang on it; `own` says what differs, by number."""
    manager = type(row)._base_manager
    made = manager.bulk_create(
        like(row, **{name: tell(number) for name, tell in own.items()}) for number in range(count)
    )
    for relation in row._meta.related_objects:
        hanging = relation.related_model._base_manager
        rows = list(hanging.filter(**{relation.field.name: row}))
        hanging.bulk_create(
            like(one, **{relation.field.attname: copy.pk}) for copy in made for one in rows
        )
    return made
