"""The fixture of the attacks: a database of their own, laid once a process, a copy for each module."""

import os
from collections.abc import Iterator

import psycopg
import pytest
import pytest_django
from django.conf import settings
from django.db import connection
from django.test import override_settings
from psycopg import sql

from tests.attacks.laid_hostile import Site, lay_site
from tests.databases import clone_database, drop_database, url_of

PLAIN = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
QUICK = ["django.contrib.auth.hashers.MD5PasswordHasher"]
_LAID: dict[str, Site] = {}  # by the name of the database it was laid in


@pytest.fixture(scope="module")
def attacked(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    django_db_blocker: pytest_django.DjangoDbBlocker,
    worker_id: str,
) -> Iterator[Site]:
    """The laid site, committed, so that a server beside the test serves the same rows."""
    laid = f"jointplan_attacked_{worker_id}_{os.getpid()}"
    name = f"{laid}_copy"
    storages = {**settings.STORAGES, "staticfiles": PLAIN}
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        connection.close()
        with override_settings(STORAGES=storages, PASSWORD_HASHERS=QUICK):
            if laid not in _LAID:
                clone_database(laid)
                request.config.add_cleanup(lambda: drop_database(laid))
                patch.setitem(connection.settings_dict, "NAME", laid)
                _LAID[laid] = lay_site()
                connection.close()
            _copy(laid, name)
            patch.setitem(connection.settings_dict, "NAME", name)
            yield _LAID[laid]
        connection.close()
        drop_database(name)


def _copy(laid: str, name: str) -> None:
    with psycopg.connect(url_of("postgres"), autocommit=True) as server:
        create = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        server.execute(create.format(sql.Identifier(name), sql.Identifier(laid)))
