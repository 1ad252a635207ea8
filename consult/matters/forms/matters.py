"""Input shapes of the pages on matters."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consult.matters.enums import Level, Outcome, StandValue, Theme
from consult.matters.models import Matter
from consult.matters.queries import LIBRARY, Asked, catalogue
from consult.matters.steps import Wording
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.terms.errors import Invalid


class RefusableForm(forms.Form):
    """A form that shows what an action found wrong beside the fields it names."""

    def show(self, error: Invalid) -> None:
        for name, text in error.errors.items():
            self.add_error(name if name in self.fields else None, str(text))


class LibraryForm(forms.Form):
    text = forms.CharField(
        label=_("Search"),
        required=False,
        widget=forms.TextInput(attrs={"data-search": "", "type": "search"}),
    )
    theme = forms.ChoiceField(
        label=_("Theme"), required=False, choices=[("", _("All")), *Theme.choices]
    )

    def chosen(self) -> dict[str, str]:
        """What was asked for; an unknown value is as good as none."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}


class OpenForm(RefusableForm):
    title_zh = forms.CharField(label=_("Title (Chinese)"), max_length=120)
    title_en = forms.CharField(label=_("Title (English)"), max_length=200, required=False)
    codes = forms.MultipleChoiceField(
        label=_("Jurisdictions between which it stands"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("At least two that take part in the plan."),
    )
    theme = forms.ChoiceField(
        label=_("Theme"), required=False, choices=[("", _("Not said")), *Theme.choices]
    )
    description_zh = forms.CharField(
        label=_("What has to be settled (Chinese)"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        help_text=_("What each side wants, and why a comment round cannot settle it."),
    )
    description_en = forms.CharField(
        label=_("What has to be settled (English)"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )
    facts_zh = forms.CharField(
        label=_("Facts (Chinese)"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        help_text=_("What no side disputes. Facts with a source of their own are added later."),
    )
    facts_en = forms.CharField(
        label=_("Facts (English)"), widget=forms.Textarea(attrs={"rows": 4}), required=False
    )
    drawn_from = forms.ModelMultipleChoiceField(
        label=_("Taken up from the library"),
        queryset=Matter.objects.none(),
        to_field_name="key",
        required=False,
        widget=forms.MultipleHiddenInput,
    )

    def __init__(self, *args: Any, units: Iterable[Jurisdiction], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["codes"].choices = [(unit.code, str(unit)) for unit in units]
        self.fields["drawn_from"].queryset = catalogue()

    def values(self) -> dict[str, Any]:
        """The keyword arguments of `open_matter`."""
        data = self.cleaned_data
        return {
            "title": Wording(zh=data["title_zh"], en=data["title_en"]),
            "description": Wording(zh=data["description_zh"], en=data["description_en"]),
            "facts": Wording(zh=data["facts_zh"], en=data["facts_en"]),
            "codes": data["codes"],
            "theme": data["theme"],
            "drawn_from": list(data["drawn_from"]),
        }


class StandForm(RefusableForm):
    value = forms.ChoiceField(
        label=_("Stand"), choices=StandValue.choices, widget=forms.RadioSelect
    )
    text_zh = forms.CharField(
        label=_("Text (Chinese)"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        help_text=_("In Chinese, in English or in both."),
    )
    text_en = forms.CharField(
        label=_("Text (English)"), widget=forms.Textarea(attrs={"rows": 4}), required=False
    )

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "value": data["value"],
            "text": Wording(zh=data["text_zh"], en=data["text_en"]),
        }


def unit_choices(units: Iterable[Jurisdiction]) -> list[tuple[str, Any]]:
    return [("", _("All")), *((unit.code, str(unit)) for unit in units)]


class RelationsForm(forms.Form):
    jurisdiction = forms.ChoiceField(label=_("Jurisdiction"), required=False)

    def __init__(self, *args: Any, units: Iterable[Jurisdiction], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["jurisdiction"].choices = unit_choices(units)

    def code(self) -> str:
        """The jurisdiction asked for; an unknown one is as good as none."""
        self.is_valid()
        return str(self.cleaned_data.get("jurisdiction") or "")


class RegisterForm(forms.Form):
    text = forms.CharField(
        label=_("Search"),
        required=False,
        widget=forms.TextInput(attrs={"data-search": "", "type": "search"}),
    )
    plan = forms.ChoiceField(label=_("Plan"), required=False)
    theme = forms.ChoiceField(
        label=_("Theme"), required=False, choices=[("", _("All")), *Theme.choices]
    )
    jurisdiction = forms.ChoiceField(label=_("Jurisdiction"), required=False)
    other = forms.ChoiceField(label=pgettext_lazy("second jurisdiction", "And"), required=False)
    level = forms.ChoiceField(
        label=pgettext_lazy("matter", "Level"),
        required=False,
        choices=[("", _("All")), *Level.choices],
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("All")),
            ("open", pgettext_lazy("matter", "Open")),
            ("overdue", _("Overdue")),
            ("closed", pgettext_lazy("matter", "Closed")),
            *Outcome.choices,
        ],
    )
    mine = forms.BooleanField(label=_("Of my jurisdiction only"), required=False)

    def __init__(
        self,
        *args: Any,
        plans: Iterable[tuple[str, str]],
        units: Iterable[Jurisdiction],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        named = unit_choices(units)
        for name in ("jurisdiction", "other"):
            self.fields[name].choices = named
        self.fields["plan"].choices = [
            ("", _("All")),
            (LIBRARY, _("Library of cross-border matters")),
            *plans,
        ]

    def asked(self) -> Asked:
        """What was asked for; an unknown value is as good as none."""
        self.is_valid()
        given = {name: self.cleaned_data.get(name) for name in self.fields}
        return Asked(**{name: value for name, value in given.items() if value})
