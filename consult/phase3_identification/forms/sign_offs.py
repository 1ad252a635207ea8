"""Forms that open and end a sign-off, ask to reopen and override."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation.forms.given import day_field, hour_field
from consult.phase2_preparation.local_times import instant


class OpenForm(forms.Form):
    """When the sign-off closes, and whether it is sealed until then.

    The hour is a local one in a zone that is named; without a day a person closes.
    """

    closes_on = day_field(
        _("Last day"),
        required=False,
        help_text=_("Left empty: the joint office closes it when all have spoken."),
    )
    closes_hour = hour_field(required=False)
    zone = forms.CharField(
        label=_("Time zone"),
        max_length=40,
        required=False,
        help_text=_("Day and hour are meant in this zone."),
    )
    is_sealed = forms.BooleanField(
        label=_("Sealed: until then others learn only who has answered"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["zone"].initial = settings.TIME_ZONE

    def closing(self) -> datetime | None:
        """The instant meant, or None. Raises Invalid for an hour the clocks leave out or bring
        twice, for midnight and for an unknown zone."""
        data = self.cleaned_data
        if data["closes_on"] is None:
            return None
        hour = data["closes_hour"] or self.fields["closes_hour"].initial
        zone = data["zone"] or settings.TIME_ZONE
        return instant(day=data["closes_on"], hour=hour, zone=zone)

    def opening(self) -> dict[str, Any]:
        return {"closes_at": self.closing(), "is_sealed": self.cleaned_data["is_sealed"]}


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))


class AskForm(ReasonForm):
    """Which of its items a party asks to take back to preparation, and why."""

    items = forms.MultipleChoiceField(
        label=_("Articles to take back"), widget=forms.CheckboxSelectMultiple
    )
    field_order = ("items", "reason")

    def __init__(self, *args: Any, items: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["items"].choices = items


class NumberForm(forms.Form):
    """The number of a statement as the joint office's register of documents has it."""

    number = forms.CharField(
        label=_("Document number"),
        max_length=80,
        help_text=_("As on the paper. It is entered once."),
    )
    dated_on = day_field(_("Date of the document"))


class OverrideForm(ReasonForm):
    """Why an item is adopted against its rule, and whose signatory is asked."""

    signatory_of = forms.ChoiceField(
        label=_("Signatory of"),
        help_text=_("The second person: a signatory of this party, somebody other than you."),
    )
    field_order = ("reason", "signatory_of")

    def __init__(self, *args: Any, parties: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["signatory_of"].choices = parties
