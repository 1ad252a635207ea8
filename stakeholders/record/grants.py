"""What the application's database role may do: everything on ordinary tables, SELECT and INSERT
on append-only ones. Applied after every migration by the owner of the tables."""

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from psycopg import sql

from stakeholders.record.models import AppendOnly


def secure_database(*, using: str, **_kwargs: object) -> None:
    """Receiver of post_migrate: the shared cache's table, then the rights on every table."""
    call_command("createcachetable", database=using, verbosity=0)
    apply_grants(using=using)


def append_only_tables() -> list[str]:
    """Names of the tables whose rows are only ever added, sorted."""
    return sorted(m._meta.db_table for m in apps.get_models() if issubclass(m, AppendOnly))


def apply_grants(*, using: str) -> None:
    """Give the application's role its rights on all tables of `using` (an owner's connection)."""
    role = sql.Identifier(settings.DATABASE_APP_ROLE)
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user"
        )
        may_create = cursor.fetchone()[0]
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [settings.DATABASE_APP_ROLE])
        if cursor.fetchone() is None:
            if not may_create:
                return
            cursor.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(role))
        for statement in _STATEMENTS:
            cursor.execute(sql.SQL(statement).format(role=role))
        for table in append_only_tables():
            cursor.execute(
                sql.SQL("REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {role}").format(
                    table=sql.Identifier(table), role=role
                )
            )


_STATEMENTS = (
    "GRANT USAGE ON SCHEMA public TO {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
)
