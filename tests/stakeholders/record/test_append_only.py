from types import SimpleNamespace
from typing import Any

import pytest
from django.db import Error, ProgrammingError, connection, transaction

from stakeholders.record.grants import append_only_tables
from stakeholders.record.models import RecordEntry, RecordHead
from stakeholders.record.queries import check_chains
from stakeholders.record.steps import append
from stakeholders.terms.actor import SYSTEM

STATEMENTS = [
    "UPDATE {} SET id = id",
    "DELETE FROM {}",
    "TRUNCATE {} CASCADE",
]


@pytest.fixture
def entry(db: None) -> RecordEntry:
    with transaction.atomic():
        return append(chain="site", actor=SYSTEM, act="test.act", subject="x:1", effects={})


@pytest.mark.django_db
@pytest.mark.parametrize("statement", STATEMENTS)
def test_application_role_may_only_select_and_insert(entry: RecordEntry, statement: str) -> None:
    for table in append_only_tables():
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(statement.format(table))


@pytest.mark.django_db
@pytest.mark.parametrize("statement", STATEMENTS)
def test_owner_is_refused_by_triggers(entry: RecordEntry, statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(Error, match=r"Cannot|only ever added"), transaction.atomic():
            cursor.execute(statement.format(RecordEntry._meta.db_table))
        cursor.execute("SET ROLE jointplan_app")


@pytest.mark.django_db
def test_every_append_only_table_has_both_triggers() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, count(*) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "WHERE t.tgname LIKE 'pgtrigger_%' GROUP BY 1"
        )
        found = dict(cursor.fetchall())
    assert {t: found.get(t) for t in append_only_tables()} == dict.fromkeys(append_only_tables(), 2)


@pytest.mark.django_db
def test_chain_holds_and_a_changed_text_is_found(entry: RecordEntry) -> None:
    with transaction.atomic():
        append(chain="site", actor=SYSTEM, act="test.act", subject="x:2", effects={"n": 1})
    assert [(c.entries, c.fault) for c in check_chains()] == [(2, "")]
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE stakeholders_recordentry DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE stakeholders_recordentry SET payload = replace(payload, 'x:1', 'x:9')"
        )
        cursor.execute("ALTER TABLE stakeholders_recordentry ENABLE TRIGGER USER")
        cursor.execute("SET ROLE jointplan_app")
    faults = [c.fault for c in check_chains()]
    assert faults == ["entry 1: its text does not match its hash"]


@pytest.mark.django_db
def test_append_outside_a_transaction_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    outside = SimpleNamespace(in_atomic_block=False)
    monkeypatch.setattr("stakeholders.record.steps.connection", outside)
    with pytest.raises(RuntimeError, match="inside the transaction"):
        append(chain="site", actor=SYSTEM, act="test.act", subject="x:1", effects={})


def test_a_chain_without_its_head_is_found(entry: RecordEntry) -> None:
    RecordHead.objects.all().delete()
    assert [bool(check.fault) for check in check_chains()] == [True]


def test_an_act_while_the_record_is_verified_is_no_fault(entry: RecordEntry) -> None:
    acts = []

    def act_before(execute: Any, sql: str, *rest: Any) -> Any:
        """Somebody acts before each reading of the entries."""
        if sql.startswith("SELECT") and "recordentry" in sql:
            with transaction.atomic():
                acts.append(append(chain="site", actor=SYSTEM, act="a.b", subject="x", effects={}))
        return execute(sql, *rest)

    with connection.execute_wrapper(act_before):
        (check,) = check_chains()
    assert (check.fault, check.entries) == ("", 1 + len(acts))
    assert acts
