"""What a reader asks of a published text: which languages, beside what, which words."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _


class ReadingForm(forms.Form):
    q = forms.CharField(
        label=_("Search in this text"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"data-search": "", "type": "search"}),
    )
    text = forms.ChoiceField(
        label=_("Language of the text"),
        choices=[
            ("zh", _("Chinese")),
            ("en", _("English")),
            ("both", pgettext_lazy("languages", "Both side by side")),
        ],
        required=False,
    )
    beside = forms.BooleanField(required=False)

    def languages(self) -> Sequence[str]:
        """The languages to show, the reader's own first; what is unknown is as good as none."""
        own = ("en", "zh") if (get_language() or "").startswith("en") else ("zh", "en")
        chosen = self.chosen()
        return own if chosen == "both" else (chosen,) if chosen else own[:1]

    def chosen(self) -> str:
        self.is_valid()
        return str(self.cleaned_data.get("text", ""))

    def words(self) -> str:
        self.is_valid()
        return str(self.cleaned_data.get("q", ""))

    def is_beside(self) -> bool:
        self.is_valid()
        return bool(self.cleaned_data.get("beside"))
