"""What a request adds beside its fields is not heard: by every form and every operation of the API.

Each writing act is done three times from the same state: twice as it should be, which shows what
differs by itself (numbers, instants), and once with a field for every column of every table beside,
with values that would fit. The third leaves the very same rows in every table as the first, or is
refused. New acts come in with their cases (`tests/architecture/writing_*.py`).
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

import pytest
from django.apps import apps
from django.db import models, transaction
from django.forms import BaseForm
from django.http import HttpResponse
from drf_spectacular.generators import SchemaGenerator

from plans.register.models import Plan
from stakeholders.people.models import Mandate, User
from stakeholders.terms import clock
from tests.architecture.rights_world import OTHER, PREPARED
from tests.architecture.test_openapi import OPERATIONS
from tests.architecture.test_writing_acts import (
    ENGLISH,
    House,
    body_of,
    form_data,
    house,
    ready,
    sent,
)
from tests.architecture.writing_case import Case
from tests.architecture.writing_cases import CASES
from tests.attacks.written import (
    Written,
    differences,
    loose_columns,
    newest_mark,
    tables,
    written_since,
)
from tests.saying import Say
from tests.world import JIASHAN

__all__ = ["house", "ready"]

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


class _Undo(Exception):
    """Leaves the block without keeping anything."""


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


@pytest.fixture(scope="module")
def extras(house: House) -> Extras:
    return Extras()


@pytest.fixture(scope="module")
def declared() -> dict[tuple[str, str], set[str]]:
    """(method, path of the description) -> the fields that the operation declares, at any depth."""
    schema = SchemaGenerator().get_schema(public=True)
    parts = schema["components"]["schemas"]
    found = {}
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            contents = operation.get("requestBody", {}).get("content", {})
            names: set[str] = set()
            for content in contents.values():
                names |= set(_properties(content.get("schema", {}), parts))
            found[method, path] = names
    return found


def _properties(
    schema: Mapping[str, Any], parts: Mapping[str, Any], depth: int = 0
) -> Iterator[str]:
    if depth > 6:
        return
    if name := schema.get("$ref", "").rpartition("/")[2]:
        yield from _properties(parts[name], parts, depth + 1)
    for name, inner in schema.get("properties", {}).items():
        yield name
        yield from _properties(inner, parts, depth + 1)
    for key in ("allOf", "oneOf", "anyOf"):
        for inner in schema.get(key, ()):
            yield from _properties(inner, parts, depth + 1)
    yield from _properties(schema["items"], parts, depth + 1) if "items" in schema else ()


def done(send: Callable[[], HttpResponse], at: datetime, mark: int) -> tuple[int, Written]:
    """The code of the answer and what it wrote; undone afterwards. The hour stands still."""
    found: list[tuple[int, Written]] = []
    try:
        with transaction.atomic(), clock.stated(at):
            answer = send()
            if answer.streaming:
                b"".join(answer)
            found.append((answer.status_code, written_since(mark)))
            raise _Undo
    except _Undo:
        return found[0]


def deeper(value: object, more: Mapping[str, object]) -> object:
    """The body with the fields added in each of its rows too."""
    if isinstance(value, dict):
        return {**more, **{key: deeper(one, more) for key, one in value.items()}}
    if isinstance(value, list):
        return [deeper(one, more) for one in value]
    return value


def heard(
    plain: Callable[[], HttpResponse],
    loaded: Callable[[Mapping[str, object]], HttpResponse],
    own: set[str],
    extras: Extras,
) -> tuple[str, list[str]]:
    """("same" or "refused", what the added fields changed)."""
    at, mark = clock.now(), newest_mark()
    (code, one), (_code, two) = (done(plain, at, mark) for _time in range(2))
    assert code in (200, 201, 204, 302), code
    more = extras.beside(own, one.rows)
    other_code, three = done(lambda: loaded(more), at, mark)
    if other_code in (400, 422) and not three.rows:
        return "refused", []
    found = differences(one, three, loose_columns(one, two))
    if other_code != code:
        found.append(f"answered {code}, then {other_code}")
    planted = (CANARY, str(NUMBER))
    found += [
        f"{place} holds {text}"
        for place, rows in three.rows.items()
        for text in planted
        if text in json.dumps(rows, default=str)
    ]
    return "same", found


def fields_of(house: House, case: Case, data: Mapping[str, object]) -> set[str]:
    """What the forms of the page declare, sent or not, and what the case sends."""
    path = house.path(case, case.shown_on or case.page, api=False)
    page = house.session(case.who, case.plan).get(path)
    names = set(data)
    for part in page.context or ():
        for context in part.dicts if hasattr(part, "dicts") else (part,):
            for value in context.values():
                names |= _names_of(value)
    return names


def _names_of(value: object) -> set[str]:
    forms = value if isinstance(value, (list, tuple)) else [value]
    found: set[str] = set()
    for form in forms:
        if isinstance(form, BaseForm):
            found |= {form.add_prefix(name) for name in form.fields} | {*form.fields}
    return found


def by_form(house: House, act: str, extras: Extras) -> tuple[str, list[str]]:
    case = CASES[act]
    data = form_data(house, case)
    own = fields_of(house, case, data)
    path = house.path(case, case.page, api=False)
    client, hat = house.session(case.who, case.plan), house.hat(case.who, case.plan)

    def send(more: Mapping[str, object]) -> HttpResponse:
        text = {name: _in_form(value) for name, value in more.items()}
        return client.post(path, {**text, **data, **hat}, headers=ENGLISH)

    return heard(lambda: send({}), send, own, extras)


def _in_form(value: object) -> object:
    if value is True:
        return "on"
    return json.dumps(value) if isinstance(value, (list, dict)) else value


def by_call(
    house: House, act: str, extras: Extras, declared: Mapping[tuple[str, str], set[str]]
) -> tuple[str, list[str]]:
    case, (method, template) = CASES[act], OPERATIONS[act]
    body = body_of(house, case)
    path = house.path(case, case.call, api=True)
    client, own = house.token(case.who, case.plan), declared[method, template] | set(body)

    def send(more: Mapping[str, object]) -> HttpResponse:
        return sent(client, method, path, deeper(body, more) if more else body)

    return heard(lambda: send({}), send, own, extras)


@pytest.fixture(scope="module")
def tally() -> Counter[str]:
    """What this run tried, told at its end."""
    return Counter()


Declared = dict[tuple[str, str], set[str]]


def deviations(
    house: House, act: str, extras: Extras, declared: Declared, tally: Counter[str]
) -> list[str]:
    """What the fields beside changed, by the form of the act and by its operation."""
    answers = {"form": by_form(house, act, extras)}
    if CASES[act].call:
        answers["call"] = by_call(house, act, extras, declared)
    wrong = [f"{door}: {one}" for door, (_how, found) in answers.items() for one in found]
    tally.update({"deviations": len(wrong)})
    tally.update(f"{door}s {how}" for door, (how, _found) in answers.items())
    return wrong


SAMPLE = sorted(CASES)[::20]


@pytest.mark.parametrize("act", SAMPLE)
def test_what_is_sent_beside_is_not_heard(
    ready: House, act: str, extras: Extras, declared: Declared, tally: Counter[str]
) -> None:
    """Sample: every twentieth act."""
    assert deviations(ready, act, extras, declared, tally) == []


@pytest.mark.prove
@pytest.mark.parametrize("act", [act for act in sorted(CASES) if act not in SAMPLE])
def test_no_act_hears_what_it_does_not_ask_for(
    ready: House, act: str, extras: Extras, declared: Declared, tally: Counter[str]
) -> None:
    assert deviations(ready, act, extras, declared, tally) == []


def test_every_column_is_tried(extras: Extras) -> None:
    """What the probes rely on: the names that matter are among them, with values that fit."""
    every = extras.beside(set(), {"stakeholders_mandate": []})
    needed = {
        "id",
        "mandate_id",
        "plan_id",
        "is_staff",
        "is_superuser",
        "granted_by",
        "phase",
        "at",
    }
    assert needed - every.keys() == set()
    assert (every["role"], every["is_staff"]) == (
        list(Mandate._meta.get_field("role").flatchoices)[-1][0],
        True,
    )
    assert every["plan"] == Plan.objects.get(key=OTHER).pk != Plan.objects.get(key=PREPARED).pk
    columns = {field.name for model in apps.get_models() for field in model._meta.concrete_fields}
    # Those of sessions and migrations, which no act is about; and where a page leads on to.
    left = {"session_key", "session_data", "expire_date", "app", "applied", "next"}
    assert columns - extras.beside(set(), {}).keys() <= left


def test_what_was_tried_is_told(extras: Extras, tally: Counter[str], say: Say) -> None:
    names = {name for held in extras.by_table.values() for name in held} | MORE.keys()
    say("mass assignment", {"names of fields": len(names), **tally})
    assert tally["deviations"] == 0
