"""A head or root from a mail that was kept, to be compared with the record."""

from django import forms
from django.utils.translation import gettext_lazy as _

from plans.register.queries import hashes_in


class HeadForm(forms.Form):
    head = forms.CharField(
        label=_("Head or root from your mail"),
        help_text=_("64 digits and letters a to f, with or without sha256: in front."),
        max_length=400,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_head(self) -> str:
        text = str(self.cleaned_data["head"])
        if not hashes_in(text):
            raise forms.ValidationError(
                _("This holds no hash: copy the whole of it, 64 digits and letters.")
            )
        return text
