"""`backup`: database and files in one file, each part with its SHA-256."""

import hashlib
import io
import json
import os
import subprocess
import tarfile
from collections.abc import Iterable, Iterator
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
INCOMING = "incoming"  # uploads that are still being written


def back_up(*, checkout: Checkout) -> Path:
    """Write one archive of database and files into `var/backups` and return its path.

    The database first, then the files: what belongs to something is never removed, so that none
    of these can be missing; an unused upload that housekeeping drops meanwhile is left out.
    Works beside a running site and without one.
    """
    checkout.prepare()
    moment = datetime.now(UTC)
    place = checkout.backups / f"jointplan-{moment:%Y%m%dT%H%M%SZ}.tar"
    partial = place.with_name(place.name + ".partial")
    dump = place.with_name(place.name + ".dump")
    try:
        with serving(checkout) as server:
            _dump(server=server, to=dump)
        with tarfile.open(partial, "w") as archive:
            sums = pack(archive, members=[(DUMP, dump), *_files(checkout.files)])
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


def pack(archive: tarfile.TarFile, *, members: Iterable[tuple[str, Path]]) -> dict[str, str]:
    """Add the files to `archive` and return the SHA-256 of each; one that is gone is left out."""
    sums = {}
    for name, path in members:
        try:
            word = digest(path)
            archive.add(path, arcname=name, recursive=False)
        except FileNotFoundError:
            if name == DUMP:
                raise
            continue
        sums[name] = word
    return sums


def _dump(*, server: Postgres, to: Path) -> None:
    to.touch(mode=0o600)
    run_tool(server=server, tool="pg_dump", arguments=["--format=custom", f"--file={to}", DATABASE])


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(folder.rglob("*")):
        is_whole = path.relative_to(folder).parts[0] != INCOMING
        if is_whole and path.is_file() and not path.is_symlink():
            yield f"{FILES}/{path.relative_to(folder)}", path


def _add_text(archive: tarfile.TarFile, *, name: str, text: str) -> None:
    content = text.encode()
    entry = tarfile.TarInfo(name)
    entry.size = len(content)
    entry.mode = 0o600
    archive.addfile(entry, io.BytesIO(content))
