"""One migrated template database; every worker and every journey gets a clone of it.

A clone costs a tenth of a second, migrating some ten. The template is named after the migrations,
so a changed schema makes a new one.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.db import connection
from psycopg import sql

ROOT = Path(__file__).resolve().parents[1]


def _server() -> str:
    """The environment's DATABASE_URL, pointed at the maintenance database."""
    return url_of("postgres")


def url_of(name: str) -> str:
    """The environment's DATABASE_URL with another database's name."""
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))


def _schema() -> str:
    """Digest of everything that makes the schema."""
    digest = hashlib.sha256()
    for path in [*sorted(ROOT.glob("*/migrations/*.py")), ROOT / "uv.lock"]:
        digest.update(path.read_bytes())
    for path in sorted((ROOT / "stakeholders" / "record").glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


@contextmanager
def _alone(name: str) -> Iterator[None]:
    with open(Path(tempfile.gettempdir()) / f"jointplan-{name}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def template_database() -> str:
    """The name of the migrated template, made by the first process that asks."""
    name = f"jointplan_template_{_schema()}"
    with _alone(name), psycopg.connect(_server(), autocommit=True) as server:
        known = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if known.fetchone() is None:
            building = f"{name}_building"
            empty_database(building)
            subprocess.run(
                [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
                cwd=ROOT,
                env={**os.environ, "DATABASE_URL": url_of(building)},
                check=True,
            )
            rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
            server.execute(rename.format(sql.Identifier(building), sql.Identifier(name)))
    return name


def clone_database(name: str) -> str:
    """A fresh database `name` with the template's schema; answers its URL."""
    template = template_database()
    drop_database(name)
    with _alone(template), psycopg.connect(_server(), autocommit=True) as server:
        create = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        server.execute(create.format(sql.Identifier(name), sql.Identifier(template)))
    return url_of(name)


def copy_database(source: str, name: str) -> None:
    """A fresh database `name` with all that stands in `source`, to which nobody is connected."""
    drop_database(name)
    with psycopg.connect(_server(), autocommit=True) as server:
        create = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        server.execute(create.format(sql.Identifier(name), sql.Identifier(source)))


def empty_database(name: str) -> None:
    """A fresh database `name` without any table."""
    drop_database(name)
    with psycopg.connect(_server(), autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))


def drop_database(name: str) -> None:
    with psycopg.connect(_server(), autocommit=True) as server:
        drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
        server.execute(drop.format(sql.Identifier(name)))


def analyze() -> None:
    """Let the planner know the rows of this transaction, as it knows those of a running site.

    Rolled back tests leave tables that autovacuum has counted as empty; planned for one row, a
    list of 1,000 is joined row by row and takes minutes. The locks of ANALYZE keep autovacuum away
    until the test ends. Only the owner of the tables may do it; the catalogs, which all workers
    share, are left out.
    """
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        tables = ", ".join(quote(name) for name in connection.introspection.table_names(cursor))
        cursor.execute("SELECT current_user")
        (role,) = cursor.fetchone()
        cursor.execute("RESET ROLE")
        cursor.execute(f"ANALYZE {tables}")
        cursor.execute(f"SET ROLE {quote(role)}")
