"""The forms of the reply: the letter with its conditions, and the acknowledgement."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consult.approval.actions.replies import Decision
from consult.approval.deciding import LONGEST, MOST
from consult.approval.enums import ReplyOutcome
from consult.approval.steps.letters import LetterText
from consult.approval.steps.replies import ConditionText
from consult.ballots.forms import DateInput
from stakeholders.files.enums import LETTERS
from stakeholders.files.forms import StoredFileField, StoresFiles
from stakeholders.terms.asked import asked_number

ROWS = 2  # that an empty form offers
OF_ROW = ("item", "text_zh", "text_en")
ITEMS = "submitted-items"  # id of the list the rows choose from
COUNT = "conditions"


def rows_in(data: Mapping[str, Any]) -> int:
    """How many rows a posted form has."""
    return min(max(asked_number(str(data.get(COUNT) or ""), default=ROWS), 1), MOST)


class ReplyForm(StoresFiles):
    """The reply of the authority, with a row per condition or returned item; blank rows are none."""

    outcome = forms.ChoiceField(
        label=_("What the reply decides"),
        choices=ReplyOutcome.choices,
        widget=forms.RadioSelect,
    )
    senders = forms.MultipleChoiceField(
        label=_("Who has replied"), widget=forms.CheckboxSelectMultiple
    )
    number = forms.CharField(label=_("Letter number"), max_length=80)
    dated_on = forms.DateField(label=_("Date of the letter"), widget=DateInput())
    file = StoredFileField(
        label=pgettext_lazy("approval", "The letter itself"), kinds=LETTERS, required=False
    )
    reason = forms.CharField(
        label=_("Why the entry is corrected"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    conditions = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        count: int = ROWS,
        addressees: Sequence[tuple[str, str]] = (),
        is_correction: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.count = count
        self.initial[COUNT] = count
        self.fields["senders"].choices = addressees
        if not addressees:
            del self.fields["senders"]
        if not is_correction:
            del self.fields["reason"]
        for number in range(count):
            self._grow(f"condition-{number}-")

    def _grow(self, at: str) -> None:
        # The longest texts are refused by the act, which says so at the row.
        area = {"rows": 3, "maxlength": LONGEST}
        self.fields[at + "item"] = forms.CharField(
            label=_("Item"),
            required=False,
            help_text=_("Number or title, as submitted; empty for the plan as a whole."),
            widget=forms.TextInput(attrs={"list": ITEMS, "autocomplete": "off"}),
        )
        self.fields[at + "text_zh"] = forms.CharField(
            label=_("What the reply says (Chinese)"),
            required=False,
            widget=forms.Textarea(attrs=area),
        )
        self.fields[at + "text_en"] = forms.CharField(
            label=_("What the reply says (English)"),
            required=False,
            widget=forms.Textarea(attrs=area),
        )

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        """The fields that are no row's, in order."""
        return [one for one in self.visible_fields() if not one.name.startswith("condition-")]

    @property
    def condition_rows(self) -> list[list[forms.BoundField]]:
        """The bound fields of each row, for the template."""
        return [[self[f"condition-{n}-{name}"] for name in OF_ROW] for n in range(self.count)]

    def said(self) -> LetterText:
        data = self.cleaned_data
        return LetterText(
            number=data["number"],
            dated_on=data["dated_on"],
            senders=data.get("senders", ()),
            file=data["file"],
        )

    def decision(self) -> Decision:
        data = self.cleaned_data
        rows = [
            ConditionText(**{name: data[f"condition-{n}-{name}"] for name in OF_ROW})
            for n in range(self.count)
        ]
        return Decision(outcome=data["outcome"], conditions=rows)


class AcknowledgeForm(forms.Form):
    """The party's own letter, if it writes one: the button is the act."""

    letter_number = forms.CharField(label=_("Letter number"), max_length=80, required=False)
    letter_on = forms.DateField(label=_("Date of the letter"), required=False, widget=DateInput())
