import io
import stat
import tarfile
from pathlib import Path

import psycopg
import pytest

from config.launch import roles
from config.launch.backup import back_up
from config.launch.lock import only_one
from config.launch.paths import Checkout
from config.launch.postgres import Postgres
from config.launch.restore import restore, unpack
from config.launch.terms import LaunchError
from tests.config.launch.stub import calls, plant


def words(server: Postgres, *, database: str = "jointplan") -> list[str]:
    with psycopg.connect(server.url(role=roles.APPLICATION, database=database)) as connection:
        return [str(row[0]) for row in connection.execute("SELECT word FROM note ORDER BY word")]


def test_restore_returns_to_the_backup_and_keeps_the_state_before(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    plant(checkout)
    server = Postgres(checkout)
    server.start()
    with psycopg.connect(server.url()) as connection:
        connection.execute("CREATE TABLE note (word text PRIMARY KEY)")
        connection.execute("INSERT INTO note VALUES ('first')")
    (checkout.files / "ab").mkdir()
    (checkout.files / "ab" / "abc").write_bytes(b"a file")

    archive = back_up(checkout=checkout)
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600
    with tarfile.open(archive) as tar:
        assert tar.getnames() == ["database.dump", "files/ab/abc", "manifest.json"]

    with psycopg.connect(server.url()) as connection:
        connection.execute("UPDATE note SET word = 'second'")
    (checkout.files / "ab" / "abc").write_bytes(b"changed")
    with (
        only_one(path=checkout.run / "up.lock", doing="make up"),
        pytest.raises(LaunchError, match="already runs in this checkout"),
    ):
        restore(checkout=checkout, archive=archive)
    assert words(server) == ["second"]

    restore(checkout=checkout, archive=archive)
    assert words(server) == ["first", "held"]
    assert words(server, database="jointplan_before_restore") == ["second"]
    assert (checkout.files / "ab" / "abc").read_bytes() == b"a file"
    assert (checkout.var / "files_before_restore" / "ab" / "abc").read_bytes() == b"changed"
    assert calls(checkout) == [
        "after_restore as owner",
        "migrate --noinput --verbosity 0 --database owner as owner",
    ]
    with psycopg.connect(server.url(role=roles.APPLICATION)) as connection:
        connection.execute("INSERT INTO note VALUES ('granted')")
    server.remove()


def test_unpack_changed_part_is_refused_by_name(tmp_path: Path) -> None:
    archive = tmp_path / "backup.tar"
    parts = {
        "database.dump": b"dump",
        "manifest.json": b'{"format": 1, "sha256": {"database.dump": "00", "files/gone": "00"}}',
    }
    write(archive, parts)
    with pytest.raises(LaunchError, match=r"is damaged: files/gone is missing$"):
        unpack(archive=archive, into=tmp_path / "one")
    write(archive, parts | {"files/gone": b"", "files/more": b""})
    with pytest.raises(LaunchError, match=r"is damaged: files/more is not in the manifest$"):
        unpack(archive=archive, into=tmp_path / "two")
    write(archive, parts | {"files/gone": b""})
    with pytest.raises(LaunchError, match=r"is damaged: database.dump differs from its SHA-256$"):
        unpack(archive=archive, into=tmp_path / "three")
    write(archive, {"manifest.json": b'{"format": 2}'})
    with pytest.raises(LaunchError, match=r"is not a backup of Jointplan: its format is not 1$"):
        unpack(archive=archive, into=tmp_path / "four")


def test_back_up_of_a_foreign_database_is_refused(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://elsewhere/plan")
    with pytest.raises(LaunchError, match="not embedded"):
        back_up(checkout=checkout)
    assert list(checkout.backups.iterdir()) == []


def write(archive: Path, parts: dict[str, bytes]) -> None:
    with tarfile.open(archive, "w") as tar:
        for name, content in parts.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))


@pytest.mark.parametrize("name", ["/etc/passwd", "../outside", "files/../../outside"])
def test_archive_that_reaches_outside_is_refused(tmp_path: Path, name: str) -> None:
    archive = tmp_path / "evil.tar"
    with tarfile.open(archive, "w") as tar:
        tar.addfile(tarfile.TarInfo(name))
    with pytest.raises(LaunchError, match="is no plain file"):
        unpack(archive=archive, into=tmp_path / "into")


def test_archive_with_a_link_is_refused(tmp_path: Path) -> None:
    archive = tmp_path / "evil.tar"
    link = tarfile.TarInfo("files/link")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    with tarfile.open(archive, "w") as tar:
        tar.addfile(link)
    with pytest.raises(LaunchError, match="is no plain file"):
        unpack(archive=archive, into=tmp_path / "into")


def test_a_file_that_is_dropped_while_it_is_packed_is_left_out(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.write_bytes(b"1")
    members = [("files/kept", kept), ("files/gone", tmp_path / "gone")]
    with tarfile.open(tmp_path / "a.tar", "w") as archive:
        assert pack(archive, members=members) == {"files/kept": digest(kept)}
    with tarfile.open(tmp_path / "a.tar") as archive:
        assert archive.getnames() == ["files/kept"]


def test_a_missing_dump_stops_the_backup(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "a.tar", "w") as archive, pytest.raises(FileNotFoundError):
        pack(archive, members=[("database.dump", tmp_path / "gone")])
