"""Input shapes of a reply with its letter, given orally or by letter, and of the letter after it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation.enums import RoundKind
from consult.phase2_preparation.forms.given import LetterForm
from consult.phase2_preparation.models import Round
from consult.phase2_preparation.steps import Oral


class ReplyForm(LetterForm):
    is_nil = forms.BooleanField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(
        label=_("Covering text"), widget=forms.Textarea, required=False, max_length=5_000
    )
    oral_by = forms.CharField(
        label=_("Answered orally by"),
        max_length=120,
        required=False,
        help_text=_("The answer counts now; the letter follows in the days set."),
    )
    oral_at = forms.DateTimeField(
        label=_("Said at"),
        required=False,
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
    )

    def __init__(self, *args: Any, one: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if one.kind != RoundKind.URGENT:
            del self.fields["oral_by"], self.fields["oral_at"]
        if one.is_official:
            hint = _("This round asks for the stamped letter with number, date and issuer.")
            self.fields["letter_number"].help_text = hint
            if one.kind != RoundKind.URGENT:
                for name in ("letter_number", "letter_on", "issuer", "letter_file"):
                    self.fields[name].required = True

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if bool(data.get("oral_by")) != bool(data.get("oral_at")):
            missing = "oral_by" if data.get("oral_at") else "oral_at"
            if missing not in self.errors:
                self.add_error(missing, _("Say both who gave the answer and when."))
        return data

    def oral(self) -> Oral | None:
        data = self.cleaned_data
        if not (data.get("oral_by") and data.get("oral_at")):
            return None
        return Oral(by=data["oral_by"], at=data["oral_at"])
