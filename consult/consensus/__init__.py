"""Consensus rules: pure, exact, explained. Knows no Django and no database."""

from consult.consensus.case import CaseError, Text
from consult.consensus.evaluate import Result, Standing, evaluate, judge
from consult.consensus.read import read_json
from consult.consensus.words import Names

__all__ = ["CaseError", "Names", "Result", "Standing", "Text", "evaluate", "judge", "read_json"]
