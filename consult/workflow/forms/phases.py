"""Forms of publishing and reopening."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plans.register.enums import PUBLISHED_STAGES, Stage

HOW_MET = _("Say how the conditions on the plan as a whole are met.")


class PublishForm(forms.Form):
    stage = forms.ChoiceField(label=_("Stage"), choices=PUBLISHED_STAGES)
    note_zh = forms.CharField(label=_("Note (Chinese)"), max_length=300, required=False)
    note_en = forms.CharField(label=_("Note (English)"), max_length=300, required=False)
    freeze = forms.BooleanField(
        label=_("Freeze the text on this revision"),
        required=False,
        help_text=_("Drafts cannot be changed while it is frozen; the sign-off needs this."),
    )
    accepts_gaps = forms.BooleanField(
        label=_("Freeze all the same, with binding articles that lack lead unit, date or evidence"),
        required=False,
        help_text=_("The record holds how many there were of each kind."),
    )

    def __init__(
        self, *args: Any, is_imposed: bool = False, is_explained: bool = False, **kwargs: Any
    ) -> None:
        """`is_imposed`: the text is the approved one, so that its stage and lock are no choice;
        `is_explained`: the note says how conditions on the plan as a whole are met."""
        super().__init__(*args, **kwargs)
        if is_explained:
            self.fields["note_zh"].required = True
            self.fields["note_zh"].help_text = HOW_MET
        if is_imposed:
            self.fields["stage"].choices = [(Stage.APPROVED.value, Stage.APPROVED.label)]
            del self.fields["freeze"], self.fields["accepts_gaps"]


class ReopenForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
    items = forms.MultipleChoiceField(
        label=_("Articles concerned"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "The sign-off of those chosen ends; that of all others goes on. With none chosen "
            "the sign-off of every article goes on."
        ),
    )

    def __init__(self, *args: Any, items: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["items"].choices = items
        if not items:
            del self.fields["items"]
