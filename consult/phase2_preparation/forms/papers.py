"""Input shapes: the result sheet, the checklist, opinions of neighbours and their answers."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consult.matters.forms import RefusableForm
from consult.phase2_preparation.enums import NeighbourResult
from consult.phase2_preparation.forms.given import LetterForm, day_field
from consult.phase2_preparation.steps import Letter
from consult.phase2_preparation.steps.papers import Issue, SheetText, Signed
from stakeholders.files.enums import LETTERS
from stakeholders.files.forms import StoredFileField, StoresFiles
from stakeholders.jurisdictions.models import Jurisdiction

TEXT_LIMIT = 20_000


def _text(label: Any, **options: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=TEXT_LIMIT,
        **options,
    )


class SheetForm(StoresFiles, RefusableForm):
    place_zh = _text(_("Places and media (Chinese)"))
    place_en = _text(_("Places and media (English)"))
    main_zh = _text(_("Main opinions and how they were dealt with (Chinese)"))
    main_en = _text(_("Main opinions and how they were dealt with (English)"))
    result_zh = _text(_("Result (Chinese)"), help_text=_("Compulsory before the sheet is issued."))
    result_en = _text(_("Result (English)"))
    attachments = _text(_("Attachments"), help_text=_("One a line."))
    file = StoredFileField(label=_("Proof of the display"), kinds=LETTERS, required=False)
    base = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def values(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        file, base = data.pop("file"), data.pop("base")
        return {"text": SheetText(**data), "file": file, "base": base}


class IssueForm(RefusableForm):
    document_number = forms.CharField(label=_("Document number"), max_length=80)
    issued_on = day_field(_("Date of issue"))
    issuer = forms.CharField(label=_("Issued by"), max_length=120)

    def issue(self) -> Issue:
        data = self.cleaned_data
        return Issue(number=data["document_number"], on=data["issued_on"], issuer=data["issuer"])


class FinishForm(IssueForm):
    number = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def values(self) -> dict[str, Any]:
        return {"number": self.cleaned_data["number"], "issue": self.issue()}


class PaperForm(StoresFiles, IssueForm):
    """A paper of the checklist; chair and signers only where it is a collective opinion."""

    chair = forms.CharField(label=_("Chair"), max_length=60, required=False)
    signers = forms.CharField(
        label=_("Signed by"), max_length=500, required=False, help_text=_("Names, in order.")
    )
    file = StoredFileField(label=_("The document itself"), kinds=LETTERS, required=False)

    def __init__(self, *args: Any, is_collective: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("chair", "signers"):
            if is_collective:
                self.fields[name].required = True
            else:
                del self.fields[name]

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        signed = Signed(chair=data.get("chair", ""), signers=data.get("signers", ""))
        return {"issue": self.issue(), "signed": signed, "file": data["file"]}


class WaiveForm(RefusableForm):
    reason = forms.CharField(
        label=_("Why the plan does not need it"), max_length=500, widget=forms.Textarea
    )


class ConfirmForm(RefusableForm):
    agrees = forms.TypedChoiceField(
        label=_("Answer"),
        choices=[("yes", _("We agree that it is not needed")), ("no", _("It is needed"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=500, widget=forms.Textarea, required=False
    )


class NeighbourForm(LetterForm):
    code = forms.ChoiceField(label=_("Consulted neighbour"))
    result = forms.ChoiceField(
        label=pgettext_lazy("opinion of a neighbour", "Result"),
        choices=NeighbourResult.choices,
        widget=forms.RadioSelect,
    )
    text = _text(_("Text of the opinion"))
    field_order = ["code", "result", "text"]

    def __init__(self, *args: Any, units: Iterable[Jurisdiction], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [(unit.code, str(unit)) for unit in units]

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "code": data["code"],
            "result": data["result"],
            "text": data["text"],
            "letter": self.letter(),
        }


class NeighbourAnswerForm(LetterForm):
    text = forms.CharField(label=_("Answer"), widget=forms.Textarea, max_length=TEXT_LIMIT)
    field_order = ["text"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["issuer"], self.fields["letter_file"]

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        letter = Letter(number=data["letter_number"], on=data["letter_on"])
        return {"text": data["text"], "letter": letter}
