"""Matters with all that is said and promised on them."""

from consult.matters.models.agreements import AgreementAnswer, MatterAgreement
from consult.matters.models.commitments import Commitment, CommitmentEvent, CommitmentNeed
from consult.matters.models.facts import MatterFact
from consult.matters.models.matters import Matter, MatterMove, MatterQuerySet
from consult.matters.models.options import (
    MatterOption,
    OptionEffect,
    OptionStance,
    OptionVersion,
    OptionWithdrawal,
)
from consult.matters.models.stands import Stand

__all__ = [
    "AgreementAnswer",
    "Commitment",
    "CommitmentEvent",
    "CommitmentNeed",
    "Matter",
    "MatterAgreement",
    "MatterFact",
    "MatterMove",
    "MatterOption",
    "MatterQuerySet",
    "OptionEffect",
    "OptionStance",
    "OptionVersion",
    "OptionWithdrawal",
    "Stand",
]
