"""The acts of the balance: quotas passed on, compensation agreed, years settled."""

from consult.balance.actions.agreements import (
    confirm_compensation,
    confirm_transfer,
    propose_compensation,
    propose_transfer,
)
from consult.balance.actions.settlements import confirm_settlement, state_settlement

__all__ = [
    "confirm_compensation",
    "confirm_settlement",
    "confirm_transfer",
    "propose_compensation",
    "propose_transfer",
    "state_settlement",
]
