"""`manage.py reset_second_factor EMAIL --reason … --by …`: for who can be reset in no other way."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from stakeholders.people.actions import reset_second_factor
from stakeholders.terms.actor import SYSTEM
from stakeholders.terms.errors import Invalid


class Command(BaseCommand):
    help = (
        "Remove the second factors, sessions and tokens of an account; signing pauses for 24 hours."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--reason", required=True)
        parser.add_argument("--by", required=True, help="who does this: name and office")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            counts = reset_second_factor(
                actor=SYSTEM, email=options["email"], reason=options["reason"], by=options["by"]
            )
        except Invalid as error:
            raise CommandError("; ".join(str(text) for text in error.errors.values())) from error
        for name, count in counts.items():
            self.stdout.write(f"{name}: {count}")
