"""The database of a site made ahead, so that no site of a test spends half a minute migrating."""

import subprocess
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict

from config.launch.backup import run_tool
from config.launch.initdb import program_environment
from config.launch.postgres import DATABASE, Postgres
from tests.databases import template_database, url_of

INTO_EMPTY = ("--exit-on-error", "--single-transaction", "--no-owner")


def fill(server: Postgres, *, folder: Path) -> None:
    """Put the migrated tables of the tests' template into the empty database of `server`."""
    dump = folder / "schema.dump"
    dump_database(server, url=url_of(template_database()), to=dump)
    server.start()
    try:
        load_dump(server, dump=dump)
    finally:
        server.stop()


def dump_database(server: Postgres, *, url: str, to: Path) -> None:
    """pg_dump of the database at `url`, with the programs of `server`."""
    run_at(url, server.bin / "pg_dump", "--format=custom", f"--file={to}", name="")


def run_at(url: str, program: Path, *arguments: str, name: str = "--dbname=") -> None:
    """Run a program of PostgreSQL on the database at `url`, which it is told after `name`."""
    told = conninfo_to_dict(url)
    names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD"}
    around = {names[key]: str(word) for key, word in told.items() if key in names}
    subprocess.run(
        [program, *arguments, f"{name}{told['dbname']}"],
        env={**program_environment(), **around},
        check=True,
    )


def load_dump(server: Postgres, *, dump: Path, database: str = DATABASE) -> None:
    """pg_restore into an empty database, whose owner then owns everything."""
    arguments = [*INTO_EMPTY, f"--dbname={database}", str(dump)]
    run_tool(server=server, tool="pg_restore", arguments=arguments)
