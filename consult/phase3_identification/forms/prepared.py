"""The form in which the staff prepare the position for their signatory: the position form, with
advice and notes, and without what only the act itself carries."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consult.phase3_identification.forms.positions import PositionForm
from consult.phase3_identification.forms.typed import EXCEPTIONS, Typed, typed_of
from consult.phase3_identification.prepared_content import NOTES

NOTE = "note-"  # and the item: a note to the signatory
UNPREPARED = ("revision", "former", "letter_file")


class PreparedForm(PositionForm):
    """The general position, unfinished where need be, with the advice to the signatory."""

    advice = forms.CharField(
        label=_("Advice to the signatory"),
        help_text=_("What we advise and why, in a few sentences a leader reads on a phone."),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    edits = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    field_order = ["advice"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in UNPREPARED:
            del self.fields[name]
        self.fields["value"].required = False

    def clean(self) -> dict[str, Any]:
        """What is unfinished is kept; it has to be complete when it is handed up."""
        return self.cleaned_data


def prepared_from(data: Mapping[str, Any]) -> Typed:
    """The prepared position of a posted form: what is typed, and the notes."""
    typed = typed_of(data)
    notes = {
        name.removeprefix(NOTE): str(data.get(name) or "").strip()
        for name in data
        if name.startswith(NOTE)
    }
    held = {row["item"] for row in typed[EXCEPTIONS]}
    typed[NOTES] = {item: text for item, text in notes.items() if text and item in held}
    return typed
