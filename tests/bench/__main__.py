"""`make bench`: every case on a fresh database with seeded data.

`BENCH=name` runs one, `BENCH=one,other` several; `--markdown` (`make bench ARGS=--markdown`) ends
with the table as BENCHMARKS.md holds it.
"""

import os
import random
import sys
from collections.abc import Sequence

import django
from django.conf import settings
from django.db import connection
from django.test import override_settings

from tests.databases import clone_database, drop_database

NAME = os.environ.get("BENCH_DATABASE", "jointplan_bench")


MARKDOWN = "--markdown"
# The files that pages link to are collected on a site; here nobody collected them.
LINKS = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}


def main(arguments: Sequence[str]) -> int:
    if not set(arguments) <= {MARKDOWN}:
        sys.stderr.write(f"python -m tests.bench [{MARKDOWN}]\n")
        return 2
    os.environ["DATABASE_URL"] = clone_database(NAME)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from tests.bench import (
        adoption,
        archive,
        bundle,
        comments,
        consensus,
        dashboard,
        differences,
        discussion,
        documents,
        dossier,
        indicators,
        load,
        mail,
        matrix,
        position,
        projects,
        publishing,
        record,
        reminders,
        search,
        staleness,
        statement,
        visible_comments,
        visible_plans,
    )
    from tests.bench.harness import SEED
    from tests.bench.telling import report

    cases = {
        "visible_plans": visible_plans.run,
        "visible_comments": visible_comments.run,
        "comments": comments.run,
        "discussion": discussion.run,
        "adoption": adoption.run,
        "publishing": publishing.run,
        "staleness": staleness.run,
        "differences": differences.run,
        "documents": documents.run,
        "dossier": dossier.run,
        "consensus": consensus.run,
        "matrix": matrix.run,
        "position": position.run,
        "statement": statement.run,
        "bundle": bundle.run,
        "record": record.run,
        "reminders": reminders.run,
        "dashboard": dashboard.run,
        "indicators": indicators.run,
        "archive": archive.run,
        "mail": mail.run,
        "projects": projects.run,
        "search": search.run,
        "load": load.run,
    }
    asked = os.environ.get("BENCH", "").split(",")
    wanted = [name.strip() for name in asked if name.strip()] or list(cases)
    unknown = [name for name in wanted if name not in cases]
    if unknown:
        sys.stderr.write(f"no such case: {', '.join(unknown)}; there are {', '.join(cases)}\n")
        drop_database(NAME)
        return 2
    random.seed(SEED)
    try:
        with override_settings(STORAGES={**settings.STORAGES, "staticfiles": LINKS}):
            report((row for name in wanted for row in cases[name]()), MARKDOWN in arguments)
    finally:
        connection.close()
        drop_database(NAME)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
