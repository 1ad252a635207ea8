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
        label=_("Jurisdictions between which it stands"), widget=forms.CheckboxSelectMultiple
    )
    theme = forms.ChoiceField(
        label=_("Theme"), required=False, choices=[("", _("Not said")), *Theme.choices]
    )
    description_zh = forms.CharField(
        label=_("What has to be settled (Chinese)"), widget=forms.Textarea, required=False
    )
    description_en = forms.CharField(
        label=_("What has to be settled (English)"), widget=forms.Textarea, required=False
    )
    facts_zh = forms.CharField(label=_("Facts (Chinese)"), widget=forms.Textarea, required=False)
    facts_en = forms.CharField(label=_("Facts (English)"), widget=forms.Textarea, required=False)
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
    text_zh = forms.CharField(label=_("Text (Chinese)"), widget=forms.Textarea, required=False)
    text_en = forms.CharField(label=_("Text (English)"), widget=forms.Textarea, required=False)

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "value": data["value"],
            "text": Wording(zh=data["text_zh"], en=data["text_en"]),
        }


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
    jurisdiction = forms.CharField(label=_("Jurisdiction (code)"), required=False, max_length=6)
    other = forms.CharField(label=_("And (code)"), required=False, max_length=6)
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

    def __init__(self, *args: Any, plans: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
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
