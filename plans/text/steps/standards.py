"""Row writes on the places of standards."""

from django.db.models import Max

from plans.register.models import Item
from plans.text.models import Standard


def place_standard(*, item: Item) -> Standard:
    """A place after the last standard of the plan. The caller holds the plan's row lock."""
    rows = Standard.objects.filter(item__plan=item.plan_id)
    last = rows.aggregate(last=Max("position"))["last"] or 0
    return Standard.objects.create(item=item, position=last + 1)
