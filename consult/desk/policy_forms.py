"""The form of a plan's reminder policy, with the deadline its preview is computed for."""

import re
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from consult.ballots.forms import DateInput
from consult.desk.checks import check_policy
from consult.desk.policies import InForce
from consult.desk.windows import Policy
from stakeholders.jurisdictions.queries import FIRST_YEAR, LAST_YEAR
from stakeholders.terms.errors import Invalid

BETWEEN_DAYS = re.compile(r"[\s,，、;；]+")


class DaysField(forms.CharField):
    """Numbers of days, however they are set apart; cleaned to a tuple of whole numbers."""

    def clean(self, value: Any) -> Any:
        words = [word for word in BETWEEN_DAYS.split(str(super().clean(value) or "")) if word]
        if not all(word.isascii() and word.isdecimal() and len(word) < 4 for word in words):
            raise ValidationError(_("Whole numbers, set apart by commas: 7, 3, 1, 0."))
        return tuple(int(word) for word in words)


class PolicyForm(forms.Form):
    """What the joint office sets; `deadline` is only what the preview shows."""

    before = DaysField(
        label=_("Remind so many working days before the deadline"),
        help_text=_("Largest first, set apart by commas; 0 is the day itself. Empty: none before."),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off"}),
    )
    every = forms.IntegerField(
        label=_("When overdue, remind every so many working days"),
        help_text=_("The first time on the first working day after the deadline."),
    )
    office_after = forms.IntegerField(
        label=_("Tell the joint office too, from so many working days overdue"),
        help_text=_("0: from the first reminder of what is overdue."),
    )
    escalate_after = forms.IntegerField(
        label=_("Tell one step higher each time so many working days have passed"),
        help_text=_(
            "First the contact points of the party, then its signatories too, then the contact "
            "points of the level above. Empty: never."
        ),
        required=False,
    )
    hour = forms.TimeField(
        label=_("Hour at which reminders arise"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        input_formats=["%H:%M", "%H:%M:%S"],
    )
    deadline = forms.DateField(
        label=_("Preview for a deadline on"), required=False, widget=DateInput()
    )
    base = forms.IntegerField(widget=forms.HiddenInput)

    def clean_deadline(self) -> date | None:
        day: date | None = self.cleaned_data["deadline"]
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValidationError(_("A day near enough to be known."))
        return day

    def clean(self) -> dict[str, Any]:
        """The limits of the act, so that the preview computes nothing beyond them."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                check_policy(self.policy())
            except Invalid as error:
                for field, text in error.errors.items():
                    self.add_error(field, str(text))
        return data

    def policy(self) -> Policy:
        data = self.cleaned_data
        names = ("before", "every", "office_after", "escalate_after", "hour")
        return Policy(**{name: data[name] for name in names})


def filled(standing: InForce, *, deadline: date) -> dict[str, Any]:
    """What counts now, as the form shows it."""
    policy = standing.policy
    return {
        "before": ", ".join(map(str, policy.before)),
        "every": policy.every,
        "office_after": policy.office_after,
        "escalate_after": policy.escalate_after,
        "hour": policy.hour,
        "deadline": deadline,
        "base": standing.number,
    }


def default_deadline(today: date) -> date:
    """A day on which the preview shows something."""
    return today + timedelta(days=21)
