"""`manage.py statement verify FILE`."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from consult.phase3_identification.standalone import fault_in


class Command(BaseCommand):
    help = "Verify the JSON bundle of a common statement."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        verify = actions.add_parser("verify", help="check every hash and the record's chain")
        verify.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        fault = fault_in(options["file"].read_bytes())
        if fault:
            raise CommandError(fault)
        self.stdout.write("holds")
