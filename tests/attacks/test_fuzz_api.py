"""Whatever a program sends to any operation of the API: an answer as described, never a failure.

schemathesis makes requests out of the description, right ones and wrong ones; they go through the
whole site in this process, with the rights of several roles, on a plan in each later phase. Half of
the addresses name what is there, so that the bodies reach the acts.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
import pytest_django
import schemathesis
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from django.test import Client, override_settings
from django.urls import get_resolver
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.generation.feedback import NO_FEEDBACK

from stakeholders.people.actions import make_token
from stakeholders.terms.actor import Role
from tests.architecture.rights_world import DONE, PREPARED, SIGNED, Ground, lay
from tests.architecture.test_rights_over_http import PLAIN, UUID, route_of, values_of, walk
from tests.attacks.laid_files import files_at
from tests.attacks.trying import Tally, seeded
from tests.saying import Say
from tests.world import QINGPU, WUJIANG, World, build_world

SAMPLE = 60  # every so-manieth operation in the small run
JUDGED = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
)
ROLES = {
    "planner": (QINGPU, Role.PLANNER),
    "contact": (QINGPU, Role.CONTACT_POINT),
    "signatory": (WUJIANG, Role.SIGNATORY),
    "coordinator": (QINGPU, Role.COORDINATOR),
}
CROSS_SITE = "a" * 32


class _Undo(Exception):
    """Leaves the block without keeping anything."""


@dataclass
class Site:
    """The laid world, its description, and what each role shows at the door."""

    world: World
    ground: Ground
    schema: Any
    known: dict[str, str]  # path of the description -> route of the site
    tokens: dict[tuple[str, str], str] = field(default_factory=dict)

    def door(self, role: str, path: str) -> dict[str, dict[str, str]]:
        """Headers and cookies of the role, for the plan that the path names."""
        if role == "administrator":
            session = self.ground.clients[role].cookies[settings.SESSION_COOKIE_NAME].value
            return {
                "headers": {"X-CSRFToken": CROSS_SITE},
                "cookies": {
                    settings.SESSION_COOKIE_NAME: session,
                    settings.CSRF_COOKIE_NAME: CROSS_SITE,
                },
            }
        named = re.match(r"/api/v1/plans/(\w+)/", path)
        plan = named[1] if named and named[1] in (PREPARED, SIGNED, DONE) else PREPARED
        return {"headers": {"Authorization": f"Token {self.tokens[role, plan]}"}}

    def true_values(self, path: str) -> dict[str, Any]:
        """What fills the address so that it names things that are there."""
        found = values_of(self.known[path], self.ground)
        names = re.findall(r"\{(\w+)\}", path)
        values = {
            name: found.get(name, found.get("pk" if name == "id" else name)) for name in names
        }
        return {name: UUID if value is None else value for name, value in values.items()}


@pytest.fixture(scope="module")
def site(
    django_db_setup: None,
    django_db_blocker: pytest_django.DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Site]:
    storages = {**settings.STORAGES, "staticfiles": PLAIN}
    around = (request_started, request_finished)
    with django_db_blocker.unblock(), override_settings(STORAGES=storages):
        try:
            with transaction.atomic():
                laid = _laid()
                # A server closes its connection around a request; here all writes are undone on it.
                for signal in around:
                    signal.disconnect(close_old_connections)
                with files_at(tmp_path_factory.mktemp("files")):
                    yield laid
                raise _Undo
        except _Undo:
            return
        finally:
            for signal in around:
                signal.connect(close_old_connections)


def _whole(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    """The site, its answer read and closed as a server does, files among them."""
    answer = WSGIHandler()(environ, start_response)
    try:
        return [b"".join(answer)]
    finally:
        answer.close()


def _laid() -> Site:
    world = build_world()
    ground = lay(world, is_implemented=True)
    description = SchemaGenerator().get_schema(request=None, public=True)
    schema = schemathesis.openapi.from_dict(description)
    schema.app = _whole
    routes = {
        re.sub(r"<(\w+)>", r"{\1}", route_of(parts)): route_of(parts)
        for parts in walk(get_resolver())
    }
    known = {}
    for path in description["paths"]:
        shape = re.sub(r"\{\w+\}", "{}", path)
        known[path] = next(
            route for text, route in routes.items() if re.sub(r"\{\w+\}", "{}", text) == shape
        )
    site = Site(world=world, ground=ground, schema=schema, known=known)
    for role, (code, kind) in ROLES.items():
        for plan in (PREPARED, SIGNED, DONE):
            of_plan = plan if kind is Role.COORDINATOR else ""
            actor = world.actor(code, kind, plan_key=of_plan)
            user = world.mandate(code, kind, plan_key=of_plan).user
            site.tokens[role, plan] = make_token(actor=actor, user=user, name="fuzz", days=1)[1]
    return site


def fuzz(site: Site, operation: Any, *, each: int, tally: Tally) -> None:
    """`each` requests of each sort: right and wrong bodies at true addresses, and any address.

    No feedback: by itself schemathesis reads the site's own source for values, anew for each operation.
    """
    roles = [*ROLES, "administrator"]
    choose = seeded(operation.label)
    true = site.true_values(operation.path)
    nobody = Client()

    def ask(case: Any) -> None:
        role = choose.choice(roles)
        path = operation.path.format(**case.path_parameters or {})
        sent = f"{role} {case.method} {path} {case.query!r} {case.body!r}"
        response = tally.request(nobody, sent, lambda: case.call(**site.door(role, path)))
        if response is not None and response.status_code < 500:
            _judge(case, response, sent, tally)

    for mode, values in (
        (GenerationMode.POSITIVE, true),
        (GenerationMode.NEGATIVE, true),
        (GenerationMode.POSITIVE, None),
    ):
        rules = hypothesis_settings(
            max_examples=each,
            derandomize=True,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        cases = operation.as_strategy(
            generation_mode=mode, path_parameters=values, feedback=NO_FEEDBACK
        )
        try:
            rules(given(cases)(ask))()
        except Unsatisfiable:
            continue  # nothing about this operation can be wrong


def _judge(case: Any, response: Any, sent: str, tally: Tally) -> None:
    """Whether the answer is one that the description names."""
    try:
        case.validate_response(response, checks=[CHECKS.get_one(name) for name in JUDGED])
    except FailureGroup as group:
        for error in group.exceptions:
            tally.fail(f"{case.operation.label} {response.status_code} {error!r}"[:300], sent)
    except Failure as error:
        tally.fail(f"{case.operation.label} {response.status_code} {error!r}"[:300], sent)


def operations(site: Site) -> list[Any]:
    load_all_checks()
    return [found.ok() for found in site.schema.get_all_operations()]


def test_a_sample_of_operations_answers_as_described(site: Site, say: Say) -> None:
    tally = Tally()
    for operation in operations(site)[::SAMPLE]:
        fuzz(site, operation, each=1, tally=tally)
    say("the API, a sample", tally.counts())
    assert tally.failed == {}, tally.told()
    assert tally.calls > 15


@pytest.mark.prove(minutes=9)
def test_every_operation_answers_as_described(site: Site, say: Say) -> None:
    tally = Tally()
    for operation in operations(site):
        fuzz(site, operation, each=3, tally=tally)
    say("the API, every operation", tally.counts())
    assert tally.failed == {}, tally.told()
    assert tally.calls > 2_500
