"""Verify the receipt of a position: `manage.py receipt FILE [--root ROOT]`, `-` for standard input."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from consult.phase3_identification.receipts import fault_in_receipt
from consult.phase3_identification.standalone_receipt import answer


class Command(BaseCommand):
    """Recomputes every hash from the file alone; needs no database."""

    help = "Verify the receipt of a position from its file alone."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="the receipt, or - for standard input")
        parser.add_argument("--root", default="", help="the root in a mail that was kept")

    def handle(self, *, file: str, root: str, **_options: object) -> None:
        try:
            text = sys.stdin.read() if file == "-" else Path(file).read_bytes().decode()
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(str(error)) from error
        fault = fault_in_receipt(text, root=root)
        if fault:
            raise CommandError(fault)
        held = answer(text.encode(), root)[1]
        self.stdout.write(held or f"holds, receipt {json.loads(text)['hash']}, not in the record")
