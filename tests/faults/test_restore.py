"""Drills: the dump of a release loads and migrates; a backup becomes a second site, complete."""

import hashlib
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import pytest_django
from django.core.management import call_command
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

from config.launch import home
from config.launch.backup import back_up
from config.launch.postgres import BIN, PACKAGE, PARTS
from config.launch.restore import restore
from config.launch.terms import LaunchError
from stakeholders.record.standalone import broken_at
from tests.databases import drop_database, empty_database, url_of
from tests.faults.premade import INTO_EMPTY, fill, run_at
from tests.faults.restored import RELEASES, begin, counts, heads, manage, told, upgrade
from tests.faults.site import Site
from tests.saying import Say

NEWEST = max(path.stem for path in RELEASES.glob("*.dump"))
SERVER = os.environ["DATABASE_URL"]  # of the tests, whose template is migrated
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
NOWHERE = "postgres://nobody:none@127.0.0.1:1/nothing"
# What a restore changes on purpose: secrets end, and the site's own record says so.
EMPTIED = {"knox_authtoken", "stakeholders_apitoken", "django_session", "usersessions_usersession"}
OF_THE_SCHEMA = {"django_migrations", "django_content_type", "auth_permission"}
GROWS = {"stakeholders_recordentry": 1}


@pytest.fixture
def pair(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Site, Site]]:
    """Two sites that serve nobody: only their databases run, each on a server of its own."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    made: list[Site] = []
    try:
        made += [Site(mail_port=1, seconds=600) for _number in range(2)]
        yield made[0], made[1]
    finally:
        for one in made:
            one.end()


@pytest.fixture
def loaded(
    django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[BaseDatabaseWrapper]:
    """The dump of the newest release in a database of its own, seen as its owner."""
    name = f"jointplan_upgrade_{os.getpid()}"
    us = home.Account(uid=os.geteuid(), gid=os.getegid())
    programs = home.programs(package=PACKAGE, parts=PARTS, probe=f"{BIN}/postgres", account=us)
    with django_db_blocker.unblock():
        empty_database(name)
        connections.databases[name] = {**connections.databases["default"], "NAME": name}
        try:
            dump = str(RELEASES / f"{NEWEST}.dump")
            run_at(url_of(name), programs / BIN / "pg_restore", *INTO_EMPTY, dump)
            with connections[name].cursor() as cursor:
                cursor.execute("RESET ROLE")
            yield connections[name]
        finally:
            connections[name].close()
            del connections[name], connections.databases[name]
            drop_database(name)


def test_the_dump_of_a_release_is_upgraded(loaded: BaseDatabaseWrapper, say: Say) -> None:
    call_command("migrate", "--noinput", "--verbosity", "0", "--database", loaded.alias)
    with loaded.cursor() as cursor:

        def ask(statement: str | sql.Composed) -> list[tuple[Any, ...]]:
            cursor.execute(statement)
            return cursor.fetchall()

        count = sql.SQL("SELECT count(*) FROM {}")
        found = {name: ask(count.format(sql.Identifier(name)))[0][0] for (name,) in ask(TABLES)}
        entries = ask(
            "SELECT chain, seq, payload, hash FROM stakeholders_recordentry ORDER BY 1, 2"
        )
    chains: dict[str, list[dict[str, object]]] = {}
    for chain, seq, payload, digest in entries:
        chains.setdefault(chain, []).append({"seq": seq, "payload": payload, "hash": digest})
    checked = {chain: broken_at(rows, chain) for chain, rows in chains.items()}
    assert {fault for _count, _head, fault in checked.values()} == {""}
    ends = {chain: [f"{count} entries", head] for chain, (count, head, _fault) in checked.items()}
    assert_as_told(found, ends, say)


@pytest.mark.prove
def test_the_backup_of_an_upgraded_release_is_restored_into_a_second_server(
    pair: tuple[Site, Site], tmp_path: Path, say: Say
) -> None:
    first, second = pair
    upgraded(first, say)
    assert set(first.asked("pages").answer().values()) == {200}
    restore_elsewhere(first, second, tmp_path, say)


def upgraded(first: Site, say: Say) -> None:
    """Load the dump of the newest release and migrate it: no row lost, no head of the record changed."""
    begin(first)
    upgrade(first, dump=RELEASES / f"{NEWEST}.dump")
    assert_as_told(counts(first), heads(first), say)


def assert_as_told(now: dict[str, int], ends: dict[str, list[str]], say: Say) -> None:
    """The rows of each table and the end of each chain are those of the release."""
    before = told(NEWEST)
    changed = {name: rows for name, rows in before["rows"].items() if now.get(name) != rows}
    assert {name: rows for name, rows in changed.items() if name not in OF_THE_SCHEMA} == {}
    assert ends == before["heads"]
    say(f"upgrade of {NEWEST}", {"tables": len(now), "rows": sum(now.values()), "lost": 0})


@pytest.mark.prove
def test_the_demonstration_is_restored_into_a_second_server(
    pair: tuple[Site, Site], tmp_path: Path, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = pair
    with monkeypatch.context() as patch:
        patch.setenv("DATABASE_URL", SERVER)
        fill(first.postgres, folder=first.folder)
    begin(first)
    first.asked("lay_everything", demonstration=True).answer()
    restore_elsewhere(first, second, tmp_path, say)


def restore_elsewhere(first: Site, second: Site, folder: Path, say: Say) -> None:
    """Back `first` up, restore into `second`, and hold what came of it against what was."""
    first.asked("add_file").answer()
    rows, chains = counts(first), heads(first)
    files = first.asked("files").answer()
    waiting = first.asked("doors").answer()["mails waiting"]
    start = time.monotonic()
    archive = back_up(checkout=first.checkout)
    backed_up = time.monotonic() - start
    begin(second)
    second.postgres.stop()
    start = time.monotonic()
    restore(checkout=second.checkout, archive=archive)
    restored = time.monotonic() - start
    second.postgres.start()
    say(
        "restore into a second server",
        {
            "rows": sum(rows.values()),
            "files": len(files["named"]),
            "archive": f"{archive.stat().st_size / 1e6:.1f} MB",
            "RPO (what a backup takes: later acts are not in it)": f"{backed_up:.1f} s",
            "RTO (from the archive to a database that serves)": f"{restored:.1f} s",
        },
    )
    after = counts(second)
    expected = {name: 0 if name in EMPTIED else n + GROWS.get(name, 0) for name, n in rows.items()}
    assert {n: (after.get(n), k) for n, k in expected.items() if after.get(n) != k} == {}
    assert_same_record(second, chains)
    doors = second.asked("doors").answer()
    assert doors == {"mails that would leave": 0, "secret texts": 0, "mails waiting": waiting}
    assert second.asked("files").answer() == files
    for one in second.checkout.files.rglob("*"):
        assert not one.is_file() or hashlib.sha256(one.read_bytes()).hexdigest() == one.name
    assert_papers_hold(second, folder, say)
    assert set(second.asked("pages").answer().values()) == {200}


def assert_same_record(second: Site, chains: dict[str, list[str]]) -> None:
    """Every chain of a plan ends in the same head; the site's has one entry more, on the old head."""
    after = heads(second)
    assert after.keys() == chains.keys()
    other = {name for name in chains if after[name] != chains[name]}
    assert other == {"site"}
    grown = [int(found["site"][0].split()[0]) for found in (chains, after)]
    assert grown[1] == grown[0] + 1
    manage(second, "record", "verify", "--chain", "site", "--head", chains["site"][1])


def assert_papers_hold(second: Site, folder: Path, say: Say) -> None:
    """The restored site's statements and receipts verify without any database; a changed one does not."""
    made = second.asked("papers", folder=str(folder)).answer()
    away = {"DATABASE_URL": NOWHERE, "DATABASE_OWNER_URL": NOWHERE}
    assert min(made.values()) > 0
    statement = next(iter(sorted(folder.glob("statement-*.json"))))
    receipt = next(iter(sorted(folder.glob("receipt-*.json"))))
    assert "holds" in manage(second, "statement", "verify", str(statement), **away)
    assert "holds" in manage(second, "receipt", str(receipt), **away)
    forged = folder / "forged.json"
    shutil.copy(receipt, forged)
    forged.write_text(forged.read_text("utf-8").replace("agree", "abstain", 1), encoding="utf-8")
    with pytest.raises(LaunchError):
        manage(second, "receipt", str(forged), **away)
    say("papers of the restored site", made)
