"""`python -m tests.faults.keep_release NAME`: keep the database of this release for upgrade drills.

Rows of every kind are laid by the ordinary actions into a server of their own; what stays is its
dump and, beside it, the rows of each table and the heads of the record.
"""

import json
import sys

from config.launch.backup import run_tool
from config.launch.postgres import DATABASE
from tests.faults.premade import fill
from tests.faults.restored import RELEASES, begin, counts, heads
from tests.faults.site import Site


def keep(name: str) -> None:
    """Write NAME.dump and NAME.json."""
    made = Site(mail_port=1, seconds=600)
    try:
        fill(made.postgres, folder=made.folder)
        begin(made)
        made.asked("lay_everything").answer()
        dump = RELEASES / f"{name}.dump"
        arguments = ["--format=custom", "--compress=9", f"--file={dump}", DATABASE]
        run_tool(server=made.postgres, tool="pg_dump", arguments=arguments)
        found = {"rows": counts(made), "heads": heads(made)}
        text = json.dumps(found, indent=1, sort_keys=True, ensure_ascii=False)
        (RELEASES / f"{name}.json").write_text(text + "\n", encoding="utf-8")
    finally:
        made.end()


if __name__ == "__main__":
    keep(sys.argv[1])
