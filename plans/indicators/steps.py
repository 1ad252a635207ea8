"""Row writes on indicators."""

from datetime import datetime

from plans.indicators.models import Definition


def note_first_reading(item_id: int, at: datetime) -> None:
    """Say that the indicator of this item has been read since `at`: its unit stays from then on.

    Only the first call writes. An item that is no indicator changes nothing.
    """
    Definition.objects.filter(item=item_id, read_since__isnull=True).update(read_since=at)
