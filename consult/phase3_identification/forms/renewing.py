"""The form by which a party renews its consent on what changed since its last word."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consult.ballots.enums import FLAGS, PositionValue
from consult.phase3_identification.forms.letters import LetterForm
from consult.phase3_identification.steps import ConditionText, ReservationText, Stand

AS_BEFORE = ""
OTHERS = [
    PositionValue.AGREE,
    PositionValue.AGREE_RESERVED,
    PositionValue.AGREE_IN_PRINCIPLE,
    PositionValue.ABSTAIN,
    PositionValue.OBJECT,
]
NEED_TEXT = frozenset(
    {
        PositionValue.AGREE_RESERVED.value,
        PositionValue.AGREE_IN_PRINCIPLE.value,
        PositionValue.OBJECT.value,
    }
)


class RenewForm(LetterForm):
    """One answer per item that changed: as before, or something else; nothing else is asked."""

    decided_by = forms.CharField(
        label=_("Decided by"),
        help_text=_("The body and its meeting, for instance the 31st executive meeting."),
        max_length=120,
        required=False,
    )
    revision = forms.CharField(widget=forms.HiddenInput)
    former = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, keys: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys = list(keys)
        choices = [(AS_BEFORE, _("As before")), *((v.value, v.label) for v in OTHERS)]
        for number in range(len(self.keys)):
            self.fields[f"value-{number}"] = forms.ChoiceField(
                label=_("Our answer"), choices=choices, required=False
            )
            self.fields[f"text-{number}"] = forms.CharField(
                label=_("Reason, condition or text of the reservation"),
                required=False,
                widget=forms.Textarea(attrs={"rows": 3}),
            )
            self.fields[f"wording-{number}"] = forms.CharField(
                label=_("Wording that would do (for an objection)"),
                required=False,
                widget=forms.Textarea(attrs={"rows": 3}),
            )

    @property
    def answers(self) -> list[tuple[forms.BoundField, list[forms.BoundField]]]:
        """Per item the choice, and the fields that go with another answer."""
        return [
            (self[f"value-{n}"], [self[f"text-{n}"], self[f"wording-{n}"]])
            for n in range(len(self.keys))
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for number in range(len(self.keys)):
            value = data.get(f"value-{number}")
            if value in NEED_TEXT and not data.get(f"text-{number}", "").strip():
                self.add_error(f"text-{number}", _("This answer needs its text."))
        return data

    def others(self) -> dict[str, Stand]:
        """Item key -> the answer given instead of the former one."""
        said = {}
        for number, key in enumerate(self.keys):
            if value := self.cleaned_data.get(f"value-{number}"):
                said[key] = Stand(
                    item=key,
                    value=value,
                    text=self.cleaned_data[f"text-{number}"],
                    wording=self.cleaned_data[f"wording-{number}"]
                    if FLAGS[value].get("blocks")
                    else "",
                )
        return said


def stand_of(said: Mapping[str, Any], *, item: str = "") -> Stand:
    """What a declaration holds of a general position or an exception, to be said once more."""
    reservation = dict(said.get("reservation") or {})
    if day := reservation.get("review_on"):
        reservation["review_on"] = date.fromisoformat(day)
    return Stand(
        item=item,
        value=said["value"],
        text=said.get("text", ""),
        wording=said.get("wording", ""),
        reservation=ReservationText(**reservation),
        conditions=tuple(_condition_of(one) for one in said.get("conditions", ())),
    )


def _condition_of(said: Mapping[str, Any]) -> ConditionText:
    day = said.get("due_on")
    return ConditionText(
        text=said["text"], by=said["by"], due_on=date.fromisoformat(day) if day else None
    )


def restated(
    content: Mapping[str, Any],
    *,
    items: Sequence[str],
    origins: Mapping[str, str],
    others: Mapping[str, Stand],
) -> tuple[Stand, list[Stand]]:
    """The former declaration said once more, with `others` in place of what it said on their items.

    An exception on an item that is no longer asked about is left out; one that passed on
    (`origins`: item -> the item it was raised on) is said on the successor.
    """
    former = content.get("exceptions") or {}
    said: dict[str, Stand] = {}
    for item in items:
        source = item if item in former else origins.get(item, "")
        if source in former:
            said[item] = stand_of(former[source], item=item)
    said |= others
    return stand_of(content["general"]), list(said.values())
