"""Input shape of a comment."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consult.matters.forms import RefusableForm
from consult.phase2_preparation.enums import (
    CommentType,
)
from consult.phase2_preparation.steps import Remark


class CommentForm(RefusableForm):
    key = forms.UUIDField(widget=forms.HiddenInput)
    type = forms.ChoiceField(label=_("Type"), choices=CommentType.choices)
    text_zh = forms.CharField(
        label=_("Comment (Chinese)"), widget=forms.Textarea, required=False, max_length=20_000
    )
    text_en = forms.CharField(
        label=_("Comment (English)"), widget=forms.Textarea, required=False, max_length=20_000
    )
    wording_zh = forms.CharField(
        label=_("Proposed wording (Chinese)"),
        widget=forms.Textarea,
        required=False,
        max_length=20_000,
    )
    wording_en = forms.CharField(
        label=_("Proposed wording (English)"),
        widget=forms.Textarea,
        required=False,
        max_length=20_000,
    )
    share = forms.BooleanField(
        label=_("Hand to the contact point for clearance"), required=False, initial=True
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = uuid.uuid4

    def remark(self) -> Remark:
        names = ("type", "text_zh", "text_en", "wording_zh", "wording_en")
        return Remark(**{name: self.cleaned_data[name] for name in names})
