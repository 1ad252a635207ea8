"""Form of a reading."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consult.phase4_implementation.checking import LONGEST_EVIDENCE, LONGEST_REASON
from consult.phase4_implementation.models import PERIOD
from consult.phase4_implementation.series import Indicator
from stakeholders.files.forms import StoredFileField, StoresFiles
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.templatetags.in_language import in_language

WHOLE_AREA = "whole"


class ReadingForm(StoresFiles):
    """`units` are the jurisdictions the actor may speak for: its own, or every party's;
    `is_whole_allowed` adds the whole area. `seen` travels along: the newest reading when the page
    was made."""

    item = forms.ChoiceField(label=_("Indicator"))
    jurisdiction = forms.ChoiceField(label=_("Reporting unit"))
    period = forms.CharField(
        label=pgettext_lazy("reading", "Period"),
        max_length=7,
        validators=[PERIOD],
        help_text=_("A year (2027), a quarter (2027-Q1) or a month (2027-03)."),
    )
    value = forms.DecimalField(label=_("Value"), max_digits=18, decimal_places=6)
    evidence = forms.CharField(label=_("Evidence (document number)"), max_length=LONGEST_EVIDENCE)
    file = StoredFileField(label=_("Evidence (file)"), required=False)
    reason = forms.CharField(
        label=_("Reason of the correction"),
        max_length=LONGEST_REASON,
        required=False,
        help_text=_(
            "Only where a value stands already for this unit and period; that one stays shown."
        ),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        indicators: Iterable[Indicator],
        units: Iterable[Jurisdiction],
        is_whole_allowed: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = [
            (one.key, f"{one.number} {in_language(one, 'name')} ({in_language(one, 'unit')})")
            for one in indicators
        ]
        whole = [(WHOLE_AREA, _("The whole area"))] if is_whole_allowed else []
        self.fields["jurisdiction"].choices = [*whole, *((one.pk, str(one)) for one in units)]

    def arguments(self) -> dict[str, Any]:
        """What was typed, as `report_reading` takes it. Call when valid."""
        values = dict(self.cleaned_data)
        if values["jurisdiction"] == WHOLE_AREA:
            values["jurisdiction"] = None
        return values

    def see(self, number: int) -> None:
        """Show what was typed again as written after the reading `number` was read."""
        self.data = {**self.data.dict(), "seen": str(number)}
