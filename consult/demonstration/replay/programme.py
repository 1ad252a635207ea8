"""The acts of the story in one list; of two on a day the one named first comes first."""

from consult.demonstration.replay import (
    approval,
    balance,
    cases,
    demands,
    drafting,
    family,
    health,
    identification,
    mandates,
    matters,
    measures,
    meetings,
    organization,
    papers,
    preparation,
    projects,
    tasks,
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
        *meetings.scenes(),
        *tasks.scenes(),
    ]
    if state == IMPLEMENTED:
        found += [
            *approval.scenes(),
            *tasks.later_scenes(),
            *measures.scenes(),
            *cases.scenes(),
            *projects.scenes(),
            *balance.scenes(),
            *health.scenes(),
        ]
    return found
