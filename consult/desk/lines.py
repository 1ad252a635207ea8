"""One duty as a row of the desk: date, zone, days left, plan."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from plans.register.models import Plan
from stakeholders.templatetags.in_language import in_language
from stakeholders.templatetags.moment import moment
from stakeholders.terms.duty import Duty, Text
from stakeholders.terms.workdays import workdays_between


@dataclass(frozen=True, kw_only=True)
class Line:
    """What `components/duty.html` reads. `holder` is who owes it, where it is somebody else;
    `calendar` says which days are worked against the ordinary week."""

    duty: Duty
    plan: Plan
    now: datetime
    calendar: Mapping[date, bool]
    holder: object = None
    is_mine: bool = True

    @property
    def title(self) -> Text:
        return self.duty.title

    @property
    def url(self) -> str:
        """Where it is done; empty for another's duty, whose page would only refuse the reader."""
        return self.duty.url if self.is_mine else ""

    @property
    def context(self) -> str:
        return in_language(self.plan, "short")

    @property
    def responsible(self) -> object:
        return self.holder

    @property
    def is_overdue(self) -> bool:
        return self.duty.due_at is not None and self.duty.due_at < self.now

    def is_within(self, span: timedelta) -> bool:
        """Whether it is not overdue and due within `span`."""
        due_at = self.duty.due_at
        return due_at is not None and self.now <= due_at <= self.now + span

    @property
    def days_left(self) -> int | None:
        """Working days to the deadline in the site's calendar; None without a date."""
        if self.duty.due_at is None or self.is_overdue:
            return None
        return workdays_between(self._today, self._due.date(), self.calendar)

    @property
    def days_overdue(self) -> int | None:
        if not self.is_overdue:
            return None
        return max(1, workdays_between(self._due.date(), self._today, self.calendar))

    @property
    def due_label(self) -> str:
        """The deadline with its time zone."""
        return moment(self.duty.due_at)

    @property
    def _due(self) -> datetime:
        assert self.duty.due_at is not None  # noqa: S101 - asked by the callers above
        return timezone.localtime(self.duty.due_at)

    @property
    def _today(self) -> date:
        return timezone.localtime(self.now).date()
