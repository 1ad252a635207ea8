"""Reading reservations. Unscoped: the caller shows what the reader may see."""

from collections.abc import Sequence

from django.db.models import QuerySet

from consult.ballots.models import Position
from consult.phase3_identification.models import (
    Reservation,
)
from plans.register.models import Plan


def standing_reservations(plan: Plan) -> QuerySet[Reservation]:
    """Reservations nobody has lifted. Unscoped: phase 4 and the statement read them."""
    return (
        Reservation.objects.filter(item__plan=plan, lift__isnull=True)
        .select_related("item", "jurisdiction", "position__ballot")
        .order_by("item_id", "jurisdiction_id")
    )


def reservations_by_position(positions: Sequence[Position]) -> dict[int, Reservation]:
    """Position id -> its reservation, for positions the caller may read."""
    rows = Reservation.objects.filter(position__in=[p.pk for p in positions])
    return {row.position_id: row for row in rows}
