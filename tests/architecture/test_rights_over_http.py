"""Who reaches which page, piece, operation and export: every GET route by every role.

`rights.csv` is the reviewed expectation: a route, and the code each role is answered. A route
missing there fails, and so does one that is gone. The administrators' pages are asked by two roles.
`methods.csv` holds, reviewed in the same way, the methods that each route of ours takes. What an
outsider may tell from the answers of other methods, and from their bodies, is walked in
`tests/attacks/test_id_walking.py`; what writes is asked act by act in `test_writing_acts.py`.
"""

import csv
import re
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest
import pytest_django
from django.conf import settings
from django.db import transaction
from django.test import override_settings
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import UUIDConverter
from django.utils.regex_helper import normalize

from tests.architecture.drawing import undrawn
from tests.architecture.methods import methods_of
from tests.architecture.rights_world import (
    DONE,
    HANDED_UP,
    OTHER,
    PREPARED,
    ROLES,
    SIGNED,
    Ground,
    lay,
)
from tests.saying import Say
from tests.turns import turn_of
from tests.world import build_world

TABLE = Path(__file__).with_name("rights.csv")
METHODS = Path(__file__).with_name("methods.csv")
ADMIN_ROLES = ("anonymous", "administrator")
PLAIN = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
UUID = "12345678-1234-5678-1234-567812345678"
# Leaving, and what lies outside our pages: a probe of other processes.
LEFT_OUT = {"/readyz", "/accounts/logout/"}
AFTER_APPROVAL = re.compile(
    r"plans/<key>/(implementation|readings|statuses|warnings|tasks|balance|health|meetings|dashboard|cases"
    r"|text-changes|progress|blockages|commitments|breakdown|programmes|supervision-notes|transfers"
    r"|compensations|settlements|indicator-standings)/"
)


@contextmanager
def nothing_kept(**others: object) -> Iterator[None]:
    """Static files under their plain names, `others` of the settings, every write undone at the end."""
    storages = {**settings.STORAGES, "staticfiles": PLAIN}
    with override_settings(STORAGES=storages, **others), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def ground(
    django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[Ground]:
    with django_db_blocker.unblock(), nothing_kept():
        yield lay(build_world(), is_implemented=True)


def walk(resolver: URLResolver, before: tuple = ()) -> Iterator[tuple[URLPattern, ...]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from walk(pattern, (*before, pattern))
        else:
            yield (*before, pattern)


def filled(parts: tuple, values: dict[str, object]) -> str:
    path = "/"
    for part in parts:
        template, names = normalize(part.pattern.regex.pattern)[0]
        converters = getattr(part.pattern, "converters", {})
        spare = {n: UUID if isinstance(converters.get(n), UUIDConverter) else 1 for n in names}
        path += template % {**spare, **{n: v for n, v in values.items() if n in names}}
    return path


def route_of(parts: tuple) -> str:
    """The route as it stands in the table: `/plans/<key>/gate/`."""
    text = "/" + "".join(str(part.pattern) for part in parts)
    text = re.sub(r"\(\?P<(\w+)>[^()]*\)", r"<\1>", text)
    return re.sub(r"<\w+:(\w+)>", r"<\1>", re.sub(r"[\^$]|\\Z", "", text)).replace("\\", "")


def values_of(route: str, ground: Ground) -> dict[str, object]:
    """The objects of the plan that is in the phase the route belongs to."""
    of_site = "plans/<key>/" not in route and re.search(r"/(notices|files)/", route)
    if route.startswith("/admin/") or of_site:
        # ids differ from run to run: one that is never there
        return {"object_id": 0, "pk": UUID if "/files/" in route else 0}
    if "/mandates/<pk>/" in route:
        return {"pk": ground.values[""]["mandate"]}
    if "plans/<key>/" not in route:
        return {
            "year": 2026,
            **ground.values[""],
            **({"key": PREPARED} if "/plans/<key>" in route else {}),
        }
    if re.search(r"/(approval|archive|statement|statements|record)/", route):
        kept = {"pk": UUID} if "/kept/" in route else {}  # one that is never there
        return {**ground.values[HANDED_UP], **kept}
    if re.search(r"/(sign-off|matrix)/", route):
        return ground.values[SIGNED]
    if AFTER_APPROVAL.search(route) or "/milestones/<number>/" in route:
        return _implemented(route, dict(ground.values[DONE]))
    return _prepared(route, dict(ground.values[PREPARED]))


def _implemented(route: str, values: dict[str, object]) -> dict[str, object]:
    """The objects of the plan in implementation; ids that differ from run to run are those laid."""
    if "/warnings/" in route:
        values["number"] = values["warning"]
    if "/health/" in route:
        values["pk"] = values["check"]
    if "/agenda/" in route:
        values["item"] = values["agenda"]
    values |= {"kind": "yearly"} if "/health/open/" in route else {}
    values |= {"kind": "csv"} if "/table/<kind>" in route else {}
    values |= {"kind": "pdf"} if "/paper/<kind>" in route else {}
    # ids that are never there
    nothing = {"reservation": 0, "figure": 0, "text": 0, "paper": 0, "comment": 0}
    gone = UUID if "/cases/<number>/files/" in route else 0
    return {**nothing, **({} if "/health/" in route else {"pk": gone}), **values}


def _prepared(route: str, values: dict[str, object]) -> dict[str, object]:
    """The objects of the plan that is being prepared; the first name in the route decides."""
    items = {"standards": "setback", "indicators": "antimony"}
    items |= {"text": values["provision"], "provisions": values["provision"]}
    if named := next((name for name in items if f"/{name}/" in route), None):
        values["item"] = items[named]
    for part, name in (("/rounds/", "running"), ("/attachments/", "attachment")):
        values |= {"number": values[name]} if part in route else {}
    values |= {"pk": UUID} if "/files/" in route else {}
    values |= {"pk": 0} if "/positions/" in route else {}
    values |= {"paper": "legal-review"} if "<paper>" in route else {}
    values |= {"kind": "csv"} if "/adoption-table/" in route else {}
    values |= {"what": "provisions", "kind": "xlsx"} if "<what>" in route else {}
    # ids that are never there
    values |= dict.fromkeys(("asked", "batch", "group", "block", "letter", "reply"), 0)
    for name in ("matter", "project"):
        values |= {"key": values["key"]} if f"<{name}>" in route else {}
    return values


def routes(ground: Ground) -> dict[str, str]:
    found = {}
    for parts in walk(get_resolver()):
        route = route_of(parts)
        if route not in LEFT_OUT and not route.startswith("/admin/<"):
            found[route] = address(parts, ground)
    return found


def address(parts: tuple, ground: Ground) -> str:
    """The route with its parts filled in."""
    route = route_of(parts)
    # one that is never there
    named_by_uuid = "/jobs/" in route or ("/import/" in route and "<key>" not in route)
    return filled(parts, {} if named_by_uuid else values_of(route, ground))


@dataclass
class Walked:
    """route -> role -> code, as the site answers now; and the refusals that name nobody."""

    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    silent: list[tuple[str, str]] = field(default_factory=list)
    drawn: int = 0


def asked(ground: Ground, chosen: Callable[[str], Collection[str]]) -> Walked:
    """Ask every route as the roles that `chosen` names for it. A page that is shown is drawn; behind
    refusals and forwardings, and in the administration (drawn in `test_administration`), the view does
    its work and the page stays empty."""
    walked = Walked()
    for route, path in sorted(routes(ground).items()):
        walked.codes[route] = {}
        for role in chosen(route):
            shown = reviewed().get(route, {}).get(role) == "200" and not of_administration(route)
            with nullcontext() if shown else undrawn() as page:
                code = ground.clients[role].get(path).status_code
            walked.codes[route][role] = str(code)
            walked.drawn += shown
            if page and (code, page.name) == (403, "403.html") and not page.given.get("holders"):
                walked.silent.append((route, role))
    return walked


def of_administration(route: str) -> bool:
    return route.startswith("/admin/")


def every_role(route: str) -> Collection[str]:
    return ADMIN_ROLES if of_administration(route) else ROLES


# What the library makes for each table: 900 routes of the same few kinds.
OF_A_TABLE = re.compile(r"/admin/\w+/\w+/(add/|<object_id>/((change|history|delete)/)?)?")


def some_roles(route: str) -> Collection[str]:
    """One of those who are shown a route, one of those who are not, other ones from route to route;
    all where it is not reviewed yet. That nobody comes in unknown is asked of every route in
    `test_urls`, and a 405 is read off the views: they are asked for only where there is no other
    refusal. Of the administration a route in two, by one of its two roles."""
    known = reviewed().get(route)
    if known is None:
        return every_role(route)
    if of_administration(route):
        spared = ((), ()) if OF_A_TABLE.fullmatch(route) else ()
        return turn_of(route, [*((role,) for role in ADMIN_ROLES), *spared])
    by_code: dict[str, list[str]] = {}
    for role in ROLES:
        by_code.setdefault(known[role], []).append(role)
    shown = by_code.pop("200", [])
    within = [by_code[code] for code in sorted(by_code.keys() - {"302", "401", "405"})]
    refused = turn_of(f"refused {route}", within or [*by_code.values(), []])
    return [turn_of(route, roles) for roles in (shown, refused) if roles]


@pytest.fixture(scope="module")
def answers(ground: Ground) -> Walked:
    return asked(ground, some_roles)


@cache
def reviewed() -> dict[str, dict[str, str]]:
    """route -> role -> code."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row.pop("route"): row for row in csv.DictReader(file)}


def deviations(walked: Walked) -> list[tuple[str, str, str, str]]:
    """(route, role, code due, code answered)."""
    now, known = walked.codes, reviewed()
    assert (sorted(now.keys() - known.keys()), sorted(known.keys() - now.keys())) == ([], [])
    return [
        (route, role, known[route][role], code)
        for route, codes in now.items()
        for role, code in codes.items()
        if known[route][role] != code
    ]


def told_of(walked: Walked, wrong: list[tuple[str, str, str, str]]) -> dict[str, int]:
    return {
        "routes": len(walked.codes),
        "requests": sum(map(len, walked.codes.values())),
        "pages drawn": walked.drawn,
        "deviations": len(wrong),
    }


def test_every_route_answers_as_reviewed(answers: Walked, say: Say) -> None:
    """Sample: every route, by one whom it is shown and one whom it is not; administration by turns."""
    wrong = deviations(answers)
    say("rights, route by role (sample)", told_of(answers, wrong))
    assert wrong == []


@pytest.mark.prove(minutes=3)
def test_every_route_answers_every_role_as_reviewed(ground: Ground, say: Say) -> None:
    walked = asked(ground, every_role)
    wrong = deviations(walked)
    say("rights, route by role", told_of(walked, wrong))
    assert (wrong, unnamed(walked)) == ([], [])


# Django's pages of administrators and the library of the sign-in look for themselves.
NOT_OURS = ("/admin/", "/accounts/")


def test_every_route_takes_the_methods_that_were_reviewed() -> None:
    """Every other method is answered 405 by what names them, before anything is looked up."""
    now = {}
    for parts in walk(get_resolver()):
        route = route_of(parts)
        if not route.startswith(NOT_OURS):
            now[route] = " ".join(sorted(methods_of(parts[-1]) or ["any"]))
    with METHODS.open(encoding="utf-8", newline="") as file:
        known = {row["route"]: row["methods"] for row in csv.DictReader(file)}
    assert sorted(now.items() ^ known.items()) == []
    assert {methods for methods in now.values() if "any" in methods} == set()


def bare(response) -> str:
    """The body without the tokens of its forms, which differ every time."""
    return re.sub(r"\b\w{64}\b", "", response.content.decode())


UNSEEN = ("stranger", "invited", "other_coordinator", "administrator", "ended", "elsewhere")


def test_pages_of_plans_are_closed_to_all_who_take_no_part() -> None:
    known = reviewed()
    rows = {route: codes for route, codes in known.items() if "/plans/<key>/" in route}
    open_ = {
        (route, role): codes[role]
        for route, codes in rows.items()
        for role in UNSEEN
        if codes[role] not in ("404", "405")
    }
    assert open_ == {}


def unnamed(walked: Walked) -> list[tuple[str, str]]:
    """(route, role) of pages that are seen and refused and do not say which roles may."""
    asked_of = ("neighbour", "signatory", "coordinator")
    return [
        (route, role)
        for route, role in walked.silent
        if route.startswith("/plans/") and role in asked_of
    ]


def test_refusals_name_who_may(answers: Walked) -> None:
    """A page that is seen and refused says which roles may do it."""
    assert unnamed(answers) == []


@pytest.mark.prove(minutes=3)
def test_in_every_state_of_a_plan_nothing_opens_and_nothing_breaks(
    ground: Ground, say: Say
) -> None:
    """Every route below a plan, with the plan in each state: draft, in preparation, locked for the
    sign-off, handed up, in implementation. Who takes no part finds none of it, whatever the state;
    who takes part is answered in two of the states by turns, if only that it is not there."""
    wrong, count = [], 0
    for parts in walk(get_resolver()):
        route = route_of(parts)
        if "plans/<key>/" not in route or "GET" not in (methods_of(parts[-1]) or ()):
            continue
        values = values_of(route, ground)
        states = sorted({OTHER, PREPARED, SIGNED, HANDED_UP, DONE} - {values["key"]})
        for key in states:
            path = filled(parts, {**values, "key": key})
            with undrawn():
                strangers = ground.clients["stranger"].get(path).status_code
            count += 1
            wrong += [(route, key, "stranger", strangers)] if strangers != 404 else []
        for key in turn_of(route, [states[::2], states[1::2]]):
            seen = ground.clients["contact"].get(filled(parts, {**values, "key": key})).status_code
            count += 1
            wrong += [(route, key, "contact", seen)] if seen >= 500 and seen != 503 else []
    say("rights, route by state", {"requests": count, "deviations": len(wrong)})
    assert wrong == []


FOREIGN = (
    "/plans/prepared/implementation/projects/none/",
    "/plans/done/matters/MT1/",
    "/plans/done/comments/1/",
    "/plans/done/rounds/1/",
    "/plans/done/text/provisions/first/",
    "/api/v1/plans/signed/indicators/antimony/",
    "/plans/signed/projects/PJ3/",
    "/plans/prepared/matrix/first/",
    "/plans/prepared/statement/bundle/",
    "/plans/done/organization/charters/1/",
    "/plans/done/revisions/2/",
    "/api/v1/plans/done/matters/MT1/",
    "/api/v1/plans/signed/projects/PJ3/",
    "/api/v1/plans/done/rounds/1/",
    "/api/v1/plans/done/charters/1/",
    "/people/mandates/1/end/",
    "/invitations/1/",
)


@pytest.mark.parametrize("path", FOREIGN)
def test_an_object_of_another_plan_is_not_found_under_this_one(ground: Ground, path: str) -> None:
    assert ground.clients["planner"].get(path).status_code == 404


def test_a_warning_is_found_under_its_own_plan_only(ground: Ground) -> None:
    pk = ground.values[DONE]["warning"]
    client = ground.clients["planner"]
    codes = [
        client.get(f"/plans/{key}/implementation/warnings/{pk}/").status_code
        for key in (DONE, PREPARED, SIGNED)
    ]
    assert codes == [200, 404, 404]


def test_a_form_under_a_foreign_mandate_is_refused(ground: Ground) -> None:
    path = "/plans/prepared/matters/new/"
    answer = ground.clients["contact"].post(path, {"acting_mandate": "999999"})
    assert answer.status_code == 403
