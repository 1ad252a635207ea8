"""Forms that open and end a sign-off."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class OpenForm(forms.Form):
    """When the sign-off closes, and whether it is sealed until then."""

    closes_at = forms.DateTimeField(
        label=_("Closes at"),
        help_text=_("Local date and hour. Empty: the joint office closes it when all have spoken."),
        required=False,
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
    )
    is_sealed = forms.BooleanField(
        label=_("Sealed: until then others learn only who has answered"), required=False
    )

    def opening(self) -> dict[str, Any]:
        return {
            "closes_at": self.cleaned_data["closes_at"],
            "is_sealed": self.cleaned_data["is_sealed"],
        }


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))
