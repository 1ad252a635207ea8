"""A real server on a database of its own, and a real Chromium before it."""

import os
from collections.abc import Iterator

import pytest
import pytest_django
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.db import connection
from django.test import override_settings
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser

from tests.databases import clone_database, copy_database, drop_database
from tests.journeys.chromium import chromium_of

QUICK = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="module")
def browser(request: pytest.FixtureRequest) -> Iterator[Browser]:
    """The Chromium of this process; what a module opened in it is closed with the module.

    Playwright's loop makes Django think that the tests are asynchronous, which they are not.
    """
    chromium = chromium_of(request.config)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        chromium.show()
        try:
            yield chromium.browser
            for context in chromium.browser.contexts:
                context.close()
        finally:
            chromium.hide()


@pytest.fixture(scope="module")
def origin(django_db_setup: None) -> str:
    """The database of which the site is a copy, where a module has its own; else the template."""
    return ""


@pytest.fixture(scope="module")
def site(
    browser: Browser,
    origin: str,
    django_db_blocker: pytest_django.DjangoDbBlocker,
    worker_id: str,
) -> Iterator[str]:
    """The address of a server whose database is the module's own; nothing needs to be flushed.

    The test reads and writes the same database.
    """
    name = f"jointplan_journey_{worker_id}_{os.getpid()}"
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    storages = {**settings.STORAGES, "staticfiles": plain}
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        copy_database(origin, name) if origin else clone_database(name)
        connection.close()
        patch.setitem(connection.settings_dict, "NAME", name)
        with override_settings(STORAGES=storages, PASSWORD_HASHERS=QUICK):
            server = LiveServerThread("localhost", StaticFilesHandler)
            server.daemon = True
            server.start()
            server.is_ready.wait()
            if server.error:
                raise server.error
            yield f"http://localhost:{server.port}"
            server.terminate()
        connection.close()
        drop_database(name)
