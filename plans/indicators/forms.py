"""The form of an indicator."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plans.indicators.enums import INDICATOR_STRENGTHS, Aggregation, Direction
from plans.indicators.measure import Measure
from plans.register.enums import Competence

SHARE = "share_"


class IndicatorForm(forms.Form):
    """`units` is code -> name of the parties: each may be concerned and have a share."""

    edits = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name_zh = forms.CharField(label=_("Name (Chinese)"), max_length=120)
    name_en = forms.CharField(label=_("Name (English)"), max_length=160, required=False)
    definition_zh = forms.CharField(
        label=_("Definition (Chinese)"), widget=forms.Textarea(attrs={"rows": 4}), required=False
    )
    definition_en = forms.CharField(
        label=_("Definition (English)"), widget=forms.Textarea(attrs={"rows": 4}), required=False
    )
    unit = forms.CharField(label=_("Unit"), max_length=60)
    source = forms.CharField(label=_("Source"), max_length=200, required=False)
    direction = forms.ChoiceField(label=_("Direction"), choices=Direction.choices)
    aggregation = forms.ChoiceField(label=_("Aggregation"), choices=Aggregation.choices)
    target = forms.CharField(label=_("Target"), max_length=20, required=False)
    target_year = forms.IntegerField(
        label=_("Target year"), min_value=1990, max_value=2150, required=False
    )
    warning = forms.CharField(label=_("Warning value"), max_length=20, required=False)
    limit = forms.CharField(label=_("Limit"), max_length=20, required=False)
    strength = forms.ChoiceField(
        label=_("Strength"), choices=[(s.value, s.label) for s in INDICATOR_STRENGTHS]
    )
    competence = forms.ChoiceField(
        label=_("Level that may decide"), choices=Competence.choices, initial=Competence.COUNTY
    )
    concerned = forms.MultipleChoiceField(
        label=_("Concerned"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Without a choice all co-making parties are concerned."),
    )
    is_given = forms.BooleanField(label=_("Given by a higher authority"), required=False)
    given_source = forms.CharField(
        label=_("Document that hands it down"), max_length=200, required=False
    )

    def __init__(self, *args: Any, units: Mapping[str, object], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = list(units)
        self.fields["concerned"].choices = [(c, str(n)) for c, n in units.items()]
        for code, name in units.items():
            self.fields[SHARE + code] = forms.CharField(
                label=str(name), max_length=20, required=False
            )

    @property
    def shares(self) -> list[forms.BoundField]:
        return [self[SHARE + code] for code in self.codes]

    def measure(self) -> Measure:
        values = dict(self.cleaned_data)
        values.pop("edits")
        values.pop("key", None)
        shares = {code: values.pop(SHARE + code) for code in self.codes}
        values["concerned"] = tuple(values["concerned"])
        return Measure(**values, allocations={c: v for c, v in shares.items() if v})


class NewIndicatorForm(IndicatorForm):
    key = forms.SlugField(
        label=_("Key"), max_length=60, help_text=_("Letters, digits and hyphens; it stays.")
    )


def initial_of(measure: Measure, *, edits: int) -> dict[str, object]:
    """What IndicatorForm shows for a measure read as save number `edits`."""
    values: dict[str, object] = {
        name: getattr(measure, name) for name in IndicatorForm.base_fields if name != "edits"
    }
    shares = {SHARE + code: value for code, value in measure.allocations.items()}
    return {**values, **shares, "edits": edits}
