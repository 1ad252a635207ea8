"""Walking ids: what one may not see answers like what was never there, whoever walks and whichever
door it tries.

Below a plan one does not see, every address answers 404 with the body and headers of a plan that
does not exist. Below a plan one does see, the id of a row of another plan answers like an id that
nothing has. And what belongs to a person or an office answers another person in the same way.
"""

import re
import uuid
from collections.abc import Callable, Iterable, Iterator
from itertools import cycle, product
from typing import Any

import pytest
import pytest_django
from django.db.models import QuerySet
from django.test import Client
from django.urls import get_resolver

from consult.desk.feeds.actions import make_feed
from consult.desk.models import CalendarFeed
from consult.phase1_organization.models import Invitation
from consult.phase2_preparation.actions import experts
from consult.phase2_preparation.actions.experts import Asked
from consult.phase2_preparation.models import ExpertInvitation, Round
from consult.phase2_preparation.steps.experts import Person
from plans.register.models import Plan
from stakeholders.files.models import StoredFile
from stakeholders.jobs.models import Job
from stakeholders.notices.models import Notice
from stakeholders.people.actions import (
    StepShape,
    appoint,
    ask_second_factor_reset,
    begin_steps,
    define_chain,
)
from stakeholders.people.models import (
    AccountInvitation,
    Chain,
    ChainRun,
    Mandate,
    SecondFactorReset,
    User,
)
from stakeholders.people.queries import actor_without_mandate
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from tests.architecture.methods import methods_of
from tests.architecture.rights_world import OTHER, PREPARED, Ground, enter, lay
from tests.architecture.test_rights_over_http import filled, nothing_kept, route_of, walk
from tests.attacks.walking import (
    NEVER,
    Ids,
    Route,
    Told,
    asked,
    difference,
    plan_routes,
    told,
    told_by,
)
from tests.saying import Say
from tests.world import QINGPU, World, build_world

SUZHOU, JIAXING = "320500", "330400"
GONE = "gone"
# Who takes no part in the plans that are walked.
OUTSIDERS = ("stranger", "other_coordinator", "expert_elsewhere", "observer_elsewhere", "elsewhere")
# Who sees the plan `OTHER`, in which there is nothing yet.
INSIDERS = ("contact", "planner", "other_coordinator")


@pytest.fixture(scope="module")
def ground(
    django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[Ground]:
    with django_db_blocker.unblock(), nothing_kept():
        world = build_world()
        ground = lay(world, is_implemented=True)
        _own_rows(world)
        ground.clients["expert_elsewhere"] = _elsewhere(world, SUZHOU, Role.EXPERT)
        ground.clients["observer_elsewhere"] = _elsewhere(world, JIAXING, Role.OBSERVER)
        for client in ground.clients.values():
            client.get("/plans/")  # it says once that signing in went well
        yield ground


def _elsewhere(world: World, code: str, role: Role) -> Client:
    """Takes part in the plan `OTHER` alone."""
    return enter(world.mandate(code, role, plan_key=OTHER).user)


def _own_rows(world: World) -> None:
    """One of each kind of row that belongs to a person or an office: of Qingpu's planner."""
    contact, planner = (world.actor(QINGPU, role) for role in (Role.CONTACT_POINT, Role.PLANNER))
    owner = world.user(QINGPU, Role.PLANNER)
    plan = Plan.objects.get(key=PREPARED)
    make_feed(actor=actor_without_mandate(owner))
    define_chain(actor=contact, kind="reply", steps=[StepShape(name_zh="经办", role="planner")])
    begin_steps(
        actor=planner, kind="reply", plan_key=PREPARED, subject_kind="round", subject_id="7"
    )
    Job.objects.create(
        kind="x",
        title_zh="件",
        title_en="",
        arguments="{}",
        user=owner,
        actor_kind="mandated",
        created_at=clock.now(),
    )
    Notice.objects.create(
        user=owner, kind="x", title_zh="件", title_en="", url="/", key="x", created_at=clock.now()
    )
    experts.invite_expert(
        actor=world.coordinator(plan),
        plan=plan,
        one=Round.objects.filter(plan=plan).latest("pk"),
        person=Person(audience="expert", name="王教授", email="wang@expert.example"),
        asked=Asked(items=["aim"], questions="够不够？"),
        until=None,
    )
    appoint(
        actor=contact,
        email="new@qingpu.example",
        name_zh="新人",
        role=Role.PLANNER,
        document="函1号",
    )
    ask_second_factor_reset(actor=world.admin, email=owner.email, reason="丢失手机")


# ---- below a plan


class Gone:
    """What each walker is told of a plan that is not there, asked once by method and kind of route."""

    def __init__(self, ground: Ground) -> None:
        self.ground, self.known, self.count = ground, {}, 0

    def deviation(self, role: str, method: str, route: Route, *, is_piece: bool = False) -> str:
        """What tells the address below its plan from one below no plan, or nothing."""
        # What a route takes stands in the answers of operations (`Allow`), whatever is there.
        case = (role, method, route.is_call, is_piece, route.is_call and route.methods)
        if case not in self.known:
            self.known[case] = self._told(role, method, route.path(key=GONE), is_piece)
        one = self._told(role, method, route.path(), is_piece)
        found = difference(one, self.known[case])
        if found:  # a route may ask more than another, whatever is there
            found = difference(one, self._told(role, method, route.path(key=GONE), is_piece))
        return found or ("" if one.code == 404 else f"answered {one.code}")

    def _told(self, role: str, method: str, path: str, is_piece: bool) -> Told:
        self.count += 1
        return told_by(self.ground.clients[role], method, path, is_piece=is_piece)


def test_a_plan_one_does_not_see_is_like_none(ground: Ground, say: Say) -> None:
    """Sample: every ninth route, the outsiders in turn, by one of its methods, pieces by HTMX."""
    gone, walkers, wrong = Gone(ground), cycle(OUTSIDERS), []
    for number, route in enumerate(plan_routes(ground)[::9]):
        role, method = next(walkers), route.methods[number % len(route.methods)]
        found = gone.deviation(role, method, route, is_piece=number % 3 == 0)
        wrong += [(route.name, role, method, found)] if found else []
    say("id walking, plans (sample)", {"requests": gone.count, "deviations": len(wrong)})
    assert (wrong, gone.count > 90) == ([], True)


@pytest.mark.prove(minutes=3)
def test_every_address_of_a_plan_one_does_not_see_is_like_none(ground: Ground, say: Say) -> None:
    """Every route by every method it takes: reading by all outsiders, writing by two of them."""
    gone, wrong, routes = Gone(ground), [], plan_routes(ground)
    for number, route in enumerate(routes):
        for method in route.methods:
            two = (OUTSIDERS[number % 5], OUTSIDERS[(number + 2) % 5])
            for role in OUTSIDERS if method == "GET" else two:
                is_piece = role == OUTSIDERS[number % 5] and not route.is_call
                found = gone.deviation(role, method, route, is_piece=is_piece)
                wrong += [(route.name, role, method, found)] if found else []
            code = asked(ground.clients["anonymous"], method, route.path()).status_code
            wrong += [(route.name, "anonymous", method, code)] if code not in (401, 302) else []
    told_of = {"routes": len(routes), "requests": gone.count, "deviations": len(wrong)}
    say("id walking, plans", told_of)
    assert (wrong, len(routes) > 700) == ([], True)


def strays(
    route: Route, ids: Ids, *, count: int
) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """(values with the id of another plan's row, the same with an id that nothing has), for each
    part of the address."""
    for name, kind in route.ids().items():
        never = {**route.values, "key": OTHER, name: NEVER[kind]}
        for one in ids.foreign(kind, route.values.get(name), count):
            yield {**never, name: one}, never


def walked(client: Client, route: Route, method: str, ids: Ids, count: int) -> Iterator[str | None]:
    """What tells each foreign id below `OTHER` from one that nothing has; None where nothing does."""
    known: dict[str, Any] = {}
    for foreign, never in strays(route, ids, count=count):
        there, gone = filled(route.parts, foreign), filled(route.parts, never)
        if gone not in known:
            known[gone] = told_by(client, method, gone)
        one = told_by(client, method, there)
        found = difference(one, known[gone])
        yield f"{there}: {found}" if found else None


def test_the_id_of_another_plan_is_like_none(ground: Ground, say: Say) -> None:
    """Sample: every fourteenth route with an id below its plan, those who see the plan in turn."""
    ids, walkers, found = Ids(seed=10), cycle(INSIDERS), []
    routes = [route for route in plan_routes(ground) if route.ids()]
    for route in routes[::14]:
        role = next(walkers)
        method = route.methods[0]
        found += [(role, one) for one in walked(ground.clients[role], route, method, ids, count=1)]
    wrong = [(role, one) for role, one in found if one]
    say("id walking, rows (sample)", {"ids": len(found), "deviations": len(wrong)})
    assert (wrong, len(found) > 30) == ([], True)


@pytest.mark.prove(minutes=2)
def test_no_id_of_another_plan_is_told_from_none(ground: Ground, say: Say) -> None:
    ids, wrong, count = Ids(seed=11), [], 0
    routes = [route for route in plan_routes(ground) if route.ids()]
    for route, role in product(routes, INSIDERS):
        for method in route.methods if role == "contact" else {"GET"} & {*route.methods}:
            for one in walked(ground.clients[role], route, method, ids, count=1):
                count += 1
                wrong += [(role, method, one)] if one else []
    say("id walking, rows", {"routes": len(routes), "ids": count, "deviations": len(wrong)})
    assert (wrong, len(routes) > 300) == ([], True)


# ---- what belongs to a person or an office

Rows = Callable[[], QuerySet[Any]]


def _of_owner(model: Any, **filters: object) -> Rows:
    return lambda: model._base_manager.filter(**filters)


OWNER = f"{Role.PLANNER.value}@{QINGPU}.example"
# route -> the rows of others that it must not show
OWNED: dict[str, Rows] = {
    r"/calendar/<pk>/": _of_owner(CalendarFeed, user__email=OWNER),
    r"/chain-runs/<pk>/": _of_owner(ChainRun),
    r"/chains/runs/<pk>/": _of_owner(ChainRun),
    r"/api/v1/chains/<pk>/": _of_owner(Chain),
    r"/files/<pk>/": _of_owner(StoredFile, uploaded_by__email=OWNER),
    r"/invitations/<pk>/(answers/)?$": _of_owner(Invitation, jurisdiction_id=JIAXING),
    r"/people/invitations/<pk>/": _of_owner(AccountInvitation),
    r"/jobs/<pk>/": _of_owner(Job, user__email=OWNER),
    r"/mandates/<pk>/": _of_owner(Mandate, user__email=OWNER),
    r"/notices/<pk>/": _of_owner(Notice, user__email=OWNER),
    r"/asked/<invitation>/": _of_owner(ExpertInvitation),
    r"/people/account/sessions/<pk>/": lambda: User.objects.get(email=OWNER).usersession_set.all(),
    r"/people/second-factor/<pk>/": _of_owner(SecondFactorReset),
}
# What everybody signed in reads, and what only a secret opens.
SHARED = re.compile(
    r"/jurisdictions/|/api/v1/regions/|/organizations/|^/matters/<matter>/|/chains/<kind>/"
)
SECRET = re.compile(
    r"/accounts/|/asked/by-link/|<secret>|/inbox/unsubscribe/|/people/invitation/<token>|^/asked/files/"
)
WALKERS = ("stranger", "other_coordinator", "neighbour", "signatory", "expert_elsewhere")


def own_routes() -> list[tuple[str, tuple[Any, ...]]]:
    """Routes with an id that lie below no plan."""
    found = []
    for parts in walk(get_resolver()):
        name = route_of(parts)
        if "<" in name and not name.startswith("/admin/") and "plans/<key>" not in name:
            found.append((name, parts))
    return found


def rows_of(name: str) -> Rows | None:
    return next((rows for pattern, rows in OWNED.items() if re.search(pattern, name)), None)


def test_every_route_with_an_id_is_walked_or_open_to_all_or_secret() -> None:
    unknown = [
        name
        for name, _parts in own_routes()
        if not (rows_of(name) or SHARED.search(name) or SECRET.search(name))
    ]
    assert unknown == []


def belonging(ground: Ground, walkers: Callable[[int], Iterable[str]]) -> tuple[list[Any], int]:
    """(what was told apart, how many requests); `walkers` says who asks, by the number of a case."""
    wrong: list[Any] = []
    count = 0
    for number, (name, parts) in enumerate(own_routes()):
        rows = rows_of(name)
        if rows is None or SECRET.search(name):
            continue
        (pk, *_more) = rows().order_by("-pk").values_list("pk", flat=True)
        never = NEVER["uuid"] if isinstance(pk, uuid.UUID) else NEVER["int"]
        part = "invitation" if "<invitation>" in name else "pk"
        there, gone = (filled(parts, {part: one}) for one in (pk, never))
        for method, role in product(methods_of(parts[-1]) or (), walkers(number)):
            one, none = (told_by(ground.clients[role], method, path) for path in (there, gone))
            count += 2
            # An operation may look at its input first: then it says the same of every id.
            closed = one.code == 404 or (name.startswith("/api/") and one.code == 400)
            found = difference(one, none) or ("" if closed else f"answered {one.code}")
            wrong += [(name, role, method, found)] if found else []
    return wrong, count


def test_what_belongs_to_another_is_like_none(ground: Ground, say: Say) -> None:
    """Sample: every route, the walkers in turn."""
    wrong, count = belonging(ground, lambda number: [WALKERS[number % len(WALKERS)]])
    say("id walking, own rows (sample)", {"requests": count, "deviations": len(wrong)})
    assert (wrong, count > 60) == ([], True)


@pytest.mark.prove
def test_nothing_of_another_is_told_from_none(ground: Ground, say: Say) -> None:
    wrong, count = belonging(ground, lambda _number: WALKERS)
    say("id walking, own rows", {"requests": count, "deviations": len(wrong)})
    assert (wrong, count > 300) == ([], True)


def test_guessed_secrets_have_one_answer(ground: Ground) -> None:
    """A secret that is no longer, and one that never was, are told by no answer from each other."""
    wrong = []
    for name, parts in own_routes():
        if not SECRET.search(name) or name.startswith(("/accounts/", "/asked/files/")):
            continue
        names = re.findall(r"<(\w+)>", name)
        answers = set()
        for guess in ("A" * 43, "b" * 43):
            path = filled(parts, dict.fromkeys(names, guess))
            answers.add(told(asked(ground.clients["anonymous"], "GET", path), path, (guess, "")))
        if len(answers) != 1:
            wrong.append((name, sorted(one.code for one in answers)))
    assert wrong == []
