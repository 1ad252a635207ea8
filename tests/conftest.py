"""What every test stands on."""

import os
from collections.abc import Iterator
from threading import Thread

import pytest
import pytest_django
from django.conf import settings
from django.db import connection
from django.db.backends.signals import connection_created
from django.test import override_settings
from django.utils import translation
from hypothesis import settings as hypothesis_settings
from xdist.remote import Producer

from tests import laying
from tests.databases import clone_database, drop_database, template_database
from tests.saying import Say, lines, saying
from tests.scheduling import ByGround, in_order
from tests.world import World, build_world

# The same examples on every machine and day; what is found by chance is found by `make prove`.
hypothesis_settings.register_profile("ci", max_examples=50, deadline=None, derandomize=True)
hypothesis_settings.register_profile("prove", max_examples=600, deadline=None)
hypothesis_settings.load_profile("ci")


def pytest_configure() -> None:
    """Sign-in is not what most tests are about: a fast hash saves half a second a person."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByGround | None:
    return ByGround(config, log) if config.getvalue("dist") == "loadscope" else None


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """The template is migrated while the workers collect; who needs it first waits for its lock."""
    Thread(target=template_database, daemon=True).start()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    in_order(items)


def pytest_runtest_setup() -> None:
    laying.begin_test()


@pytest.hookimpl(tryfirst=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[object]) -> None:
    laying.lay_fixture_once(fixturedef)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what the proofs said of themselves; the closing line stays the last."""
    ended = [*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")]
    told = lines(ended)
    if told:
        terminalreporter.section("what was tried")
        for line in told:
            terminalreporter.write_line(line)


def _as_application(*, connection: object, **_kwargs: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {settings.DATABASE_APP_ROLE}")


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_blocker: pytest_django.DjangoDbBlocker, worker_id: str
) -> Iterator[None]:
    """A clone of the migrated template for each worker; tests work as the application's role."""
    name = f"jointplan_test_{worker_id}_{os.getpid()}"
    with django_db_blocker.unblock():
        clone_database(name)
        connection.close()
        connection.settings_dict["NAME"] = name
        connection_created.connect(_as_application, dispatch_uid="as_application")
        connection.ensure_connection()
    laying.follow(name)
    yield
    with django_db_blocker.unblock():
        connection_created.disconnect(dispatch_uid="as_application")
        connection.close()
        drop_database(name)


@pytest.fixture(autouse=True)
def _uncollected_static_files() -> Iterator[None]:
    """Templates are rendered from the source folder, without a manifest of collected files."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(STORAGES={**settings.STORAGES, "staticfiles": plain}):
        yield


@pytest.fixture(autouse=True)
def _default_language() -> Iterator[None]:
    """A request in English must not leave the next test in English."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture
def world(db: None) -> World:
    """The three parties, the provinces above them, a neighbour, and people with mandates."""
    return build_world()


@pytest.fixture
def say(request: pytest.FixtureRequest) -> Say:
    """Note what a proof tried and counted; the end of the run prints it."""
    return saying(request.node)
