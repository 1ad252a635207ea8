"""Rows of the desk: one duty with its date, zone, days left and plan; one thing awaited."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consult.desk.enums import SOON, When
from consult.desk.kinds import DutyGroup, group_of
from plans.register.models import Plan
from stakeholders.templatetags.in_language import in_language
from stakeholders.templatetags.moment import moment
from stakeholders.terms.actor import Role
from stakeholders.terms.awaited import Awaited
from stakeholders.terms.duty import Duty, Quick, Text
from stakeholders.terms.workdays import workdays_between

NEAR = 3  # working days left at which the chip warns


def when_of(due_at: datetime | None, now: datetime) -> When:
    """The group of a deadline: days are those of the calendar, so that the seventh counts whole."""
    if due_at is None:
        return When.UNDATED
    if due_at < now:
        return When.OVERDUE
    days = timezone.localtime(due_at).date() - timezone.localtime(now).date()
    return When.WEEK if days <= SOON else When.LATER


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
        """The unit or body it lies on; the joint office where a coordinator's duty names none."""
        is_office = self.duty.user_id is None and Role.COORDINATOR.value in self.duty.roles
        return self.holder or (_("Joint office") if is_office else "")

    @property
    def quick(self) -> Quick | None:
        """The button that does it at once; only for who owes it."""
        return self.duty.quick if self.is_mine else None

    @property
    def group(self) -> DutyGroup:
        return group_of(self.duty.kind)

    @property
    def when(self) -> When:
        return when_of(self.duty.due_at, self.now)

    @property
    def since(self) -> datetime | None:
        return self.duty.since

    @property
    def is_overdue(self) -> bool:
        return self.when is When.OVERDUE

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
    def calendar_days(self) -> int | None:
        """Days to the day of the deadline, below zero when it is past; None without a date."""
        return None if self.duty.due_at is None else (self._due.date() - self._today).days

    @property
    def left_label(self) -> str:
        """Days and working days left or overdue, in words; empty without a date."""
        days = self.calendar_days
        if days is None:
            return ""
        if days == 0:
            return _("Overdue since today") if self.is_overdue else _("Due today")
        if days < 0:
            words = ngettext("%(count)d day overdue", "%(count)d days overdue", -days)
            work = workdays_between(self._due.date(), self._today, self.calendar)
        else:
            words = ngettext("%(count)d day left", "%(count)d days left", days)
            work = self.days_left or 0
        worked = ngettext("%(count)d working day", "%(count)d working days", work)
        return _("%(days)s (%(worked)s)") % {
            "days": words % {"count": abs(days)},
            "worked": worked % {"count": work},
        }

    @property
    def tone(self) -> str:
        """Of the chip that says the days left."""
        if self.is_overdue:
            return "danger"
        return "warning" if (self.days_left or 0) <= NEAR else "neutral"

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


@dataclass(frozen=True, kw_only=True)
class AwaitedLine:
    """What `consult/desk/awaited_line.html` reads."""

    awaited: Awaited
    plan: Plan
    now: datetime

    @property
    def context(self) -> str:
        return in_language(self.plan, "short")

    @property
    def group(self) -> DutyGroup:
        return group_of(self.awaited.kind)

    @property
    def when(self) -> When:
        return when_of(self.awaited.due_at, self.now)

    @property
    def due_label(self) -> str:
        return moment(self.awaited.due_at)
