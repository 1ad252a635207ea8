"""Input shapes of the balance. No permission is decided here."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consult.balance.enums import AgreementState
from consult.balance.queries import Quoted
from consult.balance.steps import CompensationText, Stated, TransferText
from consult.matters.forms import RefusableForm
from stakeholders.files.forms import StoredFileField, StoresFiles
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.templatetags.in_language import in_language

ALL = ("", _("All"))
DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def _words(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _money(label: Any, **more: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, min_value=0, max_digits=14, decimal_places=2, localize=False, **more
    )


def _named(units: Iterable[Jurisdiction]) -> list[tuple[str, str]]:
    return [(one.code, str(one)) for one in units]


class FilterForm(forms.Form):
    """Which agreements are shown; the address keeps it."""

    party = forms.ChoiceField(label=_("Party"), required=False)
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[ALL, *AgreementState.choices]
    )

    def __init__(self, *args: Any, units: Iterable[Jurisdiction], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"].choices = [ALL, *_named(units)]

    def chosen(self) -> dict[str, str]:
        """What was asked for; an unknown value is as good as none."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}


class TransferForm(RefusableForm, StoresFiles):
    """`items` are the indicators in force whose quotas can be passed on."""

    item = forms.ChoiceField(label=_("Indicator"))
    giver = forms.ChoiceField(label=pgettext_lazy("quota", "Giver"))
    taker = forms.ChoiceField(label=pgettext_lazy("quota", "Taker"))
    amount = forms.DecimalField(
        label=pgettext_lazy("quota", "Amount"),
        max_digits=18,
        decimal_places=6,
        localize=False,
        help_text=_("In the unit of the indicator."),
    )
    price = _money(
        _("Price (10,000 yuan)"),
        required=False,
        help_text=_("Empty: nothing is paid for it."),
    )
    basis_zh = forms.CharField(
        label=_("Basis (Chinese)"), widget=_words(), required=False, max_length=4000
    )
    basis_en = forms.CharField(
        label=_("Basis (English)"), widget=_words(), required=False, max_length=4000
    )
    file = StoredFileField(label=_("Agreement signed by both"), required=False)

    def __init__(
        self,
        *args: Any,
        items: Sequence[Quoted],
        units: Iterable[Jurisdiction],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = [
            (one.key, f"{one.number} {in_language(one, 'name')} ({in_language(one, 'unit')})")
            for one in items
        ]
        named = _named(units)
        self.fields["giver"].choices = named
        self.fields["taker"].choices = named

    def arguments(self) -> dict[str, Any]:
        """What was typed, as `propose_transfer` takes it. Call when valid."""
        values = dict(self.cleaned_data)
        first = {name: values.pop(name) for name in ("item", "giver", "taker", "amount")}
        return {**first, "text": TransferText(**values)}


class CompensationForm(RefusableForm, StoresFiles):
    title_zh = forms.CharField(label=_("What is compensated (Chinese)"), max_length=200)
    title_en = forms.CharField(
        label=_("What is compensated (English)"), max_length=300, required=False
    )
    payer = forms.ChoiceField(label=pgettext_lazy("compensation", "Payer"))
    payee = forms.ChoiceField(label=pgettext_lazy("compensation", "Payee"))
    from_year = forms.IntegerField(label=_("From year"), min_value=2000, max_value=2100)
    until_year = forms.IntegerField(label=_("Until year"), min_value=2000, max_value=2100)
    yearly_amount = _money(
        _("Amount a year (10,000 yuan)"),
        required=False,
        help_text=_("Empty where the amount follows from the rule."),
    )
    rule_zh = forms.CharField(
        label=_("Rule of the amount (Chinese)"), widget=_words(), required=False, max_length=4000
    )
    rule_en = forms.CharField(
        label=_("Rule of the amount (English)"), widget=_words(), required=False, max_length=4000
    )
    file = StoredFileField(label=_("Agreement signed by both"), required=False)

    def __init__(self, *args: Any, units: Iterable[Jurisdiction], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = _named(units)
        self.fields["payer"].choices = named
        self.fields["payee"].choices = named

    def arguments(self) -> dict[str, Any]:
        """What was typed, as `propose_compensation` takes it. Call when valid."""
        values = dict(self.cleaned_data)
        sides = {name: values.pop(name) for name in ("payer", "payee")}
        return {**sides, "text": CompensationText(**values)}


class WordForm(RefusableForm):
    """A side's word: yes, or no with the reason."""

    confirms = forms.TypedChoiceField(
        label=pgettext_lazy("agreement", "Your word"),
        choices=[("yes", _("We confirm it")), ("no", _("We refuse it"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"),
        widget=_words(),
        required=False,
        max_length=4000,
        help_text=_("Compulsory for a refusal."),
    )

    def __init__(self, *args: Any, labels: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if labels:
            self.fields["confirms"].choices = list(labels.items())


class SettlementForm(RefusableForm, StoresFiles):
    year = forms.TypedChoiceField(label=_("Year"), coerce=int)
    amount_due = _money(_("Due (10,000 yuan)"))
    amount_paid = _money(_("Paid (10,000 yuan)"))
    paid_on = forms.DateField(label=_("Paid on"), required=False, widget=DAY)
    note = forms.CharField(
        label=_("Note"),
        widget=_words(),
        required=False,
        max_length=4000,
        help_text=_("Compulsory where what is due differs from what was agreed."),
    )
    file = StoredFileField(label=_("Proof of payment"), required=False)

    def __init__(self, *args: Any, years: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(year, str(year)) for year in years]

    def arguments(self) -> dict[str, Any]:
        """What was typed, as `state_settlement` takes it. Call when valid."""
        return {"stated": Stated(**self.cleaned_data)}
