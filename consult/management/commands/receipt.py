"""Verify the receipt of a position: `manage.py receipt FILE.json`, `-` for standard input."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from consult.phase3_identification.receipts import fault_in_receipt


class Command(BaseCommand):
    """Recomputes the hash from the text alone; needs no database."""

    help = "Verify the receipt of a position from its file alone."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="the receipt, or - for standard input")

    def handle(self, *, file: str, **_options: object) -> None:
        try:
            text = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(str(error)) from error
        fault = fault_in_receipt(text)
        if fault:
            raise CommandError(fault)
        self.stdout.write(f"holds, receipt {json.loads(text)['hash']}")
