"""The administrative map and the calendar for administrators."""

from stakeholders.jurisdictions.admin import calendar, succession, units

__all__ = ["calendar", "succession", "units"]
