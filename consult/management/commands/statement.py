"""`manage.py statement verify FILE [--head HASH]`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from consult.phase3_identification.standalone import verdict


class Command(BaseCommand):
    """The rules of the script that strangers run; needs no database."""

    help = "Verify the JSON bundle of a common statement."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        verify = actions.add_parser("verify", help="check every hash and the record's chain")
        verify.add_argument("file")
        verify.add_argument("--head", default="", help="a head that was mailed: it must be there")

    def handle(self, *args: Any, **options: Any) -> None:
        status, said = verdict(str(options["file"]), options["head"])
        if status:
            raise CommandError(said)
        self.stdout.write(said)
