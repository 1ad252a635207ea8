"""Imports reference values of indicators: `manage.py import_indicators --file PATH`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from plans.indicators.actions import import_reference_values
from plans.indicators.reading import DATA, read_reference_values
from stakeholders.jurisdictions.reading import RowError
from stakeholders.terms.actor import SYSTEM


class Command(BaseCommand):
    help = "Import reference values, whole or not at all; a second run changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--file", type=Path, default=DATA, help="the table to read")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            values = read_reference_values(options["file"])
        except RowError as error:
            raise CommandError(str(error)) from error
        changed = import_reference_values(actor=SYSTEM, values=values)
        told = _("Reference values: %(total)s in all, %(changed)s new or changed.")
        self.stdout.write(told % {"total": len(values), "changed": changed})
