"""The form by which a party takes its position."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consult.ballots.enums import PositionValue
from consult.ballots.forms import DateInput, LetterForm
from consult.phase3_identification.board import BoardRow
from consult.phase3_identification.checks import AHEAD, EMPTY_CONDITION, NEEDS, is_ahead
from consult.phase3_identification.forms.typed import (
    EXCEPTIONS,
    OF_VALUE,
    Typed,
    posted,
    takes_conditions,
)
from consult.phase3_identification.steps import Basis, ConditionText, ReservationText, Stand
from stakeholders.files.forms import StoredFileField, StoresFiles

GENERAL = [
    PositionValue.AGREE,
    PositionValue.AGREE_IN_PRINCIPLE,
    PositionValue.ABSTAIN,
    PositionValue.OBJECT,
    PositionValue.RECUSED,
]


EXCEPTIONAL = [
    PositionValue.AGREE_RESERVED,
    PositionValue.OBJECT,
    PositionValue.AGREE_IN_PRINCIPLE,
    PositionValue.ABSTAIN,
    PositionValue.AGREE,
    PositionValue.RECUSED,
]
Units = Sequence[tuple[str, object]]
OFFICE: tuple[str, object] = ("", _("The joint office"))


def choices(values: Sequence[PositionValue]) -> list[tuple[str, object]]:
    return [(value.value, value.label) for value in values]


def lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class Conditional(forms.Form):
    """A form with a list of conditions: a row each of text, who should meet it, by when."""

    conditions = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def grow(self, count: int, units: Units) -> None:
        """Add the fields of `count` rows."""
        self.count = count
        self.initial["conditions"] = count
        for number in range(count):
            self.fields[f"condition-{number}-text"] = forms.CharField(
                label=_("Condition"), required=False, widget=lines(2)
            )
            self.fields[f"condition-{number}-by"] = forms.ChoiceField(
                label=_("Who should meet it"), required=False, choices=[OFFICE, *units]
            )
            self.fields[f"condition-{number}-due_on"] = forms.DateField(
                label=_("By when"), required=False, widget=DateInput()
            )

    @property
    def condition_rows(self) -> list[list[forms.BoundField]]:
        """The bound fields of each row, for the template."""
        names = ("text", "by", "due_on")
        return [[self[f"condition-{n}-{name}"] for name in names] for n in range(self.count)]

    def asked(self) -> tuple[ConditionText, ...]:
        """The conditions; a row left empty is none."""
        rows = [
            ConditionText(
                text=self.cleaned_data.get(f"condition-{n}-text", ""),
                by=self.cleaned_data.get(f"condition-{n}-by", ""),
                due_on=self.cleaned_data.get(f"condition-{n}-due_on"),
            )
            for n in range(self.count)
        ]
        return tuple(row for row in rows if row != ConditionText(text=""))

    def check_conditions(self, value: str) -> None:
        """An error at its row for each condition that lacks a text or has a day that is past."""
        if not takes_conditions(value):
            return
        for n in range(self.count):
            at = f"condition-{n}-"
            due, by = (self.cleaned_data.get(at + name) for name in ("due_on", "by"))
            if due and not is_ahead(due):
                self.add_error(at + "due_on", AHEAD)
            if (due or by) and not self.cleaned_data.get(at + "text"):
                self.add_error(at + "text", EMPTY_CONDITION)
        if not self.asked() and not self.errors:
            self.add_error("condition-0-text" if self.count else None, NEEDS[value])


class PositionForm(StoresFiles, Conditional, LetterForm):
    """The general position of a party, with the revision and former declaration it has seen."""

    value = forms.ChoiceField(
        label=_("Position on all items that concern us"),
        choices=choices(GENERAL),
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("Reason"),
        help_text=_("Needed to object; welcome where you abstain or stand back."),
        required=False,
        widget=lines(3),
    )
    wording = forms.CharField(
        label=_("Wording that would do (for an objection)"),
        help_text=_("Without it an objection is shown but does not block."),
        required=False,
        widget=lines(3),
    )
    letter_file = StoredFileField(label=_("Stamped letter"), required=False)
    decided_by = forms.CharField(
        label=_("Decided by"),
        help_text=_("The body, for instance the executive meeting of the district government."),
        max_length=120,
        required=False,
    )
    meeting = forms.CharField(
        label=_("Meeting"),
        help_text=_("For instance: the 31st executive meeting."),
        max_length=120,
        required=False,
    )
    decided_on = forms.DateField(label=_("Decided on"), required=False, widget=DateInput())
    revision = forms.CharField(widget=forms.HiddenInput)
    former = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, count: int = 1, units: Units = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.grow(max(count, 1), units)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        value = data.get("value", "")
        self.check_conditions(value)
        if value == PositionValue.OBJECT.value and not data.get("text", "").strip():
            self.add_error("text", NEEDS[value])
        return data

    def general(self) -> Stand:
        data = self.cleaned_data
        is_objection = data["value"] == PositionValue.OBJECT.value
        return Stand(
            value=data["value"],
            text="" if takes_conditions(data["value"]) else data["text"],
            wording=data["wording"] if is_objection else "",
            conditions=self.asked() if takes_conditions(data["value"]) else (),
        )

    def basis(self) -> Basis:
        data = self.cleaned_data
        return Basis(
            body=data["decided_by"],
            meeting=data["meeting"],
            on=data["decided_on"],
            file=data["letter_file"],
        )


class ExceptionForm(Conditional):
    """One exception: an item, the value, and what goes with that value."""

    item = forms.ChoiceField(
        widget=forms.HiddenInput,
        error_messages={
            "invalid_choice": _("This article does not concern your jurisdiction: take it out.")
        },
    )
    value = forms.ChoiceField(
        choices=choices(EXCEPTIONAL), required=False, widget=forms.HiddenInput
    )
    text = forms.CharField(label=_("Reason"), required=False, widget=lines(3))
    wording = forms.CharField(
        label=_("Wording that would do (for an objection)"),
        help_text=_("Without it an objection is shown but does not block."),
        required=False,
        widget=lines(3),
    )
    scope = forms.CharField(
        label=_("What the reservation covers"),
        help_text=_("For instance: second sentence only."),
        max_length=200,
        required=False,
    )
    lifted_if_zh = forms.CharField(
        label=_("What would lift the reservation"), required=False, widget=lines(2)
    )
    review_on = forms.DateField(label=_("Review on"), required=False, widget=DateInput())
    text_en = forms.CharField(label=_("Reservation in English"), required=False, widget=lines(2))
    lifted_if_en = forms.CharField(
        label=_("What would lift it, in English"), required=False, widget=lines(2)
    )

    field_order = ["item", "value", "text", "wording", "scope", "lifted_if_zh", "review_on"]

    def __init__(
        self,
        *args: Any,
        value: str,
        items: Mapping[str, str],
        count: int = 0,
        units: Units = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.chosen = value
        for name in {name for names in OF_VALUE.values() for name in names}:
            if name not in OF_VALUE.get(value, ()):
                del self.fields[name]
        if value == PositionValue.AGREE_RESERVED.value:
            self.fields["text"].label = _("Text of the reservation")
        self.fields["item"].choices = list(items.items())
        self.items = items
        if takes_conditions(value):
            self.grow(max(count, 1), units)
        else:
            self.count = 0
            del self.fields["conditions"]

    @property
    def label(self) -> str:
        """The article as its number and title."""
        key = str(self["item"].value() or "")
        return self.items.get(key, key)

    @property
    def word(self) -> object:
        """The value in words."""
        return dict(choices(EXCEPTIONAL)).get(self.chosen, self.chosen)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self.check_conditions(self.chosen)
        if "text" in self.fields and self.chosen in NEEDS and not data.get("text", "").strip():
            self.add_error("text", NEEDS[self.chosen])
        review = data.get("review_on")
        if review and not is_ahead(review):
            self.add_error("review_on", AHEAD)
        return data

    def stand(self) -> Stand:
        data = self.cleaned_data
        names = ("text_en", "scope", "lifted_if_zh", "lifted_if_en")
        return Stand(
            item=data["item"],
            value=self.chosen,
            text=data.get("text", ""),
            wording=data.get("wording", ""),
            conditions=self.asked(),
            reservation=ReservationText(
                review_on=data.get("review_on"), **{name: data.get(name, "") for name in names}
            ),
        )


def exception_forms(
    typed: Typed, *, items: Mapping[str, str], units: Units, is_bound: bool
) -> list[ExceptionForm]:
    """A form per exception; the second one on an item says so."""
    fields = posted(typed)
    made, seen = [], set()
    for number, row in enumerate(typed[EXCEPTIONS]):
        prefix = f"{EXCEPTIONS}-{number}"
        own = {k.removeprefix(f"{prefix}-"): v for k, v in fields.items() if k.startswith(prefix)}
        form = ExceptionForm(
            fields if is_bound else None,
            initial=own,
            prefix=prefix,
            value=row["value"],
            items=items,
            count=len(row["conditions"]),
            units=units,
        )
        if is_bound and row["item"] in seen:
            form.add_error(None, _("This article stands twice among the exceptions."))
        seen.add(row["item"])
        made.append(form)
    return made


def labels_of(rows: Sequence[BoardRow]) -> dict[str, str]:
    """Key of an item -> its number and title, or that it left the text."""
    return {row.key: _label(row) for row in rows}


def _label(row: BoardRow) -> str:
    return f"{row.number} {row.title}" if row.number else f"{row.title} ({_('removed')})"


def found_among(
    rows: Sequence[BoardRow], asked: str, headings: Mapping[str, str], *, most: int
) -> list[tuple[str, str]]:
    """Items whose number is, or whose title or chapter holds, what was asked; at most `most`."""
    words = asked.strip().lower()
    exact = [row for row in rows if row.number.lower() == words]
    others = [
        row
        for row in rows
        if row not in exact
        and words in f"{row.number} {row.title} {headings.get(row.heading, '')}".lower()
    ]
    return [(row.key, _label(row)) for row in [*exact, *others][:most]]
