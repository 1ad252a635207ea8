"""Every writing act once allowed and once refused with its reason, by its form and by its operation.

One world; each request runs in a savepoint that is undone. What is allowed leaves exactly one entry
of the act in the record, what is refused leaves none. Sample: each act is allowed by one of its two
doors and refused by the other one; in `make prove` it is the other way round, too.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress

import pytest
import pytest_django
from django.conf import settings
from django.db import transaction
from django.forms import BaseForm, BooleanField, ChoiceField, MultipleChoiceField
from django.http import HttpResponse
from django.test import Client, override_settings
from django.utils import translation

from config.acts import tables
from config.errors import REASONS
from consult.workflow import gates
from plans.register.models import Plan
from stakeholders.people.actions import make_token
from stakeholders.people.models import Mandate, User
from stakeholders.people.queries import actor_of
from stakeholders.record.models import RecordEntry
from stakeholders.terms.actor import Actor, Role
from tests.architecture.drawing import undrawn
from tests.architecture.rights_world import Ground, enter, lay
from tests.architecture.test_openapi import BY_FORM_ONLY, OPERATIONS, READING_ACTS
from tests.architecture.test_rights_over_http import PLAIN
from tests.architecture.writing_case import ADMINISTRATOR, LIMITED, Case, Dates, Who
from tests.architecture.writing_cases import CASES
from tests.architecture.writing_plans import body
from tests.architecture.writing_posted import POSTED_ONLY
from tests.architecture.writing_preparation import shown_disposition
from tests.architecture.writing_rounds import BODY, water_bureau
from tests.attacks.locks import astray, recorded_locks
from tests.turns import turn_of
from tests.world import World, build_world

# Acts without a page: commands of the site's keepers, and what the hour does.
COMMANDS = {act for act in BY_FORM_ONLY if act.endswith(".import")} | {
    "invitation.count",
    "round.begin",
}
# Whoever was not invited does not find the one page: once allowed, once refused in test_experts.
COMMANDS |= {act for act, why in BY_FORM_ONLY.items() if "invited person" in why}
ENGLISH = {"accept-language": "en"}


class _Undo(Exception):
    """Leaves the block without keeping anything."""


class _Names(dict[str, object]):
    """What stands in braces; before the act is due some of it is not there yet."""

    def __missing__(self, name: str) -> int:
        return 1


class House:
    """The seeded world, and the doors of each person: a session, and a token per plan."""

    def __init__(self) -> None:
        self.world: World = build_world()
        self.ground: Ground = lay(self.world)
        self.organization = body()
        self.water_bureau = water_bureau(self.world)
        self.sessions: dict[Who, Client] = {}
        self.tokens: dict[tuple[Who, str], Client] = {}

    def values(self, case: Case) -> "_Names":
        shared = self.ground.values["prepared"]
        return _Names(
            {
                "day": Dates(),
                "draft": shared["draft"],
                "matter": shared["matter"],
                "invitation": self.ground.values[""]["pk"],
                **case.late(),
            }
        )

    def user(self, who: Who, plan: str) -> User:
        return self.world.administrator if who == ADMINISTRATOR else self.mandate(who, plan).user

    def actor(self, who: Who, plan: str) -> Actor:
        return self.world.admin if who == ADMINISTRATOR else actor_of(self.mandate(who, plan))

    def hat(self, who: Who, plan: str) -> dict[str, object]:
        """The field by which a form says under which mandate it speaks."""
        return {} if who == ADMINISTRATOR else {"acting_mandate": self.mandate(who, plan).pk}

    def mandate(self, who: Who, plan: str) -> Mandate:
        code, role = who
        if who == BODY:
            return self.water_bureau
        if who == LIMITED:
            return Mandate.objects.get(acts=["matter.stand"])
        return self.world.mandate(code, role, plan_key=plan if role is Role.COORDINATOR else "")

    def session(self, who: Who, plan: str) -> Client:
        if who not in self.sessions:
            self.sessions[who] = enter(self.user(who, plan))
        return self.sessions[who]

    def token(self, who: Who, plan: str) -> Client:
        if (who, plan) not in self.tokens:
            actor, user = self.actor(who, plan), self.user(who, plan)
            _row, token = make_token(actor=actor, user=user, name="test", days=1)
            self.tokens[who, plan] = Client(headers={"authorization": f"Token {token}"})
        return self.tokens[who, plan]

    def path(self, case: Case, path: str, *, api: bool) -> str:
        path = path.format_map(self.values(case))
        if path.startswith("/"):
            return path
        return f"{'/api/v1' if api else ''}/plans/{case.plan}/{path}"


@contextmanager
def built(acts: Iterable[str]) -> Iterator[House]:
    """The house, with everybody of `acts` at the door; undone afterwards."""
    with suppress(_Undo), transaction.atomic():
        house = House()
        for act in acts:  # everybody signs in before the first savepoint
            case = CASES[act]
            for who in (case.who, case.refused):
                house.session(who, case.plan)
                if act not in BY_FORM_ONLY:
                    house.token(who, case.plan)
        yield house
        raise _Undo


@pytest.fixture(scope="module")
def house(
    django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[House]:
    storages = {**settings.STORAGES, "staticfiles": PLAIN}
    with django_db_blocker.unblock(), override_settings(STORAGES=storages), built(CASES) as house:
        yield house


class Due:
    """What brought the world to where an act is due stands until another act needs another: to lay
    it is a third of what asking the acts costs, and many acts are due in the same."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.stands: object = None
        self.undoing = ExitStack()

    def bring(self, case: Case) -> None:
        if self.stands == due_in(case):
            return
        self.end()
        self.undoing.enter_context(in_readiness(self.house, case))
        self.stands = due_in(case)

    def end(self) -> None:
        self.undoing.close()
        self.stands = None


def due_in(case: Case) -> object:
    """Acts of which this is the same are due in the same rows."""
    return case.plan, case.ready


def side_by_side(acts: Iterable[str]) -> list[str]:
    """Acts that are due in the same rows stand side by side, so that these are laid once."""
    first: dict[object, int] = {}
    return sorted(acts, key=lambda act: first.setdefault(due_in(CASES[act]), len(first)))


@pytest.fixture(scope="module")
def due(house: House) -> Iterator[Due]:
    due = Due(house)
    yield due
    due.end()


@pytest.fixture
def ready(house: House, due: Due, request: pytest.FixtureRequest) -> Iterator[House]:
    """The world where the act of this case is due; what the test does there is undone."""
    due.bring(CASES[request.node.callspec.params["act"]])
    with suppress(_Undo), transaction.atomic():
        yield house
        raise _Undo


@contextmanager
def in_readiness(house: House, case: Case) -> Iterator[None]:
    """Bring the world to where the act of this case is due, and undo it afterwards."""
    closed = dict(gates.GATES)
    try:
        with transaction.atomic():
            if case.ready is not None:
                case.ready(house.world, Plan.objects.get(key=case.plan))
            yield
            raise _Undo
    except _Undo:
        return
    finally:
        gates.GATES.clear()
        gates.GATES.update(closed)


def standing(form: BaseForm) -> dict[str, object]:
    """What a browser sends of a form that nobody touched; a choice that must be made is the first."""
    sent: dict[str, object] = {}
    for one in form:
        value, made = one.value(), one.field
        must_choose = isinstance(made, ChoiceField) and made.required
        if value in (None, "") and must_choose and not isinstance(made, MultipleChoiceField):
            value = next((key for key, _label in made.choices if key), "")
        if value not in (None, "", False):
            sent[one.html_name] = "on" if isinstance(made, BooleanField) else value
    return sent


def put_in(house: House, case: Case, data: Mapping[str, object]) -> dict[str, object]:
    """The data with what stands in braces put in."""
    names = house.values(case)
    return {key: _named(value, names) for key, value in data.items()}


def _named(value: object, names: _Names) -> object:
    if isinstance(value, str):
        return value.format_map(names)
    if isinstance(value, list):
        return [_named(one, names) for one in value]
    if isinstance(value, dict):
        return {key: _named(one, names) for key, one in value.items()}
    return value


def form_data(house: House, case: Case) -> dict[str, object]:
    """The form as the one who may finds it, with the case's values in it."""
    path = house.path(case, case.page, api=False)
    with undrawn() as page:  # the pages are drawn for the rights over HTTP
        code = house.session(case.who, case.plan).get(path).status_code
    form = page.given.get("form") if code == 200 else None
    data = {
        **(standing(form) if isinstance(form, BaseForm) else {}),
        **put_in(house, case, {**case.data, **case.form}),
    }
    if case.page == "bodies/":
        data["organization"] = house.organization.pk
    if case.page.endswith("answer/"):
        data["disposition"] = shown_disposition()
    return data


def body_of(house: House, case: Case) -> dict[str, object]:
    data = put_in(house, case, {**case.data, **case.body})
    if case.call.endswith("comments/1/answer/"):
        data["disposition"] = shown_disposition()
    return data


def sent(client: Client, method: str, path: str, data: Mapping[str, object]) -> HttpResponse:
    text = json.dumps(data)
    return client.generic(method.upper(), path, text, "application/json", headers=ENGLISH)


def recorded(act: str, before: int) -> list[str]:
    rows = RecordEntry.objects.filter(pk__gt=before).order_by("pk").values_list("act", flat=True)
    return [one for one in rows if one == act]


def newest() -> int:
    return RecordEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def told(response: HttpResponse) -> str:
    """What went wrong, for the failure's message."""
    context = getattr(response, "context", None)
    form = context.get("form") if context else None
    errors = dict(form.errors) if form is not None else ""
    return f"{response.status_code} {errors} {response.content[:300]!r}"


def by_form(house: House, case: Case, who: Who, data: Mapping[str, object]) -> HttpResponse:
    path = house.path(case, case.page, api=False)
    posted = {**data, **house.hat(who, case.plan)}
    return house.session(who, case.plan).post(path, posted, headers=ENGLISH)


def by_program(house: House, act: str, case: Case, who: Who) -> HttpResponse:
    path = house.path(case, case.call, api=True)
    return sent(house.token(who, case.plan), OPERATIONS[act][0], path, body_of(house, case))


def test_every_writing_act_has_a_case() -> None:
    acts = {act for table in tables().values() for act in table}
    assert acts - READING_ACTS - COMMANDS == CASES.keys()


def test_acts_by_form_only_have_no_operation() -> None:
    assert {act for act, case in CASES.items() if not case.call} == BY_FORM_ONLY.keys() - COMMANDS


def test_every_case_calls_the_operation_of_its_act() -> None:
    wrong = []
    for act, case in CASES.items():
        if not case.call:
            continue
        template = OPERATIONS[act][1]
        path = case.call if case.call.startswith("/") else f"/api/v1/plans/x/{case.call}"
        if not re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", template), path):
            wrong.append((act, template, path))
    assert wrong == []


def refused_by_form(house: House, act: str) -> None:
    case = CASES[act]
    data = form_data(house, case)
    with undrawn() as page:
        answer = by_form(house, case, case.refused, data)
    assert answer.status_code == (302 if case.is_closed else 403), told(answer)
    if case.is_closed:
        assert answer["Location"].startswith("/admin/login/")
    else:
        with translation.override("en"):
            assert page.given["reason"] == str(REASONS[case.reason])


def refused_by_operation(house: House, act: str) -> None:
    case = CASES[act]
    answer = by_program(house, act, case, case.refused)
    assert answer.status_code == 403, told(answer)
    assert answer.json()["reason"] == case.reason.value


def done_by_form(house: House, act: str) -> HttpResponse:
    case = CASES[act]
    answer = by_form(house, case, case.who, form_data(house, case))
    assert answer.status_code == 302, told(answer)
    return answer


def done_by_operation(house: House, act: str) -> HttpResponse:
    case = CASES[act]
    answer = by_program(house, act, case, case.who)
    assert answer.status_code in (200, 201, 204), told(answer)
    return answer


DONE = {"form": done_by_form, "operation": done_by_operation}
REFUSED = {"form": refused_by_form, "operation": refused_by_operation}
OTHER = {"form": "operation", "operation": "form"}


def acts_by_door() -> list[object]:
    """Each act with the doors by which it is done and refused."""
    sets: list[object] = []
    for act in side_by_side(CASES):
        if not CASES[act].call:
            sets.append(pytest.param(act, "form", "form", id=f"{act}-form"))
            continue
        turn = turn_of(act, tuple(DONE))
        other = OTHER[turn]
        sets.append(pytest.param(act, turn, other, id=f"{act}-{turn}"))
        whole = pytest.param(act, other, turn, id=f"{act}-{other}", marks=pytest.mark.prove)
        sets.append(whole)
    return sets


@pytest.mark.parametrize(("act", "done", "refused"), acts_by_door())
def test_an_act_is_done_and_refused_with_the_reason(
    ready: House, act: str, done: str, refused: str
) -> None:
    before = newest()
    REFUSED[refused](ready, act)
    assert newest() == before
    with recorded_locks() as seen:
        answer = DONE[done](ready, act)
    assert recorded(act, before) == [act], told(answer)
    assert [fault for one in seen.transactions for fault in astray(one)] == []


@pytest.mark.prove
@pytest.mark.parametrize("act", side_by_side(CASES))
def test_the_page_of_an_act_that_is_due_is_drawn(ready: House, act: str) -> None:
    """And the page of its refusal: above neither is, drawing is most of what they cost."""
    case = CASES[act]
    path, data = ready.path(case, case.page, api=False), form_data(ready, case)
    shown = ready.session(case.who, case.plan).get(path).status_code
    assert shown == (405 if act in POSTED_ONLY else 200)
    refused = by_form(ready, case, case.refused, data)
    due = (302, False) if case.is_closed else (403, True)
    assert (refused.status_code, bool(refused.content)) == due
