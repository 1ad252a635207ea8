"""`manage.py record verify [--chain CHAIN | --file EXPORT.jsonl] [--head HASH]`,
`manage.py record export CHAIN`.
"""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from stakeholders.record.queries import check_chains, head_of, rows_of
from stakeholders.record.standalone import verdict


class Command(BaseCommand):
    help = "Verify the record's chains or an export, or export one for verification elsewhere."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        verify = actions.add_parser("verify", help="recompute the chains and print their heads")
        which = verify.add_mutually_exclusive_group()
        which.add_argument("--chain", default="")
        which.add_argument("--file", default="", help="an export, in place of the database")
        verify.add_argument("--head", default="", help="a head that was mailed: it must be there")
        export = actions.add_parser("export", help="print one chain as JSON lines")
        export.add_argument("chain")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["action"] == "export":
            self._export(options["chain"])
        elif options["file"]:
            status, said = verdict(options["file"], options["head"])
            if status:
                raise CommandError(said)
            self.stdout.write(said)
        else:
            self._verify(options["chain"], options["head"])

    def _export(self, chain: str) -> None:
        if not head_of(chain=chain)[0]:
            raise CommandError(f"no such chain: {chain}")
        for row in rows_of(chain=chain):
            self.stdout.write(json.dumps(row, ensure_ascii=False))

    def _verify(self, chain: str, head: str) -> None:
        if head and not chain:
            raise CommandError("name the chain of the head with --chain")
        checks = check_chains(chain=chain, sent=head)
        for check in checks:
            state = check.fault or "holds"
            self.stdout.write(f"{check.chain}  {check.entries} entries  {check.head}  {state}")
        if not checks:
            self.stdout.write("no entries yet")
        if broken := [c.chain for c in checks if c.fault]:
            raise CommandError(f"broken: {', '.join(broken)}")
