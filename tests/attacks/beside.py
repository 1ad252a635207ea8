"""Fields that nobody asked for, to be sent beside those of a form or an operation: one for every column
of every table, with a value that would fit."""

from collections.abc import Mapping
from typing import Any

from django.db import models

from plans.register.models import Plan
from stakeholders.people.models import Mandate, User
from tests.architecture.rights_world import OTHER
from tests.attacks.written import tables
from tests.world import JIASHAN

CANARY = "canary-4711"
NUMBER = 987654321
# What no table holds under this name, but programs have listened to elsewhere.
MORE = {
    "pk": NUMBER, "actor": NUMBER, "granted_to": NUMBER, "admin": True, "is_admin": True,
    "permissions": [NUMBER], "user_permissions": [NUMBER], "groups": [NUMBER], "force": True,
    "as_of": "2001-01-01T00:00:00Z", "now": "2001-01-01T00:00:00Z", "override": True,
    "plan_id": NUMBER, "plan_key": OTHER, "jurisdiction_code": JIASHAN, "_method": "DELETE",
    "__proto__": {"is_staff": True}, "constructor": CANARY, "is_authenticated": True,
}  # fmt: skip
# Fields that a request carries on purpose and that say under whom it acts, or where to go then.
SPOKEN = frozenset({"acting_mandate", "csrfmiddlewaretoken", "next"})

Row = type[models.Model]


def fitting(field: "models.Field[Any, Any]") -> object:
    """A value that the column would take, and that nobody sends by chance."""
    if field.choices:
        return [key for key, _label in field.flatchoices][-1]
    if isinstance(field, models.ForeignKey):
        chosen = {
            Mandate: lambda: Mandate.objects.exclude(jurisdiction=None).latest("pk").pk,
            User: lambda: User.objects.get(is_superuser=True).pk,
            Plan: lambda: Plan.objects.get(key=OTHER).pk,
        }.get(field.related_model)
        return chosen() if chosen else _last(field.related_model)
    kinds: list[tuple[type, object]] = [
        (models.BooleanField, True),
        (models.DateTimeField, "2001-01-01T00:00:00Z"),
        (models.DateField, "2001-01-01"),
        (models.UUIDField, "00000000-dead-4bad-8bad-000000000000"),
        (models.JSONField, [CANARY]),
        (models.IntegerField, NUMBER),
        (models.DecimalField, NUMBER),
        (models.FloatField, NUMBER),
    ]
    return next((value for kind, value in kinds if isinstance(field, kind)), CANARY)


def _last(model: Row) -> object:
    """The row of the table that was made last, or a number nothing has."""
    pk = model._base_manager.order_by("-pk").values_list("pk", flat=True).first() or NUMBER
    return pk if isinstance(pk, int) else str(pk)


class Extras:
    """name -> value, for every column of every table; those of the tables an act writes go first."""

    def __init__(self) -> None:
        self.by_table: dict[str, dict[str, object]] = {}
        for model in tables():
            held = self.by_table.setdefault(model._meta.db_table, {})
            for field in model._meta.concrete_fields:
                value = fitting(field)
                held |= {field.name: value, field.attname: value}

    def beside(self, own: set[str], written: Mapping[str, object]) -> dict[str, object]:
        """All of them but what the request's own fields are called."""
        first = [table for table in self.by_table if table in written]
        rest = [table for table in self.by_table if table not in written]
        merged = dict(MORE)
        for table in (*reversed(rest), *reversed(first)):
            merged |= self.by_table[table]
        return {name: merged[name] for name in merged if name not in own | SPOKEN}
