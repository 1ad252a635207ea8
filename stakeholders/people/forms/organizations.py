"""Entering, changing and finding organizations."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.actions import Particulars
from stakeholders.people.enums import DEPARTMENT_KINDS, OrganizationKind
from stakeholders.people.models import Organization
from stakeholders.terms.actor import Actor, ActorKind


class OrganizationForm(forms.Form):
    """An organization; who is no administrator enters one of its own jurisdiction."""

    key = forms.SlugField(
        label=_("key"), max_length=20, help_text=_("Short, in Latin letters; it stays.")
    )
    name_zh = forms.CharField(label=_("name (Chinese)"), max_length=120)
    name_en = forms.CharField(label=_("name (English)"), max_length=160, required=False)
    kind = forms.ChoiceField(label=_("kind"))
    jurisdictions = forms.CharField(
        label=_("jurisdictions"),
        required=False,
        help_text=_("Codes with spaces between them: one, several for a joint body, or none."),
    )

    def __init__(
        self, *args: Any, actor: Actor, organization: Organization | None = None, **kwargs: Any
    ) -> None:
        if organization is not None:
            codes = " ".join(one.pk for one in organization.jurisdictions.all())
            kwargs["initial"] = {
                "name_zh": organization.name_zh,
                "name_en": organization.name_en,
                "kind": organization.kind,
                "jurisdictions": codes,
            }
        super().__init__(*args, **kwargs)
        self.is_free = actor.kind is ActorKind.ADMINISTRATOR
        self.own = actor.jurisdiction_code
        cast(forms.ChoiceField, self.fields["kind"]).choices = [
            choice
            for choice in OrganizationKind.choices
            if self.is_free or choice[0] in DEPARTMENT_KINDS
        ]
        if organization is not None:
            del self.fields["key"]
        if not self.is_free:
            del self.fields["jurisdictions"]

    def clean_jurisdictions(self) -> list[str]:
        codes = sorted(set(self.cleaned_data["jurisdictions"].replace(",", " ").split()))
        known = set(Jurisdiction.objects.filter(pk__in=codes).values_list("pk", flat=True))
        missing = [code for code in codes if code not in known]
        if missing:
            text = _("There is no jurisdiction with the code {codes}.")
            raise forms.ValidationError(str(text).format(codes=", ".join(missing)))
        return codes

    def particulars(self) -> Particulars:
        data = self.cleaned_data
        codes = data["jurisdictions"] if self.is_free else [self.own] if self.own else []
        return Particulars(
            name_zh=data["name_zh"], name_en=data["name_en"], kind=data["kind"], codes=codes
        )


class OrganizationFilterForm(forms.Form):
    """The filter above the list; it lives in the address of the page."""

    text = forms.CharField(label=_("Name or key"), max_length=60, required=False)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("", _("All kinds")), *OrganizationKind.choices], required=False
    )
    code = forms.CharField(label=_("Code of a jurisdiction"), max_length=6, required=False)
    belongs = forms.ChoiceField(
        label=_("Belongs to"),
        choices=[
            ("", _("All")),
            ("one", _("one jurisdiction")),
            ("several", _("several jurisdictions")),
            ("none", _("no jurisdiction")),
        ],
        required=False,
    )
    sort = forms.CharField(required=False, widget=forms.HiddenInput, max_length=20)

    def chosen(self) -> dict[str, str]:
        """The filters that make sense; a spoilt one filters nothing."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) or "" for name in self.fields if name != "sort"}
