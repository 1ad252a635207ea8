"""`manage.py archive KEY FILE` and `manage.py archive verify FILE`."""

import tempfile
from pathlib import Path
from typing import Any, BinaryIO, cast

from django.core.management.base import BaseCommand, CommandError, CommandParser

from consult.archive.catalogue import lost_lines
from consult.archive.kinds import put_together
from consult.archive.package import Spool, one_language, write_some
from consult.archive.queries import pieces_of, state_of
from consult.archive.standalone import faults_in
from plans.register.queries import get_plan
from stakeholders.terms import clock
from stakeholders.terms.actor import SYSTEM
from stakeholders.terms.errors import NotVisible

VERIFY = "verify"
MINUTE = 60.0


class Command(BaseCommand):
    """The package that people have made by a job, on the machine itself; no plan is changed."""

    help = "Write the archive package of a plan, or verify one (KEY is then `verify`)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("key", help="key of the plan, or `verify`")
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["key"] == VERIFY:
            self._verify(options["file"])
        else:
            self._write(options["key"], options["file"])

    def _verify(self, file: Path) -> None:
        number, faults = faults_in(file)
        if faults:
            raise CommandError("\n".join(faults))
        self.stdout.write(f"holds, {number} files")

    def _write(self, key: str, file: Path) -> None:
        try:
            plan = get_plan(actor=SYSTEM, key=key)
        except NotVisible as error:
            raise CommandError(f"there is no plan {key}") from error
        state = state_of(plan, at=clock.now())
        with one_language():
            pieces = pieces_of(state)
        spool = Spool()
        try:
            while write_some(pieces, spool, seconds=MINUTE):
                pass
            with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as target:
                made = put_together(pieces, spool, state=state, target=cast(BinaryIO, target))
            Path(target.name).replace(file)
        except OSError as error:
            raise CommandError(str(error)) from error
        finally:
            spool.remove()
        for line in lost_lines(made.lines):
            self.stderr.write(f"{line.number} {line.remarks} {line.named}")
        self.stdout.write(f"{file}: {made.files} files, as of entry {state.seq} {state.head}")
