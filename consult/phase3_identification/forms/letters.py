"""The official letter of an act."""

from django import forms
from django.utils.translation import gettext_lazy as _

from consult.ballots.steps import Letter


def day_input() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class LetterForm(forms.Form):
    """The official letter under which a party speaks."""

    letter_number = forms.CharField(label=_("Letter number"), max_length=80, required=False)
    letter_on = forms.DateField(label=_("Date of the letter"), required=False, widget=day_input())

    def letter(self) -> Letter:
        data = self.cleaned_data
        return Letter(
            number=data["letter_number"],
            on=data["letter_on"],
            issuer=data.get("issuer", ""),
        )
