"""`make bench`: every case on a fresh database with seeded data (`BENCH=name` runs one)."""

import os
import sys

import django
from django.db import connection

from tests.databases import clone_database, drop_database

NAME = "jointplan_bench"


def main() -> int:
    os.environ["DATABASE_URL"] = clone_database(NAME)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from tests.bench import (
        archive,
        bundle,
        comments,
        consensus,
        dashboard,
        differences,
        documents,
        dossier,
        indicators,
        mail,
        matrix,
        projects,
        publishing,
        record,
        reminders,
        staleness,
        statement,
        visible_comments,
        visible_plans,
    )
    from tests.bench.harness import report

    cases = {
        "visible_plans": visible_plans.run,
        "visible_comments": visible_comments.run,
        "comments": comments.run,
        "publishing": publishing.run,
        "staleness": staleness.run,
        "differences": differences.run,
        "documents": documents.run,
        "dossier": dossier.run,
        "consensus": consensus.run,
        "matrix": matrix.run,
        "statement": statement.run,
        "bundle": bundle.run,
        "record": record.run,
        "reminders": reminders.run,
        "dashboard": dashboard.run,
        "indicators": indicators.run,
        "archive": archive.run,
        "mail": mail.run,
        "projects": projects.run,
    }
    wanted = os.environ.get("BENCH", "")
    if wanted and wanted not in cases:
        sys.stderr.write(f"no such case: {wanted}; there are {', '.join(cases)}\n")
        return 2
    try:
        report([row for name, case in cases.items() if wanted in ("", name) for row in case()])
    finally:
        connection.close()
        drop_database(NAME)
    return 0


if __name__ == "__main__":
    sys.exit(main())
