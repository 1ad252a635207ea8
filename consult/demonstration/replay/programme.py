"""The acts of the story in one list; of two on a day the one named first comes first."""

from consult.demonstration.replay import (
    approval,
    demands,
    drafting,
    family,
    identification,
    mandates,
    matters,
    measures,
    organization,
    papers,
    preparation,
    projects,
)
from consult.demonstration.replay.stage import Scene

IMPLEMENTED = "S4"


def scenes(state: str) -> list[Scene]:
    """Every act of the story, whatever its day; the plan in implementation has indicators too."""
    found = [
        *organization.scenes(),
        *mandates.scenes(),
        *matters.scenes(),
        *drafting.scenes(),
        *demands.scenes(),
        *family.scenes(),
        *preparation.scenes(),
        *papers.scenes(),
        *identification.scenes(),
    ]
    if state == IMPLEMENTED:
        found += [*approval.scenes(), *measures.scenes(), *projects.scenes()]
    return found
