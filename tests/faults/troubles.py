"""Bringing the database of a test into trouble: each as PostgreSQL itself would say it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

TABLES = (
    "consult_commentdraft",
    "consult_commentautosave",
    "consult_declaration",
    "django_session",
    "stakeholders_notice",
)
# What a server says: its code, its words, and the code the site gives.
SAID = {
    "53100": ("could not extend file: No space left on device", "storage_full"),
    "53200": ("out of memory", "storage_full"),
    "58030": ("could not write block: Input/output error", "storage_full"),
    "25006": ("cannot execute INSERT in a read-only transaction", "read_only"),
    "57014": ("canceling statement due to statement timeout", "too_long"),
    "55P03": ("canceling statement due to lock timeout", "busy"),
    "40P01": ("deadlock detected", "busy"),
    "40001": ("could not serialize access due to concurrent update", "busy"),
    "53300": ("sorry, too many clients already", "database_away"),
    "57P01": ("terminating connection due to administrator command", "database_away"),
    "57P03": ("the database system is starting up", "database_away"),
    "08006": ("connection failure", "database_away"),
}


@contextmanager
def saying(state: str) -> Iterator[None]:
    """While the block lasts every write to `TABLES` fails in the server with this error code."""
    words = SAID[state][0]
    with connection.cursor() as cursor, transaction.atomic():
        cursor.execute("SELECT current_user")
        (role,) = cursor.fetchone()
        cursor.execute("RESET ROLE")
        cursor.execute(
            "CREATE FUNCTION pg_temp.fails() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$ BEGIN RAISE EXCEPTION '{words}' USING ERRCODE = '{state}'; END $$"
        )
        for table in TABLES:
            cursor.execute(
                f"CREATE TRIGGER fails BEFORE INSERT OR UPDATE OR DELETE ON {table}"
                " FOR EACH STATEMENT EXECUTE FUNCTION pg_temp.fails()"
            )
        cursor.execute(f"SET ROLE {connection.ops.quote_name(role)}")
        yield
        transaction.set_rollback(True)


@contextmanager
def read_only() -> Iterator[None]:
    """While the block lasts the server itself takes no change."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION READ ONLY")
        yield
        transaction.set_rollback(True)
