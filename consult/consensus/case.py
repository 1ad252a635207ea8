"""A case as plain, frozen data: a rule, the values, the parties and what each holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TypedDict

NO_SILENCE = "none"
ELECTORATE = "electorate"


class Text(TypedDict):
    """One sentence in the two languages of the platform."""

    zh: str
    en: str


class CaseError(ValueError):
    """A case that cannot be read: what is wrong, and the path to it."""

    def __init__(self, error: str, at: str) -> None:
        super().__init__(f"{at}: {error}" if at else error)
        self.error = error
        self.at = at

    def as_dict(self) -> dict[str, str]:
        """Return the form in which doors answer a bad case."""
        return {"error": self.error, "at": self.at}


@dataclass(frozen=True, slots=True)
class Value:
    """What a party can say. Each flag does one thing, independent of the others."""

    name: str
    blocks: bool = False
    needs_text: bool = False
    leaves_electorate: bool = False


@dataclass(frozen=True, slots=True)
class Share:
    """`min_share`, `max_share` and `quorum`: a part over a whole against a fraction."""

    kind: str
    of: tuple[str, ...]
    over: tuple[str, ...] | None
    weight: str | None
    bound: Fraction
    written: str
    is_strict: bool


@dataclass(frozen=True, slots=True)
class Count:
    """`min_count` and `max_count`: parties holding one of the values, never weighed."""

    kind: str
    of: tuple[str, ...]
    bound: int
    is_strict: bool


@dataclass(frozen=True, slots=True)
class NoBlock:
    """No counted position has a value that blocks."""

    kind: str = "no_block"


@dataclass(frozen=True, slots=True)
class NoVeto:
    """None of the named parties holds one of the values."""

    by: tuple[str, ...]
    of: tuple[str, ...]
    kind: str = "no_veto"


@dataclass(frozen=True, slots=True)
class Group:
    """`any` or `all` of other requirements."""

    kind: str
    parts: tuple["Requirement", ...]


Single = Share | Count | NoBlock | NoVeto
Requirement = Single | Group


@dataclass(frozen=True, slots=True)
class Rule:
    """Requirements that must all be met, and what silence means at close."""

    requirements: tuple[Requirement, ...]
    silence: str | None


@dataclass(frozen=True, slots=True)
class Party:
    """Who counts, with its exact weights by name (a tuple of pairs, so that it hashes)."""

    id: str
    weights: tuple[tuple[str, Fraction], ...] = ()


class Owing(StrEnum):
    """What a party that does not count, or stands in the way, would have to do."""

    TAKE_POSITION = "take_position"
    RENEW = "renew"
    CONFIRM = "confirm"
    MEET_CONDITIONS = "meet_conditions"
    GIVE_REASON = "give_reason"
    LIFT_OBJECTION = "lift_objection"
    DECIDE = "decide"


@dataclass(frozen=True, slots=True)
class Seat:
    """What one party brings into the evaluation.

    `value` is the counted value or None. A free seat can still take any value before the close; if it does
    not, it holds `at_close`. A position without its required text is a seat that is not free and counts nothing.
    `owes` and `offered` tell what a free seat would have to do to hold the value it once gave.
    """

    party: Party
    value: str | None = None
    at_close: str | None = None
    is_free: bool = True
    owes: Owing = Owing.TAKE_POSITION
    offered: str | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """Everything an evaluation needs; no clock, no database."""

    rule: Rule
    values: Mapping[str, Value]
    seats: tuple[Seat, ...]
    is_closed: bool
    warnings: tuple[str, ...] = ()

    def now(self) -> tuple[str | None, ...]:
        """Return the counted value of each seat, silence not yet read as anything."""
        return tuple(seat.value for seat in self.seats)

    def closing(self) -> tuple[str | None, ...]:
        """Return what each seat would hold if the case closed at once."""
        return tuple(seat.at_close if seat.is_free else seat.value for seat in self.seats)

    def options(self) -> tuple[str | None, ...]:
        """Return what a free seat of a silent party may come to hold: any value, or its silence."""
        return tuple(dict.fromkeys((*self.values, self.rule.silence)))
