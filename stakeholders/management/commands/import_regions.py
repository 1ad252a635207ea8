"""Imports the coordination regions: `manage.py import_regions --folder PATH`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from stakeholders.jurisdictions.actions import DATA, import_regions
from stakeholders.jurisdictions.reading import RowError
from stakeholders.terms.actor import SYSTEM


class Command(BaseCommand):
    help = "Import the coordination regions, whole or not at all; a second run changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--folder", type=Path, default=DATA, help="folder with the tables")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            result = import_regions(actor=SYSTEM, folder=options["folder"])
        except RowError as error:
            raise CommandError(str(error)) from error
        for sentence in result.sentences():
            self.stdout.write(sentence)
