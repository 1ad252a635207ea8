"""The acts of the story in one list; of two on a day the one named first comes first."""

from consult.demonstration.replay import (
    drafting,
    identification,
    mandates,
    matters,
    organization,
    preparation,
)
from consult.demonstration.replay.stage import Scene


def scenes(state: str) -> list[Scene]:
    """Every act of the story up to `state` and beyond; the caller leaves out later days."""
    return [
        *organization.scenes(),
        *mandates.scenes(),
        *matters.scenes(),
        *drafting.scenes(),
        *preparation.scenes(),
        *identification.scenes(),
    ]
