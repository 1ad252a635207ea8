import os
import pwd
import shutil
import signal
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from config.launch import home, processes, roles
from config.launch.paths import Checkout
from config.launch.postgres import PACKAGE, PARTS, Postgres

IS_ROOT = os.geteuid() == 0


@pytest.fixture
def server(shared_checkout: Checkout) -> Iterator[Postgres]:
    # Not durable: a killed process loses nothing by that, only a power cut would.
    made = Postgres(shared_checkout, durable=False)
    made.start()
    yield made
    made.stop()


def note(server: Postgres) -> list[tuple[object, ...]]:
    with psycopg.connect(server.url(role=roles.APPLICATION)) as connection:
        return connection.execute("SELECT word FROM note ORDER BY word").fetchall()


def write_note(server: Postgres) -> None:
    with psycopg.connect(server.url()) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS note (word text PRIMARY KEY)")
        connection.execute("TRUNCATE note")
        connection.execute("INSERT INTO note VALUES ('kept')")


def test_start_roles_have_the_rights_they_need_and_no_more(server: Postgres) -> None:
    write_note(server)
    with psycopg.connect(server.url(role=roles.APPLICATION), autocommit=True) as application:
        application.execute("INSERT INTO note VALUES ('mine')")
        application.execute("UPDATE note SET word = 'ours' WHERE word = 'mine'")
        application.execute("DELETE FROM note WHERE word = 'ours'")
        for refused in (
            "TRUNCATE note",
            "DROP TABLE note",
            "CREATE TABLE other ()",
            "CREATE DATABASE other",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                application.execute(refused)
    with psycopg.connect(server.url(), autocommit=True) as owner:
        owner.execute("CREATE DATABASE another")
        owner.execute("DROP DATABASE another")
        owner.execute("SET ROLE jointplan_app")
        assert owner.execute(
            "SELECT current_user, lower('ÄÖ'), current_setting('timezone')"
        ).fetchone() == (
            "jointplan_app",
            "äö",
            "UTC",
        )


def test_start_without_the_password_is_refused(server: Postgres) -> None:
    address = server.url(role=roles.APPLICATION).replace(
        server.password(roles.APPLICATION), "guess"
    )
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(address)
    assert stat.S_IMODE(server.socket.stat().st_mode) == 0o700
    assert stat.S_IMODE(server.data.stat().st_mode) == 0o700
    assert server.data.stat().st_uid == server.account.uid
    assert server.account.uid != 0


def test_start_after_kill_recovers_with_all_data(server: Postgres) -> None:
    write_note(server)
    assert server.pid is not None
    session = psycopg.connect(
        server.url()
    )  # a session keeps its process for a moment after the kill
    os.kill(server.pid, signal.SIGKILL)
    again = Postgres(server.checkout, durable=False)
    assert again.start() is False
    assert note(again) == [("kept",)]
    session.close()
    again.stop()
    assert processes.running_in(server.data) == []


def test_start_pid_file_of_a_foreign_process_is_not_believed(server: Postgres) -> None:
    server.stop()
    (server.data / "postmaster.pid").write_text(f"{os.getpid()}\n{server.data}\n", encoding="ascii")
    assert server.start() is False
    assert server.responds()


def test_start_adopts_a_server_left_behind_and_stops_it(server: Postgres) -> None:
    write_note(server)
    again = Postgres(server.checkout, durable=False)
    assert again.start() is True
    assert again.pid == server.pid
    assert again.is_running()
    again.stop()
    assert not server.is_running()
    assert processes.running_in(server.data) == []


def test_start_half_made_data_is_made_again(checkout: Checkout) -> None:
    server = Postgres(checkout, durable=False)
    half = server.data.with_name(server.data.name + ".new")
    half.mkdir()
    (half / "PG_VERSION").write_text("16\n", encoding="ascii")
    try:
        server.start()
        assert not half.exists()
    finally:
        server.remove()
    assert not server.data.exists()


def test_start_after_remove_is_empty_again(checkout: Checkout) -> None:
    server = Postgres(checkout, durable=False)
    server.remove()
    server.start()
    write_note(server)
    folder = server.socket
    server.remove()
    assert not folder.exists(), "nothing is left in the folder of sockets"
    server.start()
    with pytest.raises(psycopg.errors.UndefinedTable):
        note(server)
    server.remove()


def test_start_below_a_closed_home_with_a_long_path(
    closed_checkout: Checkout, system_home: Path
) -> None:
    assert len(str(closed_checkout.root)) == 119 + 1
    before = stat.S_IMODE(closed_checkout.root.parent.stat().st_mode)
    server = Postgres(closed_checkout)
    try:
        server.start()
        write_note(server)
        server.stop()
        moved = closed_checkout.root.with_name("moved")
        closed_checkout.root.rename(moved)
        again = Postgres(Checkout(moved))
        again.start()
        assert note(again) == [("kept",)]
        again.stop()
        assert again.data == (server.data if IS_ROOT else moved / "var" / "postgres")
        assert again.data.is_relative_to(system_home) is IS_ROOT
    finally:
        server.stop()
    assert stat.S_IMODE(moved.parent.stat().st_mode) == before


def test_data_folder_copied_checkout_gets_its_own(closed_checkout: Checkout) -> None:
    first, _ = home.data_folder(checkout=closed_checkout, kind="postgres")
    copy = Checkout(closed_checkout.root.with_name("copy"))
    copy.root.mkdir()
    copy.prepare()
    pointer = closed_checkout.var / "postgres.location"
    if pointer.exists():
        (copy.var / pointer.name).write_bytes(pointer.read_bytes())
    assert home.data_folder(checkout=copy, kind="postgres")[0] != first
    assert home.data_folder(checkout=closed_checkout, kind="postgres")[0] == first


def test_start_as_an_ordinary_account(checkout: Checkout, monkeypatch: pytest.MonkeyPatch) -> None:
    nobody = pwd.getpwnam("nobody")
    if IS_ROOT:
        account = home.Account(uid=nobody.pw_uid, gid=nobody.pw_gid)
        place = home.programs(
            package=PACKAGE, parts=PARTS, probe=f"{PARTS[0]}/bin/postgres", account=account
        )  # an ordinary account has installed into a place it can read
        monkeypatch.setattr(home, "_site_folder", lambda package: place)
        for path in (checkout.root, *checkout.root.rglob("*")):
            account.give(path)

    def start_and_stop() -> None:
        server = Postgres(checkout, durable=False)
        server.start()
        write_note(server)
        assert server.data == checkout.var / "test-postgres"
        assert server.data.stat().st_uid == os.geteuid() != 0
        server.remove()

    in_child(start_and_stop, become=nobody if IS_ROOT else None)


def in_child(work: Callable[[], None], *, become: pwd.struct_passwd | None) -> None:
    pid = os.fork()
    if pid == 0:
        try:
            if become is not None:
                os.setgroups([])
                os.setgid(become.pw_gid)
                os.setuid(become.pw_uid)
            work()
            os._exit(0)
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0


def test_data_in_memory_where_there_is_room(
    shared_checkout: Checkout, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(home, "MEMORY_HOME", tmp_path)
    tmp_path.chmod(0o711)
    monkeypatch.setattr(home, "_is_roomy", lambda place: place == tmp_path)
    found = home.memory_folder(checkout=shared_checkout, kind="test-postgres")
    assert found is not None
    place, account = found
    assert place.parent.parent == tmp_path
    assert (place.parent.stat().st_uid, place.parent.stat().st_mode & 0o777) == (account.uid, 0o700)
    # What a killed run left is found again, so that the next run removes it, room or not.
    monkeypatch.setattr(home, "_is_roomy", lambda place: False)
    assert home.memory_folder(checkout=shared_checkout, kind="test-postgres") == found
    server = Postgres(shared_checkout, durable=False, in_memory=True)
    assert server.data == place
    server.remove()
    assert not place.parent.exists()
    assert server.data == Postgres(shared_checkout, durable=False).data


@pytest.mark.parametrize(
    ("free", "left", "is_roomy"), [(6, 16, True), (6, 15.9, False), (5.9, 16, False)]
)
def test_memory_is_used_only_where_some_is_left_for_all_else(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, free: float, left: float, is_roomy: bool
) -> None:
    usage = shutil.disk_usage(tmp_path)._replace(free=int(free * 2**30))
    monkeypatch.setattr(shutil, "disk_usage", lambda place: usage)
    monkeypatch.setattr(home, "_memory_left", lambda: int(left * 2**30))
    assert home._is_roomy(tmp_path) == is_roomy


def test_memory_left_is_what_the_machine_says() -> None:
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    assert 0 < home._memory_left() <= pages
    assert not home._is_roomy(Path("/nowhere"))
