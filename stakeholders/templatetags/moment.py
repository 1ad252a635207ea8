"""The one way to show an instant: date, hour and zone."""

from datetime import datetime

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
    local = f"{timezone.localtime(at):%Y-%m-%d %H:%M}"
    return _("%(at)s (%(zone)s)") % {"at": local, "zone": ZONES.get(zone, zone)}
