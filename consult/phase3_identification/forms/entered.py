"""Exceptions as the joint office enters them for a party."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consult.ballots.enums import PositionValue
from consult.ballots.forms import DateInput
from consult.phase3_identification.forms.positions import EXCEPTIONAL, choices
from consult.phase3_identification.steps import ReservationText, Stand


class EnteredExceptionForm(forms.Form):
    """One exception as the joint office enters it: all fields at once, whatever the value."""

    item = forms.ChoiceField(label=_("Article"), required=False)
    value = forms.ChoiceField(
        label=_("Position on this article"), choices=choices(EXCEPTIONAL), required=False
    )
    text = forms.CharField(
        label=_("Reason, condition or text of the reservation"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    wording = forms.CharField(
        label=_("Wording that would do (for an objection)"),
        help_text=_("Without it an objection is shown but does not block."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    scope = forms.CharField(
        label=_("What the reservation covers"),
        help_text=_("For instance: second sentence only."),
        max_length=200,
        required=False,
    )
    lifted_if_zh = forms.CharField(
        label=_("What would lift the reservation"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    review_on = forms.DateField(label=_("Review on"), required=False, widget=DateInput())
    text_en = forms.CharField(
        label=_("Reservation in English"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    lifted_if_en = forms.CharField(
        label=_("What would lift it, in English"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self,
        *args: Any,
        items: Sequence[tuple[str, list[tuple[str, str]]]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = [("", _("No exception")), *items]

    def stand(self) -> Stand | None:
        """The exception, or None where no item was chosen."""
        data = self.cleaned_data
        if not data.get("item"):
            return None
        return Stand(
            item=data["item"],
            value=data["value"] or PositionValue.AGREE_RESERVED.value,
            text=data["text"],
            wording=data["wording"],
            reservation=ReservationText(
                text_en=data["text_en"],
                scope=data["scope"],
                review_on=data["review_on"],
                lifted_if_zh=data["lifted_if_zh"],
                lifted_if_en=data["lifted_if_en"],
            ),
        )


ExceptionFormSet = forms.formset_factory(
    EnteredExceptionForm, extra=1, max_num=100, absolute_max=100
)
