"""Forms of the common standards: one standard, values in the table, a workbook."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from plans.register.enums import Competence
from plans.text.enums import PROVISION_STRENGTHS, Choice, SourceKind, Strictness, Theme
from plans.text.norms import LIMITS, MOST_REFERENCES, NATIONAL, Norm, Source
from plans.text.standard_sheets import MOST_SIZE, SPARE_REFERENCES
from stakeholders.files.enums import Kind
from stakeholders.files.forms import StoredFileField, StoresFiles

PARTS = ("name_zh", "name_en", "value", "document")
LABELS = {
    "name_zh": _("Name of the source (Chinese)"),
    "name_en": _("Name of the source (English)"),
    "value": _("Value"),
    "document": _("Document"),
}
WORKBOOKS = frozenset({Kind.XLSX})
CELL = re.compile(r"(?P<key>[-\w]+):(?P<name>agreed|value_\w+)")


class StandardForm(forms.Form):
    """`units` is code -> name of who may be concerned; `parties` are those with own values."""

    edits = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title_zh = forms.CharField(label=_("Title (Chinese)"), max_length=LIMITS["title_zh"])
    title_en = forms.CharField(
        label=_("Title (English)"), max_length=LIMITS["title_en"], required=False
    )
    unit = forms.CharField(
        label=_("Unit"),
        max_length=LIMITS["unit"],
        help_text=_("One unit for all values; a value in another unit is refused."),
    )
    strictness = forms.ChoiceField(
        label=_("Which way is stricter"), choices=Strictness.choices, required=False
    )
    agreed = forms.CharField(
        label=_("Agreed value"),
        max_length=200,
        required=False,
        help_text=_("A figure, a range such as 3–5, or words. Empty: not agreed yet."),
    )
    choice = forms.ChoiceField(
        label=_("Rule of choice"), choices=Choice.choices, initial=Choice.OTHER
    )
    reason_zh = forms.CharField(
        label=_("Reason (Chinese)"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LIMITS["reason_zh"],
        required=False,
    )
    reason_en = forms.CharField(
        label=_("Reason (English)"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LIMITS["reason_en"],
        required=False,
    )
    strength = forms.ChoiceField(
        label=_("Strength"),
        choices=[(s.value, s.label) for s in reversed(PROVISION_STRENGTHS)],
    )
    competence = forms.ChoiceField(
        label=_("Level that may decide"), choices=Competence.choices, initial=Competence.COUNTY
    )
    theme = forms.ChoiceField(
        label=_("Theme"),
        choices=[("", "–"), *Theme.choices],
        required=False,
        initial=Theme.STANDARDS,
    )
    concerned = forms.MultipleChoiceField(
        label=_("Concerned"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Without a choice all co-making parties are concerned."),
    )

    def __init__(
        self,
        *args: Any,
        units: Mapping[str, object],
        parties: Mapping[str, object],
        references: int = 0,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["concerned"].choices = [(c, str(n)) for c, n in units.items()]
        self.names: dict[str, object] = {**parties, NATIONAL: _("National standard")}
        posted = [n for n in range(1, MOST_REFERENCES + 1) if f"value_x{n}" in self.data]
        shown = max([references, *posted]) if self.is_bound else references + SPARE_REFERENCES
        for number in range(1, min(shown, MOST_REFERENCES) + 1):
            self.names[f"x{number}"] = format_lazy(_("Further source {number}"), number=number)
        for key in self.names:
            parts = PARTS if key.startswith("x") else PARTS[2:]
            for part in parts:
                self.fields[f"{part}_{key}"] = forms.CharField(
                    label=LABELS[part], max_length=LIMITS.get(part, 200), required=False
                )

    @property
    def sources(self) -> list[tuple[object, list[forms.BoundField]]]:
        """Each source's name with its fields, for the page."""
        return [
            (name, [self[f"{p}_{key}"] for p in PARTS if f"{p}_{key}" in self.fields])
            for key, name in self.names.items()
        ]

    def norm(self) -> Norm:
        values = dict(self.cleaned_data)
        values.pop("edits")
        values.pop("key", None)
        values["concerned"] = tuple(values["concerned"])
        sources = tuple(
            Source(key=key, **{p: values.pop(f"{p}_{key}", "") for p in PARTS})
            for key in self.names
        )
        return Norm(**values, sources=sources)


class NewStandardForm(StandardForm):
    key = forms.SlugField(
        label=_("Key"),
        max_length=60,
        required=False,
        help_text=_("Its lasting name in addresses; made for you when left empty."),
    )


def initial_of_norm(norm: Norm, *, edits: int) -> dict[str, object]:
    """What StandardForm shows for a norm read as save number `edits`."""
    fields = [n for n in StandardForm.base_fields if n != "edits"]
    values: dict[str, object] = {name: getattr(norm, name) for name in fields}
    for source in norm.sources:
        values |= {f"{part}_{source.key}": getattr(source, part) for part in PARTS}
    return {**values, "edits": edits}


def references_of(norm: Norm) -> int:
    """The highest number of a further source in `norm`."""
    numbers = [int(one.key[1:]) for one in norm.of_kind(SourceKind.REFERENCE)]
    return max(numbers, default=0)


def posted_cells(data: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """Key of a standard -> name -> text of the cells that were sent; others stay as they are."""
    found: dict[str, dict[str, str]] = {}
    for name in data:
        if cell := CELL.fullmatch(name):
            found.setdefault(cell["key"], {})[cell["name"]] = str(data[name])
    return found


def with_cells(norm: Norm, cells: Mapping[str, str]) -> Norm:
    """`norm` with the values of some cells of the table."""
    sources = {one.key: one for one in norm.sources}
    for name, text in cells.items():
        if name != "agreed":
            key = name.removeprefix("value_")
            sources[key] = replace(sources.get(key, Source(key=key)), value=text)
    agreed = cells.get("agreed", norm.agreed)
    return replace(norm, agreed=agreed, sources=tuple(sources.values()))


class WorkbookForm(StoresFiles):
    file = StoredFileField(label=_("Workbook"), kinds=WORKBOOKS, max_size=MOST_SIZE)
