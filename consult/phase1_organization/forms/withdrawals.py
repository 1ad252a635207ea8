"""Input of the acts by which parties leave and join: shape only."""

from django import forms
from django.utils.translation import gettext_lazy as _

from consult.ballots.forms import LetterForm


class NoticeForm(LetterForm):
    reason = forms.CharField(
        label=_("Reason"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    field_order = ["reason", "letter_number", "letter_on", "issuer"]


class StayForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class AccessionForm(forms.Form):
    jurisdiction = forms.CharField(
        label=_("Jurisdiction"), help_text=_("Its six-digit code."), min_length=6, max_length=6
    )
    must_sign = forms.BooleanField(
        label=_("Must sign"),
        help_text=_("The plan does not pass without this party."),
        initial=True,
        required=False,
    )
    weight = forms.DecimalField(
        label=_("Weight"), min_value=0, max_digits=9, decimal_places=3, initial=1
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Why it joins now, and the letter in which it asks for it."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def proposal(self) -> dict[str, object]:
        data = self.cleaned_data
        return {
            "code": data["jurisdiction"],
            "must_sign": data["must_sign"],
            "weight": str(data["weight"]),
            "reason": data["reason"],
        }
