"""When recurring processes last ran."""

from datetime import datetime, timedelta

from stakeholders.notices.models import Heartbeat


def heartbeat_age(*, name: str, at: datetime) -> timedelta | None:
    """How long ago the process of that name last ran; None where it never did."""
    beat = Heartbeat.objects.filter(pk=name).values_list("at", flat=True).first()
    return at - beat if beat else None
