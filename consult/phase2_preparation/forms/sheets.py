"""Input shapes of a comment form on its way in."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from consult.matters.forms import RefusableForm
from consult.phase2_preparation.enums import ENTERED, Source
from consult.phase2_preparation.forms.given import LetterForm
from stakeholders.files.enums import MIB, Kind
from stakeholders.files.forms import StoredFileField, StoresFiles

FORMS: Final = frozenset({Kind.XLSX, Kind.CSV, Kind.DOCX})
MOST_SIZE: Final = 8 * MIB


class SheetForm(StoresFiles, RefusableForm):
    """A jurisdiction's own form."""

    file = StoredFileField(label=_("The form, filled in"), kinds=FORMS, max_size=MOST_SIZE)


class OpinionSheetForm(SheetForm):
    """A form that somebody sent by mail, for the joint office to enter."""

    source = forms.ChoiceField(
        label=_("Source"), choices=[c for c in Source.choices if c[0] in ENTERED]
    )


class EnterSheetForm(RefusableForm):
    """What entering asks: all or nothing, handed to the contact point or kept."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=100)
    whole = forms.BooleanField(
        label=_("All or nothing: enter only when no row has a fault"),
        required=False,
        initial=True,
    )
    share = forms.BooleanField(
        label=_("Hand to the contact point for clearance"), required=False, initial=True
    )


class EnterOpinionForm(LetterForm):
    """The same for an opinion, with the letter it came with."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=100)
    whole = forms.BooleanField(
        label=_("All or nothing: enter only when no row has a fault"),
        required=False,
        initial=True,
    )
    field_order = ["seen", "whole"]

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"seen": data["seen"], "whole": data["whole"], "letter": self.letter()}
