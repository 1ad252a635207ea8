"""`restore`: an archive of `backup` becomes the site's database and files."""

import json
import shutil
import tarfile
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from psycopg import sql

from config.launch import environment, roles, site
from config.launch.backup import DUMP, FILES, FORMAT, MANIFEST, digest, run_tool, serving
from config.launch.lock import only_one
from config.launch.paths import Checkout
from config.launch.postgres import DATABASE, Postgres
from config.launch.terms import LaunchError

FRESH = "jointplan_restored"
BEFORE = "jointplan_before_restore"


def restore(*, checkout: Checkout, archive: Path) -> None:
    """Put `archive` in the place of database and files; those are kept as `..._before_restore`.

    The archive is proved whole first, and loaded beside the present state: until the last step
    nothing of that is touched. `manage.py after_restore` blanks tokens and holds the outbox, so
    that nobody is mailed twice.

    Raises LaunchError when the archive is damaged, or while `up` runs.
    """
    checkout.prepare()
    with (
        only_one(path=checkout.run / "up.lock", doing="make up or make restore"),
        tempfile.TemporaryDirectory(dir=checkout.backups, prefix="restore-") as name,
    ):
        folder = Path(name)
        unpack(archive=archive, into=folder)
        with serving(checkout) as server:
            _load(server=server, dump=folder / DUMP)
            owner = _owner_of_fresh(checkout=checkout, server=server)
            for arguments in (
                ("migrate", "--noinput", "--verbosity", "0", "--database", "owner"),
                ("after_restore",),
            ):
                site.finish(site.manage(checkout=checkout, environment=owner, arguments=arguments))
            _swap_databases(server)
        _swap_files(checkout=checkout, fresh=folder / FILES)


def unpack(*, archive: Path, into: Path) -> None:
    """Unpack `archive` and compare every part with the manifest.

    Raises LaunchError naming the first part that is missing, unknown or changed.
    """
    if not archive.is_file():
        raise LaunchError(f"there is no file {archive}")
    try:
        with tarfile.open(archive) as tar:
            _extract(tar, into)
        sums = _sums(json.loads((into / MANIFEST).read_text(encoding="utf-8")))
    except (tarfile.TarError, OSError, ValueError) as error:
        raise LaunchError(f"{archive} is not a backup of Jointplan: {error}") from error
    found = {
        str(PurePosixPath(path.relative_to(into))) for path in into.rglob("*") if path.is_file()
    } - {MANIFEST}
    for name in sorted(found ^ sums.keys()):
        what = "not in the manifest" if name in found else "missing"
        raise LaunchError(f"{archive} is damaged: {name} is {what}")
    for name, expected in sorted(sums.items()):
        if digest(into / name) != expected:
            raise LaunchError(f"{archive} is damaged: {name} differs from its SHA-256")
    if DUMP not in sums:
        raise LaunchError(f"{archive} is damaged: {DUMP} is missing")


def _extract(tar: tarfile.TarFile, into: Path) -> None:
    """Write the plain files of `tar` below `into`; ValueError for anything else in it.

    By hand, because the standard library's safe filter came with Python 3.11.4 and Debian 12
    has 3.11.2.
    """
    for member in tar:
        place = PurePosixPath(member.name)
        if place.is_absolute() or ".." in place.parts or not (member.isfile() or member.isdir()):
            raise ValueError(f"{member.name} is no plain file")
        target = into.joinpath(*place.parts)
        if member.isdir():
            target.mkdir(parents=True, exist_ok=True)
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        source = tar.extractfile(member)
        if source is None:
            raise ValueError(f"{member.name} cannot be read")
        with source, target.open("wb") as file:
            shutil.copyfileobj(source, file)


def _sums(manifest: Mapping[str, object]) -> dict[str, str]:
    sums = manifest.get("sha256")
    if manifest.get("format") != FORMAT or not isinstance(sums, dict):
        raise ValueError(f"its format is not {FORMAT}")
    return {str(name): str(word) for name, word in sums.items()}


def _load(*, server: Postgres, dump: Path) -> None:
    _drop(server, name=FRESH)
    roles.create_database(server=server, name=FRESH)
    # The grants are in the dump; the owner is the role that loads it.
    arguments = [
        "--exit-on-error",
        "--single-transaction",
        "--no-owner",
        f"--dbname={FRESH}",
        str(dump),
    ]
    run_tool(server=server, tool="pg_restore", arguments=arguments)


def _owner_of_fresh(*, checkout: Checkout, server: Postgres) -> dict[str, str]:
    """Return the environment of manage.py on the fresh database; it needs no broker."""
    servers = environment.Servers(postgres=server, broker=None)
    of_site = environment.of_site(
        checkout=checkout, servers=servers, port=environment.port_wanted()
    )
    here = {
        "DATABASE_URL": server.url(role=roles.APPLICATION, database=FRESH),
        "DATABASE_OWNER_URL": server.url(database=FRESH),
    }
    return of_site | here


def _swap_databases(server: Postgres) -> None:
    _drop(server, name=BEFORE)
    with server.superuser() as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = ANY(%s)",
            [[DATABASE, FRESH]],
        )
        for old, new in ((DATABASE, BEFORE), (FRESH, DATABASE)):
            connection.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                    sql.Identifier(old), sql.Identifier(new)
                )
            )


def _swap_files(*, checkout: Checkout, fresh: Path) -> None:
    kept = checkout.var / "files_before_restore"
    if kept.exists():
        kept.rename(checkout.var / f"files_before_restore.{datetime.now(UTC):%Y%m%dT%H%M%SZ}")
    checkout.files.rename(kept)
    if fresh.exists():
        shutil.move(fresh, checkout.files)
        checkout.files.chmod(0o700)
    checkout.prepare()


def _drop(server: Postgres, *, name: str) -> None:
    with server.superuser() as connection:
        connection.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        )
