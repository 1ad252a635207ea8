"""From a local day and hour in a zone to the one instant they name."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.translation import gettext_lazy as _

from stakeholders.terms.errors import Invalid

MIDNIGHT = time(0, 0)


def instant(
    *, day: date, hour: time, zone: str, hour_field: str = "closes_hour", zone_field: str = "zone"
) -> datetime:
    """The instant of a local day and hour, in UTC.

    Invalid for a zone that is not known, for midnight (it is not said at which end of the day),
    and for an hour that the change of the clocks leaves out or brings twice.
    """
    try:
        place = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise Invalid({zone_field: _("This time zone is not known.")}) from error
    if hour.replace(tzinfo=None) == MIDNIGHT:
        raise Invalid(
            {hour_field: _("Midnight is unclear: say 17:00, or 23:59 for the whole day.")}
        )
    wanted = datetime.combine(day, hour.replace(tzinfo=None))
    try:
        first, second = (wanted.replace(tzinfo=place, fold=fold) for fold in (0, 1))
        found = first.astimezone(UTC)
        if found.astimezone(place).replace(tzinfo=None) != wanted:
            text = _("The clocks go forward: this hour does not exist on this day in this zone.")
            raise Invalid({hour_field: text})
        if found != second.astimezone(UTC):
            text = _("The clocks go back: this hour comes twice on this day in this zone.")
            raise Invalid({hour_field: text})
    except OverflowError as error:
        raise Invalid({hour_field: _("This day is out of range.")}) from error
    return found
