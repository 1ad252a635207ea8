"""Input shapes: deciding, answering, filtering, giving a reason."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consult.matters.forms import RefusableForm
from consult.matters.models import Matter
from consult.matters.steps import Wording
from consult.phase2_preparation.actions import NewMatter
from consult.phase2_preparation.enums import (
    DispositionOutcome,
)
from stakeholders.jurisdictions.models import Jurisdiction


class DispositionForm(RefusableForm):
    outcome = forms.ChoiceField(
        label=_("Outcome"), choices=DispositionOutcome.choices, widget=forms.RadioSelect
    )
    reason_zh = forms.CharField(
        label=_("Reason (Chinese)"),
        widget=forms.Textarea,
        required=False,
        help_text=_("Compulsory for partly adopted and not adopted."),
    )
    reason_en = forms.CharField(label=_("Reason (English)"), widget=forms.Textarea, required=False)
    matter = forms.ChoiceField(
        label=_("Matter"), required=False, help_text=_("Only for “taken up as a matter”.")
    )
    title_zh = forms.CharField(
        label=_("Title of a new matter (Chinese)"), max_length=120, required=False
    )
    title_en = forms.CharField(
        label=_("Title of a new matter (English)"), max_length=200, required=False
    )
    codes = forms.MultipleChoiceField(
        label=_("Jurisdictions of the new matter"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        matters: Iterable[Matter],
        units: Iterable[Jurisdiction],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.matters = {matter.key: matter for matter in matters}
        named = [(key, f"{key} {m.title_zh}") for key, m in self.matters.items()]
        self.fields["matter"].choices = [("", _("None, or a new one")), *named]
        self.fields["codes"].choices = [(unit.code, str(unit)) for unit in units]

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        title = Wording(zh=data["title_zh"], en=data["title_en"])
        new = NewMatter(title=title, codes=tuple(data["codes"])) if title else None
        return {
            "outcome": data["outcome"],
            "reason_zh": data["reason_zh"],
            "reason_en": data["reason_en"],
            "matter": self.matters.get(data["matter"]),
            "new_matter": new,
        }


class AnswerForm(RefusableForm):
    accepts = forms.TypedChoiceField(
        label=_("Answer"),
        choices=[("yes", _("We accept the disposition")), ("no", _("We do not accept it"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    text = forms.CharField(label=_("Text"), widget=forms.Textarea, required=False, max_length=5_000)


class ExplainForm(RefusableForm):
    comment = forms.ChoiceField(label=_("Comment"), required=False)
    matter = forms.ChoiceField(label=_("Matter"), required=False)
    note = forms.CharField(label=_("Decision"), max_length=300, required=False)

    def __init__(
        self,
        *args: Any,
        dispositions: Iterable[Any],
        matters: Iterable[Matter],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.dispositions = {str(d.comment): d for d in dispositions}
        self.matters = {matter.key: matter for matter in matters}
        self.fields["comment"].choices = [("", _("None"))] + [
            (key, f"{key} {d.get_outcome_display()}") for key, d in self.dispositions.items()
        ]
        self.fields["matter"].choices = [("", _("None"))] + [
            (key, f"{key} {m.title_zh}") for key, m in self.matters.items()
        ]

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "disposition": self.dispositions.get(data["comment"]),
            "matter": self.matters.get(data["matter"]),
            "note": data["note"],
        }
