"""The day on which a deadline falls."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from stakeholders.templatetags.moment import zone_name

MIDNIGHT = "00:00"


@dataclass(frozen=True, kw_only=True)
class LegalDay:
    """The day on which a deadline falls in its zone, with the hour as people write it."""

    day: date
    hour: str
    zone: str

    def __str__(self) -> str:
        values = {"at": f"{self.day:%m-%d} {self.hour}", "zone": zone_name(self.zone)}
        return str(_("%(at)s (%(zone)s)") % values)

    @property
    def in_full(self) -> str:
        values = {"at": f"{self.day:%Y-%m-%d} {self.hour}", "zone": zone_name(self.zone)}
        return str(_("%(at)s (%(zone)s)") % values)


def legal_day(at: datetime, *, zone: str = "") -> LegalDay:
    """The day of `at` in `zone` (empty: the site's). Midnight ends the day before: 24:00.

    Civil Code of the PRC, art. 203: the last day of a period ends at 24:00.
    """
    name = zone or settings.TIME_ZONE
    local = at.astimezone(ZoneInfo(name))
    if f"{local:%H:%M:%S}" == f"{MIDNIGHT}:00":
        return LegalDay(day=local.date() - timedelta(days=1), hour="24:00", zone=name)
    return LegalDay(day=local.date(), hour=f"{local:%H:%M}", zone=name)
