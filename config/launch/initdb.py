"""The data of a new PostgreSQL server."""

import os
import shutil
import subprocess
from pathlib import Path

from config.launch.home import Account
from config.launch.secrets import write_private
from config.launch.terms import LaunchError

SUPERUSER = "postgres"
LOCALES = ("C.UTF-8", "C")
"""Preferred first: C.UTF-8 knows upper and lower case beyond ASCII; a bare system may lack it."""


def make_data(
    *, place: Path, account: Account, program: Path, password: str, handover: Path, durable: bool
) -> None:
    """Create the data beside `place` and move it there: half is never taken for whole.

    `handover` is a folder that only `account` enters; the password of the superuser passes
    through a file in it. Raises LaunchError with the program's words.
    """
    fresh = place.with_name(place.name + ".new")
    for locale in LOCALES:
        if fresh.exists():
            shutil.rmtree(fresh)
        fresh.mkdir(mode=0o700)
        account.give(fresh)
        word = handover / "initial-password"
        write_private(path=word, text=password + "\n")
        account.give(word)
        options: list[str | Path] = ["--pgdata", fresh, "--username", SUPERUSER, "--pwfile", word]
        options += ["--encoding", "UTF8", "--locale", locale, "--auth", "scram-sha-256"]
        options += ["--data-checksums", "--no-instructions", *([] if durable else ["--no-sync"])]
        done = subprocess.run(
            [program, *options],
            check=False,
            capture_output=True,
            text=True,
            env=program_environment(),
            **account.spawn(),
        )
        word.unlink()
        if done.returncode == 0:
            break
    else:
        raise LaunchError(f"PostgreSQL cannot make its data in {fresh}:\n{done.stderr}")
    if place.exists():
        place.rmdir()
    fresh.rename(place)


def program_environment() -> dict[str, str]:
    """Return what the server's programs need; PG* variables of the caller would mislead them."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}
