"""Input of a ballot's acts: shape only."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consult.ballots.enums import PositionValue
from consult.ballots.models import Ballot
from consult.ballots.seen import seen_of
from consult.ballots.steps import Letter

# Official deadlines end with the working day.
END_OF_DAY = time(17, 0)


def closing(day: date) -> datetime:
    """17:00 on `day` in the site's time zone."""
    return datetime.combine(day, END_OF_DAY, tzinfo=timezone.get_current_timezone())


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class SeenField(forms.CharField):
    """What the page shows, said back by its form: the act compares it (`seen.require_seen`).

    A page shown again shows what stands by then, so this field never repeats what was sent.
    """

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(required=False, max_length=200)

    def bound_data(self, data: Any, initial: Any) -> Any:
        return initial


class LetterForm(forms.Form):
    """The official letter that carries an answer or a position."""

    letter_number = forms.CharField(label=_("Letter number"), max_length=80, required=False)
    letter_on = forms.DateField(label=_("Date of the letter"), required=False, widget=DateInput)
    issuer = forms.CharField(label=_("Issued by"), max_length=120, required=False)

    def letter(self) -> Letter:
        data = self.cleaned_data
        return Letter(
            number=data["letter_number"], on=data["letter_on"], issuer=data.get("issuer", "")
        )


class OpenBallotForm(forms.Form):
    closes_on = forms.DateField(
        label=_("Closes on"),
        help_text=_("The ballot closes at 17:00 on this day."),
        widget=DateInput,
    )
    is_sealed = forms.BooleanField(
        label=_("Sealed until then"),
        help_text=_("Until the closing time the parties learn of each other only who answered."),
        required=False,
    )

    def terms(self) -> dict[str, Any]:
        """When it closes and whether it is sealed, as the acts take them."""
        data = self.cleaned_data
        return {"closes_at": closing(data["closes_on"]), "is_sealed": data["is_sealed"]}


class PositionForm(LetterForm):
    value = forms.ChoiceField(
        label=_("Position of your jurisdiction"),
        choices=[
            (value.value, value.label)
            for value in (PositionValue.AGREE, PositionValue.OBJECT, PositionValue.ABSTAIN)
        ],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("Reason"),
        help_text=_(
            "An objection names the clause and gives its reason; without one it is refused."
        ),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    wording = forms.CharField(
        label=_("Wording that would do"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    seen = SeenField()
    field_order = ["value", "text", "wording", "letter_number", "letter_on", "issuer"]

    def __init__(self, posted: QueryDict | None, *, on: Ballot | None) -> None:
        """`on`: the ballot the page speaks of."""
        super().__init__(posted, initial={"seen": seen_of(on)})

    def said(self) -> dict[str, Any]:
        """The position with its letter and what was read, as the acts take it."""
        data = self.cleaned_data
        words = {name: data[name] for name in ("value", "text", "wording", "seen")}
        return {**words, "letter": self.letter()}


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class ConfirmForm(forms.Form):
    """Nothing to fill in: the button is the act."""
