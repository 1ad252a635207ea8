"""Input of a case on which a rule is tried."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from consult.phase1_organization.enums import ItemClass, Stance
from consult.phase1_organization.forms.rules import Chosen
from consult.phase1_organization.trying import Question, Trial

PREFIX = "try"


class TrialForm(forms.Form):
    """One class of items, what each co-maker does, and whether the ballot is closed.

    Everything may be left out: who is not named says nothing, and the ballot is closed.
    """

    item_class = forms.ChoiceField(label=_("Class of the item"), choices=ItemClass.choices)
    is_open = forms.BooleanField(
        label=_("The ballot is still open: what can still come?"), required=False
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        parties: Sequence[tuple[str, str]],
        classes: Sequence[str],
        initial: dict[str, Any] | None = None,
    ) -> None:
        self.codes = [code for code, _name in parties]
        if data is not None:
            data = data.copy()
            for code in self.codes:
                data.setdefault(f"{PREFIX}-{code}", Stance.SILENT.value)
        super().__init__(data, prefix=PREFIX, initial=initial)
        offered = [one for one in ItemClass.choices if one[0] in classes]
        self.fields["item_class"].choices = offered
        for code, name in parties:
            self.fields[code] = Chosen(
                label=name, choices=Stance.choices, initial=Stance.SILENT.value
            )

    def stances(self) -> list[forms.BoundField]:
        return [self[code] for code in self.codes]

    def trial(self) -> Trial:
        data = self.cleaned_data
        return Trial(
            item_class=data["item_class"],
            stances={code: data[code] for code in self.codes if data[code]},
            is_closed=not data["is_open"],
        )


def as_posted(trial: Trial) -> dict[str, str]:
    """A trial as the form or an address says it."""
    said = {f"{PREFIX}-{code}": stance for code, stance in trial.stances.items()}
    return {f"{PREFIX}-item_class": trial.item_class, **said}


QUESTIONS = {
    "all_agree": _("What if everybody agrees?"),
    "nobody": _("What if nobody answers?"),
    "one_silent": _("What if {who} says nothing and the rest agree?"),
    "one_objects": _("What if {who} objects and the rest agree?"),
    "one_objects_some_silent": _("What if {who} objects and {others} stay silent?"),
    "one_objects_bare": _("What if {who} objects without a reason?"),
    "one_reserved": _("What if {who} agrees with a reservation?"),
    "one_abstains": _("What if {who} takes no position?"),
}


def question_text(question: Question, *, names: Mapping[str, str]) -> str:
    """A quick question in the reader's language."""
    text = str(QUESTIONS[question.kind])
    return text.format(who=names.get(question.who, question.who), others=question.others)
