"""Input shapes of the lists of demands."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consult.demands.enums import UNSORTED, WORKING, SortedAs, SortingReply
from consult.demands.steps import Entry
from consult.matters.forms import RefusableForm
from consult.matters.models import Matter
from plans.text.enums import Demand, Theme
from stakeholders.files.forms import StoredFileField, StoresFiles
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.templatetags.in_language import in_language

ALL = ("", _("All"))


def _words(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class FilterForm(forms.Form):
    """Which demands are shown; the address keeps it."""

    party = forms.ChoiceField(label=_("Party"), required=False)
    state = forms.ChoiceField(
        label=_("Sorted as"),
        required=False,
        choices=[
            ALL,
            (WORKING, _("Not handed in")),
            (UNSORTED, _("Not sorted yet")),
            *SortedAs.choices,
        ],
    )
    kind = forms.ChoiceField(
        label=_("Kind of demand"), required=False, choices=[ALL, *Demand.choices]
    )
    theme = forms.ChoiceField(label=_("Theme"), required=False, choices=[ALL, *Theme.choices])

    def __init__(self, *args: Any, units: Iterable[Jurisdiction], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"].choices = [ALL, *[(one.code, str(one)) for one in units]]

    def chosen(self) -> dict[str, str]:
        """What was asked for; an unknown value is as good as none."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}


class DemandForm(RefusableForm, StoresFiles):
    title_zh = forms.CharField(label=_("Title (Chinese)"), max_length=200)
    title_en = forms.CharField(label=_("Title (English)"), max_length=300, required=False)
    kind = forms.ChoiceField(
        label=_("Kind of demand"), choices=Demand.choices, widget=forms.RadioSelect
    )
    theme = forms.ChoiceField(label=_("Theme"), choices=[("", "—"), *Theme.choices])
    text_zh = forms.CharField(
        label=_("What is demanded and why (Chinese)"),
        widget=_words(),
        required=False,
        max_length=10_000,
    )
    text_en = forms.CharField(
        label=_("What is demanded and why (English)"),
        widget=_words(),
        required=False,
        max_length=10_000,
    )
    evidence = StoredFileField(label=_("Evidence"), required=False)
    edits = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def entry(self) -> Entry:
        data = {name: value for name, value in self.cleaned_data.items() if name != "edits"}
        return Entry(**data)


class RemoveForm(RefusableForm):
    edits = forms.IntegerField(widget=forms.HiddenInput)


class AskForm(RefusableForm):
    due_at = forms.DateTimeField(
        label=_("Hand in by"),
        help_text=_("Local date and hour."),
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
    )
    note_zh = forms.CharField(
        label=_("What is asked for (Chinese)"), widget=_words(), required=False, max_length=4000
    )
    note_en = forms.CharField(
        label=_("What is asked for (English)"), widget=_words(), required=False, max_length=4000
    )


class HandInForm(RefusableForm):
    is_nil = forms.BooleanField(
        label=_("We have no demand on this plan."),
        required=False,
        help_text=_("Only where nothing is written: it says that you were asked and have none."),
    )


class SortForm(RefusableForm):
    sorted_as = forms.ChoiceField(
        label=_("Sorted as"), choices=SortedAs.choices, widget=forms.RadioSelect
    )
    items = forms.MultipleChoiceField(
        label=_("Items it went into"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices-scroll"}),
        help_text=_("For “into the text”: items of the working draft."),
    )
    matter = forms.ChoiceField(
        label=pgettext_lazy("demand", "Matter"),
        required=False,
        help_text=_("For “to a matter”: open it first, if there is none."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=4000,
        widget=_words(),
        help_text=_("Compulsory where it is not taken up in this plan."),
    )

    def __init__(
        self,
        *args: Any,
        items: Sequence[tuple[str, str]],
        matters: Iterable[Matter],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.matters = {one.key: one for one in matters}
        self.fields["items"].choices = items
        self.fields["matter"].choices = [
            ("", "—"),
            *[(key, f"{key} {in_language(one, 'title')}") for key, one in self.matters.items()],
        ]

    def sorting(self) -> dict[str, Any]:
        """The keyword arguments of `sort_demand`."""
        data = dict(self.cleaned_data)
        return {**data, "matter": self.matters.get(data["matter"])}


class AnswerForm(RefusableForm):
    value = forms.ChoiceField(
        label=pgettext_lazy("demand", "Answer"),
        choices=SortingReply.choices,
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("Text"),
        required=False,
        max_length=4000,
        widget=_words(),
        help_text=_("Compulsory where it is not accepted."),
    )
    sorting = forms.IntegerField(widget=forms.HiddenInput)
