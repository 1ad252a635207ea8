from datetime import datetime, time
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stakeholders.people.enums import RoleName
from stakeholders.people.models import Mandate
from stakeholders.people.rules import grantable
from stakeholders.terms.actor import Actor, Role


class AppointForm(forms.Form):
    """A mandate for one's own jurisdiction, to a person named by its e-mail address."""

    email = forms.EmailField(label=_("E-mail address of the person"))
    name_zh = forms.CharField(
        label=_("name (Chinese)"),
        max_length=60,
        help_text=_("Used when the person is not known here yet."),
    )
    name_en = forms.CharField(label=_("name (English)"), max_length=80, required=False)
    title_zh = forms.CharField(label=_("title (Chinese)"), max_length=80, required=False)
    role = forms.ChoiceField(label=_("role"))
    document = forms.CharField(
        label=_("letter of mandate"),
        max_length=120,
        help_text=_("Number and date of the letter that names this person."),
    )
    valid_until = forms.DateField(
        label=_("last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Leave empty for a mandate without an end."),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = grantable(actor=actor)
        cast(forms.ChoiceField, self.fields["role"]).choices = [
            (r.value, r.label) for r in RoleName if Role(r.value) in roles
        ]

    def values(self) -> dict[str, Any]:
        """The arguments of `appoint`; the last day ends at midnight of the site's time zone."""
        data = dict(self.cleaned_data)
        day = data.pop("valid_until")
        end = datetime.combine(day, time.max) if day else None
        return {
            **data,
            "role": Role(data["role"]),
            "valid_until": timezone.make_aware(end) if end else None,
        }


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
        )
