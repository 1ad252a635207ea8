"""Forms of splitting, merging and replacing a provision."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plans.text.wording import TITLE_LIMIT


class SplitForm(forms.Form):
    edits = forms.IntegerField(widget=forms.HiddenInput)
    titles = forms.CharField(
        label=_("Titles of the new articles (Chinese)"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One a line. Each new article begins with the whole text of this one."),
    )

    def clean_titles(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["titles"].splitlines() if line.strip()]


class MergeForm(forms.Form):
    others = forms.MultipleChoiceField(
        label=_("Merge with"), widget=forms.SelectMultiple(attrs={"size": 8})
    )
    title_zh = forms.CharField(label=_("Title (Chinese)"), max_length=TITLE_LIMIT)
    title_en = forms.CharField(label=_("Title (English)"), max_length=TITLE_LIMIT, required=False)

    def __init__(self, *args: Any, others: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["others"].choices = list(others)


class ReplaceForm(forms.Form):
    edits = forms.IntegerField(widget=forms.HiddenInput)
    title_zh = forms.CharField(label=_("Title (Chinese)"), max_length=TITLE_LIMIT)
    title_en = forms.CharField(label=_("Title (English)"), max_length=TITLE_LIMIT, required=False)
