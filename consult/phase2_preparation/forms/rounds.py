"""Input shapes: opening, extending, recalling, admitting late, entering an opinion."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from consult.matters.forms import RefusableForm
from consult.phase2_preparation.enums import (
    ENTERED,
    Audience,
    CommentType,
    RoundKind,
    Source,
)
from consult.phase2_preparation.forms.given import LetterForm, day_field, hour_field
from consult.phase2_preparation.lengths import OPENING
from consult.phase2_preparation.models import Round, RoundInvitee
from consult.phase2_preparation.queries import AudienceGroup
from consult.phase2_preparation.steps import Opinion, Remark


def several(label: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, widget=forms.CheckboxSelectMultiple, required=False
    )


class OpenRoundForm(RefusableForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=RoundKind.choices)
    opens_on = day_field(
        _("Opens on"), required=False, help_text=_("Left empty: the round opens at once.")
    )
    opens_hour = hour_field(label=_("Opening hour"), initial=OPENING, required=False)
    closes_on = day_field(
        _("Last day"),
        required=False,
        help_text=_("Left empty: the length set by the charter; thirty days for a display."),
    )
    closes_hour = hour_field()
    zone = forms.CharField(
        label=_("Time zone"),
        max_length=40,
        required=False,
        help_text=_("Both hours are meant in this zone."),
    )
    repeats = forms.TypedChoiceField(
        label=_("Asks again after"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("For a re-consultation: it asks about what has changed since that round."),
    )
    only_changed = forms.BooleanField(
        label=_("Ask only about items changed since the last round"), required=False
    )
    is_sealed = forms.BooleanField(
        label=_("Sealed: until the end nobody sees the comments of others"), required=False
    )
    is_official = forms.BooleanField(
        label=_("Official: a reply needs its stamped letter with number, date and issuer"),
        required=False,
    )
    letter_days = forms.IntegerField(
        label=_("Working days for the letter after an oral answer"),
        required=False,
        min_value=1,
        max_value=60,
        help_text=_("For an urgent round; left empty: five."),
    )
    place = forms.CharField(
        label=_("Place of the display"),
        max_length=300,
        required=False,
        help_text=_("For a public display: both stand in its result sheet."),
    )
    media = forms.CharField(  # type: ignore[assignment] # Django takes fields out of the class
        label=_("Media of the display"), max_length=300, required=False
    )
    note = forms.CharField(
        label=_("Note"),
        max_length=300,
        required=False,
        help_text=_("In a re-consultation: why it is asked again."),
    )
    codes = several(_("Parties"))
    units = several(_("Other governments"))
    bodies = several(_("Departments and other bodies"))

    def __init__(
        self,
        *args: Any,
        groups: Sequence[AudienceGroup],
        repeatable: Iterable[Round] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        parties = [
            (unit.code, str(unit))
            for group in groups
            if group.audience is Audience.PARTY
            for unit in group.units
        ]
        self.fields["codes"].choices = parties
        self.fields["codes"].initial = [code for code, _name in parties]
        self.fields["units"].choices = [
            (group.audience.label, [(unit.code, str(unit)) for unit in group.units])
            for group in groups
            if group.units and group.audience is not Audience.PARTY
        ]
        self.fields["bodies"].choices = [
            (group.audience.label, [(body.key, str(body)) for body in group.bodies])
            for group in groups
            if group.bodies
        ]
        self.fields["repeats"].choices = [
            ("", _("The last closed round")),
            *((str(one.number), f"{one} {one.get_kind_display()}") for one in repeatable),
        ]
        self.fields["zone"].initial = settings.TIME_ZONE

    def values(self) -> dict[str, Any]:
        """What was given; an hour left empty is the usual one."""
        data = self.cleaned_data
        return {name: value for name, value in data.items() if value is not None}

    def part(self, *names: str) -> list[Any]:
        return [self[name] for name in names]

    @property
    def times(self) -> list[Any]:
        return self.part("kind", "opens_on", "opens_hour", "closes_on", "closes_hour", "zone")

    @property
    def asked(self) -> list[Any]:
        return self.part("only_changed", "repeats", "note")

    @property
    def manner(self) -> list[Any]:
        return self.part("is_sealed", "is_official", "letter_days", "place", "media")


def named_rows(rows: Iterable[RoundInvitee]) -> list[tuple[str, str]]:
    """Those asked as choices: `unit:CODE` and `body:KEY`."""
    return [
        (f"body:{row.organization.key}", str(row.organization))
        if row.organization is not None
        else (f"unit:{row.jurisdiction_id}", str(row.jurisdiction))
        for row in rows
        if row.audience != Audience.PUBLIC
    ]


def named_in(value: str) -> dict[str, str | None]:
    """`code` and `body` of a choice of `named_rows`."""
    kind, _colon, name = value.partition(":")
    return {
        "code": name if kind == "unit" and name else None,
        "body": name if kind == "body" and name else None,
    }


class ExtendForm(RefusableForm):
    code = forms.ChoiceField(label=_("For"), required=False)
    closes_on = day_field(_("New last day"))
    closes_hour = hour_field()
    reason = forms.CharField(label=_("Reason"), max_length=300)

    def __init__(self, *args: Any, rows: Iterable[RoundInvitee], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [("", _("All who were asked")), *named_rows(rows)]

    def values(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        return {**data, **named_in(data.pop("code"))}


class AdmitLateForm(RefusableForm):
    code = forms.ChoiceField(label=_("For"))
    closes_on = day_field(_("Late answer taken until"))
    closes_hour = hour_field()
    reason = forms.CharField(label=_("Reason"), max_length=300)

    def __init__(self, *args: Any, rows: Iterable[RoundInvitee], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [("", _("Choose")), *named_rows(rows)]

    def values(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        return {**data, **named_in(data.pop("code"))}


class RecallForm(RefusableForm):
    reason = forms.CharField(label=_("Reason"), max_length=300)


class OpinionForm(LetterForm):
    source = forms.ChoiceField(
        label=_("Source"), choices=[c for c in Source.choices if c[0] in ENTERED]
    )
    item = forms.ChoiceField(label=_("Article"), required=False)
    type = forms.ChoiceField(label=_("Type"), choices=CommentType.choices)
    text_zh = forms.CharField(
        label=_("Comment (Chinese)"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=20_000,
    )
    text_en = forms.CharField(
        label=_("Comment (English)"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=20_000,
    )
    received_on = day_field(
        _("Received on"),
        required=False,
        help_text=_("Needed after the end of the round: it takes only what was received before."),
    )
    field_order = ["source", "item", "type", "text_zh", "text_en", "received_on"]

    def __init__(self, *args: Any, items: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = [("", _("On the whole")), *items]

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        names = ("type", "text_zh", "text_en")
        remark = Remark(**{name: data[name] for name in names})
        return {
            "source": data["source"],
            "letter": self.letter(),
            "received_on": data["received_on"],
            "opinions": [Opinion(remark=remark, item_key=data["item"])],
        }
