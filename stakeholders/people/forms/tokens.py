from django import forms
from django.utils.translation import gettext_lazy as _


class TokenForm(forms.Form):
    name = forms.CharField(
        label=_("name"), max_length=60, help_text=_("What the token is for, so that you know it.")
    )
    days = forms.IntegerField(label=_("valid for (days)"), min_value=1, max_value=365, initial=30)
