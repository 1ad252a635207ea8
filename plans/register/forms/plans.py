"""The forms of plans and of who takes part in them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plans.register.enums import AuthenticLanguage, GrantName, PlanKind
from plans.register.forms.family import ParentField
from plans.register.rules import BODY_ROLES
from stakeholders.jurisdictions.models import Region
from stakeholders.people.enums import RoleName
from stakeholders.people.models import Organization, User
from stakeholders.terms.actor import Actor, Role


class PlanForm(forms.Form):
    title_zh = forms.CharField(label=_("Title (Chinese)"), max_length=200)
    title_en = forms.CharField(label=_("Title (English)"), max_length=300, required=False)
    short_zh = forms.CharField(label=_("Short title (Chinese)"), max_length=60)
    short_en = forms.CharField(label=_("Short title (English)"), max_length=80, required=False)
    key = forms.SlugField(
        label=_("Key"),
        max_length=60,
        help_text=_("Letters, digits and hyphens; it stands in every address of the plan."),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=PlanKind.choices)
    parent = ParentField(
        help_text=_(
            "An overall plan stands above special-topic plans, both above detailed ones; only "
            "plans you may see are offered."
        )
    )
    authentic_language = forms.ChoiceField(
        label=_("Authentic language"),
        choices=AuthenticLanguage.choices,
        required=False,
        help_text=_("The text counts in this language; the other one is a translation."),
    )
    region = forms.ModelChoiceField(
        label=_("Region"), queryset=Region.objects.order_by("key"), required=False
    )
    horizon_from = forms.IntegerField(label=_("From year"), min_value=1990, max_value=2150)
    horizon_until = forms.IntegerField(label=_("Until year"), min_value=1990, max_value=2150)
    scope_zh = forms.CharField(
        label=_("Scope and work plan (Chinese)"), widget=forms.Textarea, required=False
    )
    scope_en = forms.CharField(
        label=_("Scope and work plan (English)"), widget=forms.Textarea, required=False
    )
    joint_body = forms.ModelChoiceField(
        label=_("Joint office"),
        queryset=Organization.objects.order_by("pk"),
        required=False,
        help_text=_("The coordinator acts for it; without one, for the convenor."),
    )
    coordinator = forms.EmailField(
        label=_("First coordinator"), help_text=_("The e-mail address of the person's account.")
    )
    coordinator_document = forms.CharField(
        label=_("Document that names the coordinator"), max_length=200
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].offer(actor=actor)

    def clean_authentic_language(self) -> str:
        return self.cleaned_data["authentic_language"] or AuthenticLanguage.CHINESE.value

    def clean_coordinator(self) -> User:
        email = self.cleaned_data["coordinator"]
        user = User.objects.filter(email__iexact=email, is_active=True).first()
        if user is None:
            raise forms.ValidationError(_("There is no account with this address."))
        return user

    def clean_key(self) -> str:
        key = str(self.cleaned_data["key"])
        if key == "new":
            raise forms.ValidationError(_("This key is taken by a page of the site."))
        return key


class BodyForm(forms.Form):
    """Which body takes part, as what."""

    organization = forms.ModelChoiceField(
        label=_("Organization"), queryset=Organization.objects.order_by("key")
    )
    role = forms.ChoiceField(
        label=_("Takes part as"),
        choices=[(role.value, RoleName(role.value).label) for role in BODY_ROLES],
    )

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])


class DismissForm(forms.Form):
    """Why a body no longer takes part."""

    reason = forms.CharField(
        label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class GrantFilterForm(forms.Form):
    """Which role groups are shown."""

    role = forms.ChoiceField(
        label=_("Role"), required=False, choices=[("", _("All")), *RoleName.choices]
    )
    grant = forms.ChoiceField(
        label=_("Right"), required=False, choices=[("", _("All")), *GrantName.choices]
    )

    def chosen(self) -> dict[str, str]:
        """What was asked for; an unknown value is as good as none."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}
