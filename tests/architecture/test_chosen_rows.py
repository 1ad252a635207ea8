"""By what an address may choose rows in the administration: the filters a table shows, no other.

Django takes any column of a table from the address. Who asks whether a sealed answer, a password's
hash or a nonce begins with this or that reads it, one character after another, from how many rows come.
"""

import pytest
from django.contrib import admin
from django.contrib.admin.utils import get_fields_from_path
from django.contrib.auth.models import Permission
from django.db.models import Field, Model
from django.test import Client, RequestFactory

from consult.phase3_identification.models import Declaration
from consult.spoken.models import EnteredAct
from stakeholders.administering import TableAdmin
from stakeholders.people.models import ApiToken, User
from tests.architecture.drawing import undrawn
from tests.architecture.test_administration import MODELS, alone, office, superuser, url  # noqa: F401 - fixtures
from tests.turns import in_turns, turn_of
from tests.world import World

# How a value may be asked of any column, and through a key of another table's.
WAYS = ("", "__startswith", "__contains", "__regex", "__gt", "__in", "__length__gt")
DATED = {"year", "month", "day"}
FILTERED = {"", "exact", "isnull", "isempty", "gte", "lt"}
SEALED = [
    (Declaration, "content__contains", '"value":"object"'),
    (Declaration, "nonce__startswith", "a"),
    (EnteredAct, "content__contains", "object"),
    (EnteredAct, "mandate__user__password__startswith", "pbkdf2"),
    (User, "password__startswith", "pbkdf2"),
    (ApiToken, "digest__startswith", "a"),
    (ApiToken, "token_key", "a"),
]


def columns(model: type[Model]) -> list[str]:
    """Every column of a table and, by each key, every column of the table it names."""
    found = []
    for one in model._meta.get_fields():
        if isinstance(one, Field):
            found.append(one.name)
            other = one.related_model
            if isinstance(other, type):
                found += [f"{one.name}__{f.name}" for f in other._meta.concrete_fields]
    return [*found, "pk"]


def filtered(page: admin.ModelAdmin) -> set[str]:
    """The columns by which a list is filtered on its page."""
    paths = (one[0] if isinstance(one, (list, tuple)) else one for one in page.list_filter)
    return {path for path in paths if isinstance(path, str)}


def offered(page: admin.ModelAdmin, column: str, way: str) -> bool:
    """Whether the filters or the dates above the list ask it so."""
    word = way.removeprefix("__")
    dated = column == page.date_hierarchy and word in DATED
    return dated or (column in filtered(page) and word in FILTERED)


def shown(model: type[Model], user: User) -> set[str]:
    """What the pages of a table show of a row."""
    page, request = admin.site._registry[model], RequestFactory().get("/")
    request.user = user
    sets = page.get_fieldsets(request, model())
    return {str(one) for _, of in sets for one in of["fields"]} | {*map(str, page.list_display)}


def test_rows_are_chosen_by_what_the_page_offers_only(superuser: User) -> None:  # noqa: F811
    request = RequestFactory().get("/")
    request.user = superuser
    wrong, asked = [], 0
    for model in MODELS:
        page = admin.site._registry[model]
        assert isinstance(page, TableAdmin), model
        for column in columns(model):
            for way in (*WAYS, *(f"__{word}" for word in DATED)):
                asked += 1
                allowed = page.lookup_allowed(f"{column}{way}", "x", request)
                if allowed and not offered(page, column, way):
                    wrong.append(f"{model._meta.label} {column}{way}")
    assert (wrong, asked > 10_000) == ([], True)


@in_turns(4)
def test_another_choice_is_answered_400_and_never_by_a_list(office: Client, of: int) -> None:  # noqa: F811
    """One column of each table, another one from table to table. Sample: of one table in four."""
    wrong = {}
    for model in MODELS[::of]:
        column = turn_of(model._meta.label, [f.name for f in model._meta.concrete_fields])
        with undrawn(), alone():
            code = office.get(url(model, "changelist"), {f"{column}__contains": "1"}).status_code
        if code != 400:
            wrong[f"{model._meta.label} {column}"] = code
    assert wrong == {}


@pytest.mark.parametrize(("model", "lookup", "value"), SEALED)
def test_staff_that_sees_a_list_asks_for_nothing_sealed(
    world: World, model: type[Model], lookup: str, value: str
) -> None:
    staff = world.staff(f"view_{model._meta.model_name}")
    client = Client(raise_request_exception=False)
    client.force_login(staff)
    path = url(model, "changelist")
    codes = [client.get(path, data).status_code for data in ({}, {lookup: value})]
    assert codes == [200, 400]
    assert Permission.objects.filter(user=staff).count() == 1


def test_the_ways_a_page_offers_are_open(office: Client) -> None:  # noqa: F811
    """Whatever a list of the administration leads to, by filter or by date, is answered."""
    request = RequestFactory().get("/")
    request.user = User.objects.get(is_superuser=True)
    wrong, asked = [], 0
    for model in MODELS:
        page = admin.site._registry[model]
        specs = page.get_changelist_instance(request).get_filters(request)[0]
        words = [word for spec in specs for word in spec.expected_parameters()]
        if page.date_hierarchy:
            words += [f"{page.date_hierarchy}__{part}" for part in DATED]
        asked += len(words)
        wrong += [(model, word) for word in words if not page.lookup_allowed(word, "1", request)]
    assert (wrong, asked > 200) == ([], True)
    state = "/admin/stakeholders/returnedaddress/?state=stopped"  # the page of mail leads there
    assert office.get(state).status_code == 200
    assert office.get(url(User, "changelist"), {"is_staff__exact": "1"}).status_code == 200
    assert office.get(url(User, "changelist"), {"date_joined__year": "2026"}).status_code == 200


# Exact, and only for who has the whole key already.
FOUND_WHOLE = {("stakeholders.OutboxMessage", "=dedupe_key")}
# Sorted by the joint office, so handed in: the list names the demand, too.
NAMED_IN_THE_LIST = {("consult.DemandSorting", "demand__title_zh")}


def test_lists_are_searched_in_what_pages_show(superuser: User) -> None:  # noqa: F811
    """Of the table itself and of those its keys name. A list is ordered by what it shows anyway."""
    wrong = set()
    for model in MODELS:
        for text in admin.site._registry[model].search_fields:
            column = get_fields_from_path(model, text.lstrip("=^@"))[-1]
            on = column.model
            if on not in admin.site._registry or not (
                column.primary_key or column.name in shown(on, superuser)
            ):
                wrong.add((model._meta.label, text))
    assert wrong == FOUND_WHOLE | NAMED_IN_THE_LIST


def test_a_row_is_named_to_others_by_its_key_only(superuser: User) -> None:  # noqa: F811
    """`_to_field` and the fields that find a row while one types would write another column out."""
    request = RequestFactory().get("/")
    request.user = superuser
    allowed = [
        (model._meta.label, one.name)
        for model in MODELS
        for one in model._meta.concrete_fields
        if not one.primary_key and admin.site._registry[model].to_field_allowed(request, one.name)
    ]
    assert allowed == []


def test_a_row_is_sought_while_one_types_by_who_sees_its_list(world: World) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(world.staff("view_mandate", "add_mandate"))
    asked = {
        "app_label": "stakeholders",
        "model_name": "mandate",
        "field_name": "user",
        "term": "a",
    }
    assert client.get("/admin/autocomplete/", asked).status_code == 403
    client.force_login(world.staff("view_user"))
    answer = client.get("/admin/autocomplete/", asked)
    assert answer.status_code == 200
    assert {key for row in answer.json()["results"] for key in row} == {"id", "text"}
    assert client.get("/admin/autocomplete/", {**asked, "term": "pbkdf2"}).json()["results"] == []


@pytest.mark.parametrize("model", [Declaration, EnteredAct])
def test_what_is_sealed_is_not_even_read_for_a_list(superuser: User, model: type[Model]) -> None:  # noqa: F811
    request = RequestFactory().get("/")
    request.user = superuser
    sql = str(admin.site._registry[model].get_queryset(request).query)
    assert ('"content"' in sql, '"nonce"' in sql) == (False, False)
