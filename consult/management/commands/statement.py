"""`manage.py statement verify FILE [--head HASH]`."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from consult.phase3_identification import standalone, standalone_follows

LARGEST = 512 * 1024 * 1024  # bytes of a bundle


class Command(BaseCommand):
    """The rules of both scripts that strangers run; needs no database."""

    help = "Verify the JSON bundle of a common statement."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        verify = actions.add_parser(
            "verify", help="check every hash, the record's chain, and what the statement says"
        )
        verify.add_argument("file")
        verify.add_argument("--head", default="", help="a head that was mailed: it must be there")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with Path(str(options["file"])).open("rb") as file:
                raw = file.read(LARGEST + 1)
        except OSError as error:
            raise CommandError(str(error)) from error
        if len(raw) > LARGEST:
            raise CommandError("the file is no bundle of a statement: it is too large for one")
        fault = standalone.fault_in(raw, options["head"]) or standalone_follows.fault_in(raw)
        if fault:
            raise CommandError(fault)
        self.stdout.write(f"holds, record head {json.loads(raw)['head']}")
        self.stdout.write("follows from the positions")
