"""Forms of a change of the text in force."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consult.workflow.enums import ChangeWay
from stakeholders.files.forms import StoredFileField, StoresFiles

LONGEST = 4_000
ROWS = {"rows": 3}


class TextChangeForm(StoresFiles, forms.Form):
    """`items`: key and words of the items in force; `parties`: code and name of the parties."""

    way = forms.ChoiceField(label=_("Way"), choices=ChangeWay.choices, widget=forms.RadioSelect)
    items = forms.MultipleChoiceField(
        label=_("Items that are changed"), widget=forms.CheckboxSelectMultiple
    )
    reason_zh = forms.CharField(
        label=_("Reason (Chinese)"), max_length=LONGEST, widget=forms.Textarea(attrs=ROWS)
    )
    reason_en = forms.CharField(
        label=_("Reason (English)"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs=ROWS),
        required=False,
    )
    jurisdiction = forms.ChoiceField(label=_("Asked for by"), required=False)
    letter = forms.CharField(label=_("Document number"), max_length=120, required=False)
    file = StoredFileField(label=_("Document"), required=False)

    def __init__(
        self,
        *args: Any,
        items: Sequence[tuple[str, str]] = (),
        parties: Sequence[tuple[str, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["items"].choices = items
        self.fields["jurisdiction"].choices = [("", _("Joint office")), *parties]


class AnswerForm(forms.Form):
    """A party's word on the wording it read."""

    wording = forms.CharField(widget=forms.HiddenInput)
    confirms = forms.TypedChoiceField(
        label=_("Your answer"),
        choices=[("yes", _("Confirmed")), ("no", _("Refused"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs=ROWS),
        required=False,
        help_text=_("Needed when you refuse."),
    )


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), max_length=LONGEST, widget=forms.Textarea(attrs=ROWS)
    )
