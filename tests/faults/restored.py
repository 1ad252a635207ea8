"""A database server of its own for drills: loaded from a dump, migrated, counted, asked."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from psycopg import sql

from config.launch import environment, site
from config.launch.secrets import secret
from tests.faults.premade import load_dump
from tests.faults.site import Site

RELEASES = Path(__file__).parent / "releases"


def begin(made: Site) -> None:
    """Start the database of a site that serves nobody, with the key its processes need."""
    secret(checkout=made.checkout, name="key")
    made.postgres.start()


def owner_of(made: Site) -> dict[str, str]:
    """The environment of manage.py as the owner of the database."""
    servers = environment.Servers(postgres=made.postgres, broker=None)
    here = environment.of_site(checkout=made.checkout, servers=servers, port=made.port)
    return {**environment.of_owner(site=here, servers=servers), "BROKER_URL": made.broker.url}


def manage(made: Site, *arguments: str, **around: str) -> str:
    """What a command of manage.py says; LaunchError where it failed."""
    started = site.manage(
        checkout=made.checkout, environment=owner_of(made) | around, arguments=arguments
    )
    return site.finish(started)


def upgrade(made: Site, *, dump: Path) -> None:
    """Load the dump of a release into the empty database and migrate it to what stands here."""
    load_dump(made.postgres, dump=dump)
    manage(made, "migrate", "--noinput", "--verbosity", "0", "--database", "owner")


def counts(made: Site) -> dict[str, int]:
    """The rows of each table."""
    with made.postgres.superuser(database="jointplan") as connection:
        rows = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        names = sorted(str(row[0]) for row in rows.fetchall())
        count = sql.SQL("SELECT count(*) FROM {}")
        found = {}
        for name in names:
            row = connection.execute(count.format(sql.Identifier(name))).fetchone()
            found[name] = int(str(row[0])) if row else 0
    return found


def heads(made: Site) -> dict[str, list[str]]:
    """Chain -> number of entries and head, each recomputed; AssertionError where one is broken."""
    lines = [line.split("  ") for line in str(made.asked("verify").answer()).splitlines()]
    assert all(line[3] == "holds" for line in lines), lines
    return {chain: [entries, head] for chain, entries, head, _state in lines}


def told(name: str) -> Mapping[str, Any]:
    """What stood in the database of a release when its dump was made."""
    return dict(json.loads((RELEASES / f"{name}.json").read_text(encoding="utf-8")))
