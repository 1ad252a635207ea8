"""The form by which a party takes its position."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consult.ballots.enums import PositionValue
from consult.phase3_identification.board import BoardRow
from consult.phase3_identification.forms.letters import LetterForm, day_input
from consult.phase3_identification.steps import ReservationText, Stand

GENERAL = [
    PositionValue.AGREE,
    PositionValue.AGREE_IN_PRINCIPLE,
    PositionValue.ABSTAIN,
    PositionValue.OBJECT,
]


EXCEPTIONAL = [
    PositionValue.AGREE_RESERVED,
    PositionValue.OBJECT,
    PositionValue.AGREE_IN_PRINCIPLE,
    PositionValue.ABSTAIN,
    PositionValue.AGREE,
]


def choices(values: Sequence[PositionValue]) -> list[tuple[str, object]]:
    return [(value.value, value.label) for value in values]


class PositionForm(LetterForm):
    """The general position of a party, with the revision and former declaration it has seen."""

    value = forms.ChoiceField(
        label=_("Position on all items that concern us"),
        choices=choices(GENERAL),
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("Reason or condition"),
        help_text=_("Needed to object or to agree in principle."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    issuer = forms.CharField(label=_("Issued by"), max_length=120, required=False)
    decided_by = forms.CharField(
        label=_("Decided by"),
        help_text=_("The body and its meeting, for instance the 31st executive meeting."),
        max_length=120,
        required=False,
    )
    revision = forms.CharField(widget=forms.HiddenInput)
    former = forms.IntegerField(required=False, widget=forms.HiddenInput)

    field_order = ["value", "text", "letter_number", "letter_on", "issuer", "decided_by"]

    def general(self) -> Stand:
        return Stand(value=self.cleaned_data["value"], text=self.cleaned_data["text"])


class ExceptionForm(forms.Form):
    """One exception: an item, the value, and what goes with it."""

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
    review_on = forms.DateField(label=_("Review on"), required=False, widget=day_input())
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


ExceptionFormSet = forms.formset_factory(ExceptionForm, extra=1, max_num=100)


def item_choices(
    rows: Sequence[BoardRow], headings: Mapping[str, str]
) -> list[tuple[str, list[tuple[str, str]]]]:
    """Items as a list grouped by chapter, for the exception's choice."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        label = headings.get(row.heading) or row.heading or str(_("Without chapter"))
        groups.setdefault(label, []).append((row.key, f"{row.number} {row.title}"))
    return list(groups.items())


def initial_exceptions(content: Mapping[str, object]) -> list[dict[str, object]]:
    """The exceptions of a former declaration, so that restating them is one press."""
    exceptions = content.get("exceptions")
    if not isinstance(exceptions, dict):
        return []
    return [
        {
            "item": key,
            **{name: said.get(name, "") for name in ("value", "text", "wording")},
            **(said.get("reservation") or {}),
        }
        for key, said in exceptions.items()
    ]
