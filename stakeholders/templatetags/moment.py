"""The one way to show an instant: date, hour and zone."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django import template
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

register = template.Library()

ZONES = {"Asia/Shanghai": _("Beijing time")}


@register.filter
def moment(at: datetime | None) -> str:
    """`{{ notice.created_at|moment }}`: in the reader's zone, which is named."""
    if at is None:
        return ""
    zone = timezone.get_current_timezone_name()
    return _zoned(f"{timezone.localtime(at):%Y-%m-%d %H:%M}", zone)


def moment_in(at: datetime, zone: str) -> str:
    """As `moment`, in a zone that a letter or an invitation states."""
    return _zoned(f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}", zone)


@register.filter
def clock_time(at: datetime) -> str:
    """`{{ row.saved_at|clock_time }}`: the hour alone, for what happened just now."""
    zone = timezone.get_current_timezone_name()
    return _zoned(f"{timezone.localtime(at):%H:%M}", zone)


@register.filter
def zone_name(zone: str) -> str:
    """`{{ round.zone|zone_name }}`: the name people use for a zone, else its own."""
    return str(ZONES.get(zone, zone))


def _zoned(local: str, zone: str) -> str:
    return _("%(at)s (%(zone)s)") % {"at": local, "zone": ZONES.get(zone, zone)}
