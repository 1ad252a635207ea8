"""Input shapes: inviting, more time, the common opinion, and the one page of an invited person."""

from collections.abc import Iterable
from datetime import date, time
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consult.matters.forms import RefusableForm
from consult.phase2_preparation.actions.experts import Asked
from consult.phase2_preparation.actions.panels import Minuted
from consult.phase2_preparation.enums import InvitedAs, OpinionResult, ShownAs
from consult.phase2_preparation.forms.given import day_field, hour_field
from consult.phase2_preparation.lengths import HOUR
from consult.phase2_preparation.local_times import instant
from consult.phase2_preparation.models import CollectiveOpinion, Round
from consult.phase2_preparation.steps.experts import Person, Until
from stakeholders.files.enums import DOCUMENTS
from stakeholders.files.forms import StoredFileField, StoresFiles
from stakeholders.people.models import Mandate, Organization

LONG = 20_000


def until_of(day: date, hour: time, zone: str) -> Until:
    return Until(at=instant(day=day, hour=hour, zone=zone), zone=zone)


class PersonForm(RefusableForm):
    """Who is asked: an expert with an account, or a name and an address."""

    audience = forms.ChoiceField(label=_("Asked as"), choices=InvitedAs.choices)
    account = forms.ChoiceField(label=_("Expert with an account"), required=False)
    name = forms.CharField(
        label=_("Name of the person"),
        max_length=120,
        required=False,
        help_text=_("For who has no account: name and address; a link is sent by mail."),
    )
    email = forms.EmailField(label=_("E-mail address"), required=False)
    field = forms.CharField(label=_("Field of expertise"), max_length=120, required=False)
    organization = forms.ChoiceField(label=_("Organization"), required=False)
    shown_as = forms.ChoiceField(label=_("Shown to the parties"), choices=ShownAs.choices)

    def __init__(self, *args: Any, experts: Iterable[Mandate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(one.user_id): one for one in experts}
        self.bodies = {str(one.pk): one for one in Organization.objects.order_by("key")}
        named = [(key, f"{one.user} · {one.user.email}") for key, one in self.people.items()]
        self.fields["account"].choices = [("", _("None: by link")), *named]
        bodies = [(key, str(one)) for key, one in self.bodies.items()]
        self.fields["organization"].choices = [("", _("None")), *bodies]

    def person(self) -> Person:
        data = self.cleaned_data
        mandate = self.people.get(data["account"])
        body = self.bodies.get(data["organization"])
        if body is None and mandate is not None:
            body = mandate.organization
        return Person(
            audience=data["audience"],
            user=mandate.user if mandate is not None else None,
            name=data["name"],
            email=data["email"],
            field=data["field"],
            organization=body,
            shown_as=data["shown_as"],
        )


class InviteForm(StoresFiles, PersonForm):
    chapters = forms.MultipleChoiceField(
        label=_("Chapters asked about"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("None chosen: the whole text."),
    )
    items = forms.MultipleChoiceField(
        label=_("Provisions asked about"),
        widget=forms.SelectMultiple(attrs={"size": 8}),
        required=False,
        help_text=_("For single provisions; hold Ctrl to choose several."),
    )
    questions = forms.CharField(
        label=_("Questions"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=5_000,
        help_text=_("What the person shall give an opinion on; shown at the top of their page."),
    )
    closes_on = day_field(_("Last day"))
    closes_hour = hour_field()
    file_1 = StoredFileField(label=_("File"), kinds=DOCUMENTS, required=False)
    file_2 = StoredFileField(label=_("Another file"), kinds=DOCUMENTS, required=False)

    def __init__(
        self,
        *args: Any,
        one: Round,
        scope: tuple[list[tuple[str, str]], list[tuple[str, str]]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.one = one
        chapters, items = scope
        self.fields["chapters"].choices = chapters
        self.fields["items"].choices = items
        if not chapters:
            del self.fields["chapters"]
        self.fields["closes_on"].initial = one.closes_on
        self.fields["closes_hour"].initial = one.closes_hour
        self.fields["closes_hour"].help_text = one.zone

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        files = [data[name] for name in ("file_1", "file_2") if data.get(name)]
        asked = Asked(
            chapters=data.get("chapters", ()),
            items=data["items"],
            questions=data["questions"],
            files=files,
        )
        until = until_of(data["closes_on"], data["closes_hour"], self.one.zone)
        return {"person": self.person(), "asked": asked, "until": until}


class LongerForm(RefusableForm):
    closes_on = day_field(_("New last day"))
    closes_hour = hour_field()

    def until(self, zone: str) -> Until:
        return until_of(self.cleaned_data["closes_on"], self.cleaned_data["closes_hour"], zone)


class CollectiveForm(StoresFiles, RefusableForm):
    held_on = day_field(_("Day of the meeting"))
    place = forms.CharField(label=_("Place of the meeting"), max_length=200)
    result = forms.ChoiceField(
        label=pgettext_lazy("expert opinion", "Result"), choices=OpinionResult.choices
    )
    text = forms.CharField(label=_("Opinion"), widget=forms.Textarea, max_length=LONG)
    file = StoredFileField(label=_("Signed copy"), kinds=DOCUMENTS, required=False)

    def minuted(self) -> Minuted:
        return Minuted(**self.cleaned_data)


class MemberForm(PersonForm):
    is_chair = forms.BooleanField(label=_("Chair of the group"), required=False)
    closes_on = day_field(_("Signature asked for until"))

    def values(self) -> dict[str, Any]:
        day = self.cleaned_data["closes_on"]
        return {
            "person": self.person(),
            "is_chair": self.cleaned_data["is_chair"],
            "until": until_of(day, HOUR, settings.TIME_ZONE),
        }


def minuted_initial(one: CollectiveOpinion) -> dict[str, Any]:
    return {name: getattr(one, name) for name in ("held_on", "place", "result", "text", "file")}
