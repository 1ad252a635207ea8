"""Forms of conditions, reservations and of the second person."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consult.ballots.forms import SeenField
from stakeholders.files.forms import StoredFileField, StoresFiles
from stakeholders.jurisdictions.models import Jurisdiction


class ReportForm(StoresFiles):
    """What shows that a condition is met."""

    text = forms.CharField(
        label=_("What shows that it is met"),
        help_text=_("For instance: the list of sections was added in revision R5, annex 3."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=5_000,
    )
    file = StoredFileField(label=_("File"), required=False)


class WordForm(forms.Form):
    """The holder's word on what was reported."""

    is_met = forms.ChoiceField(
        label=_("Is the condition met?"),
        choices=[("yes", _("Met: our agreement counts")), ("no", _("Not yet"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("What is still missing"),
        help_text=_("Needed where it is not yet met."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=5_000,
    )
    seen = SeenField()  # the report the page shows

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("is_met") == "no" and not data.get("reason", "").strip():
            self.add_error("reason", _("Say what is still missing."))
        return data


class LiftForm(forms.Form):
    reason = forms.CharField(
        label=_("Why it is lifted"),
        help_text=_("For instance: the common accounting rule was issued on 3 March."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=5_000,
    )
    seen = SeenField()  # the wording that the lift agrees with, where it agrees with one


class SendBackForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), widget=forms.Textarea(attrs={"rows": 2}), max_length=300
    )


class RegisterForm(forms.Form):
    """The filter of the register as the URL gives it; an unknown value filters nothing."""

    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("All")),
            ("standing", _("Standing")),
            ("lifted", _("Lifted")),
            ("restated", _("Restated")),
        ],
    )
    jurisdiction = forms.ChoiceField(label=_("Party"), required=False)

    def __init__(self, *args: Any, units: list[Jurisdiction], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(unit.code, str(unit)) for unit in units]
        self.fields["jurisdiction"].choices = [("", _("All parties")), *names]

    def chosen(self) -> dict[str, str]:
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}
