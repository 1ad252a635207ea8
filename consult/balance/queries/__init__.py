"""Reading the balance between the parties, for whoever sees the plan."""

from consult.balance.queries.agreements import (
    Agreed,
    CompensationRow,
    TransferRow,
    YearRow,
    agreements_in,
    chosen,
    compensations_of,
    get_compensation,
    get_settlement,
    get_transfer,
    ordered,
    settlements_of,
    transfers_of,
)
from consult.balance.queries.quotas import (
    QuotaLine,
    Quoted,
    lines_of,
    quoted_in,
)
from consult.balance.queries.sheets import (
    Balance,
    PartyLine,
    balance_of,
    codes_of,
)

__all__ = [
    "Agreed",
    "Balance",
    "CompensationRow",
    "PartyLine",
    "QuotaLine",
    "Quoted",
    "TransferRow",
    "YearRow",
    "agreements_in",
    "balance_of",
    "chosen",
    "codes_of",
    "compensations_of",
    "get_compensation",
    "get_settlement",
    "get_transfer",
    "lines_of",
    "ordered",
    "quoted_in",
    "settlements_of",
    "transfers_of",
]
