"""The signs of life of recurring processes."""

from stakeholders.notices.models import Heartbeat
from stakeholders.terms import clock


def beat(*, name: str) -> None:
    """Write down that the recurring process `name` ran just now."""
    Heartbeat.objects.update_or_create(pk=name, defaults={"at": clock.now()})
