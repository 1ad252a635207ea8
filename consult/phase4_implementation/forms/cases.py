"""Forms of the acts on a case, and the filter of the list."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consult.matters.enums import Level
from consult.matters.forms import ReasonForm, RefusableForm
from consult.matters.forms.said import day_field, text_field
from consult.matters.steps import Wording
from consult.phase4_implementation.actions import Ending
from consult.phase4_implementation.enums import CaseOutcome, CaseState
from consult.phase4_implementation.queries import CasesAsked
from consult.phase4_implementation.steps import AnswerText
from stakeholders.files.forms import StoredFileField, StoresFiles
from stakeholders.jurisdictions.models import Jurisdiction

EITHER = _("In Chinese, in English or in both.")


class CaseAnswerForm(RefusableForm, StoresFiles):
    """`units`: whom the actor may answer for."""

    jurisdiction = forms.ChoiceField(label=_("Answering unit"))
    cause_zh = text_field(_("Cause (Chinese)"), required=False, help_text=EITHER)
    cause_en = text_field(_("Cause (English)"), required=False)
    measure_zh = text_field(_("Measure (Chinese)"), required=False, help_text=EITHER)
    measure_en = text_field(_("Measure (English)"), required=False)
    done_on = day_field(
        _("Done by"), help_text=_("If the case is closed before, the measure goes on as a task.")
    )
    file = StoredFileField(
        label=_("Evidence"),
        required=False,
        help_text=_("Needed where the joint office enters the answer for the unit."),
    )

    def __init__(self, *args: Any, units: Iterable[Jurisdiction], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["jurisdiction"].choices = [(unit.pk, str(unit)) for unit in units]

    def values(self) -> dict[str, Any]:
        """The keyword arguments of the action."""
        data = self.cleaned_data
        said = AnswerText(
            cause=Wording(zh=data["cause_zh"], en=data["cause_en"]),
            measure=Wording(zh=data["measure_zh"], en=data["measure_en"]),
            done_on=data["done_on"],
            file=data["file"],
        )
        return {"jurisdiction": data["jurisdiction"], "said": said}


class CaseViewForm(RefusableForm, StoresFiles):
    accepts = forms.TypedChoiceField(
        label=_("How the measure is seen"),
        choices=[("1", _("Accepts the measure")), ("0", _("Asks for more"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    text_zh = text_field(
        _("Text (Chinese)"), required=False, help_text=_("Who asks for more says what.")
    )
    text_en = text_field(_("Text (English)"), required=False)
    file = StoredFileField(label=_("Enclosure"), required=False)

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        text = Wording(zh=data["text_zh"], en=data["text_en"])
        return {"accepts": data["accepts"], "text": text, "file": data["file"]}


class CaseRaiseForm(ReasonForm):
    pass


class CaseCloseForm(RefusableForm, StoresFiles):
    outcome = forms.ChoiceField(
        label=pgettext_lazy("case", "Outcome"),
        choices=CaseOutcome.choices,
        widget=forms.RadioSelect,
        help_text=_(
            "To be struck off a case needs answers of all and a later reading back within, or a"
            " paper; a new negotiation opens a matter on the threshold; a false alarm needs a"
            " correction, or a paper."
        ),
    )
    reason_zh = text_field(_("Reason (Chinese)"), required=False, help_text=EITHER)
    reason_en = text_field(_("Reason (English)"), required=False)
    file = StoredFileField(label=_("Evidence"), required=False)

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        reason = Wording(zh=data["reason_zh"], en=data["reason_en"])
        return {"ending": Ending(outcome=data["outcome"], reason=reason, file=data["file"])}


class CasesForm(forms.Form):
    """The filter; an unknown value is as good as none."""

    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("All")),
            ("running", pgettext_lazy("case", "Not closed")),
            ("late", pgettext_lazy("case", "Answer overdue")),
            *CaseState.choices,
        ],
    )
    indicator = forms.ChoiceField(label=_("Indicator"), required=False)
    jurisdiction = forms.ChoiceField(label=_("Jurisdiction"), required=False)
    level = forms.ChoiceField(
        label=pgettext_lazy("matter", "Level"),
        required=False,
        choices=[("", _("All")), *Level.choices],
    )

    def __init__(
        self,
        *args: Any,
        indicators: Iterable[tuple[str, str]],
        units: Iterable[Jurisdiction],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["indicator"].choices = [("", _("All")), *indicators]
        self.fields["jurisdiction"].choices = [("", _("All")), *((u.pk, str(u)) for u in units)]

    def asked(self) -> CasesAsked:
        self.is_valid()
        return CasesAsked(**{name: self.cleaned_data.get(name, "") for name in self.fields})
