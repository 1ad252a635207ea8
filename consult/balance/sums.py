"""Money between the parties, exact to two decimals: shares of projects, years, what is paid and owed.

Pure. Amounts in 10,000 yuan with two decimals. What one party pays another receives, so that sums
over the parties that must be nothing are nothing, not nearly.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from consult.balance.enums import YearState
from plans.indicators.allocating import split

NOTHING = Decimal(0)
CENTS, DIGITS = 2, 12  # behind and before the point


@dataclass(frozen=True, kw_only=True)
class Carried:
    """A project as the balance reads it. Shares in percent, add up to 100 or are not agreed."""

    key: str
    budget: Decimal
    year_from: int
    year_until: int
    cost_shares: Mapping[str, Decimal]
    benefit_shares: Mapping[str, Decimal]


@dataclass(frozen=True, kw_only=True)
class Paid:
    """A payment between two parties for a year, as agreed (`due`) and as confirmed."""

    payer: str
    payee: str
    year: int
    due: Decimal = NOTHING
    stated: Decimal = NOTHING
    received: Decimal = NOTHING


@dataclass(frozen=True, kw_only=True)
class Said:
    """One statement of the payer, and the payee's word on it (None: none yet)."""

    due: Decimal
    paid: Decimal
    confirms: bool | None


@dataclass(kw_only=True)
class Account:
    """What one party has in money, over the whole plan or in one year."""

    cost: Decimal = NOTHING
    benefit: Decimal = NOTHING
    to_pay: Decimal = NOTHING
    paid: Decimal = NOTHING
    to_receive: Decimal = NOTHING
    received: Decimal = NOTHING

    @property
    def gain(self) -> Decimal:
        """Benefit less cost of the projects: nothing over all parties of fully shared projects."""
        return self.benefit - self.cost

    @property
    def owed(self) -> Decimal:
        """To receive less to pay: nothing over all parties."""
        return self.to_receive - self.to_pay

    @property
    def settled(self) -> Decimal:
        """Received less paid, as the payees confirmed it: nothing over all parties."""
        return self.received - self.paid


@dataclass(kw_only=True)
class Ledger:
    """Party -> its account over the whole plan; (party, year) -> its account of the year."""

    whole: dict[str, Account] = field(default_factory=dict)
    years: dict[tuple[str, int], Account] = field(default_factory=dict)

    def of(self, code: str) -> Account:
        return self.whole.setdefault(code, Account())

    def in_year(self, code: str, year: int) -> Account:
        return self.years.setdefault((code, year), Account())

    @property
    def all_years(self) -> list[int]:
        return sorted({year for _code, year in self.years})


def is_amount(value: Decimal) -> bool:
    """Whether it is money: finite, not below nothing, to two decimals, of a size a column holds."""
    return value.is_finite() and 0 <= value < 10**DIGITS and value == round(value, CENTS)


def shares_of(budget: Decimal, shares: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """The budget by shares in percent, to two decimals, adding up to it exactly (largest remainder).

    Empty where shares are not agreed: none of them counts before all of them do.
    """
    if not shares or sum(shares.values(), NOTHING) != 100:
        return {}
    return split(budget, weights=shares, places=CENTS)


def over_years(amount: Decimal, *, first: int, last: int) -> dict[int, Decimal]:
    """An amount in equal parts over the years of a project, adding up to it exactly."""
    names = {str(year): Decimal(1) for year in range(first, last + 1)}
    return {int(year): part for year, part in split(amount, weights=names, places=CENTS).items()}


def ledger(*, projects: Iterable[Carried], payments: Iterable[Paid]) -> Ledger:
    """All accounts. The years of a party add up to its account over the whole plan."""
    found = Ledger()
    for one in projects:
        costs = shares_of(one.budget, one.cost_shares)
        gains = shares_of(one.budget, one.benefit_shares)
        for code, amount in costs.items():
            found.of(code).cost += amount
            parts = over_years(amount, first=one.year_from, last=one.year_until)
            for year, part in parts.items():
                found.in_year(code, year).cost += part
        for code, amount in gains.items():
            found.of(code).benefit += amount
            parts = over_years(amount, first=one.year_from, last=one.year_until)
            for year, part in parts.items():
                found.in_year(code, year).benefit += part
    for payment in payments:
        _enter(found, payment)
    return found


def _enter(found: Ledger, one: Paid) -> None:
    for account in (found.of(one.payer), found.in_year(one.payer, one.year)):
        account.to_pay += one.due
        account.paid += one.received
    for account in (found.of(one.payee), found.in_year(one.payee, one.year)):
        account.to_receive += one.due
        account.received += one.received


def year_state(said: Iterable[Said]) -> YearState:
    """How a year stands after all that was said of it, oldest first; the newest counts."""
    newest = next(reversed(list(said)), None)
    if newest is None:
        return YearState.OPEN
    if newest.confirms is None:
        return YearState.STATED
    if not newest.confirms:
        return YearState.REFUSED
    return YearState.SETTLED if newest.paid >= newest.due else YearState.PART


def due_of(*, agreed: Decimal | None, said: Iterable[Said]) -> Decimal | None:
    """What a year costs: as both confirmed it, else as agreed, else as the payer states it."""
    newest = next(reversed(list(said)), None)
    if newest is not None and (newest.confirms or agreed is None):
        return newest.due
    return agreed


def received_of(said: Iterable[Said]) -> Decimal:
    """What the payee confirmed as received: by the newest statement it confirmed."""
    confirmed = [one.paid for one in said if one.confirms]
    return confirmed[-1] if confirmed else NOTHING


def contradict(said: Iterable[Said], *, agreed: Decimal | None) -> bool:
    """Whether statements of one year differ, or from what was agreed, or the payee says no."""
    rows = list(said)
    figures = {(one.due, one.paid) for one in rows}
    off = agreed is not None and any(one.due != agreed for one in rows)
    return len(figures) > 1 or off or any(one.confirms is False for one in rows)
