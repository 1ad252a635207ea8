"""What a reminder policy can be. Pure: no database."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.desk.windows import Policy
from stakeholders.terms.duty import Text
from stakeholders.terms.errors import Invalid

MOST_WINDOWS = 8
LONGEST_BEFORE = 60
LONGEST_EVERY = 30
LONGEST_AFTER = 60


def check_policy(policy: Policy) -> None:
    """Invalid, by field, for what no policy can be."""
    errors: dict[str, Text] = {}
    days = policy.before
    if len(days) > MOST_WINDOWS:
        errors["before"] = format_lazy(_("At most {most} reminders before."), most=MOST_WINDOWS)
    elif list(days) != sorted(set(days), reverse=True):
        errors["before"] = _("Each number of days once, the largest first.")
    elif not all(0 <= one <= LONGEST_BEFORE for one in days):
        errors["before"] = _between(0, LONGEST_BEFORE)
    if not 1 <= policy.every <= LONGEST_EVERY:
        errors["every"] = _between(1, LONGEST_EVERY)
    if not 0 <= policy.office_after <= LONGEST_AFTER:
        errors["office_after"] = _between(0, LONGEST_AFTER)
    if policy.escalate_after is not None and not 1 <= policy.escalate_after <= LONGEST_AFTER:
        errors["escalate_after"] = _between(1, LONGEST_AFTER)
    if policy.hour.second or policy.hour.microsecond or policy.hour.tzinfo:
        errors["hour"] = _("Hour and minute only.")
    if errors:
        raise Invalid(errors)


def _between(least: int, most: int) -> Text:
    return format_lazy(_("From {least} to {most} working days."), least=least, most=most)
