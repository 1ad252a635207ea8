"""Input shapes of planning a meeting, its agenda, its papers and who comes."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consult.matters.enums import Level
from consult.matters.forms import LONG, RefusableForm
from consult.matters.steps import Wording
from consult.meetings.actions.attending import ANSWERS, Present
from consult.meetings.board import Point, Seat
from consult.meetings.enums import AttendanceKind, MeetingKind
from consult.meetings.queries import Asked
from consult.meetings.steps import Setting
from stakeholders.files.forms import StoredFileField, StoresFiles
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.models import Mandate, Organization
from stakeholders.templatetags.in_language import in_language

WHEN = [
    ("", _("All")),
    ("ahead", _("Ahead")),
    ("past", pgettext_lazy("meetings", "Past")),
    ("open", _("Minutes not locked")),
]


class HoursInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class FilterForm(forms.Form):
    when = forms.ChoiceField(label=pgettext_lazy("meetings", "When"), required=False, choices=WHEN)
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("All")), *MeetingKind.choices]
    )
    level = forms.ChoiceField(
        label=_("Step of the ladder"), required=False, choices=[("", _("All")), *Level.choices]
    )
    unit = forms.ChoiceField(label=_("Invited"), required=False)

    def __init__(self, *args: Any, units: Iterable[Jurisdiction], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [("", _("All")), *((u.code, str(u)) for u in units)]

    def asked(self) -> Asked:
        """What was asked for; an unknown value is as good as none."""
        self.is_valid()
        return Asked(**{name: self.cleaned_data.get(name, "") for name in self.fields})


def chosen(rows: Iterable[Jurisdiction], empty: Any) -> list[tuple[str, Any]]:
    return [("", empty), *((unit.code, str(unit)) for unit in rows)]


class MeetingForm(RefusableForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=MeetingKind.choices)
    level = forms.ChoiceField(
        label=_("Step of the ladder"),
        choices=Level.choices,
        help_text=_("Matters at this step come first when the agenda is proposed."),
    )
    title_zh = forms.CharField(label=_("Title (Chinese)"), max_length=200)
    title_en = forms.CharField(label=_("Title (English)"), max_length=300, required=False)
    starts_at = forms.DateTimeField(
        label=_("Begins"), widget=HoursInput(), help_text=_("In Beijing time.")
    )
    ends_at = forms.DateTimeField(
        label=pgettext_lazy("meeting", "Ends"), widget=HoursInput(), help_text=_("In Beijing time.")
    )
    place_zh = forms.CharField(label=_("Place (Chinese)"), max_length=200, required=False)
    place_en = forms.CharField(label=_("Place (English)"), max_length=300, required=False)
    link = forms.URLField(
        label=_("Address of the video meeting"),
        max_length=500,
        required=False,
        assume_scheme="https",
    )
    guests = forms.MultipleChoiceField(
        label=_("Jurisdictions invited"), widget=forms.CheckboxSelectMultiple
    )
    bodies = forms.TypedMultipleChoiceField(
        label=_("Bodies invited"), widget=forms.CheckboxSelectMultiple, coerce=int, required=False
    )
    chair = forms.ChoiceField(
        label=_("Chaired by"),
        required=False,
        help_text=_("The parties take the chair in turn; whose turn it is stands here already."),
    )
    edits = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        units: Sequence[Jurisdiction],
        bodies: Iterable[Organization],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["guests"].choices = [(unit.code, str(unit)) for unit in units]
        self.fields["bodies"].choices = [(one.pk, in_language(one, "name")) for one in bodies]
        self.fields["chair"].choices = chosen(units, _("Nobody yet"))

    def setting(self) -> Setting:
        data = self.cleaned_data
        return Setting(
            kind=data["kind"],
            level=data["level"],
            title=Wording(zh=data["title_zh"], en=data["title_en"]),
            starts_at=data["starts_at"],
            ends_at=data["ends_at"],
            place=Wording(zh=data["place_zh"], en=data["place_en"]),
            link=data["link"],
            chair=data["chair"] or None,
            guests=data["guests"],
            bodies=data["bodies"],
        )


class ItemForm(RefusableForm):
    title_zh = forms.CharField(label=_("Title (Chinese)"), max_length=200)
    title_en = forms.CharField(label=_("Title (English)"), max_length=300, required=False)
    text_zh = forms.CharField(
        label=_("Wording of the decision proposed (Chinese)"),
        required=False,
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What is put to the parties when positions are taken at the meeting."),
    )
    text_en = forms.CharField(
        label=_("Wording of the decision proposed (English)"),
        required=False,
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    reporter = forms.ChoiceField(label=_("Reported by"), required=False)

    def __init__(self, *args: Any, units: Iterable[Jurisdiction], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reporter"].choices = chosen(units, _("Nobody in particular"))

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "title": Wording(zh=data["title_zh"], en=data["title_en"]),
            "text": Wording(zh=data["text_zh"], en=data["text_en"]),
            "reporter": data["reporter"] or None,
        }


class PaperForm(RefusableForm, StoresFiles):
    title = forms.CharField(
        label=_("Title"),
        max_length=200,
        required=False,
        help_text=_("The name of the file where nothing stands here."),
    )
    item = forms.ChoiceField(label=_("Belongs to"), required=False)
    file = StoredFileField()

    def __init__(self, *args: Any, points: Sequence[Point], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = {str(point.item.pk): point.item for point in points}
        self.fields["item"].choices = [
            ("", _("The meeting as a whole")),
            *((pk, in_language(item, "title")) for pk, item in self.items.items()),
        ]

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "title": data["title"],
            "file": data["file"],
            "item": self.items.get(data["item"]),
        }


class AnswerForm(RefusableForm):
    kind = forms.ChoiceField(
        label=_("Does your jurisdiction come?"),
        widget=forms.RadioSelect,
        choices=[(one.value, one.label) for one in ANSWERS],
    )
    speaker = forms.ModelChoiceField(
        label=_("Who speaks for it"),
        queryset=Mandate.objects.none(),
        required=False,
        empty_label=_("Not said yet"),
    )
    remarks = forms.CharField(
        label=_("Written remarks"),
        required=False,
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What your jurisdiction says on the agenda when nobody comes."),
    )

    def __init__(self, *args: Any, speakers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["speaker"].queryset = speakers

    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class AttendanceForm(RefusableForm, StoresFiles):
    """A line for each that is invited, and the signed list itself."""

    def __init__(
        self, *args: Any, seats: Sequence[Seat], speakers: Iterable[Mandate], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.seats = list(seats)
        people = list(speakers)
        for place, seat in enumerate(self.seats):
            said = seat.attendance
            self.fields[f"kind{place}"] = forms.ChoiceField(
                label=str(seat.who),
                choices=AttendanceKind.choices,
                initial=said.kind if said else AttendanceKind.ATTENDS,
            )
            self.fields[f"speaker{place}"] = forms.ChoiceField(
                label=_("Who speaks for it"),
                required=False,
                choices=[("", _("Not said")), *_mandates(seat, people)],
                initial=said.speaker_id if said else "",
            )
        self.order_fields([*(name for name in self.fields if name != "file"), "file"])

    file = StoredFileField(label=_("Signed attendance list"), required=False)

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        lines = []
        for place, seat in enumerate(self.seats):
            code, body = seat.holder
            former = seat.attendance
            speaker = data[f"speaker{place}"]
            lines.append(
                Present(
                    code=code,
                    body=body,
                    kind=data[f"kind{place}"],
                    speaker=int(speaker) if speaker else None,
                    remarks=former.remarks if former else "",
                )
            )
        return {"lines": lines, "signed": data["file"]}


def _mandates(seat: Seat, people: Iterable[Mandate]) -> list[tuple[int, str]]:
    code, body = seat.holder
    return [
        (one.pk, f"{in_language(one.user, 'name')} ({one.get_role_display()})")
        for one in people
        if (code and one.jurisdiction_id == code) or (body and one.organization_id == body)
    ]
