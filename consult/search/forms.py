"""What is asked of a search."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consult.search.enums import Kind, State
from consult.search.queries import Asked
from plans.register.models import Plan
from stakeholders.finding.words import is_too_short, terms_of
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.templatetags.in_language import in_language

LENGTH = 200
TERMS = 10
YEARS = range(1900, 3000)


class SearchForm(forms.Form):
    q = forms.CharField(
        label=pgettext_lazy("search", "Words"),
        max_length=LENGTH,
        widget=forms.TextInput(attrs={"type": "search", "data-search": ""}),
        error_messages={"required": _("Type a word to search for.")},
    )
    plan = forms.ChoiceField(label=_("Plan"), required=False)
    kind = forms.ChoiceField(
        label=pgettext_lazy("search", "Kind"),
        required=False,
        choices=[("", _("All")), *Kind.choices],
    )
    jurisdiction = forms.ChoiceField(label=_("Jurisdiction"), required=False)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", pgettext_lazy("search", "All but former wordings")), *State.choices],
    )
    since = forms.DateField(
        label=pgettext_lazy("search", "From"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    until = forms.DateField(
        label=pgettext_lazy("search", "Until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(
        self, *args: Any, plans: Iterable[Plan], units: Iterable[Jurisdiction], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        all_plans = [(one.key, in_language(one, "short") or one.key) for one in plans]
        all_units = [(one.code, str(one)) for one in units]
        self.fields["plan"].choices = [("", _("All")), *all_plans]
        self.fields["jurisdiction"].choices = [("", _("All")), *all_units]

    def clean_q(self) -> str:
        text = str(self.cleaned_data["q"])
        terms = terms_of(text)
        if not terms:
            raise forms.ValidationError(_("Type a word to search for."))
        if is_too_short(terms):
            raise forms.ValidationError(
                _("A single letter or digit stands in nearly every text. Type at least two.")
            )
        if len(terms) > TERMS:
            raise forms.ValidationError(
                _("At most %(number)s words are searched for at once.") % {"number": TERMS}
            )
        return text

    def clean_since(self) -> date | None:
        return _within(self.cleaned_data["since"])

    def clean_until(self) -> date | None:
        return _within(self.cleaned_data["until"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("since") and data.get("until") and data["since"] > data["until"]:
            self.add_error("until", _("The last day lies before the first."))
        return data

    def asked(self) -> Asked:
        """What a valid form asks for."""
        given = dict(self.cleaned_data)
        return Asked(terms=tuple(terms_of(given.pop("q"))), **given)


def _within(day: date | None) -> date | None:
    if day is not None and day.year not in YEARS:
        raise forms.ValidationError(_("Enter a valid date."))
    return day
