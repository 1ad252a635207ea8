"""What each party still owes over all rows of the matrix, and why it counts there."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from consult.consensus.case import (
    Group,
    NoBlock,
    NoVeto,
    Owing,
    Party,
    Requirement,
    Share,
    Text,
    Value,
)
from consult.consensus.changes import Family
from consult.consensus.matrix import OWING, Ballot, Cell, Counting, Matrix, Row
from consult.consensus.words import Names, both, listed, number


class GroundKind(StrEnum):
    """Why a party counts on an item."""

    CONCERNED = "concerned"
    ALL = "all"
    BLOCK = "block"
    VETO = "veto"
    WEIGHT = "weight"
    ONE_OF = "one_of"


@dataclass(frozen=True, slots=True)
class Ground:
    """One reason why a party counts, in words."""

    kind: GroundKind
    text: Text


@dataclass(frozen=True, slots=True)
class Debt:
    """What one party would have to do on one item. `is_needed`: the item would not pass if it closed now."""

    item: str
    party: str
    owes: Owing
    is_needed: bool
    grounds: tuple[Ground, ...]

    @property
    def sentence(self) -> Text:
        """Return what is owed and why the party counts, in one sentence."""
        why = listed([ground.text for ground in self.grounds], zh="，", en=", and ")
        zh, en = OWES[self.owes]["zh"], OWES[self.owes]["en"]
        if not self.is_needed:
            zh, en = f"{zh}（不影响本条款通过）", f"{en} (the item would pass without it)"
        return both(f"{zh}：{why['zh'].replace('、', '，')}。", f"{en}: {why['en']}.")


OWES: Mapping[Owing, Text] = {
    Owing.TAKE_POSITION: both("须表态", "to take a position"),
    Owing.RENEW: both("须重新确认同意", "to renew its consent"),
    Owing.CONFIRM: both("须确认待确认的表态", "to confirm its position"),
    Owing.MEET_CONDITIONS: both(
        "原则同意所附条件须得到满足并经确认", "its conditions to be met and confirmed"
    ),
    Owing.GIVE_REASON: both(
        "须补充理由或改变表态", "to give the reason, or to change its position"
    ),
    Owing.LIFT_OBJECTION: both("须解除异议", "to lift its objection"),
    Owing.DECIDE: both("须由暂不表态改为表态", "to take a position instead of none for now"),
}
COLUMN: Mapping[Owing, Text] = {
    Owing.TAKE_POSITION: both("{0}项待表态", "{0} to take a position on"),
    Owing.RENEW: both("{0}项待重新确认", "{0} to renew consent to"),
    Owing.CONFIRM: both("{0}项表态待确认", "{0} to confirm"),
    Owing.MEET_CONDITIONS: both(
        "{0}项原则同意所附条件待满足并确认", "{0} with conditions to be met and confirmed"
    ),
    Owing.GIVE_REASON: both("{0}项待补充理由", "{0} to give the reason on"),
    Owing.LIFT_OBJECTION: both("{0}项异议待解除", "{0} with an objection to lift"),
    Owing.DECIDE: both("{0}项暂不表态", "{0} without a position for now"),
}
NOTHING = both("无须再办理。", "Nothing is owed.")
MUST_SIGN = Ground(
    GroundKind.CONCERNED,
    both("本条款涉及该方，该方为必签方", "the item concerns it and it must sign"),
)
EVERY_ONE = Ground(GroundKind.ALL, both("规则要求各方一致", "the rule asks every party to agree"))
BLOCKS = Ground(GroundKind.BLOCK, both("其异议构成阻断", "its objection blocks"))
VETO = Ground(GroundKind.VETO, both("规则赋予其否决权", "the rule gives it a veto"))


def debts(board: Matrix, ballot: Ballot, *, names: Names | None = None) -> tuple[Debt, ...]:
    """Return what is still owed, item by item in the order of the matrix.

    Who is silent, stale, unconfirmed, conditional or without its reason owes something also where the item would pass
    without it; an objection and an abstention are only named where the item would not pass.
    """
    return tuple(_Reckoning(ballot, names or Names()).debts(board.rows))


def by_party(owed: Iterable[Debt]) -> dict[str, tuple[Debt, ...]]:
    """Return the debts of each party that has any."""
    found: dict[str, list[Debt]] = {}
    for debt in owed:
        found.setdefault(debt.party, []).append(debt)
    return {party: tuple(some) for party, some in found.items()}


def by_item(owed: Iterable[Debt]) -> dict[str, tuple[Debt, ...]]:
    """Return the debts on each item that has any."""
    found: dict[str, list[Debt]] = {}
    for debt in owed:
        found.setdefault(debt.item, []).append(debt)
    return {item: tuple(some) for item, some in found.items()}


def column_sentence(owed: Iterable[Debt]) -> Text:
    """Return what one party still owes over all rows: how many items of each kind."""
    counts: dict[Owing, int] = {}
    needed = 0
    for debt in owed:
        counts[debt.owes] = counts.get(debt.owes, 0) + 1
        needed += debt.is_needed
    if not counts:
        return NOTHING
    clauses = [
        both(COLUMN[owes]["zh"].format(counts[owes]), COLUMN[owes]["en"].format(counts[owes]))
        for owes in Owing
        if owes in counts
    ]
    zh = "，".join(clause["zh"] for clause in clauses)
    en = ", ".join(clause["en"] for clause in clauses)
    if needed == sum(counts.values()):
        return both(f"尚需：{zh}。", f"Still owed: {en}.")
    return both(
        f"尚需：{zh}；其中{needed}项尚不能通过。",
        f"Still owed: {en}; {needed} of these items would not pass as things stand.",
    )


class _Reckoning:
    """Debts of rows; why a party counts is worked out once per rule and electorate."""

    def __init__(self, ballot: Ballot, names: Names) -> None:
        self._ballot, self._names = ballot, names
        self._parties = {party.id: party for party in ballot.parties}
        self._grounds: dict[tuple[str, frozenset[str], str], tuple[Ground, ...]] = {}

    def debts(self, rows: Iterable[Row]) -> Iterator[Debt]:
        for row in rows:
            if not row.is_decided_here:
                continue
            would_pass, counting = row.result.would_pass, row.entry.counting
            for cell in row.cells:
                owes = self._owes(cell, would_pass=would_pass) if cell.party in counting else None
                if owes is not None:
                    grounds = self._why(row, cell.party)
                    yield Debt(row.item, cell.party, owes, not would_pass, grounds)

    def _owes(self, cell: Cell, *, would_pass: bool) -> Owing | None:
        if cell.counting in OWING:
            return OWING[cell.counting]
        if would_pass or cell.value is None or cell.counting is not Counting.COUNTS:
            return None
        family = self._ballot.charter.families[cell.value]
        if family is Family.OBJECTED or self._ballot.values[cell.value].blocks:
            return Owing.LIFT_OBJECTION
        return Owing.DECIDE if family is Family.ABSTAINED else None

    def _why(self, row: Row, party: str) -> tuple[Ground, ...]:
        if row.entry.is_given:
            return (MUST_SIGN,)
        key = (row.entry.rule, row.entry.counting, party)
        if key not in self._grounds:
            electorate = [self._parties[one.party] for one in row.cells if one.party in key[1]]
            self._grounds[key] = why_it_counts(
                self._ballot.rules[row.entry.rule].requirements,
                party=self._parties[party],
                electorate=electorate,
                values=self._ballot.values,
                names=self._names,
            )
        return self._grounds[key]


def why_it_counts(
    requirements: Iterable[Requirement],
    *,
    party: Party,
    electorate: Iterable[Party],
    values: Mapping[str, Value],
    names: Names,
) -> tuple[Ground, ...]:
    """Return why a party counts on an item that these requirements decide; each reason once."""
    whole = tuple(electorate)
    found = [MUST_SIGN]
    for requirement in requirements:
        for ground in _grounds(requirement, party, whole, values, names):
            if ground not in found:
                found.append(ground)
    return tuple(found)


def _grounds(
    requirement: Requirement,
    party: Party,
    electorate: tuple[Party, ...],
    values: Mapping[str, Value],
    names: Names,
) -> Iterator[Ground]:
    match requirement:
        case Group(parts=parts):
            for part in parts:
                yield from _grounds(part, party, electorate, values, names)
        case NoBlock():
            if any(value.blocks for value in values.values()):
                yield BLOCKS
        case NoVeto(by=by):
            if party.id in by:
                yield VETO
        case Share() as share if share.weight is not None:
            yield _weighed(share.weight, party, electorate, names)
        case Share() as share if share.bound == 1 and share.kind != "max_share":
            yield EVERY_ONE
        case _:
            size = len(electorate)
            text = both(f"为计入的{size}方之一", f"it is one of the {size} parties that count")
            yield Ground(GroundKind.ONE_OF, text)


def _weighed(weight: str, party: Party, electorate: tuple[Party, ...], names: Names) -> Ground:
    own = dict(party.weights)[weight]
    total = sum((dict(one.weights)[weight] for one in electorate), Fraction(0))
    name = names.weight(weight)
    figures = number(own), number(total)
    return Ground(
        GroundKind.WEIGHT,
        both(
            f"按{name['zh']}计占{figures[1]}中的{figures[0]}",
            f"by {name['en']} it has {figures[0]} of {figures[1]}",
        ),
    )
