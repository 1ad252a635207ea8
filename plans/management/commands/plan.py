"""`manage.py plan verify KEY [--revision N] [--file MANIFEST.json]`."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from plans.register.queries import difference_to, fault_of, get_plan, get_revision, revisions_of
from stakeholders.terms.actor import SYSTEM
from stakeholders.terms.errors import NotVisible

MISMATCH = 2


class Command(BaseCommand):
    help = "Recompute the hashes of a plan's revisions from their rows."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        verify = actions.add_parser("verify", help="recompute every version and every manifest")
        verify.add_argument("key")
        verify.add_argument("--revision", type=int, help="one revision, else all of them")
        verify.add_argument("--file", type=Path, help="a manifest kept elsewhere, to compare with")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit status 2 with the first thing that does not hold; 1 for what is not there."""
        number, file = options["revision"], options["file"]
        if file is not None and number is None:
            raise CommandError("--file needs --revision: the manifest of which one is it?")
        try:
            plan = get_plan(actor=SYSTEM, key=options["key"])
            every = revisions_of(plan).order_by("number")
            revisions = every if number is None else [get_revision(plan, number=number)]
        except NotVisible as error:
            raise CommandError("there is no such plan or revision") from error
        for revision in revisions:
            fault = fault_of(revision)
            if not fault and file is not None:
                fault = difference_to(revision, file.read_bytes())
            if fault:
                text = f"{plan.key} revision {revision.number}: {fault}"
                raise CommandError(text, returncode=MISMATCH)
            self.stdout.write(f"{plan.key} revision {revision.number}  {revision.hash}  holds")
