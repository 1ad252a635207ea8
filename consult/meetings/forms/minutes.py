"""Input shapes of decisions, tasks, the minutes and words on them."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consult.matters.forms import LONG, RefusableForm
from consult.matters.ladder import end_of_day
from consult.matters.steps import Wording
from consult.meetings.enums import DecisionOutcome
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.models import Organization
from stakeholders.templatetags.in_language import in_language


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def area(label: Any, *, rows: int = 4, **options: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=LONG, widget=widget, **options)


class EmptyForm(RefusableForm):
    """Nothing to fill in: the button is the act."""

    def values(self) -> dict[str, Any]:
        return {}


class ReasonForm(RefusableForm):
    reason = area(_("Reason"), rows=3)

    def values(self) -> dict[str, Any]:
        return {"reason": self.cleaned_data["reason"]}


class DecisionForm(RefusableForm):
    outcome = forms.ChoiceField(
        label=pgettext_lazy("meeting", "Outcome"),
        choices=DecisionOutcome.choices,
        widget=forms.RadioSelect,
    )
    text_zh = area(_("What was decided (Chinese)"), required=False)
    text_en = area(_("What was decided (English)"), required=False)

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        text = Wording(zh=data["text_zh"], en=data["text_en"])
        return {"outcome": data["outcome"], "text": text}


class TaskForm(RefusableForm):
    title_zh = forms.CharField(label=_("What is to be done (Chinese)"), max_length=200)
    title_en = forms.CharField(
        label=_("What is to be done (English)"), max_length=300, required=False
    )
    owner = forms.ChoiceField(label=_("Responsible"))
    partners = forms.MultipleChoiceField(
        label=_("Takes part"), required=False, widget=forms.CheckboxSelectMultiple
    )
    due_on = forms.DateField(label=_("Until"), widget=DateInput())
    evidence_zh = area(_("What proves it (Chinese)"), rows=2, required=False)
    evidence_en = area(_("What proves it (English)"), rows=2, required=False)

    def __init__(
        self,
        *args: Any,
        units: Iterable[Jurisdiction],
        bodies: Iterable[Organization],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        parties = [(unit.code, str(unit)) for unit in units]
        charged = [(f"body-{one.pk}", in_language(one, "name")) for one in bodies]
        self.fields["owner"].choices = [*parties, *charged]
        self.fields["partners"].choices = parties

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        kind, dash, pk = data["owner"].partition("-")
        return {
            "title": Wording(zh=data["title_zh"], en=data["title_en"]),
            "owner": None if dash else kind,
            "body": int(pk) if dash else None,
            "partners": data["partners"],
            "due_on": data["due_on"],
            "evidence": Wording(zh=data["evidence_zh"], en=data["evidence_en"]),
        }


class DraftForm(RefusableForm):
    text_zh = area(_("Minutes (Chinese)"), rows=16, required=False)
    text_en = area(_("Minutes (English)"), rows=10, required=False)
    edits = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        text = Wording(zh=data["text_zh"], en=data["text_en"])
        return {"text": text, "edits": data["edits"]}


class ForwardForm(RefusableForm):
    due_on = forms.DateField(
        label=_("To be confirmed until"),
        required=False,
        widget=DateInput(),
        help_text=_("Until 17:00 of this day; five working days where nothing stands here."),
    )

    def values(self) -> dict[str, Any]:
        day = self.cleaned_data["due_on"]
        return {"due_at": end_of_day(day) if day else None}


class CommentForm(RefusableForm):
    text = area(_("What should be written otherwise"), rows=5)
    edition = forms.IntegerField(widget=forms.HiddenInput)

    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class ReplyForm(RefusableForm):
    is_adopted = forms.TypedChoiceField(
        label=_("Taken up?"),
        widget=forms.RadioSelect,
        choices=[("yes", _("Taken up")), ("no", _("Not taken up"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
    )
    reason = area(_("Reason"), rows=3, required=False)

    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class ConfirmForm(RefusableForm):
    confirms = forms.TypedChoiceField(
        label=_("Do you confirm this edition?"),
        widget=forms.RadioSelect,
        choices=[("yes", _("We confirm it")), ("no", _("We do not confirm it"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
    )
    reason = area(_("What you do not confirm"), rows=3, required=False)
    edition = forms.IntegerField(widget=forms.HiddenInput)

    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)
