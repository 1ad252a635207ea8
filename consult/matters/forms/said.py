"""Input shapes of facts, moves, options, commitments and agreements."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.matters.enums import StanceValue
from consult.matters.forms.matters import RefusableForm
from consult.matters.ladder import end_of_day
from consult.matters.models import MatterFact, MatterOption, OptionVersion
from consult.matters.queries import CommitmentRow
from consult.matters.steps import Wording
from stakeholders.files.forms import StoredFileField, StoresFiles
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.templatetags.in_language import in_language

LONG = 20_000


class DateInput(forms.DateInput):
    input_type = "date"


def day_field(label: Any, **options: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=DateInput(format="%Y-%m-%d"), **options)


def text_field(label: Any, **options: Any) -> forms.CharField:
    return forms.CharField(
        label=label, widget=forms.Textarea(attrs={"rows": 4}), max_length=LONG, **options
    )


class TwoTexts(RefusableForm):
    """A text in Chinese, in English or in both."""

    text_zh = text_field(
        _("Text (Chinese)"), required=False, help_text=_("In Chinese, in English or in both.")
    )
    text_en = text_field(_("Text (English)"), required=False)

    def text(self) -> Wording:
        return Wording(zh=self.cleaned_data["text_zh"], en=self.cleaned_data["text_en"])

    def values(self) -> dict[str, Any]:
        """The keyword arguments of the action."""
        rest = {k: v for k, v in self.cleaned_data.items() if k not in ("text_zh", "text_en")}
        return {"text": self.text(), **rest}


class FactForm(TwoTexts, StoresFiles):
    source = forms.CharField(
        label=_("Source"),
        max_length=300,
        help_text=_("The document, its number and date, or who measured it and when."),
    )
    corrects = forms.ChoiceField(
        label=_("Corrects"), required=False, help_text=_("The corrected fact stays to be read.")
    )
    file = StoredFileField(label=_("Enclosure"), required=False)

    def __init__(self, *args: Any, facts: Iterable[MatterFact], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.facts = {str(one.number): one for one in facts if not hasattr(one, "corrected_by")}
        self.fields["corrects"].choices = [
            ("", _("Nothing: a new fact")),
            *(
                (number, f"{number} {in_language(one, 'text')[:60]}")
                for number, one in self.facts.items()
            ),
        ]

    def values(self) -> dict[str, Any]:
        found = super().values()
        return {**found, "corrects": self.facts.get(found["corrects"])}


class ReasonForm(RefusableForm):
    note = text_field(_("Reason"))


class NoteForm(RefusableForm):
    note = text_field(_("Note"), required=False)


class ReportForm(RefusableForm):
    note = text_field(_("How it was kept"))


class RaiseForm(RefusableForm):
    note = text_field(_("Reason"))
    proposal_zh = text_field(
        _("What is proposed to the next level (Chinese)"),
        required=False,
        help_text=_("What the next level is asked to decide, so that it can do so in one meeting."),
    )
    proposal_en = text_field(_("What is proposed to the next level (English)"), required=False)

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        proposal = Wording(zh=data["proposal_zh"], en=data["proposal_en"])
        return {"note": data["note"], "proposal": proposal}


class RescheduleForm(RefusableForm):
    due_on = day_field(_("New due date"))
    note = text_field(_("Reason"))

    def values(self) -> dict[str, Any]:
        return {
            "note": self.cleaned_data["note"],
            "due_at": end_of_day(self.cleaned_data["due_on"]),
        }


class ReserveForm(RefusableForm):
    note = text_field(
        _("What is reserved"), help_text=_("Each party’s newest stand is kept as its view.")
    )
    review_on = day_field(
        _("Looked at again on"), help_text=_("On this day the parties take the matter up again.")
    )


class JoinForm(RefusableForm):
    code = forms.ChoiceField(label=_("Party"), required=False)
    note = text_field(_("Reason"))

    def __init__(
        self, *args: Any, units: Iterable[Jurisdiction], own: str | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if own is None:
            self.fields["code"].choices = [(unit.code, str(unit)) for unit in units]
        else:
            del self.fields["code"]


class LinkForm(RefusableForm):
    items = forms.MultipleChoiceField(
        label=_("Provisions it is about"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, titles: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["items"].choices = list(titles.items())


class OptionForm(TwoTexts):
    """An option with a short line per party: what it costs or brings it."""

    def __init__(
        self,
        *args: Any,
        units: Iterable[Jurisdiction],
        newest: OptionVersion | None = None,
        **kwargs: Any,
    ) -> None:
        self.codes = []
        held = {str(e.jurisdiction_id): e for e in newest.effects.all()} if newest else {}
        if newest:
            initial = {"text_zh": newest.text_zh, "text_en": newest.text_en}
            kwargs["initial"] = initial
        super().__init__(*args, **kwargs)
        for unit in units:
            self.codes.append(unit.code)
            for language, words in (
                ("zh", _("What it costs or brings {unit} (Chinese)")),
                ("en", _("What it costs or brings {unit} (English)")),
            ):
                effect = held.get(unit.code)
                self.fields[f"effect_{unit.code}_{language}"] = forms.CharField(
                    label=format_lazy(words, unit=str(unit)),
                    max_length=300,
                    required=False,
                    initial=getattr(effect, f"text_{language}", ""),
                )
        if self.codes:
            first = self.fields[f"effect_{self.codes[0]}_zh"]
            first.help_text = _("Cost, gain or risk in a few words; empty where there is none.")

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        effects = {
            code: Wording(zh=data[f"effect_{code}_zh"], en=data[f"effect_{code}_en"])
            for code in self.codes
        }
        return {"text": self.text(), "effects": {k: v for k, v in effects.items() if v}}


class StanceForm(RefusableForm):
    value = forms.ChoiceField(
        label=_("Answer"), choices=StanceValue.choices, widget=forms.RadioSelect
    )
    text_zh = text_field(
        _("Why, or on which conditions (Chinese)"),
        required=False,
        help_text=_("Needed unless the option is acceptable as it stands."),
    )
    text_en = text_field(_("Why, or on which conditions (English)"), required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        text = Wording(zh=data["text_zh"], en=data["text_en"])
        return {"value": data["value"], "text": text, "version": data["version"]}


class WithdrawOptionForm(RefusableForm):
    reason = text_field(_("Reason"))


class CommitmentForm(TwoTexts):
    holder = forms.ChoiceField(label=_("Who does it"))
    due_on = day_field(_("By"), required=False)
    needs = forms.MultipleChoiceField(
        label=_("Only if these are kept"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("While one of them is not given, this commitment binds nobody."),
    )
    needed_by = forms.MultipleChoiceField(
        label=_("These hold only with it"), widget=forms.CheckboxSelectMultiple, required=False
    )
    field_order = ("holder", "text_zh", "text_en", "due_on", "needs", "needed_by")

    def __init__(
        self,
        *args: Any,
        units: Iterable[Jurisdiction],
        rows: Iterable[CommitmentRow],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["holder"].choices = [(unit.code, str(unit)) for unit in units]
        held = list(rows)
        self.fields["needs"].choices = commitment_choices(held)
        proposed = [row for row in held if row.worth.state == "proposed"]
        self.fields["needed_by"].choices = commitment_choices(proposed)
        for name in ("needs", "needed_by"):
            if not self.fields[name].choices:
                del self.fields[name]

    def values(self) -> dict[str, Any]:
        found = super().values()
        for name in ("needs", "needed_by"):
            found[name] = [int(number) for number in found.get(name, [])]
        return found


def commitment_choices(rows: Iterable[CommitmentRow]) -> list[tuple[str, str]]:
    return [
        (
            str(row.commitment.number),
            f"C{row.commitment.number} {row.commitment.holder} {in_language(row.commitment, 'text')}",
        )
        for row in rows
    ]


class AgreementForm(TwoTexts):
    option = forms.ChoiceField(label=_("Option chosen"), required=False)
    items = forms.MultipleChoiceField(
        label=_("Provisions that carry it"), widget=forms.CheckboxSelectMultiple, required=False
    )
    commitments = forms.MultipleChoiceField(
        label=_("Commitments that go with it"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(
        self,
        *args: Any,
        options: Iterable[tuple[MatterOption, str]],
        titles: Mapping[str, str],
        rows: Iterable[CommitmentRow],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        held = list(options)
        self.options = {option.label: option for option, _words in held}
        self.fields["text_zh"].help_text = _("Empty where the option chosen says it all.")
        self.fields["option"].choices = [
            ("", _("None: the text says it")),
            *((option.label, f"{option.label} {words}") for option, words in held),
        ]
        self.fields["items"].choices = list(titles.items())
        self.fields["commitments"].choices = commitment_choices(rows)
        for name in ("items", "commitments"):
            if not self.fields[name].choices:
                del self.fields[name]

    def values(self) -> dict[str, Any]:
        found = super().values()
        numbers = [int(number) for number in found.get("commitments", [])]
        option = self.options.get(found["option"])
        return {**found, "commitments": numbers, "option": option}


class AnswerForm(RefusableForm):
    confirms = forms.TypedChoiceField(
        label=_("Answer"),
        choices=[("yes", _("Confirm")), ("no", _("Refuse"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reason = text_field(
        _("Reason"), required=False, help_text=_("Needed where the draft is refused.")
    )
