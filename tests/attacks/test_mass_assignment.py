"""What a request adds beside its fields is not heard: by every form and every operation of the API.

Each writing act is done three times from the same state: twice as it should be, which shows what
differs by itself (numbers, instants), and once with a field for every column of every table beside,
with values that would fit. The third leaves the very same rows in every table as the first, or is
refused. New acts come in with their cases (`tests/architecture/writing_*.py`).
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Any
from unittest.mock import patch

import pytest
import pytest_django
from django.apps import apps
from django.conf import settings
from django.core import mail
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpResponse
from django.test import Client, override_settings
from drf_spectacular.generators import SchemaGenerator
from lxml import html

from plans.register.models import Plan
from stakeholders.notices.actions import drain_outbox
from stakeholders.people.actions import appoint
from stakeholders.people.models import Mandate
from stakeholders.terms import clock
from stakeholders.terms.actor import SYSTEM, Role
from tests.architecture.rights_world import OTHER, PREPARED
from tests.architecture.test_openapi import OPERATIONS
from tests.architecture.test_rights_over_http import PLAIN
from tests.architecture.test_writing_acts import (
    ENGLISH,
    House,
    body_of,
    built,
    due,
    form_data,
    ready,
    sent,
    side_by_side,
    standing,
)
from tests.architecture.writing_case import OUR_CONTACT, Case
from tests.architecture.writing_cases import CASES
from tests.attacks.beside import CANARY, MORE, NUMBER, Extras
from tests.attacks.written import (
    Written,
    differences,
    loose_columns,
    newest_mark,
    written_since,
)
from tests.saying import Say
from tests.world import QINGPU

__all__ = ["due", "house", "ready"]


class _Undo(Exception):
    """Leaves the block without keeping anything."""


@pytest.fixture(scope="module")
def house(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    django_db_blocker: pytest_django.DjangoDbBlocker,
) -> Iterator[House]:
    """With those at the door who are asked for in this run."""
    here = (item for item in request.session.items if item.path == request.node.path)
    calls = (getattr(item, "callspec", None) for item in here)
    acts = {call.params["act"] for call in calls if call and "act" in call.params}
    storages = {**settings.STORAGES, "staticfiles": PLAIN}
    with (
        django_db_blocker.unblock(),
        override_settings(STORAGES=storages),
        built(sorted(acts)) as house,
    ):
        yield house


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


@contextmanager
def declaring(names: set[str]) -> Iterator[None]:
    """Add the fields of every form that is filled in meanwhile: what it may leave out is asked for."""
    full_clean = BaseForm.full_clean

    def noted(form: BaseForm) -> None:
        names.update(_names_of(form))
        full_clean(form)

    with patch.object(BaseForm, "full_clean", noted):
        yield


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
    with declaring(own):
        (code, one), (_code, two) = (done(plain, at, mark) for _time in range(2))
    assert (code in (200, 201, 204, 302), bool(one.rows)) == (True, True), code
    more = extras.beside(own, one.rows)
    other_code, three = done(lambda: loaded(more), at, mark)
    if other_code in (400, 422) and not three.rows:
        return "refused", []
    loose = loose_columns(one, two)
    found = differences(one, three, loose)
    if found:  # what turned with a second or a day in between turns without the fields as well
        _code, again = done(plain, at, mark)
        found = differences(one, three, loose | loose_columns(one, again))
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
    sent_to = house.path(case, case.page, api=False)
    return set(data) | names_on(page) | controls_on(page, sent_to)


def controls_on(page: HttpResponse, sent_to: str) -> set[str]:
    """The names of what stands in the page's forms that are sent there: hidden fields, buttons."""
    if page.status_code != 200:
        return set()
    whole = html.fromstring(page.content)
    names: set[str] = set()
    for form in whole.forms:
        action = (form.get("action") or "").partition("?")[0]
        if action in (sent_to, ""):
            names.update(form.xpath(".//@name"))
            names.update(whole.xpath("//*[@form=$key]/@name", key=form.get("id") or "-"))
    return names


def names_on(page: HttpResponse) -> set[str]:
    """What the forms of a page declare."""
    names: set[str] = set()
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
        return client.post(path, {**_in_forms(more), **data, **hat}, headers=ENGLISH)

    return heard(lambda: send({}), send, own, extras)


def _in_forms(more: Mapping[str, object]) -> dict[str, object]:
    return {name: _in_form(value) for name, value in more.items()}


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


SAMPLE = sorted(CASES)[::60]


@pytest.mark.parametrize("act", SAMPLE)
def test_what_is_sent_beside_is_not_heard(
    ready: House, act: str, extras: Extras, declared: Declared, tally: Counter[str]
) -> None:
    """Sample: every sixtieth act."""
    assert deviations(ready, act, extras, declared, tally) == []


@pytest.mark.prove(minutes=0.02)
@pytest.mark.parametrize("act", side_by_side(act for act in sorted(CASES) if act not in SAMPLE))
def test_no_act_hears_what_it_does_not_ask_for(
    ready: House, act: str, extras: Extras, declared: Declared, tally: Counter[str]
) -> None:
    assert deviations(ready, act, extras, declared, tally) == []


# What a person does for itself is no act of a table: the page, and what is typed into its form.
OWN_AFFAIRS: dict[str, dict[str, object]] = {
    "/calendar/": {"name": "phone"},
    "/notices/settings/": {"hour": 8, "weekday": 1, "zone": "Asia/Urumqi"},
    "/people/second-factor/": {"email": f"planner@{QINGPU}.example", "reason": "丢失手机"},
    "/people/tokens/": {"name": "program", "days": 30},
}


@pytest.mark.parametrize("path", OWN_AFFAIRS)
def test_nothing_beside_is_heard_of_a_person(
    house: House, path: str, extras: Extras, tally: Counter[str]
) -> None:
    client = house.session(OUR_CONTACT, PREPARED)
    page = client.get(path)
    data = {**standing(page.context["form"]), **OWN_AFFAIRS[path]}
    how, found = heard(
        lambda: client.post(path, data),
        lambda more: client.post(path, {**_in_forms(more), **data}),
        set(data) | names_on(page),
        extras,
    )
    tally.update({f"forms {how}": 1, "deviations": len(found)})
    assert found == []


def test_an_account_is_opened_as_it_was_asked_for(
    house: House, extras: Extras, tally: Counter[str]
) -> None:
    """By the link of an invitation, by whoever has it: no more rights than those it names."""
    email, word = "new@qingpu.example", "another long passphrase"
    with suppress(_Undo), transaction.atomic():
        contact = house.world.actor(QINGPU, Role.CONTACT_POINT)
        appoint(actor=contact, email=email, name_zh="新人", role=Role.PLANNER, document="函1号")
        drain_outbox(actor=SYSTEM)
        letter = next(one for one in reversed(mail.outbox) if email in one.to)
        path = re.search(r"https?://[^/]+(/people/invitation/\S+)", str(letter.body))[1]
        data = {"password1": word, "password2": word}
        how, found = heard(
            lambda: Client().post(path, data),
            lambda more: Client().post(path, {**_in_forms(more), **data}),
            set(data),
            extras,
        )
        raise _Undo
    tally.update({f"forms {how}": 1, "deviations": len(found)})
    assert found == []


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
