"""Every requirement as whole numbers: met when a sum reaches a threshold.

A share p/q over a base is met when `sum(w * (q*[in of] - p*[in base])) >= 0` and the base is not empty; a count,
a block and a veto are sums of the same form. Whole numbers are exact and quick, and one form serves the evaluation,
the question what can still be reached, and the question who is still needed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from consult.consensus.case import (
    Case,
    Count,
    Group,
    NoBlock,
    NoVeto,
    Requirement,
    Share,
    Single,
    Value,
)

Held = str | None


@dataclass(frozen=True, slots=True)
class Leaf:
    """A single requirement over the seats of one case.

    `score(held) = sum(weights[i] * gain[held[i]])` must reach `threshold`; where `base` is given, the same sum with
    `base` must be at least 1 (a share over nothing is unmet). `scale` turns whole weights back into those of the case.
    """

    requirement: Single
    weights: tuple[int, ...]
    gain: Mapping[Held, int]
    base: Mapping[Held, int] | None
    threshold: int
    scale: int = 1

    def score(self, held: Sequence[Held]) -> int:
        """Return the sum that must reach the threshold."""
        return sum(
            weight * self.gain[value] for weight, value in zip(self.weights, held, strict=True)
        )

    def whole(self, held: Sequence[Held]) -> int:
        """Return the weight of the base; 1 for a requirement without a base."""
        if self.base is None:
            return 1
        return sum(
            weight * self.base[value] for weight, value in zip(self.weights, held, strict=True)
        )

    def part(self, held: Sequence[Held]) -> int:
        """Return the weight of the seats that hold one of the values asked for (or blocking)."""
        wanted = self.wanted()
        return sum(
            weight for weight, value in zip(self.weights, held, strict=True) if value in wanted
        )

    def wanted(self) -> frozenset[Held]:
        """Return the values that the requirement counts."""
        if isinstance(self.requirement, NoBlock):
            return frozenset(value for value, gain in self.gain.items() if gain)
        return frozenset(self.requirement.of)

    def is_met(self, held: Sequence[Held]) -> bool:
        """Return whether the requirement is met when the seats hold this."""
        return self.whole(held) >= 1 and self.score(held) >= self.threshold


@dataclass(frozen=True, slots=True)
class Branch:
    """`any` or `all` of nodes."""

    requirement: Group
    parts: tuple["Node", ...]

    def is_met(self, held: Sequence[Held]) -> bool:
        """Return whether one part (any) or every part (all) is met."""
        met = (part.is_met(held) for part in self.parts)
        return any(met) if self.requirement.kind == "any" else all(met)


Node = Leaf | Branch


def build(requirement: Requirement, case: Case) -> Node:
    """Return the requirement over the seats of the case."""
    match requirement:
        case Group():
            return Branch(requirement, tuple(build(part, case) for part in requirement.parts))
        case Share():
            return _share(requirement, case)
        case Count():
            return _count(requirement, case)
        case NoBlock():
            blocking = [name for name, value in case.values.items() if value.blocks]
            return Leaf(
                requirement, (1,) * len(case.seats), _gains(case.values, blocking, -1), None, 0
            )
        case NoVeto():
            by = frozenset(requirement.by)
            weights = tuple(int(seat.party.id in by) for seat in case.seats)
            return Leaf(requirement, weights, _gains(case.values, requirement.of, -1), None, 0)


def _gains(values: Mapping[str, Value], of: Sequence[str], gain: int) -> dict[Held, int]:
    gains: dict[Held, int] = {None: 0}
    gains.update((name, gain * (name in of)) for name in values)
    return gains


def _count(count: Count, case: Case) -> Leaf:
    sign = -1 if count.kind == "max_count" else 1
    threshold = sign * count.bound + int(count.is_strict)
    return Leaf(count, (1,) * len(case.seats), _gains(case.values, count.of, sign), None, threshold)


def _share(share: Share, case: Case) -> Leaf:
    base = share_base(share, case.values)
    sign = -1 if share.kind == "max_share" else 1
    upper, lower = share.bound.numerator, share.bound.denominator
    gain = {
        value: sign * (lower * (value in share.of) - upper * within)
        for value, within in base.items()
    }
    weights, scale = _whole_weights(case, share.weight)
    return Leaf(share, weights, gain, base, int(share.is_strict), scale)


def share_base(share: Share, values: Mapping[str, Value]) -> dict[Held, int]:
    """Return for each value (and for None, nothing counted) whether its holder belongs to the whole: 1 or 0."""
    base: dict[Held, int] = {None: int(share.over is None)}
    for name, value in values.items():
        base[name] = int(not value.leaves_electorate if share.over is None else name in share.over)
    return base


def _whole_weights(case: Case, name: str | None) -> tuple[tuple[int, ...], int]:
    """Return the weights as whole numbers, and by what they were multiplied. Scaling all changes no share."""
    if name is None:
        return (1,) * len(case.seats), 1
    weights: list[Fraction] = [dict(seat.party.weights)[name] for seat in case.seats]
    scale = lcm(*(weight.denominator for weight in weights))
    return tuple(int(weight * scale) for weight in weights), scale
