"""Input shape of a reply with its letter."""

from django import forms
from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation.forms.given import LetterForm


class ReplyForm(LetterForm):
    is_nil = forms.BooleanField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(
        label=_("Covering text"), widget=forms.Textarea, required=False, max_length=5_000
    )
