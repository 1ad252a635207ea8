"""What is found, within what the actor may see."""

from consult.search.queries.asked import Asked
from consult.search.queries.finding import MOST, Finds, find
from consult.search.queries.hits import Hit
from consult.search.queries.offered import plans_offered, units_offered

__all__ = ["MOST", "Asked", "Finds", "Hit", "find", "plans_offered", "units_offered"]
