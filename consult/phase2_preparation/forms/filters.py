"""Which comments a list, a download or a program asks for."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation.enums import (
    Answered,
    CommentType,
    DispositionOutcome,
    QueueState,
    QueueTab,
    Source,
)
from consult.phase2_preparation.queries.dispositions import UNDECIDED
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.terms.columns import Offer
from stakeholders.terms.errors import Invalid

ALL = ("", _("All"))
OFFERS = {
    "number": Offer(label=_("No.")),
    "commenter": Offer(label=_("Commenter")),
    "article": Offer(label=_("Article")),
    "text": Offer(label=_("Comment"), is_sortable=False),
    "outcome": Offer(label=_("Disposition")),
    "reason": Offer(label=_("Reason"), is_sortable=False),
}


class FilterForm(forms.Form):
    """The filters of the list of comments, as its address bears them.

    `rounds` and `chapters` (value, words) make a choice of what is else typed.
    """

    text = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"data-search": "", "type": "search"}),
    )
    outcome = forms.ChoiceField(
        label=_("Outcome"),
        required=False,
        choices=[ALL, (UNDECIDED, _("Not decided")), *DispositionOutcome.choices],
    )
    jurisdiction = forms.ChoiceField(label=_("Jurisdiction"), required=False)
    round = forms.IntegerField(label=_("Round"), required=False, min_value=1, max_value=32_767)
    chapter = forms.CharField(label=_("Chapter"), required=False, max_length=60)
    article = forms.CharField(label=_("Article"), required=False, max_length=20)
    source = forms.ChoiceField(label=_("Source"), required=False, choices=[ALL, *Source.choices])
    type = forms.ChoiceField(label=_("Type"), required=False, choices=[ALL, *CommentType.choices])
    answered = forms.ChoiceField(
        label=_("Answer of the commenter"), required=False, choices=[ALL, *Answered.choices]
    )
    open = forms.BooleanField(label=_("Only open ones"), required=False)
    late = forms.BooleanField(label=_("Only late ones"), required=False)
    folded = forms.BooleanField(label=_("Groups as one row"), required=False)
    mine = forms.BooleanField(label=_("Only ours"), required=False)
    item = forms.CharField(label=_("Item"), widget=forms.HiddenInput, required=False, max_length=60)
    tab = forms.ChoiceField(
        label=_("List"), widget=forms.HiddenInput, required=False, choices=[ALL, *QueueTab.choices]
    )
    state = forms.ChoiceField(
        label=_("State"),
        widget=forms.HiddenInput,
        required=False,
        choices=[ALL, *QueueState.choices],
    )
    sort = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)

    def __init__(
        self,
        *args: Any,
        units: Iterable[Jurisdiction],
        rounds: Iterable[tuple[object, object]] = (),
        chapters: Iterable[tuple[object, object]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        named = [(unit.code, str(unit)) for unit in units]
        self.fields["jurisdiction"].choices = [ALL, *named]
        for name, choices in (("round", list(rounds)), ("chapter", list(chapters))):
            if choices:
                self.fields[name].widget = forms.Select(choices=[ALL, *choices])

    def clean_sort(self) -> str:
        asked = str(self.cleaned_data["sort"])
        offer = OFFERS.get(asked.removeprefix("-"))
        if asked and (offer is None or not offer.is_sortable):
            raise forms.ValidationError(_("The list cannot be sorted by this."))
        return asked

    def chosen(self) -> dict[str, str]:
        """What was asked for. Invalid where a filter is none that there is."""
        if not self.is_valid():
            raise Invalid({name: str(errors[0]) for name, errors in self.errors.items()})
        values = {name: self.cleaned_data.get(name) for name in self.fields}
        return {
            name: "1" if value is True else str(value) for name, value in values.items() if value
        }

    @property
    def chips(self) -> list[tuple[str, str, str]]:
        """(name, label, words) of every active filter that a reader can take away."""
        self.is_valid()
        found = []
        for name, field in self.fields.items():
            value = self.cleaned_data.get(name)
            if value and name not in {"tab", "state", "sort"}:
                found.append((name, str(field.label), _words(field, value)))
        return found


def _words(field: Any, value: object) -> str:
    """A choice in words; a box that is ticked needs none."""
    if value is True:
        return ""
    choices: Any = getattr(field, "choices", None) or getattr(field.widget, "choices", ())
    return str({str(key): words for key, words in choices}.get(str(value), value))
