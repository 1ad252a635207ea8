"""Input shapes of the pages on supervision notes."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consult.matters.forms import RefusableForm
from consult.phase2_preparation.forms.given import day_field
from consult.tasks.enums import NoteSubject
from consult.tasks.steps.notes import NoteText
from stakeholders.files.enums import LETTERS
from stakeholders.files.forms import StoredFileField, StoresFiles
from stakeholders.jurisdictions.models import Jurisdiction


class _Said(StoresFiles, RefusableForm):
    text_zh = forms.CharField(
        label=_("Text (Chinese)"), widget=forms.Textarea(attrs={"rows": 5}), required=False
    )
    text_en = forms.CharField(
        label=_("Text (English)"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    letter = forms.CharField(label=_("Document number"), max_length=120, required=False)
    file = StoredFileField(label=_("The document itself"), kinds=LETTERS, required=False)

    def said(self) -> NoteText:
        names = ("text_zh", "text_en", "letter", "file")
        return NoteText(**{name: self.cleaned_data[name] for name in names})


class NoteForm(_Said):
    addressee = forms.ChoiceField(label=_("Addressee"))
    subject = forms.ChoiceField(label=_("About"), choices=NoteSubject.choices)
    subject_id = forms.CharField(
        label=_("Which one"),
        max_length=60,
        required=False,
        help_text=_("The number of the task, project or case, for instance 3 or JP1."),
    )
    due_on = day_field(_("To be answered by"))
    field_order = [
        "addressee",
        "subject",
        "subject_id",
        "text_zh",
        "text_en",
        "due_on",
        "letter",
        "file",
    ]

    def __init__(self, *args: Any, units: Sequence[Jurisdiction], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["addressee"].choices = [
            ("", _("Choose")),
            *((unit.code, str(unit)) for unit in units),
        ]


class ReplyForm(_Said):
    pass


class JudgeForm(RefusableForm):
    reply = forms.IntegerField(widget=forms.HiddenInput)
    accepts = forms.TypedChoiceField(
        label=_("Your word on the reply"),
        choices=[("1", _("It is accepted")), ("0", _("It does not do: ask again"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=20_000,
        help_text=_("Asked for where more is wanted."),
    )
    due_on = day_field(_("To be answered by"), required=False)
