"""The administrators' pages: what may be changed by hand, what is never shown, what lists cost,
and that an administrator speaks for nobody."""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, suppress
from unittest.mock import patch

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.db import transaction
from django.test import Client, RequestFactory
from django.urls import get_resolver, reverse

from consult.phase3_identification.models import Declaration
from stakeholders.jobs.models import Job
from stakeholders.notices.models import OutboxMessage
from stakeholders.notices.steps import queue_mail
from stakeholders.people.actions import make_token
from stakeholders.people.models import Mandate, User
from stakeholders.people.queries import actor_of
from stakeholders.record.models import AppendOnly, RecordEntry
from stakeholders.terms.actor import Role
from tests.architecture.drawing import undrawn
from tests.architecture.methods import WRITES, methods_of
from tests.architecture.rights_world import enter
from tests.architecture.rows import Rows
from tests.architecture.test_query_counts import _Undo, cost, rows  # noqa: F401 - a fixture
from tests.architecture.test_rights_over_http import (  # noqa: F401 - a fixture
    filled,
    ground,
    route_of,
    values_of,
    walk,
)
from tests.turns import in_turns
from tests.world import WUJIANG, World, person

MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)
# All that may be done by hand in the administration; every other table is read only.
BY_HAND = {
    "consult.TextBlock": {"add", "change", "delete"},  # those of the whole site
    "stakeholders.ApiToken": {"delete"},
    "stakeholders.FormerName": {"add"},  # by the act that renames a unit
    "stakeholders.Mandate": {"add"},  # by the act that grants; ended by the act that ends
    "stakeholders.Organization": {"add", "change"},
    "stakeholders.Succession": {"add"},  # by the act that lets one unit follow another
    "stakeholders.User": {"add", "change"},
    "stakeholders.WorkdayOverride": {"add"},  # by the act that enters days
}
POSTED = ("add", "change", "delete")


def url(model: type, name: str, *args: object) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=args)


@pytest.fixture
def office(world: World) -> Client:
    User.objects.filter(pk=world.administrator.pk).update(is_superuser=True)
    client = Client(raise_request_exception=False)
    client.force_login(world.administrator)
    return client


@pytest.fixture
def superuser() -> User:
    """Nothing is asked of the database about who may everything: no row, and none of a world."""
    return User(email="admin@site.example", is_staff=True, is_superuser=True)


def test_exactly_these_tables_are_changed_by_hand(superuser: User) -> None:
    request = RequestFactory().get("/")
    request.user = superuser
    found = {}
    for model in MODELS:
        allowed = admin.site._registry[model].get_model_perms(request)
        names = {name for name, is_allowed in allowed.items() if is_allowed} - {"view"}
        if names:
            found[model._meta.label] = names
    assert found == BY_HAND


def test_nothing_that_is_only_added_is_changed_by_hand() -> None:
    ours = {model._meta.label for model in MODELS if issubclass(model, AppendOnly)}
    assert (len(ours) > 15, ours & BY_HAND.keys()) == (True, set())


@in_turns(len(POSTED))
def test_what_may_not_be_done_by_hand_answers_403(office: Client, of: int) -> None:
    """Also to who posts without having been shown a form. Sample: each table by one of the pages."""
    wrong = {}
    for turn, model in enumerate(MODELS):
        allowed = BY_HAND.get(model._meta.label, set())
        for name in POSTED[turn % of :: of]:
            path = url(model, name, *(() if name == "add" else ("0",)))
            with undrawn():
                code = office.post(path).status_code
            if name not in allowed and code != 403:
                wrong[path] = code
    assert wrong == {}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_no_table_offers_to_delete_the_chosen_rows(superuser: User, model: type) -> None:
    request = RequestFactory().get("/")
    request.user = superuser
    offered = "delete_selected" in admin.site._registry[model].get_actions(request)
    assert offered == ("delete" in BY_HAND.get(model._meta.label, set()))


def secrets_of(world: World) -> dict[str, str]:
    """Put one secret of every sort into the tables and say what must never be seen."""
    mandate = world.mandate(WUJIANG, Role.CONTACT_POINT)
    user = mandate.user
    row, token = make_token(actor=actor_of(mandate), user=user, name="program", days=1)
    queue_mail(to=user.email, subject="sign in", body="https://x/secret-link-5a1", secret=True)
    Authenticator.objects.create(
        user=user, type="totp", data={"secret": "secret-seed-9d2", "seed": "secret-seed-9d2"}
    )
    Authenticator.objects.create(
        user=user, type="recovery_codes", data={"seed": "secret-codes-77c", "used_mask": 0}
    )
    app = SocialApp.objects.create(
        provider="openid_connect", name="sso", client_id="c", secret="secret-client-31b"
    )
    account = SocialAccount.objects.create(user=user, provider="sso", uid="uid")
    SocialToken.objects.create(app=app, account=account, token="secret-oidc-b20")
    EmailAddress.objects.create(user=user, email=user.email, primary=True)
    session = enter(user).session.session_key
    UserSession.objects.get_or_create(
        session_key=session, defaults={"user": user, "ip": "127.0.0.1", "user_agent": "x"}
    )
    user.refresh_from_db()
    return {
        "API token": token,
        "its first characters": row.token_key,
        "its digest": row.digest,
        "link in a mail": "secret-link-5a1",
        "seed of one-time codes": "secret-seed-9d2",
        "recovery codes": "secret-codes-77c",
        "client of single sign-on": "secret-client-31b",
        "token of single sign-on": "secret-oidc-b20",
        "session": session,
        "password": user.password,
    }


def pages(*, newest: int) -> Iterator[str]:
    """Every page of the administration with the rows there are; `newest` above none: the pages that
    show a row or are offered, with so many rows of each table."""
    yield reverse("admin:index")
    for app in {model._meta.app_label for model in MODELS}:
        yield reverse("admin:app_list", args=[app])
    for model in MODELS:
        keys = model._default_manager.order_by("-pk").values_list("pk", flat=True)
        shown = list(keys[: newest or 20])
        if shown or not newest:
            yield url(model, "changelist")
        if "add" in BY_HAND.get(model._meta.label, set()) or not newest:
            yield url(model, "add")
        for pk in shown:
            for name in ("change", "history", "delete"):
                yield url(model, name, pk)


def seen(world: World, office: Client, *, newest: int) -> tuple[set[str], list[tuple[str, str]]]:
    """The pages that were read, and which of them show which secret."""
    secrets = secrets_of(world)
    addresses = {secrets["its digest"]}  # the key of a token's row stands in addresses only
    found, asked = [], set()
    for path in pages(newest=newest):
        text = office.get(path).content.decode()
        asked.add(path)
        for name, secret in secrets.items():
            if secret in text and secret not in addresses:
                found.append((path, name))
    return asked, found


def test_no_page_shows_a_secret_of_anyone(world: World, office: Client) -> None:
    """Sample: the two newest rows of each table; those that hold the secrets are."""
    with alone():
        asked, found = seen(world, office, newest=2)
    user = world.user(WUJIANG, Role.CONTACT_POINT)
    holding = [user, user.auth_token_set.get(), OutboxMessage.objects.latest("pk")]
    assert {url(type(one), "change", one.pk) for one in holding} <= asked
    assert found == []


@pytest.mark.prove
def test_no_page_of_any_row_shows_a_secret(world: World, office: Client) -> None:
    asked, found = seen(world, office, newest=0)
    assert (found, len(asked) > 100) == ([], True)


def test_tables_of_the_sign_in_have_no_page() -> None:
    """Who could enter an address, factor or account of another could sign in as that person."""
    closed = {EmailAddress, Authenticator, SocialAccount, SocialApp, SocialToken, UserSession}
    assert closed & set(MODELS) == set()


def test_sealed_content_is_no_field_of_a_page(superuser: User) -> None:
    request = RequestFactory().get("/")
    request.user = superuser
    shown = admin.site._registry[Declaration].get_fields(request)
    assert {"content", "nonce", "hash"} & set(shown) == set()


def test_arguments_and_results_of_jobs_are_their_persons_own(superuser: User) -> None:
    request = RequestFactory().get("/")
    request.user = superuser
    shown = admin.site._registry[Job].get_fields(request)
    assert {"arguments", "result", "cursor", "claim"} & set(shown) == set()


def alone() -> AbstractContextManager[object]:
    """Pages without the list of all tables beside them, which is half of what each costs."""
    return patch.object(admin.site, "get_app_list", return_value=[])


def test_every_list_is_searched(office: Client) -> None:
    with undrawn(), alone():  # drawn with rows where its queries are counted
        found = {m: office.get(url(m, "changelist"), {"q": "310118"}).status_code for m in MODELS}
    assert {model: code for model, code in found.items() if code != 200} == {}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_table_is_named_in_chinese(model: type) -> None:
    names = (model._meta.verbose_name_plural, model._meta.app_config.verbose_name)
    assert [str(name).isascii() for name in names] == [False, False]


def queries(client: Client, paths: Iterable[str]) -> dict[str, int]:
    return {path: cost(client, path).queries for path in paths}


def grown(rows: Rows, office: Client, size: int) -> dict[str, tuple[int, int]]:  # noqa: F811
    """What costs another number of queries for `size` rows than for a fourth: (then, now)."""
    few_rows = size // 4
    rows.add(range(few_rows))
    paths = [url(model, "changelist") for model in MODELS]
    paths.append(url(Mandate, "import"))
    with alone():  # the list of all tables asks for no rows
        few, many = queries(office, paths), {}
        with suppress(_Undo), transaction.atomic():
            rows.add(range(few_rows, size))
            # Counting the rows and the pages of the list are the same queries for any number.
            many = queries(office, paths)
            raise _Undo
        # What is loaded once per process was loaded at the first asking.
        few |= queries(office, [path for path in paths if few[path] != many[path]])
    return {path: (few[path], many[path]) for path in paths if few[path] != many[path]}


def test_every_list_costs_the_same_for_5_and_20_rows(rows: Rows, office: Client) -> None:  # noqa: F811
    assert grown(rows, office, 20) == {}


@pytest.mark.prove
def test_every_list_costs_the_same_for_250_and_1000_rows(rows: Rows, office: Client) -> None:  # noqa: F811
    assert grown(rows, office, 1000) == {}


# What a person does for itself; none of it speaks for a jurisdiction.
FOR_ONESELF = {
    "/calendar/",
    "/api/v1/calendar/",
    "/api/v1/notices/read-all/",
    "/api/v1/notices/settings/",
    "/notices/mark/",
    "/notices/mute/",
    "/notices/read-all/",
    "/notices/settings/",
    "/people/act-as/",
    "/people/tokens/",
    "/i18n/setlang/",
    "/files/",
    "/api/v1/files/",
    "/people/mandates/claim/",
    "/api/v1/mandates/claim/",
}
# What administrators keep: who may speak, not what is said.
OFFICE = (
    "/api/v1/successions/",
    "/api/v1/workdays/",
    "/api/v1/mandates/",
    "/api/v1/organizations/",
    "/people/mandates/",
    "/people/organizations/",
    "/people/second-factor/",
)
# What looks at the input before it asks who acts, or writes nothing at all.
INPUT_FIRST = {
    ("/api/v1/plans/", "POST"),
    ("/api/v1/consensus/evaluate", "POST"),
    ("/api/v1/chains/", "POST"),
    ("/api/v1/chain-runs/", "POST"),
    ("/api/v1/chain-runs/<pk>/pass/", "POST"),
    ("/api/v1/chain-runs/<pk>/send-back/", "POST"),
}


@in_turns(3)
def test_an_administrator_without_a_mandate_says_nothing(ground: object, of: int) -> None:  # noqa: F811
    """Every route and operation, with every method that writes there (methods.csv). Sample: one in
    three of those."""
    client, wrong, refused = ground.clients["administrator"], [], 0
    before = RecordEntry.objects.count()
    for route, path, method in list(written(ground))[::of]:
        with undrawn():
            code = getattr(client, method.lower())(path).status_code
        refused += code in (403, 404)
        if code not in (403, 404) and (route, method) not in INPUT_FIRST:
            wrong.append((route, method, code))
    assert (wrong, refused > 100) == ([], True)
    assert RecordEntry.objects.count() == before


@in_turns(24)
def test_staff_without_a_permission_is_answered_as_anyone(ground: object, of: int) -> None:  # noqa: F811
    """Every page and operation, with every method: to be staff opens the administration and nothing
    else. Sample: one in 24, and all that administrators keep."""
    said = []
    world = World(administrator=User.objects.get(email="admin@site.example"))
    for user in (world.staff(), person("anyone@site.example", "anyone")):
        client, codes = enter(user), {}
        before = RecordEntry.objects.count()
        for turn, (route, path, method) in enumerate(of_the_site(ground)):
            if turn % of and not route.startswith(OFFICE):
                continue
            with undrawn():
                codes[route, method] = getattr(client, method.lower())(path).status_code
        said.append(codes)
        assert RecordEntry.objects.count() == before
    assert {
        key: (code, said[1][key]) for key, code in said[0].items() if code != said[1][key]
    } == {}


def of_the_site(ground: object) -> Iterator[tuple[str, str, str]]:  # noqa: F811
    """(route, address, method) of all outside the administration and the pages of the sign-in. Not
    what makes something of one's own, which the next to be asked would not have."""
    for parts in walk(get_resolver()):
        route = route_of(parts)
        is_asked = route not in FOR_ONESELF
        if is_asked and not route.startswith(("/admin/", "/accounts/", "/readyz")):
            for method in sorted(methods_of(parts[-1]) or WRITES):
                yield route, filled(parts, values_of(route, ground)), method


def written(ground: object) -> Iterator[tuple[str, str, str]]:  # noqa: F811
    """(route, address, method) of all that writes what is not the administrators' to keep."""
    for parts in walk(get_resolver()):
        route = route_of(parts)
        if route.startswith(("/admin/", "/accounts/", *OFFICE)) or route in FOR_ONESELF:
            continue
        for method in sorted((methods_of(parts[-1]) or WRITES) - {"GET"}):
            yield route, filled(parts, values_of(route, ground)), method


def test_an_administrator_convenes_no_plan(office: Client) -> None:
    plan = {
        "key": "x-plan",
        "title_zh": "规划",
        "short_zh": "规划",
        "kind": "special_topic",
        "horizon_from": 2026,
        "horizon_until": 2035,
        "coordinator": "coordinator@joint.example",
        "coordinator_document": "test",
    }
    person("coordinator@joint.example", "joint office")
    answer = office.post("/api/v1/plans/", plan, content_type="application/json")
    assert (answer.status_code, answer.json().get("reason")) == (403, "no_mandate")
