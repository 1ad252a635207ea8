"""The demonstration, loaded once a process into a database of its own."""

import os

import pytest
from django.db import connection

from consult.demonstration.actions import Loaded, load_demonstration
from stakeholders.terms.actor import SYSTEM
from tests.databases import clone_database, drop_database

LOADED: dict[str, Loaded] = {}  # by the name of the database it was loaded into


def demonstration_database(config: pytest.Config) -> str:
    """The name of that database; nobody is connected to it afterwards."""
    name = f"jointplan_demonstration_{os.getpid()}"
    connection.close()
    if name not in LOADED:
        clone_database(name)
        config.add_cleanup(lambda: drop_database(name))
        with pytest.MonkeyPatch.context() as patch:
            patch.setitem(connection.settings_dict, "NAME", name)
            LOADED[name] = load_demonstration(actor=SYSTEM, checkpoint="S3")
            connection.close()
    return name
