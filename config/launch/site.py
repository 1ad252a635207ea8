"""The commands of manage.py that bring a site up to date before it serves."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from config.launch import environment, processes
from config.launch.broker import Broker
from config.launch.paths import Checkout
from config.launch.postgres import DATABASE, Postgres
from config.launch.terms import LaunchError


def manage(
    *, checkout: Checkout, environment: Mapping[str, str], arguments: Sequence[str]
) -> "subprocess.Popen[str]":
    """Start one command of manage.py with its output kept for `finish`."""
    return subprocess.Popen(
        [sys.executable, "manage.py", *arguments],
        cwd=checkout.root,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=processes.tied_to_us(),
    )


def finish(running: "subprocess.Popen[str]") -> str:
    """Wait for a command and return what it printed.

    Raises LaunchError with its words when it failed.
    """
    out, errors = running.communicate()
    if running.returncode != 0:
        arguments = running.args if isinstance(running.args, list) else []
        raise LaunchError(
            f"manage.py {' '.join(map(str, arguments[2:]))} failed:\n{(errors or out).strip()}"
        )
    return out


def run_manage(*, checkout: Checkout, server: Postgres, arguments: Sequence[str]) -> int:
    """Run a command of manage.py on the embedded database for the person at the terminal."""
    servers = environment.Servers(
        postgres=server, broker=None if os.environ.get("BROKER_URL") else Broker(checkout)
    )
    site = environment.of_site(checkout=checkout, servers=servers, port=environment.port_wanted())
    owner = environment.of_owner(site=site, servers=servers)
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=checkout.root, env=owner, check=False
    )
    return done.returncode


def update(*, checkout: Checkout, owner: Mapping[str, str]) -> None:
    """Migrate as the database's owner; beside it collect static files, if they have changed."""
    print_of_static = _print_of_static(checkout)
    stamp = checkout.run / "static.stamp"
    collecting = None
    if not checkout.static.is_dir() or _read(stamp) != print_of_static:
        collecting = manage(
            checkout=checkout,
            environment=owner,
            arguments=("collectstatic", "--noinput", "--verbosity", "0"),
        )
    to_owner = ("--database", "owner") if "DATABASE_OWNER_URL" in owner else ()
    finish(
        manage(
            checkout=checkout,
            environment=owner,
            arguments=("migrate", "--noinput", "--verbosity", "0", *to_owner),
        )
    )
    if collecting is not None:
        finish(collecting)
        stamp.write_text(print_of_static, encoding="ascii")


def load_demonstration(
    *, checkout: Checkout, site: Mapping[str, str], server: Postgres | None
) -> None:
    """Load the demonstration plan into an empty database, once for each database."""
    stamp = checkout.run / "demonstration.stamp"
    name = identity(server) if server is not None else ""
    if name and _read(stamp) == name:
        return
    finish(
        manage(checkout=checkout, environment=site, arguments=("load_demonstration", "--if-empty"))
    )
    stamp.write_text(name, encoding="ascii")


def identity(server: Postgres) -> str:
    """Return what tells this database from every other, also from an earlier namesake."""
    with server.superuser() as connection:
        row = connection.execute(
            "SELECT (SELECT system_identifier FROM pg_control_system()) || '-' || oid"
            " FROM pg_database WHERE datname = %s",
            [DATABASE],
        ).fetchone()
    return str(row[0]) if row else ""


def _print_of_static(checkout: Checkout) -> str:
    """Return a fingerprint of all static files in reach and of the installed packages."""
    parts = [f"{path} {_mark(path)}" for path in sorted(checkout.root.glob("uv.lock"))]
    for folder in sorted(
        (
            checkout.root / "static",
            *checkout.root.glob("*/static"),
            *checkout.root.glob("*/*/static"),
        )
    ):
        parts += [f"{path} {_mark(path)}" for path in sorted(folder.rglob("*")) if path.is_file()]
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogateescape")).hexdigest()


def _mark(path: Path) -> str:
    found = path.stat()
    return f"{found.st_size} {found.st_mtime_ns}"


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return ""
