"""Loading the real projects of the region that a plan may take into its register."""

from pathlib import Path

from django.db import transaction

from plans.projects import steps
from plans.projects.reading import DATA, read_known_projects
from plans.projects.rules import require_import
from plans.projects.steps import ImportCounts
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.record import steps as record
from stakeholders.terms.actor import Actor


@transaction.atomic
def import_known_projects(*, actor: Actor, path: Path = DATA) -> ImportCounts:
    """Load the table, whole or not at all; nothing is recorded when nothing changed.

    RowError with file, line, column and reason for a bad row; Refused for anybody but an
    administrator or the site itself.
    """
    require_import(actor=actor)
    known = set(Jurisdiction.objects.values_list("code", flat=True))
    counts = steps.save_known(read_known_projects(path, known=known))
    if counts.created or counts.updated:
        record.append(
            chain=record.SITE,
            actor=actor,
            act="known_projects.import",
            subject="layer:known_projects",
            effects={"created": counts.created, "updated": counts.updated},
        )
    return counts
