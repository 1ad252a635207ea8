"""Forms of differences and of editorial claims."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plans.register.models import Revision
from plans.text.enums import ClaimVerdict

DRAFT = "draft"


class CompareForm(forms.Form):
    """Which two states are compared; the working draft only for those who see it."""

    before = forms.ChoiceField(label=_("From"))
    after = forms.ChoiceField(label=_("To"))

    def __init__(
        self, *args: Any, revisions: Sequence[Revision], has_draft: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(one.number), one.label) for one in revisions]
        self.fields["before"].choices = choices
        draft = [(DRAFT, _("Working draft"))] if has_draft else []
        self.fields["after"].choices = [*draft, *choices]


class AnswerForm(forms.Form):
    """Confirm or refuse the claim on the wording that was read."""

    draft = forms.CharField(widget=forms.HiddenInput)
    verdict = forms.ChoiceField(choices=ClaimVerdict.choices, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("A refusal says why the change is more than editorial."),
    )


class TermForm(forms.Form):
    term_zh = forms.CharField(label=_("Term (Chinese)"), max_length=60)
    term_en = forms.CharField(label=_("Term (English)"), max_length=100, required=False)
    definition_zh = forms.CharField(
        label=_("Definition (Chinese)"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    definition_en = forms.CharField(
        label=_("Definition (English)"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
