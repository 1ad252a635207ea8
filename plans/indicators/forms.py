"""The form of an indicator, and the filter of the list."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from plans.indicators.enums import INDICATOR_STRENGTHS, Aggregation, Direction, Guard, PeriodKind
from plans.indicators.measure import Measure
from plans.register.enums import Competence
from stakeholders.terms.errors import Invalid, Text

FIGURE = 20
YEARS: dict[str, Any] = {"min_value": 1990, "max_value": 2150, "required": False}
STEP = re.compile(r"\s*(\d{4})\s*[:：,，;；=\s]\s*(\S+)\s*")
NONE = ("", "–")


@dataclass(frozen=True, kw_only=True)
class Column:
    """What a jurisdiction has of its own: the name in a Measure, how its inputs begin, its head."""

    name: str
    prefix: str
    label: Text
    length: int = FIGURE


COLUMNS = (
    Column(name="allocations", prefix="share_", label=pgettext_lazy("of a target", "Share")),
    Column(name="floors", prefix="floor_", label=_("Floor")),
    Column(name="ceilings", prefix="ceiling_", label=_("Ceiling")),
    Column(name="base_shares", prefix="base_", label=_("Base year")),
    Column(name="weights", prefix="weight_of_", label=_("Weight")),
    Column(name="calibres", prefix="calibre_", label=_("Statistical calibre"), length=300),
)


def _text(label: Any, **said: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, **said)


def _prose(label: Any, **said: Any) -> forms.CharField:
    return _text(label, widget=forms.Textarea(attrs={"rows": 4}), **said)


class IndicatorForm(forms.Form):
    """`units` is code -> name of the parties: each may be concerned and have a row of figures."""

    edits = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name_zh = forms.CharField(label=_("Name (Chinese)"), max_length=120)
    name_en = _text(_("Name (English)"), max_length=160)
    definition_zh = _prose(_("Definition (Chinese)"))
    definition_en = _prose(_("Definition (English)"))
    unit = forms.CharField(label=_("Unit"), max_length=60)
    source = _text(_("Source"), max_length=200)
    period = forms.ChoiceField(
        label=_("Reading period"), choices=[NONE, *PeriodKind.choices], required=False
    )
    direction = forms.ChoiceField(label=_("Direction"), choices=Direction.choices)
    aggregation = forms.ChoiceField(label=_("Aggregation"), choices=Aggregation.choices)
    base_year = forms.IntegerField(label=_("Base year"), **YEARS)
    base_value = _text(_("Base value"), max_length=FIGURE)
    target = _text(_("Target"), max_length=FIGURE)
    target_year = forms.IntegerField(label=_("Target year"), **YEARS)
    path = forms.CharField(
        label=_("Path by year"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One line a year with what is due by its end: 2027 1"),
    )
    warning = _text(
        _("Warning value"), max_length=FIGURE, help_text=_("A figure, or beside the path: path - 1")
    )
    limit = _text(
        _("Limit"), max_length=FIGURE, help_text=_("A figure, or beside the path: path - 2")
    )
    basis_zh = _text(_("Why these thresholds (Chinese)"), max_length=500)
    basis_en = _text(_("Why these thresholds (English)"), max_length=500)
    weight_zh = _text(
        _("What the weights are (Chinese)"),
        max_length=200,
        help_text=_("For a weighted mean, such as the area in km²."),
    )
    weight_en = _text(_("What the weights are (English)"), max_length=200)
    guard = forms.ChoiceField(label=_("Guard"), choices=[NONE, *Guard.choices], required=False)
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
    given_source = _text(_("Document that hands it down"), max_length=200)

    def __init__(self, *args: Any, units: Mapping[str, object], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.totals: list[Text] = []  # what is wrong with a whole column of figures
        self.units = {code: str(name) for code, name in units.items()}
        self.fields["concerned"].choices = list(self.units.items())
        for code, name in self.units.items():
            for column in COLUMNS:
                self.fields[column.prefix + code] = _text(
                    f"{name} · {column.label}",
                    max_length=column.length,
                    widget=forms.TextInput(attrs={"size": 9 if column.length == FIGURE else 14}),
                )

    def clean_path(self) -> tuple[tuple[int, str], ...]:
        """The lines in the order they were typed; that they follow one another is checked later."""
        lines = [line for line in self.cleaned_data["path"].splitlines() if line.strip()]
        found = [STEP.fullmatch(line) for line in lines]
        for line, one in zip(lines, found, strict=True):
            if one is None:
                text = _("“%(line)s” is no year with a figure.")
                raise ValidationError(text % {"line": line.strip()[:40]})
        return tuple((int(one[1]), one[2]) for one in found if one)

    @property
    def columns(self) -> tuple[Column, ...]:
        return COLUMNS

    @property
    def rows(self) -> list[tuple[str, list[tuple[Column, forms.BoundField]]]]:
        """The name of each party with its inputs."""
        return [
            (name, [(column, self[column.prefix + code]) for column in COLUMNS])
            for code, name in self.units.items()
        ]

    def measure(self) -> Measure:
        values = {k: v for k, v in self.cleaned_data.items() if k not in ("edits", "key")}
        for column in COLUMNS:
            cells = {code: values.pop(column.prefix + code) for code in self.units}
            values[column.name] = {code: cell for code, cell in cells.items() if cell}
        values["concerned"] = tuple(values["concerned"])
        return Measure(**values)

    def show(self, error: Invalid) -> None:
        """Each fault at its input: `allocations.320509` at the cell of that party."""
        for name, text in error.errors.items():
            whole, _dot, code = name.partition(".")
            column = next((one for one in COLUMNS if one.name == whole), None)
            if column is not None and not code:
                said = _("%(column)s: %(error)s") % {"column": column.label, "error": text}
                self.totals.append(said)
                self.add_error(None, str(said))
                continue
            field = column.prefix + code if column else name
            self.add_error(field if field in self.fields else None, str(text))


class NewIndicatorForm(IndicatorForm):
    key = forms.SlugField(
        label=_("Key"), max_length=60, help_text=_("Letters, digits and hyphens; it stays.")
    )


def initial_of(measure: Measure, *, edits: int | None) -> dict[str, object]:
    """What IndicatorForm shows for a measure read as save number `edits`."""
    values: dict[str, object] = {
        name: getattr(measure, name) for name in IndicatorForm.base_fields if name != "edits"
    }
    cells = {
        column.prefix + code: value
        for column in COLUMNS
        for code, value in getattr(measure, column.name).items()
    }
    path = "\n".join(f"{year} {value}" for year, value in measure.path)
    return {**values, **cells, "path": path, "edits": edits}


class IndicatorFilter(forms.Form):
    """Filter and grouping of the list; what the address says otherwise is as good as nothing."""

    q = _text(_("Name or definition"), max_length=100)
    strength = forms.ChoiceField(
        label=_("Strength"),
        required=False,
        choices=[("", _("All")), *((s.value, s.label) for s in INDICATOR_STRENGTHS)],
    )
    aggregation = forms.ChoiceField(
        label=_("Aggregation"), required=False, choices=[("", _("All")), *Aggregation.choices]
    )
    party = forms.ChoiceField(label=_("Concerned"), required=False)
    group = forms.ChoiceField(
        label=_("Grouped by"),
        required=False,
        choices=[
            ("", _("Not grouped")),
            ("strength", _("Strength")),
            ("aggregation", _("Aggregation")),
            ("period", _("Reading period")),
        ],
    )

    def __init__(self, *args: Any, names: Mapping[str, object], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = sorted((code, str(name)) for code, name in names.items())
        self.fields["party"].choices = [("", _("All")), *units]

    def chosen(self) -> dict[str, str]:
        self.is_valid()
        return {name: str(self.cleaned_data.get(name, "")) for name in self.fields}
