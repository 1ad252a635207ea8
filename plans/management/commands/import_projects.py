"""Loads the known projects: `manage.py import_projects --file PATH`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from plans.projects.actions import import_known_projects
from plans.projects.reading import DATA
from stakeholders.jurisdictions.reading import RowError
from stakeholders.terms.actor import SYSTEM


class Command(BaseCommand):
    help = "Load the known projects, whole or not at all; a second run changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--file", type=Path, default=DATA, help="the table to read")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            counts = import_known_projects(actor=SYSTEM, path=options["file"])
        except RowError as error:
            raise CommandError(str(error)) from error
        told = _("Known projects: %(created)s new, %(updated)s changed, %(unchanged)s unchanged.")
        self.stdout.write(
            told
            % {
                "created": counts.created,
                "updated": counts.updated,
                "unchanged": counts.unchanged,
            }
        )
