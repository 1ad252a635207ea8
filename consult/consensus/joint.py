"""One completion for several requirements at once: an exact search with a bound of work.

Seats are decided one after the other. A state is the vector of sums so far, one per linear condition. Three things keep
the number of states small without losing an answer: a sum whose condition is already decided (whatever the rest do) is
clamped to one number; a state that cannot lead to the answer is dropped; of two states that differ in one sum only the
better one is kept. With unit weights there are at most (seats + 1) states per condition. Several differently weighted
shares inside one `all` are a knapsack problem, so the work is bounded and the answer beyond the bound is None.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from consult.consensus.linear import Branch, Held, Leaf, Node

State = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Condition:
    """`sum(weights[i] * gain[held[i]]) >= threshold`."""

    weights: tuple[int, ...]
    gain: Mapping[Held, int]
    threshold: int


@dataclass(frozen=True, slots=True)
class _Part:
    """A node over condition numbers; a single requirement is `all` of its one or two conditions."""

    kind: str
    numbers: tuple[int, ...] = ()
    parts: tuple["_Part", ...] = ()

    def truth(self, holds: Sequence[bool]) -> bool:
        met = [
            *(holds[number] for number in self.numbers),
            *(part.truth(holds) for part in self.parts),
        ]
        return any(met) if self.kind == "any" else all(met)


class _Search:
    """Sums, bounds and truth of one node over one set of free seats."""

    def __init__(
        self,
        node: Node,
        held: Sequence[Held],
        free: Sequence[tuple[int, tuple[Held, ...]]],
        wanted: bool,
    ):
        self.wanted = wanted
        self.conditions: list[_Condition] = []
        self.tree = self._collect(node)
        taken = {seat for seat, _ in free}
        self.start: State = tuple(
            sum(
                condition.weights[seat] * condition.gain[value]
                for seat, value in enumerate(held)
                if seat not in taken
            )
            for condition in self.conditions
        )
        ordered = sorted(
            free,
            key=lambda entry: -max(condition.weights[entry[0]] for condition in self.conditions),
        )
        self.moves = [self._moves(seat, options) for seat, options in ordered]
        self.low, self.high = self._bounds()

    def _collect(self, node: Node) -> _Part:
        """Number the conditions of the node, equal ones once."""
        if isinstance(node, Branch):
            return _Part(
                node.requirement.kind, parts=tuple(self._collect(part) for part in node.parts)
            )
        return _Part("all", numbers=self._number(node))

    def _number(self, leaf: Leaf) -> tuple[int, ...]:
        conditions = [_Condition(leaf.weights, leaf.gain, leaf.threshold)]
        if leaf.base is not None:
            conditions.append(_Condition(leaf.weights, leaf.base, 1))
        for condition in conditions:
            if condition not in self.conditions:
                self.conditions.append(condition)
        return tuple(self.conditions.index(condition) for condition in conditions)

    def _moves(self, seat: int, options: Iterable[Held]) -> list[State]:
        vectors = (
            tuple(c.weights[seat] * c.gain[option] for c in self.conditions) for option in options
        )
        return list(dict.fromkeys(vectors))

    def _bounds(self) -> tuple[list[State], list[State]]:
        """Return for each step the least and the most that the seats from there on add to each sum."""
        low, high = [(0,) * len(self.conditions)], [(0,) * len(self.conditions)]
        for vectors in reversed(self.moves):
            columns = list(zip(*vectors, strict=True))
            low.append(
                tuple(least + min(column) for least, column in zip(low[-1], columns, strict=True))
            )
            high.append(
                tuple(most + max(column) for most, column in zip(high[-1], columns, strict=True))
            )
        return low[::-1], high[::-1]

    def truth(self, sums: Sequence[int]) -> bool:
        """Return whether the node is met with these sums."""
        holds = [
            total >= condition.threshold
            for total, condition in zip(sums, self.conditions, strict=True)
        ]
        return self.tree.truth(holds)

    def clamp(self, sums: Iterable[int], step: int) -> State:
        """Write a sum whose condition is decided, whatever the remaining seats do, as one number per decision."""
        clamped = []
        for total, condition, low, high in zip(
            sums, self.conditions, self.low[step], self.high[step], strict=True
        ):
            if total + low >= condition.threshold:
                clamped.append(condition.threshold - low)
            elif total + high < condition.threshold:
                clamped.append(condition.threshold - high - 1)
            else:
                clamped.append(total)
        return tuple(clamped)

    def is_hopeful(self, state: State, step: int) -> bool:
        """Return whether the best that the remaining seats can add to each sum gives the wanted answer."""
        ahead = self.high[step] if self.wanted else self.low[step]
        return (
            self.truth([total + more for total, more in zip(state, ahead, strict=True)])
            is self.wanted
        )

    def is_certain(self, state: State, step: int) -> bool:
        """Return whether the wanted answer holds whatever the remaining seats do."""
        ahead = self.low[step] if self.wanted else self.high[step]
        return (
            self.truth([total + more for total, more in zip(state, ahead, strict=True)])
            is self.wanted
        )

    def prune(self, states: set[State]) -> set[State]:
        """Keep, of states that differ in one sum only, the one nearer to the wanted answer; one pass per sum."""
        for place in range(len(self.conditions)):
            best: dict[State, int] = {}
            for state in states:
                rest = state[:place] + state[place + 1 :]
                seen = best.get(rest)
                if seen is None or (state[place] > seen) is self.wanted:
                    best[rest] = state[place]
            states = {(*rest[:place], total, *rest[place:]) for rest, total in best.items()}
        return states


def _leaves(node: Node) -> int:
    return sum(_leaves(part) for part in node.parts) if isinstance(node, Branch) else 1


def joint(
    node: Branch,
    held: Sequence[Held],
    free: Sequence[tuple[int, tuple[Held, ...]]],
    *,
    wanted: bool,
    work: int,
) -> bool | None:
    """Return whether some completion makes the node met (unmet); None when that takes more steps than `work`."""
    work -= sum(len(options) for _, options in free) * 2 * _leaves(node)
    if work < 0:
        return None
    search = _Search(node, held, free, wanted)
    states = {search.clamp(search.start, 0)}
    for step, moves in enumerate(search.moves, start=1):
        grown: set[State] = set()
        work -= len(states) * len(moves) * len(search.conditions)
        if work < 0:
            return None
        for state in states:
            for move in moves:
                following = search.clamp([a + b for a, b in zip(state, move, strict=True)], step)
                if search.is_certain(following, step):
                    return True
                if search.is_hopeful(following, step):
                    grown.add(following)
        if not grown:
            return False
        states = search.prune(grown)
    return False
