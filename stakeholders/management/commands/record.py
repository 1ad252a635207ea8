"""`manage.py record verify [--chain CHAIN]`, `manage.py record export CHAIN`."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from stakeholders.record.queries import check_chains, entries_of


class Command(BaseCommand):
    help = "Verify the record's chains, or export one for verification elsewhere."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        verify = actions.add_parser("verify", help="recompute the chains and print their heads")
        verify.add_argument("--chain", default="")
        export = actions.add_parser("export", help="print one chain as JSON lines")
        export.add_argument("chain")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["action"] == "export":
            for entry in entries_of(chain=options["chain"]).iterator():
                row = {"seq": entry.seq, "payload": entry.payload, "hash": entry.hash}
                self.stdout.write(json.dumps(row, ensure_ascii=False))
            return
        checks = check_chains(chain=options["chain"])
        for check in checks:
            state = check.fault or "holds"
            self.stdout.write(f"{check.chain}  {check.entries} entries  {check.head}  {state}")
        if not checks:
            self.stdout.write("no entries yet")
        if broken := [c.chain for c in checks if c.fault]:
            raise CommandError(f"broken: {', '.join(broken)}")
