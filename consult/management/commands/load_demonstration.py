"""`manage.py load_demonstration [--if-empty] [--accounts] [--checkpoint S3]`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from consult.demonstration.actions import load_demonstration
from consult.demonstration.queries import PASSWORD, accounts, is_loaded
from stakeholders.terms.actor import SYSTEM
from stakeholders.terms.errors import Conflict, Refused


class Command(BaseCommand):
    help = "Load the demonstration plans, or print its accounts. Only on a site on loopback."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="do nothing when loaded")
        parser.add_argument("--accounts", action="store_true", help="print the accounts only")
        parser.add_argument("--checkpoint", choices=["S1", "S2", "S3"], default="S3")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["accounts"]:
            self._print_accounts()
            return
        if options["if_empty"] and is_loaded():
            return
        try:
            loaded = load_demonstration(actor=SYSTEM, checkpoint=options["checkpoint"])
        except (Refused, Conflict) as error:
            raise CommandError(str(error.text or error)) from error
        for key, count in loaded.plans:
            self.stdout.write(f"{key}: {count} acts replayed")
        self.stdout.write(f"{loaded.people} people")

    def _print_accounts(self) -> None:
        self.stdout.write(f"demonstration accounts, password {PASSWORD}")
        for _heading, group in accounts():
            for account in group:
                role = f"{account.name_en} / {account.name_zh}"
                self.stdout.write(f"  {account.email:<28} {role}")
