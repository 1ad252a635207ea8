"""The database of a site made ahead, so that no site of a test spends half a minute migrating."""

import subprocess
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict

from config.launch.backup import run_tool
from config.launch.initdb import program_environment
from config.launch.postgres import DATABASE, Postgres
from tests.databases import template_database, url_of


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
    told = conninfo_to_dict(url)
    names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD"}
    around = {names[name]: str(word) for name, word in told.items() if name in names}
    subprocess.run(
        [server.bin / "pg_dump", "--format=custom", f"--file={to}", str(told["dbname"])],
        env={**program_environment(), **around},
        check=True,
    )


def load_dump(server: Postgres, *, dump: Path, database: str = DATABASE) -> None:
    """pg_restore into an empty database, whose owner then owns everything."""
    arguments = ["--exit-on-error", "--single-transaction", "--no-owner", f"--dbname={database}"]
    run_tool(server=server, tool="pg_restore", arguments=[*arguments, str(dump)])
