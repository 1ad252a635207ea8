"""Granting, standing in, claiming, refusing and finding mandates."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from stakeholders.files.forms import StoredFileField, StoresFiles
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.catalogue import GROUPS, unknown_acts
from stakeholders.people.enums import RoleName, Standing
from stakeholders.people.models import Mandate, Organization, User
from stakeholders.people.queries import departments_of
from stakeholders.people.rules import grantable
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor, Role


def _first_instant(day: date) -> datetime:
    """Midnight of the site's time zone; today begins now."""
    begin = timezone.make_aware(datetime.combine(day, time.min))
    now = clock.now()
    return now if day == timezone.localtime(now).date() else begin


def _last_instant(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.max))


def _day(label: Any, **options: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}), **options)


def put_errors(form: forms.Form, errors: Mapping[str, object]) -> None:
    """What an action refused, each text at its field; one without a field above the form."""
    for field, text in errors.items():
        form.add_error(field if field in form.fields else None, str(text))


class ActsInput(forms.CheckboxSelectMultiple):
    """The acts by group, each group folded unless something in it is ticked."""

    template_name = "stakeholders/people/acts_input.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"]["groups"] = [
            (group, options, sum(1 for one in options if one["selected"]))
            for group, options, _index in context["widget"]["optgroups"]
        ]
        return context


class _PersonForm(StoresFiles):
    """A person named by its e-mail address, and the letter that names it."""

    email = forms.EmailField(label=_("E-mail address of the person"))
    name_zh = forms.CharField(
        label=_("name of the person (Chinese)"),
        max_length=60,
        help_text=_("Used when the person is not known here yet."),
    )
    name_en = forms.CharField(
        label=_("name of the person (English)"), max_length=80, required=False
    )
    document = forms.CharField(
        label=_("letter of mandate"),
        max_length=120,
        help_text=_("Number and date of the letter that names this person."),
    )
    document_file = StoredFileField(label=_("file of the letter of mandate"), required=False)


class _OtherPersonForm(_PersonForm):
    """A person who is not the one granting: said at the field, with all that was typed."""

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, **kwargs)
        self._granter = actor

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if User.objects.filter(pk=self._granter.user_id or 0, email__iexact=email).exists():
            raise forms.ValidationError(_("Nobody grants a mandate for oneself."))
        return email


class AppointForm(_OtherPersonForm):
    """A mandate for one's own jurisdiction, or a department of it."""

    title_zh = forms.CharField(label=_("post held (Chinese)"), max_length=80, required=False)
    role = forms.ChoiceField(label=pgettext_lazy("mandate", "Role"))
    organization = forms.ModelChoiceField(
        label=_("For a department"),
        queryset=Organization.objects.none(),
        required=False,
        empty_label=_("The jurisdiction itself"),
        help_text=_("Organizations of your jurisdiction."),
    )
    valid_from = _day(
        _("first day"), required=False, help_text=_("Leave empty for a mandate from now on.")
    )
    valid_until = _day(
        _("last day"), required=False, help_text=_("Leave empty for a mandate without an end.")
    )
    plan_key = forms.SlugField(
        label=_("limited to plan"),
        max_length=60,
        required=False,
        help_text=_("The key of the plan, as in its address. Leave empty for all plans."),
    )
    acts = forms.MultipleChoiceField(
        label=_("limited to acts"),
        required=False,
        widget=ActsInput,
        help_text=_("Tick nothing for all acts of the role."),
        error_messages={"invalid_choice": _("There is no such act: %(value)s.")},
    )

    items = forms.CharField(
        label=_("limited to provisions"),
        max_length=2000,
        required=False,
        help_text=_(
            "For a signatory of one plan: the keys of the articles it may sign, as in their "
            "addresses, with spaces between. Leave empty for all."
        ),
    )

    field_order = [
        "email",
        "name_zh",
        "name_en",
        "title_zh",
        "role",
        "organization",
        "document",
        "document_file",
        "valid_from",
        "valid_until",
        "plan_key",
        "items",
        "acts",
    ]

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, **kwargs)
        roles = grantable(actor=actor)
        cast(forms.ChoiceField, self.fields["role"]).choices = [
            ("", _("Choose a role")),
            *((r.value, r.label) for r in RoleName if Role(r.value) in roles),
        ]
        cast(forms.MultipleChoiceField, self.fields["acts"]).choices = [
            (group, list(acts.items())) for group, acts in GROUPS
        ]
        bodies = departments_of(actor=actor)
        cast(forms.ModelChoiceField, self.fields["organization"]).queryset = bodies
        if actor.role is not Role.CONTACT_POINT or not bodies:
            del self.fields["organization"]
        if actor.plan_key:
            self.fields["plan_key"].initial = actor.plan_key
            self.fields["plan_key"].disabled = True

    def values(self) -> dict[str, Any]:
        """The arguments of `appoint`; the last day ends at midnight of the site's time zone."""
        data = dict(self.cleaned_data)
        begin, end = data.pop("valid_from"), data.pop("valid_until")
        return {
            **data,
            "role": Role(data["role"]),
            "acts": data["acts"] or None,
            "items": re.split(r"[\s,，、;；]+", data["items"].strip()) if data["items"] else None,
            "valid_from": _first_instant(begin) if begin else None,
            "valid_until": _last_instant(end) if end else None,
        }


class SubstituteForm(_PersonForm):
    """Who stands in while the holder is away."""

    valid_from = _day(_("first day"))
    valid_until = _day(_("last day"))

    def values(self) -> dict[str, Any]:
        """The arguments of `substitute`."""
        data = dict(self.cleaned_data)
        return {
            **data,
            "valid_from": _first_instant(data["valid_from"]),
            "valid_until": _last_instant(data["valid_until"]),
        }


class ClaimForm(StoresFiles):
    """ "I am the contact point of …", with the letter."""

    jurisdiction = forms.CharField(
        label=_("code of the jurisdiction"),
        max_length=6,
        help_text=_("Six digits (GB/T 2260), as in the invitation."),
    )
    title_zh = forms.CharField(label=_("post held (Chinese)"), max_length=80, required=False)
    document = forms.CharField(
        label=_("letter of mandate"),
        max_length=120,
        help_text=_("Number and date of the letter that names you."),
    )
    document_file = StoredFileField(label=_("file of the letter of mandate"), required=False)

    def clean_jurisdiction(self) -> Jurisdiction:
        code = self.cleaned_data["jurisdiction"].strip()
        day = timezone.localtime(clock.now()).date()
        unit = Jurisdiction.objects.current(day).filter(pk=code).defer("boundary").first()
        if unit is None:
            raise forms.ValidationError(_("There is no jurisdiction with this code."))
        return unit


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea, max_length=2000)


class MandateFilterForm(forms.Form):
    """The filter above the list of mandates; it lives in the address of the page."""

    text = forms.CharField(label=_("Person or letter"), max_length=60, required=False)
    role = forms.ChoiceField(
        label=pgettext_lazy("mandate", "Role"),
        choices=[("", _("All roles")), *RoleName.choices],
        required=False,
    )
    plan = forms.ChoiceField(label=_("Plan"), required=False)
    standing = forms.ChoiceField(
        label=_("State"), choices=[("", _("All states")), *Standing.choices], required=False
    )
    sort = forms.CharField(required=False, widget=forms.HiddenInput, max_length=20)

    def __init__(self, *args: Any, plans: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["plan"]).choices = [
            ("", _("All plans")),
            *((key, key) for key in plans),
        ]

    def chosen(self) -> dict[str, str]:
        """The filters that make sense; a spoilt one filters nothing."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) or "" for name in self.fields if name != "sort"}


class MandateForm(forms.ModelForm):
    """The administrators' form of a mandate; saving it calls the action."""

    class Meta:
        model = Mandate
        fields = (
            "user",
            "jurisdiction",
            "organization",
            "role",
            "title_zh",
            "document",
            "valid_from",
            "valid_until",
            "plan_key",
            "acts",
            "items",
        )

    def clean(self) -> dict[str, Any]:
        """What the action would refuse is said at its field, with all that was typed."""
        data: dict[str, Any] = super().clean() or {}
        begin, end = data.get("valid_from"), data.get("valid_until")
        if begin and end and end <= begin:
            self.add_error("valid_until", _("The end must lie after the beginning."))
        if data.get("user") is not None and not data["user"].is_active:
            self.add_error("user", _("This person's account is closed."))
        if unknown := unknown_acts(data.get("acts") or []):
            text = _("There is no such act: {acts}.")
            self.add_error("acts", str(text).format(acts=", ".join(unknown)))
        if data.get("items") and not data.get("plan_key"):
            self.add_error("plan_key", _("Name the plan whose articles these are."))
        if data.get("items") and data.get("role") != Role.SIGNATORY.value:
            self.add_error("items", _("Only a signatory’s mandate is limited to articles."))
        return data
