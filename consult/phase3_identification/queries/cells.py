"""Reading what one party said on one item, for the cell that opens."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F

from consult.ballots.models import Position
from consult.phase3_identification.models import Declaration, Reservation, SignOffBallot
from plans.register.models import Item


@dataclass(frozen=True, kw_only=True)
class Said:
    """A position with the wording it was taken on, its declaration and its reservation."""

    position: Position
    ballot: SignOffBallot
    declaration: Declaration | None
    reservation: Reservation | None


def said_on(item: Item, *, code: str) -> list[Said]:
    """Every position of a party on an item in all sign-offs, newest first. Three queries.

    Unscoped: the caller leaves out those of a sealed sign-off that its reader may not see.
    """
    positions = list(
        Position.objects.filter(ballot__sign_off_ballot__item=item, jurisdiction=code)
        .annotate(on=F("ballot__sign_off_ballot"))
        .select_related(
            "mandate__user",
            "ballot__sign_off_ballot__sign_off__end",
            "ballot__sign_off_ballot__version",
            "ballot__sign_off_ballot__revision",
        )
        .order_by("-pk")
    )
    return _with_papers(positions)


def _with_papers(positions: Sequence[Position]) -> list[Said]:
    keys = {position.declaration for position in positions}
    declared = {row.key: row for row in Declaration.objects.filter(key__in=keys)}
    found = Reservation.objects.filter(position__in=[p.pk for p in positions])
    reserved = {row.position_id: row for row in found.select_related("lift")}
    return [
        Said(
            position=position,
            ballot=position.ballot.sign_off_ballot,
            declaration=declared.get(position.declaration),
            reservation=reserved.get(position.pk),
        )
        for position in positions
    ]
