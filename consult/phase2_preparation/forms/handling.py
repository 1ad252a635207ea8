"""Input shapes around the decision: advice, text blocks, publishing, answering several."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from consult.matters.forms import RefusableForm
from consult.phase2_preparation.enums import DispositionOutcome
from consult.phase2_preparation.forms.given import day_field
from consult.phase2_preparation.forms.outcome import reason_field
from consult.phase2_preparation.lengths import HOUR
from consult.phase2_preparation.local_times import instant
from consult.phase2_preparation.queries.advice import Adviser
from consult.phase2_preparation.steps.blocks import BlockText
from stakeholders.files.enums import LETTERS
from stakeholders.files.forms import StoredFileField, StoresFiles


class AskForm(RefusableForm):
    whom = forms.ChoiceField(label=_("Whom to ask"))
    question = forms.CharField(
        label=_("Question"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=5_000,
    )
    until = day_field(_("Until"), required=False)

    def __init__(self, *args: Any, advisers: Iterable[Adviser], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.advisers = {adviser.code: adviser for adviser in advisers}
        named = [(code, str(adviser)) for code, adviser in self.advisers.items()]
        self.fields["whom"].choices = [("", _("Choose")), *named]

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        day = data["until"]
        until = instant(day=day, hour=HOUR, zone=settings.TIME_ZONE) if day else None
        return {
            "whom": self.advisers[data["whom"]],
            "question": data["question"],
            "until": until,
        }


class AdviceForm(RefusableForm):
    outcome = forms.ChoiceField(
        label=_("Proposed outcome"), choices=DispositionOutcome.choices, widget=forms.RadioSelect
    )
    reason_zh = reason_field(_("Reason (Chinese)"))
    reason_en = reason_field(_("Reason (English)"))
    wording_zh = reason_field(_("Proposed wording (Chinese)"))
    wording_en = reason_field(_("Proposed wording (English)"))


class BlockForm(RefusableForm):
    title = forms.CharField(label=_("Title"), max_length=80)
    outcome = forms.ChoiceField(
        label=_("Outcome"), required=False, choices=[("", _("Any")), *DispositionOutcome.choices]
    )
    text_zh = forms.CharField(
        label=_("Text (Chinese)"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=5_000,
        help_text=_("{article} and {unit} stand for the article and the commenter."),
    )
    text_en = forms.CharField(
        label=_("Text (English)"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=5_000,
    )

    def text(self) -> BlockText:
        return BlockText(**self.cleaned_data)


class PublishForm(StoresFiles, RefusableForm):
    note = forms.CharField(
        label=_("Note"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=5_000,
    )
    file = StoredFileField(label=_("Explanatory letter"), kinds=LETTERS, required=False)


class AnswersForm(RefusableForm):
    text = forms.CharField(
        label=_("Why not accepted"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=5_000,
        help_text=_("Compulsory where you do not accept; it is said of each one chosen."),
    )
