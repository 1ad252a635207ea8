"""For a deadline: on what days a policy reminds whom. Pure but for the words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from consult.desk.windows import HIGHEST, Policy, Window, windows_before, windows_late
from stakeholders.terms.duty import Text

HOUR = time(17, 0)  # at which most deadlines of plans lie
LATE_SHOWN = 12
OWING: Text = _("Who owes it")
OFFICE: Text = _("Joint office")
STEPS: Mapping[int, Sequence[Text]] = {
    0: (),
    1: (_("Contact points of the party"),),
    2: (_("Contact points of the party"), _("Signatories of the party")),
    3: (
        _("Contact points of the party"),
        _("Signatories of the party"),
        _("Contact points of the level above"),
    ),
}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One reminder of the preview."""

    window: Window

    @property
    def at(self) -> datetime:
        return self.window.opens_at

    @property
    def label(self) -> str:
        side, number = self.window.name.split("-")
        days = int(number)
        if side == "late":
            text = ngettext("{days} working day overdue", "{days} working days overdue", days)
        elif days:
            text = ngettext("{days} working day before", "{days} working days before", days)
        else:
            return str(_("On the day"))
        return text.format(days=days)

    @property
    def readers(self) -> list[Text]:
        found = [OWING]
        if self.window.to_office:
            found.append(OFFICE)
        return [*found, *STEPS[self.window.step]]


def preview(policy: Policy, *, day: date, calendar: Mapping[date, bool]) -> list[Line]:
    """The reminders of a deadline at the end of the office day `day`, as far as they change."""
    zone = timezone.get_default_timezone()
    due_at = datetime.combine(day, HOUR, tzinfo=zone)
    before = windows_before(due_at=due_at, policy=policy, calendar=calendar, zone=zone)
    late = windows_late(LATE_SHOWN, due_at=due_at, policy=policy, calendar=calendar, zone=zone)
    return [Line(window=window) for window in [*before, *_until_highest(late)]]


def _until_highest(late: Sequence[Window]) -> Iterator[Window]:
    for window in late:
        yield window
        if window.step >= HIGHEST:
            return
