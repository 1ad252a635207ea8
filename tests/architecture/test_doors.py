"""The doors themselves: foreign ids, wrong methods, fields nobody offered, rights that end."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from secrets import randbelow
from typing import Any
from uuid import uuid4

import pytest
import pytest_django
from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import get_resolver
from drf_spectacular.generators import SchemaGenerator

from stakeholders.people.actions import make_token
from stakeholders.people.models import Mandate
from stakeholders.people.queries import actor_of
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from tests.architecture.rights_world import enter
from tests.architecture.test_openapi import BY_FORM_ONLY, OPERATIONS
from tests.architecture.test_rights_over_http import (
    PLAIN,
    address,
    bare,
    filled,
    route_of,
    values_of,
    walk,
)
from tests.architecture.test_writing_acts import House, _Undo, body_of, form_data, told
from tests.architecture.test_writing_acts import sent as send
from tests.architecture.writing_case import OFFICE, OUR_PLANNER
from tests.architecture.writing_cases import CASES
from tests.world import JIASHAN, World

OURS = ("stakeholders", "plans", "consult")
METHODS = ("put", "patch", "delete")
# An upload is taken back by its own person; another's is not there.
TAKEN_BACK = ("/files/<pk>/", "delete")
WORD, NUMBER, DAY = "mass-assigned", 471147, datetime(1999, 9, 9, 9, 9, tzinfo=UTC)
# What a form may be posted to that is no act of a table: a person's own affairs, and accounts.
OWN_AFFAIRS = {
    "/inbox/unsubscribe/<token>/": "whoever has the mail stops mail: tests of unsubscribing",
    "/asked/": "whoever was invited, by the link: tests of the experts",
    "/asked/<invitation>/": "whoever was invited, signed in: tests of the experts",
    "/asked/by-link/<token>/": "the door of the link that was mailed",
    "/plans/<key>/adoption-table/<kind>/": "a job that makes one's own file",
    "/plans/<key>/approval/dossier/package/": "a job that makes one's own file",
    "/plans/<key>/approval/reply/correct/": "approval.correct, of a reply: tests of replies",
    "/plans/<key>/archive/": "a job that makes one's own file",
    "/plans/<key>/statement/<pk>/sign/": "statement.sign, of a part: tests of adopting",
    "/plans/<key>/answers/": "disposition.answer, of several: tests of publishing",
    "/plans/<key>/dispositions/bulk/": "disposition.decide, of many, after a preview: tests of batches",
    "/plans/<key>/experts/opinions/<number>/change/": "collective.write, once more: tests of panels",
    "/plans/<key>/rounds/<number>/comments/discard/": "what one typed oneself and has not saved",
    "/plans/<key>/rounds/<number>/comments/typed/": "what one typed oneself and has not saved",
    "/plans/<key>/rounds/<number>/comments/split/": "comment.draft, of several: tests of the inside",
    "/plans/<key>/rounds/<number>/opinions/split/": "round.enter_opinion, of several: tests of the inside",
    "/plans/<key>/rounds/<number>/ours/do/": "comment.clear or send_back, of several: tests of the inside",
    "/plans/<key>/objections/<pk>/amend/": "amendment.propose, filled in: tests of differences",
    "/plans/<key>/sign-off/mine/": "position.take, as prepared: tests of the leader's page",
    "/plans/<key>/sign-off/mine/draft/discard/": "what one typed oneself and has not saved",
    "/plans/<key>/sign-off/position/discard/": "what one typed oneself and has not sent",
    "/plans/<key>/sign-off/position/second/": "position.take, confirmed: tests of position pages",
    "/plans/<key>/sign-off/renew/": "position.take, of what changed: tests of renewing",
    "/files/": "one's own uploads: they say nothing until an act attaches them",
    "/files/<pk>/remove/": "one's own uploads",
    "/jobs/<pk>/cancel/": "one's own long work",
    "/people/account/sessions/<pk>/end/": "one's own sessions",
    "/people/invitation/<token>/": "one's own account, by the link that was mailed",
    "/people/second-factor/": "credentials: two people, by people.actions.require_resetter",
    "/people/second-factor/<pk>/confirm/": "credentials, the second of the two",
    "/i18n/setlang/": "the language of one's own pages",
    "/calendar/": "one's own calendar feeds",
    "/calendar/<pk>/renew/": "one's own calendar feeds",
    "/calendar/<pk>/revoke/": "one's own calendar feeds",
    "/notices/<pk>/read/": "one's own inbox",
    "/notices/mark/": "one's own inbox",
    "/notices/mute/": "what one is mailed and counted",
    "/notices/read-all/": "one's own inbox",
    "/notices/settings/": "how one is mailed",
    "/people/act-as/": "which of one's own mandates one acts under",
    "/people/tokens/": "one's own tokens",
    "/people/tokens/revoke/": "one's own tokens",
    **{
        f"/plans/<key>/text/{page}/{end}/": "what one typed oneself and has not saved"
        for page in ("chapters/<chapter>/new", "provisions/<item>")
        for end in ("typed", "discard")
    },
    **{
        f"/plans/<key>/text/export/{name}.<kind>": "a job that makes one's own file"
        for name in ("draft", "revision-<number>")
    },
    **{
        f"/plans/<key>/rounds/<number>/form/{page}": "one's own preview: reading is no act"
        for page in ("", "opinion/", "<pk>/drop/")
    },
    **{
        f"/plans/<key>/text/import/{page}": "one's own preview: reading and correcting are no acts"
        for page in (
            "",
            "<pk>/again/",
            "<pk>/changes/",
            "<pk>/drop/",
            "<pk>/rows/<row>/",
        )
    },
}


@pytest.fixture(scope="module")
def house(
    django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[House]:
    storages = {**settings.STORAGES, "staticfiles": PLAIN}
    with django_db_blocker.unblock(), override_settings(STORAGES=storages):
        try:
            with transaction.atomic():
                house = House()
                for act, case in CASES.items():
                    house.session(case.who, case.plan)
                    if act not in BY_FORM_ONLY:
                        house.token(case.who, case.plan)
                yield house
                raise _Undo
        except _Undo:
            return


@pytest.fixture
def undone(house: House) -> Iterator[House]:
    try:
        with transaction.atomic():
            yield house
            raise _Undo
    except _Undo:
        return


def details() -> list[tuple]:
    """The pages of one object of a plan."""
    found = [parts for parts in walk(get_resolver()) if "plans/<key>/" in route_of(parts)]
    return [parts for parts in found if re.search(r"<(?!key>)\w+>", route_of(parts))]


def test_walking_ids_finds_nothing_and_every_nothing_is_alike(house: House) -> None:
    """Random ids of the right shape: 404 for each, with one body for all of a route."""
    client, wrong = house.session(OUR_PLANNER, ""), []
    for parts in details():
        route = route_of(parts)
        key = values_of(route, house.ground)["key"]
        bodies = set()
        for _round in range(3):
            typed = "".join(str(part.pattern) for part in parts)
            foreign = {
                name: uuid4() if f"<uuid:{name}>" in typed else 10_000 + randbelow(90_000)
                for name in re.findall(r"<(\w+)>", route)
                if name not in ("key", "draft")
            }
            path = filled(parts, {**foreign, "key": key})
            answer = client.get(path)
            if answer.status_code in (403, 405):  # refused whatever the id, or a form's target
                continue
            bodies.add(bare(answer).replace(path, "").strip())
            if answer.status_code != 404:
                wrong.append((route, path, answer.status_code))
        if len(bodies) > 1:
            wrong.append((route, "bodies differ", len(bodies)))
    assert wrong == []


def pages() -> list[tuple]:
    """Our own pages: not the administrators', not the accounts', not the API."""
    outside = ("/admin/", "/accounts/", "/api/")
    return [p for p in walk(get_resolver()) if not route_of(p).startswith(outside)]


def test_pages_take_no_other_method(undone: House) -> None:
    client, wrong = undone.session(OFFICE, ""), []
    for parts in pages():
        path = address(parts, undone.ground)
        for method in METHODS:
            code = client.generic(method.upper(), path).status_code
            due = 404 if (route_of(parts), method) == TAKEN_BACK else 405
            if code != due:
                wrong.append((route_of(parts), method, code))
    assert wrong == []


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    return SchemaGenerator().get_schema(public=True)


def test_operations_take_no_other_method(undone: House, schema: dict[str, Any]) -> None:
    client, wrong = undone.token(OFFICE, "prepared"), []
    for path, known in schema["paths"].items():
        concrete = re.sub(r"\{key\}", "prepared", path)
        concrete = re.sub(r"\{draft\}", "12345678-1234-5678-1234-567812345678", concrete)
        concrete = re.sub(r"\{\w+\}", "1", concrete)
        for method in {"get", "post", *METHODS} - known.keys():
            code = client.generic(method.upper(), concrete).status_code
            if code not in (404, 405):
                wrong.append((path, method, code))
    assert wrong == []


def test_every_page_that_takes_a_form_has_a_case_or_is_a_persons_own(house: House) -> None:
    """A new form fails here until `writing_cases` says who may send it."""
    client, taking = house.session(OFFICE, ""), set()
    for parts in pages():
        route = route_of(parts)
        try:
            with transaction.atomic():
                code = client.post(address(parts, house.ground)).status_code
                raise _Undo
        except _Undo:
            taking |= {route} if code != 405 else set()
    covered = set()
    for case in CASES.values():
        path = house.path(case, case.page, api=False)
        covered |= {
            route_of(p) for p in pages() if re.fullmatch(as_regex(route_of(p)), path.lstrip())
        }
    # One form under two addresses: on the whole, and on one item; a listed content, and an item.
    covered |= {"/plans/<key>/rounds/<number>/items/<item>/comment/"}
    covered |= {"/plans/<key>/transmission/items/<item>/"}
    # A proposal from a comment's wording; many standards' values at once.
    covered |= {"/plans/<key>/comments/<number>/amend/", "/plans/<key>/text/standards/values/"}
    # The same forms by another way: a transfer settled, a kind of check chosen first, a table read
    # before it is taken over, a proposal put on the agenda.
    room = "/plans/<key>/"
    covered |= {f"{room}balance/transfers/<number>/settle/", f"{room}health/open/"}
    covered |= {f"{room}implementation/readings/import/", f"{room}meetings/<number>/agenda/take/"}
    assert (sorted(taking - covered - OWN_AFFAIRS.keys()), OWN_AFFAIRS.keys() - taking) == (
        [],
        set(),
    )


def as_regex(route: str) -> str:
    return re.sub(r"<\w+>", "[^/]+", route)


def extras() -> dict[str, object]:
    """Every field of every model of the house, with a value that is nowhere else."""
    found: dict[str, object] = {}
    for label in OURS:
        for model in apps.get_app_config(label).get_models():
            for one in model._meta.concrete_fields:
                value: object = WORD
                if isinstance(one, models.BooleanField):
                    continue
                if isinstance(one, models.DateTimeField | models.DateField):
                    value = DAY.isoformat()
                elif isinstance(one, models.IntegerField | models.DecimalField | models.ForeignKey):
                    value = NUMBER
                found |= {one.name: value, one.attname: value}
    return found


EXTRAS = extras()


def stored() -> list[str]:
    """The tables that hold one of the values."""
    tables = [
        model._meta.db_table
        for label in OURS
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
        if model._meta.managed
    ]
    asked = " UNION ALL ".join(
        f"SELECT '{name}' FROM \"{name}\" AS t WHERE to_jsonb(t)::text ~ %s"  # noqa: S608 - names
        for name in tables  # of our own tables
    )
    marks = f"{WORD}|[^0-9.]{NUMBER}[^0-9.]|1999-09-09"
    with connection.cursor() as cursor:
        cursor.execute(asked, [marks] * len(tables))
        return [row[0] for row in cursor.fetchall()]


def ready(house: House, act: str) -> None:
    case = CASES[act]
    if case.ready is not None:
        plan = apps.get_model("plans", "Plan").objects.get(key=case.plan)
        case.ready(house.world, plan)


def offered(answer: HttpResponse) -> set[str]:
    """The names a page offers to fill in."""
    return set(re.findall(r'name="([\w-]+)"', answer.content.decode()))


PROBED = [act for act in CASES if act != "phase.advance"]  # it has no field at all


@pytest.mark.parametrize("act", PROBED)
def test_a_form_keeps_nothing_it_did_not_offer(undone: House, act: str) -> None:
    case = CASES[act]
    ready(undone, act)
    data = form_data(undone, case)
    client = undone.session(case.who, case.plan)
    path = undone.path(case, case.page, api=False)
    shown = undone.path(case, case.shown_on or case.page, api=False)
    names = offered(client.get(shown)) | data.keys()
    more = {name: value for name, value in EXTRAS.items() if name not in names}
    answer = client.post(path, {**more, **data, **undone.hat(case.who, case.plan)})
    assert (answer.status_code, stored()) == (302, []), told(answer)


@pytest.mark.parametrize("act", [act for act in PROBED if CASES[act].call])
def test_an_operation_keeps_nothing_it_did_not_offer(
    undone: House, schema: dict[str, Any], act: str
) -> None:
    case = CASES[act]
    ready(undone, act)
    method, template = OPERATIONS[act]
    body = schema["paths"][template][method].get("requestBody")
    names: set[str] = set(body_of(undone, case))
    if body is not None:
        shape = body["content"]["application/json"]["schema"]["$ref"].rsplit("/", 1)[-1]
        names |= schema["components"]["schemas"][shape]["properties"].keys()
    more = {name: value for name, value in EXTRAS.items() if name not in names}
    client = undone.token(case.who, case.plan)
    path = undone.path(case, case.call, api=True)
    answer = send(client, method, path, {**more, **body_of(undone, case)})
    assert (answer.status_code in (200, 201, 204), stored()) == (True, []), told(answer)


@pytest.fixture
def doors(world: World) -> tuple[Mandate, Client, Client]:
    """A mandate with the session and the token of its holder, on plan `QWJ`."""
    world.plan()
    mandate = world.mandate(JIASHAN, Role.CONTACT_POINT)
    _row, token = make_token(actor=actor_of(mandate), user=mandate.user, name="test", days=1)
    return mandate, enter(mandate.user), Client(headers={"authorization": f"Token {token}"})


def codes(session: Client, token: Client) -> tuple[int, int]:
    page, call = session.get("/plans/QWJ/"), token.get("/api/v1/plans/QWJ/")
    return page.status_code, call.status_code


def test_the_end_of_a_mandate_counts_from_the_next_request(
    doors: tuple[Mandate, Client, Client],
) -> None:
    mandate, session, token = doors
    assert codes(session, token) == (200, 200)
    Mandate.objects.filter(pk=mandate.pk).update(valid_until=clock.now())
    assert codes(session, token) == (404, 401)


def test_a_disabled_account_is_out_with_the_next_request(
    doors: tuple[Mandate, Client, Client],
) -> None:
    mandate, session, token = doors
    mandate.user.is_active = False
    mandate.user.save(update_fields=["is_active"])
    assert codes(session, token) == (302, 401)


def test_limits_set_later_count_from_the_next_request(
    doors: tuple[Mandate, Client, Client],
) -> None:
    mandate, session, token = doors
    Mandate.objects.filter(pk=mandate.pk).update(plan_key="another")
    assert codes(session, token) == (404, 404)
