"""Reading overrides: items adopted although their rule is not met."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from consult.ballots.models import TwoPersonProposal
from consult.ballots.queries import waiting_proposals
from consult.phase1_organization.enums import ItemClass, TwoPersonAct
from consult.phase1_organization.queries import class_of
from consult.phase3_identification.models import SignOff, SignOffBallot
from stakeholders.terms.workdays import add_workdays

ACT = TwoPersonAct.OVERRIDE.value
# Working days after the closing hour in which an override can still be prepared; then the clock
# closes what nobody closed.
DAYS_FOR_OVERRIDE = 5


def is_overridable(ballot: SignOffBallot) -> bool:
    """Whether the item is of the class a charter may let be overridden: guiding, and joint."""
    kind = class_of(strength=ballot.version.strength, kind=ballot.item.kind)
    return kind is ItemClass.GUIDING and not ballot.version.is_given


def subject_of(ballot: SignOffBallot) -> str:
    """What a prepared override names as its subject."""
    return f"item_ballot:{ballot.pk}"


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """An override that waits for the signatory it was laid before."""

    proposal: TwoPersonProposal
    ballot: SignOffBallot


def prepared_overrides(sign_off: SignOff) -> list[Prepared]:
    """The overrides that wait for their second person, for every party to see. Three queries."""
    waiting = [row for row in waiting_proposals([sign_off.plan]) if row.act == ACT]
    if not waiting:
        return []
    wanted = {row.subject.partition(":")[2]: row for row in waiting}
    ballots = SignOffBallot.objects.filter(
        sign_off=sign_off, pk__in=list(wanted), ballot__end__isnull=True
    ).select_related("item", "version", "ballot")
    return [Prepared(proposal=wanted[str(row.pk)], ballot=row) for row in ballots]


def last_day_of_override(closing: date, overrides: Mapping[date, bool]) -> date:
    return add_workdays(closing, DAYS_FOR_OVERRIDE, overrides)
