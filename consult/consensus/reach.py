"""What the free seats can still bring about.

`can(node, ..., wanted=True)` asks whether some completion meets the requirement, `wanted=False` whether some completion
leaves it unmet. In a completion every free seat takes any value or keeps its silence, independently of the others.

* A single requirement is decided exactly from extremes: the sum is largest when every seat takes its best option, and
  only a base that would stay empty asks for one further seat to step in at the least loss.
* `any` can be met exactly when a part can, `all` can be left unmet exactly when a part can: exact again.
* `all` to be met (`any` to be left unmet) needs ONE completion for all parts: `joint` searches it exactly within a
  bound of work and answers None beyond it. None is shown as `reachable` with a warning: nothing is claimed then.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from consult.consensus.joint import joint
from consult.consensus.linear import Branch, Held, Leaf, Node


@dataclass(frozen=True, slots=True)
class Completions:
    """The fixed seats with what they hold, the free ones, and what each free seat may come to hold.

    `work` bounds each search for one completion of several requirements.
    """

    held: tuple[Held, ...]
    free: tuple[tuple[int, tuple[Held, ...]], ...]
    work: int

    def extreme(self, order: Callable[[Held], tuple[int, int]]) -> list[Held]:
        """Return the completion in which each free seat takes the option that comes last in this order."""
        last = {
            options: max(options, key=order) for options in {options for _, options in self.free}
        }
        held = list(self.held)
        for seat, options in self.free:
            held[seat] = last[options]
        return held

    def uniform(self) -> list[list[Held]]:
        """Return completions in which all free seats do the same (where they can): cheap witnesses."""
        choices = dict.fromkeys(option for _, options in self.free for option in options)
        witnesses = []
        for choice in choices:
            held = list(self.held)
            for seat, options in self.free:
                held[seat] = choice if choice in options else options[-1]
            witnesses.append(held)
        return witnesses


def can(node: Node, completions: Completions, *, wanted: bool) -> bool | None:
    """Return whether some completion makes the node met (or unmet); None when the bound of work was reached."""
    if not completions.free:
        return node.is_met(completions.held) is wanted
    if isinstance(node, Leaf):
        return _can_meet(node, completions) if wanted else _can_miss(node, completions)
    parts = [can(part, completions, wanted=wanted) for part in node.parts]
    if (node.requirement.kind == "any") is wanted:
        return _either(parts)
    return _together(node, parts, completions, wanted=wanted)


def _either(parts: Sequence[bool | None]) -> bool | None:
    if True in parts:
        return True
    return None if None in parts else False


def _together(
    node: Branch, parts: Sequence[bool | None], completions: Completions, *, wanted: bool
) -> bool | None:
    """Decide whether one completion serves all parts at once."""
    if False in parts:
        return False
    if len(parts) == 1:
        return parts[0]
    if any(node.is_met(held) is wanted for held in completions.uniform()):
        return True
    return joint(node, completions.held, completions.free, wanted=wanted, work=completions.work)


def _can_meet(leaf: Leaf, completions: Completions) -> bool:
    """Take the best option of every free seat; among equals one that fills the base."""
    held = completions.extreme(lambda option: (leaf.gain[option], _within(leaf, option)))
    if leaf.score(held) < leaf.threshold:
        return False
    if leaf.whole(held) >= 1:
        return True
    losses = [
        leaf.weights[seat] * (leaf.gain[held[seat]] - leaf.gain[option])
        for seat, options in completions.free
        for option in options
        if leaf.weights[seat] and _within(leaf, option)
    ]
    return bool(losses) and leaf.score(held) - min(losses) >= leaf.threshold


def _can_miss(leaf: Leaf, completions: Completions) -> bool:
    """Take the worst option of every free seat, or empty the base."""
    worst = completions.extreme(lambda option: (-leaf.gain[option], 0))
    if not leaf.is_met(worst):
        return True
    return leaf.whole(completions.extreme(lambda option: (-_within(leaf, option), 0))) == 0


def _within(leaf: Leaf, option: Held) -> int:
    return 0 if leaf.base is None else leaf.base[option]
