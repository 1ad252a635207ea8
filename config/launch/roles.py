"""The two roles of the database: one owns and migrates, one serves."""

from contextlib import AbstractContextManager
from typing import Protocol

import psycopg
from psycopg import sql

OWNER = "jointplan"
APPLICATION = "jointplan_app"


class Server(Protocol):
    """What the roles need of a server."""

    def password(self, role: str) -> str: ...

    def superuser(
        self, *, database: str = ...
    ) -> AbstractContextManager["psycopg.Connection[tuple[object, ...]]"]: ...


def ensure(*, server: Server, database: str) -> None:
    """Make both roles and the database, with the passwords of `var/secrets`; safe to repeat."""
    with server.superuser() as connection:
        known = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles").fetchall()}
        for role in (OWNER, APPLICATION):
            if role not in known:
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
            _set_password(connection, role=role, password=server.password(role))
        connection.execute(sql.SQL("ALTER ROLE {} CREATEDB").format(sql.Identifier(OWNER)))
        # The owner may become the application (SET ROLE): so tests show the application's limits.
        connection.execute(
            sql.SQL("GRANT {} TO {}").format(sql.Identifier(APPLICATION), sql.Identifier(OWNER))
        )
        is_new = not connection.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", [database]
        ).fetchone()
    if not is_new:
        return
    # Into the template, so that every later database (tests, restored backups) has the same grants.
    for name in ("template1", "postgres"):
        _grant_by_default(server=server, database=name)
    create_database(server=server, name=database)


def create_database(*, server: Server, name: str) -> None:
    """Create the database `name`; only the owner and the application may connect to it."""
    word = sql.Identifier(name)
    with server.superuser() as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER {}").format(word, sql.Identifier(OWNER))
        )
        connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(word))
        connection.execute(
            sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}").format(
                word, sql.Identifier(APPLICATION)
            )
        )


def _grant_by_default(*, server: Server, database: str) -> None:
    """Let the application read and write the tables the owner makes; append-only ones revoke."""
    words = {"owner": sql.Identifier(OWNER), "application": sql.Identifier(APPLICATION)}
    start = "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public GRANT "
    with server.superuser(database=database) as connection:
        connection.execute(
            sql.SQL(start + "SELECT, INSERT, UPDATE, DELETE ON TABLES TO {application}").format(
                **words
            )
        )
        connection.execute(
            sql.SQL(start + "USAGE, SELECT ON SEQUENCES TO {application}").format(**words)
        )


def _set_password(
    connection: "psycopg.Connection[tuple[object, ...]]", *, role: str, password: str
) -> None:
    """Set a password; it is hashed here, so that no log of the server can hold it."""
    scrambled = connection.pgconn.encrypt_password(
        password.encode(), role.encode(), b"scram-sha-256"
    ).decode()
    connection.execute(
        sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(role), sql.Literal(scrambled))
    )
