"""Reading reservations. Unscoped: the caller shows what the reader may see."""

from collections.abc import Collection, Sequence

from django.db.models import QuerySet

from consult.ballots.models import Position
from consult.phase3_identification.models import (
    Reservation,
)
from plans.register.models import Item, Plan


def standing_reservations(plan: Plan) -> QuerySet[Reservation]:
    """Reservations nobody has lifted. Unscoped: phase 4 and the statement read them."""
    return (
        Reservation.objects.filter(item__plan=plan, lift__isnull=True)
        .select_related("item", "jurisdiction", "position__ballot")
        .order_by("item_id", "jurisdiction_id")
    )


def former_items(plan: Plan, items: Collection[int]) -> dict[int, int]:
    """Item id of each predecessor, over as many changes as it took -> the item of `items` that came
    from it: a word on the successor answers what passed on to it. One query."""
    origins: dict[int, list[int]] = {}
    rows = Item.predecessors.through.objects.filter(from_item__plan=plan)
    for item, former in rows.values_list("from_item", "to_item"):
        origins.setdefault(item, []).append(former)
    found: dict[int, int] = {}
    waiting = [(item, item) for item in items]
    while waiting:
        item, heir = waiting.pop()
        for former in origins.get(item, ()):
            if former not in found and former not in items:
                found[former] = heir
                waiting.append((former, heir))
    return found


def reservations_by_position(positions: Sequence[Position]) -> dict[int, Reservation]:
    """Position id -> its reservation, for positions the caller may read."""
    rows = Reservation.objects.filter(position__in=[p.pk for p in positions])
    return {row.position_id: row for row in rows}
