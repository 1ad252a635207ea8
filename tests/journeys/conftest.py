"""A real server on a database of its own, and a real Chromium before it."""

import os
import shutil
from collections.abc import Iterator

import pytest
import pytest_django
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.db import connection
from django.test import override_settings
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, sync_playwright

from tests.databases import clone_database, copy_database, drop_database

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost",
]
QUICK = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The Chromium of CHROMIUM or of the path. None: skipped, and a failure under CI=true.

    Playwright's loop makes Django think that the tests are asynchronous, which they are not.
    """
    named = os.environ.get("CHROMIUM", "")
    path = named or next(filter(None, map(shutil.which, NAMES)), "")
    if not path:
        reason = "no Chromium on the path or under CHROMIUM"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        found = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield found
        found.close()


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
