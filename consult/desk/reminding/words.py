"""What a reminder says: what, until when, and to others than who owes it also whose it is."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext, ngettext

from consult.desk.reminding.reaching import Voice
from plans.register.models import Plan
from stakeholders.templatetags.in_language import in_language
from stakeholders.terms.duty import Text


@dataclass(frozen=True, kw_only=True)
class Reminder:
    """The title of one reminder, in the language it is read in. `days` are working days left or,
    where `is_late`, over."""

    what: Text
    who: object
    due_at: datetime
    days: int
    is_late: bool
    voice: Voice

    def __str__(self) -> str:
        text = self._late() if self.is_late else self._ahead()
        return text.format(
            what=self.what,
            who=self.who or gettext("Joint office"),
            days=self.days,
            day=hour_of(self.due_at),
        )

    def _late(self) -> str:
        if self.voice is Voice.OWES:
            return ngettext(
                "{days} working day overdue: {what} (due {day})",
                "{days} working days overdue: {what} (due {day})",
                self.days,
            )
        return ngettext(
            "{days} working day overdue: {what} (due {day}). Responsible: {who}",
            "{days} working days overdue: {what} (due {day}). Responsible: {who}",
            self.days,
        )

    def _ahead(self) -> str:
        if self.days < 1:
            return gettext("Due today: {what} (until {day})")
        return ngettext(
            "{days} working day left: {what} (due {day})",
            "{days} working days left: {what} (due {day})",
            self.days,
        )


@dataclass(frozen=True, kw_only=True)
class Moved:
    """The title that tells of a moved deadline."""

    what: Text
    was: datetime
    due_at: datetime

    def __str__(self) -> str:
        return gettext("Deadline moved from {was} to {day}: {what}").format(
            was=hour_of(self.was), day=hour_of(self.due_at), what=self.what
        )


@dataclass(frozen=True, kw_only=True)
class OnRestDay:
    """The title that tells the joint office of deadlines on a day that is worked no more."""

    due_at: datetime
    count: int
    plan: Plan

    def __str__(self) -> str:
        text = ngettext(
            "The deadline {day} now falls on a rest day: {count} duty of {plan}",
            "The deadline {day} now falls on a rest day: {count} duties of {plan}",
            self.count,
        )
        return text.format(
            day=hour_of(self.due_at), count=self.count, plan=in_language(self.plan, "short")
        )


def hour_of(at: datetime) -> str:
    """Day and hour where the plans are made."""
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"
