"""Forms of phase 4: a status report, a reading."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consult.phase4_implementation.board import Indicator
from consult.phase4_implementation.enums import Progress
from consult.phase4_implementation.models import PERIOD
from consult.phase4_implementation.steps import Said
from plans.projects.models import Milestone
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.templatetags.in_language import in_language

WHOLE_AREA = "whole"


class StatusForm(forms.Form):
    """`units` are the jurisdictions the actor may speak for: its own, or every party's."""

    jurisdiction = forms.ChoiceField(label=_("Reporting unit"))
    milestone = forms.ChoiceField(label=_("Subject"), required=False)
    progress = forms.ChoiceField(
        label=_("Progress"), choices=Progress.choices, widget=forms.RadioSelect
    )
    percent = forms.IntegerField(label=_("Done (%)"), min_value=0, max_value=100, required=False)
    text_zh = forms.CharField(
        label=_("What was done, what hinders (Chinese)"),
        widget=forms.Textarea({"rows": 4}),
        required=False,
    )
    text_en = forms.CharField(
        label=_("What was done, what hinders (English)"),
        widget=forms.Textarea({"rows": 4}),
        required=False,
    )
    evidence = forms.CharField(
        label=_("Evidence (document number)"), max_length=120, required=False
    )

    def __init__(
        self,
        *args: Any,
        units: Iterable[Jurisdiction],
        milestones: Sequence[Milestone],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.milestones = {str(one.number): one for one in milestones}
        self.fields["jurisdiction"].choices = [(one.pk, str(one)) for one in units]
        self.fields["milestone"].choices = [
            ("", _("The project as a whole")),
            *((n, f"{n} {in_language(one, 'title')}") for n, one in self.milestones.items()),
        ]

    def arguments(self) -> dict[str, Any]:
        """What was typed, as `report_status` takes it. Call when valid."""
        values = dict(self.cleaned_data)
        return {
            "jurisdiction": values.pop("jurisdiction"),
            "milestone": self.milestones.get(values.pop("milestone")),
            "said": Said(**values),
        }


class ReadingForm(forms.Form):
    """`units` as above; `is_whole_allowed` adds the whole area."""

    item = forms.ChoiceField(label=_("Indicator"))
    jurisdiction = forms.ChoiceField(label=_("Reporting unit"))
    period = forms.CharField(
        label=pgettext_lazy("reading", "Period"),
        max_length=7,
        validators=[PERIOD],
        help_text=_("A year (2027), a quarter (2027-Q1) or a month (2027-03)."),
    )
    value = forms.DecimalField(label=_("Value"), max_digits=18, decimal_places=6)
    evidence = forms.CharField(label=_("Evidence (document number)"), max_length=120)

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
