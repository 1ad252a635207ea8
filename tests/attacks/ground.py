"""The fixture of the attacks: a database of its own, laid and filled, gone afterwards."""

import os
from collections.abc import Iterator

import pytest
import pytest_django
from django.conf import settings
from django.db import connection
from django.test import override_settings

from tests.attacks.hostile import Site, lay_site
from tests.databases import clone_database, drop_database

PLAIN = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
QUICK = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="module")
def attacked(
    django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker, worker_id: str
) -> Iterator[Site]:
    """The laid site, committed, so that a server beside the test serves the same rows."""
    name = f"jointplan_attacked_{worker_id}_{os.getpid()}"
    storages = {**settings.STORAGES, "staticfiles": PLAIN}
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        clone_database(name)
        connection.close()
        patch.setitem(connection.settings_dict, "NAME", name)
        with override_settings(STORAGES=storages, PASSWORD_HASHERS=QUICK):
            yield lay_site()
        connection.close()
        drop_database(name)
