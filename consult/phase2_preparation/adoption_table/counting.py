"""How many comments of each party came to which outcome. Pure."""

from collections import Counter
from collections.abc import Iterable

from consult.phase2_preparation.adoption_table.aliases import Who
from consult.phase2_preparation.adoption_table.lines import Line
from consult.phase2_preparation.enums import DispositionOutcome

UNDECIDED = ""
OUTCOMES = (*DispositionOutcome.values, UNDECIDED)


class Counts:
    """The commenters in the order of the table, with their numbers by outcome."""

    def __init__(self, lines: Iterable[Line] = ()) -> None:
        self.by_party: dict[Who, Counter[str]] = {}
        self.names: dict[Who, str] = {}
        self.rounds: set[int] = set()
        self.is_internal = False
        self.at = ""
        for line in lines:
            self.add(line)

    def add(self, line: Line) -> None:
        self.by_party.setdefault(line.who, Counter())[line.outcome] += 1
        self.names.setdefault(line.who, line.name)
        self.rounds.add(line.round)
        self.is_internal = self.is_internal or line.is_internal
        self.at = max(self.at, line.at)

    @property
    def total(self) -> Counter[str]:
        found: Counter[str] = Counter()
        for counts in self.by_party.values():
            found += counts
        return found
