"""The detailed plan of the pilot area, below the coordination plan: in preparation, its draft
free and moved on from the revision that was published."""

from consult.demonstration.replay.pilot import (
    base_map,
    demands,
    opening,
    revising,
    transmission,
    writing,
)
from consult.demonstration.replay.stage import Scene


def scenes() -> list[Scene]:
    """Every act of the plan; of two on a day the one named first comes first."""
    return [
        *opening.scenes(),
        *base_map.scenes(),
        *demands.scenes(),
        *writing.scenes(),
        *revising.scenes(),
        *transmission.scenes(),
    ]
