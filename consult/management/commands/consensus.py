"""`manage.py consensus CASE.json`: evaluate a case of the JSON contract ("-" reads standard input)."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from consult.consensus import CaseError, evaluate, read_json

BAD_CASE = 2


class Command(BaseCommand):
    """Print the answer as JSON; a bad case prints {"error", "at"} and exits with 2."""

    help = "Evaluate a consensus case (JSON) and print the answer as JSON."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the path of the case."""
        parser.add_argument("case", help='path of the case, or "-" for standard input')

    def handle(self, *args: Any, **options: Any) -> None:
        """Evaluate the case and print the answer."""
        try:
            answer = evaluate(read_json(_text(options["case"])))
        except CaseError as error:
            self._print(error.as_dict())
            sys.exit(BAD_CASE)
        self._print(answer)

    def _print(self, answer: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))


def _text(source: str) -> str:
    """Return the text of the case; text that is no UTF-8 is a bad case, a file that is not there a wrong command."""
    try:
        raw = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
    except OSError as error:
        raise CommandError(
            f"cannot read {source}: {error.strerror}", returncode=BAD_CASE
        ) from error
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CaseError("is not UTF-8", "") from error
