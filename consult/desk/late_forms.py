"""What of the table "who is late" is wanted, and the sentence of a reminder by hand."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consult.desk.enums import SENTENCE_LENGTH
from consult.desk.kinds import DutyGroup, label_of
from consult.desk.queries import OFFICE, Asked, LateTable, Standing
from stakeholders.terms.duty import Text

ALL = ("", _("All"))
OFFICE_NAME, PERSONS_NAME = _("Joint office"), _("Named persons")
SORTS = ("unit", "open", "overdue")


def name_of(standing: Standing) -> Text:
    """What a holder of the table is called."""
    if standing.unit is not None:
        return str(standing.unit)
    return OFFICE_NAME if standing.code == OFFICE else PERSONS_NAME


class LateForm(forms.Form):
    """The filter; the address keeps it, and an unknown value is as good as none."""

    unit = forms.CharField(label=_("Responsible"), required=False, widget=forms.Select)
    group = forms.ChoiceField(
        label=_("Part of the work"), required=False, choices=[ALL, *DutyGroup.choices]
    )
    kind = forms.CharField(label=_("Kind"), required=False, widget=forms.Select)
    overdue = forms.BooleanField(label=_("Only what is overdue"), required=False)

    def asked(self) -> Asked:
        self.is_valid()
        sort = self.data.get("sort", "")
        return Asked(
            unit=self.cleaned_data.get("unit", ""),
            group=self.cleaned_data.get("group", ""),
            kind=self.cleaned_data.get("kind", ""),
            is_overdue=self.cleaned_data.get("overdue", False),
            sort=sort if sort.removeprefix("-") in SORTS else SORTS[0],
        )

    def offer(self, table: LateTable) -> None:
        """Offer what the table has: its holders, and the kinds that are open."""
        self._offer("unit", ((one.code, name_of(one)) for one in table.units))
        self._offer("kind", ((kind, label_of(kind)) for kind in table.kinds))

    def _offer(self, name: str, choices: Iterable[tuple[str, Text]]) -> None:
        self.fields[name].widget.choices = [ALL, *choices]


class NudgeForm(forms.Form):
    """A reminder by hand of one duty, or of all a holder is overdue with."""

    duty = forms.CharField(max_length=160, required=False)
    unit = forms.CharField(max_length=40, required=False)
    sentence = forms.CharField(
        label=_("A sentence for the reminder"),
        help_text=_("It goes with the next reminder you send, and is not put on record."),
        max_length=SENTENCE_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "form": "nudge"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("duty", "unit"):
            self.fields[name].widget = forms.HiddenInput()
