"""`manage.py returned_mail`: what mail servers could not deliver, from a pipe or a Maildir."""

import sys
from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import Error

from stakeholders.notices.actions import take_return
from stakeholders.notices.returning import MAX_SIZE
from stakeholders.terms.actor import SYSTEM

TRY_AGAIN = 75  # EX_TEMPFAIL: the mail server keeps the report and brings it once more


class Command(BaseCommand):
    help = (
        "Read one report of undelivered mail from standard input, or with --folder every new one"
        " of a Maildir (default: EMAIL_BOUNCES_DIR), and hold further mail to dead addresses."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--to", default="", help="the address the report was delivered to")
        parser.add_argument("--folder", nargs="?", const="", help="a Maildir to read")

    def handle(
        self, *args: object, to: str = "", folder: str | None = None, **options: object
    ) -> None:
        try:
            if folder is None:
                raw = sys.stdin.buffer.read(MAX_SIZE)
                self.stdout.write(take_return(actor=SYSTEM, raw=raw, to=to))
                return
            for path in _new_ones(Path(folder or settings.EMAIL_BOUNCES_DIR)):
                with path.open("rb") as file:
                    outcome = take_return(actor=SYSTEM, raw=file.read(MAX_SIZE))
                self.stdout.write(f"{path.name}: {outcome}")
                path.rename(path.parent.parent / "cur" / f"{path.name}:2,S")
        except Error as error:
            self.stderr.write(type(error).__name__)
            raise SystemExit(TRY_AGAIN) from error


def _new_ones(folder: Path) -> list[Path]:
    """The unread files of a Maildir; links are not followed."""
    (folder / "cur").mkdir(parents=True, exist_ok=True)
    new = folder / "new"
    files = sorted(new.iterdir()) if new.is_dir() else []
    return [path for path in files if path.is_file() and not path.is_symlink()]
