"""`backup`: database and files in one file, each part with its SHA-256."""

import hashlib
import io
import json
import os
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from config.launch import roles
from config.launch.paths import Checkout
from config.launch.postgres import DATABASE, Postgres
from config.launch.terms import LaunchError

FORMAT = 1
DUMP = "database.dump"
FILES = "files"
MANIFEST = "manifest.json"


def back_up(*, checkout: Checkout) -> Path:
    """Write one archive of database and files into `var/backups` and return its path.

    The database first, then the files: files are only ever added, so that none the database
    names can be missing. Works beside a running site and without one.
    """
    checkout.prepare()
    moment = datetime.now(UTC)
    place = checkout.backups / f"jointplan-{moment:%Y%m%dT%H%M%SZ}.tar"
    partial = place.with_name(place.name + ".partial")
    dump = place.with_name(place.name + ".dump")
    try:
        with serving(checkout) as server:
            _dump(server=server, to=dump)
        members = [(DUMP, dump), *_files(checkout.files)]
        sums = {name: digest(path) for name, path in members}
        with tarfile.open(partial, "w") as archive:
            for name, path in members:
                archive.add(path, arcname=name, recursive=False)
            manifest = {"format": FORMAT, "created_at": moment.isoformat(), "sha256": sums}
            _add_text(archive, name=MANIFEST, text=json.dumps(manifest, indent=1))
        partial.chmod(0o600)
        partial.replace(place)
    finally:
        partial.unlink(missing_ok=True)
        dump.unlink(missing_ok=True)
    return place


@contextmanager
def serving(checkout: Checkout) -> Iterator[Postgres]:
    """Have the embedded database up while the body runs; one that was up before stays up.

    Raises LaunchError when the environment names another database, which has tools of its own.
    """
    if os.environ.get("DATABASE_URL"):
        raise LaunchError(
            "DATABASE_URL names a database that is not embedded: back it up with its own pg_dump"
        )
    server = Postgres(checkout)
    was_up = server.is_made() and server.responds()
    if not was_up:
        server.start()
    try:
        yield server
    finally:
        if not was_up:
            server.stop()


def run_tool(*, server: Postgres, tool: str, arguments: list[str]) -> None:
    """Run a program of PostgreSQL as the database's owner; its arguments show no password."""
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "PGHOST": str(server.socket),
        "PGUSER": roles.OWNER,
        "PGPASSWORD": server.password(roles.OWNER),
    }
    done = subprocess.run(
        [server.bin / tool, *arguments],
        env=environment,
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode != 0:
        raise LaunchError(f"{tool} failed:\n{done.stderr.strip()}")


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _dump(*, server: Postgres, to: Path) -> None:
    to.touch(mode=0o600)
    run_tool(server=server, tool="pg_dump", arguments=["--format=custom", f"--file={to}", DATABASE])


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield f"{FILES}/{path.relative_to(folder)}", path


def _add_text(archive: tarfile.TarFile, *, name: str, text: str) -> None:
    content = text.encode()
    entry = tarfile.TarInfo(name)
    entry.size = len(content)
    entry.mode = 0o600
    archive.addfile(entry, io.BytesIO(content))
