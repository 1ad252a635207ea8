"""Fields and shapes that several forms of joint preparation share."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consult.matters.forms import RefusableForm
from consult.phase2_preparation.lengths import HOUR
from consult.phase2_preparation.steps import Letter
from stakeholders.files.enums import LETTERS
from stakeholders.files.forms import StoredFileField, StoresFiles


def day_field(label: Any, **options: Any) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, widget=widget, **options)


def hour_field(**options: Any) -> forms.TimeField:
    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    return forms.TimeField(
        widget=widget, **{"label": _("Closing hour"), "initial": HOUR, **options}
    )


class ReasonForm(RefusableForm):
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea)


class LetterForm(StoresFiles, RefusableForm):
    letter_number = forms.CharField(label=_("Letter number"), max_length=80, required=False)
    letter_on = day_field(_("Date of the letter"), required=False)
    issuer = forms.CharField(label=_("Issued by"), max_length=120, required=False)
    letter_file = StoredFileField(label=_("The letter itself"), kinds=LETTERS, required=False)

    def letter(self) -> Letter:
        data = self.cleaned_data
        return Letter(
            number=data.get("letter_number", ""),
            on=data.get("letter_on"),
            issuer=data.get("issuer", ""),
            file=data["letter_file"],
        )
