"""Named weights of a charter as a small table: one figure per co-maker, and where it comes from."""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from consult.phase1_organization.content import PLAIN_WEIGHT
from consult.phase1_organization.soundness import LONGEST_NAME, MOST_WEIGHTS, is_weight
from stakeholders.terms.asked import asked_number

PREFIX = "weight"
Raw = dict[str, Any]


class WeightForm(forms.Form):
    """One named weight. A figure may stay empty as long as no rule weighs by it."""

    name = forms.CharField(
        label=_("Name of the weight"),
        help_text=_("Short, for instance population, area or gdp."),
        max_length=LONGEST_NAME,
    )
    source = forms.CharField(
        label=_("Source of the figures"),
        help_text=_("Publication, year and unit."),
        max_length=300,
        required=False,
    )

    def __init__(self, *args: object, parties: Sequence[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.codes = [code for code, _name in parties]
        for code, name in parties:
            self.fields[code] = forms.CharField(label=name, max_length=30, required=False)

    def figures(self) -> list[forms.BoundField]:
        return [self[code] for code in self.codes]

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"]).strip()
        if name == PLAIN_WEIGHT:
            raise forms.ValidationError(
                _("“weight” is the plan's own weight of a party: choose another name.")
            )
        return name

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for code in self.codes:
            typed = unicodedata.normalize("NFKC", data.get(code, "")).strip()
            if typed and not is_weight(typed):
                self.add_error(code, _("Give a decimal number like 12.5, not negative."))
            data[code] = typed
        return data

    def by_code(self) -> dict[str, str]:
        """The figures that are given, exactly as typed."""
        return {code: self.cleaned_data[code] for code in self.codes if self.cleaned_data[code]}


class WeightEditor:
    """All named weights of a charter as forms."""

    def __init__(
        self,
        *,
        parties: Sequence[tuple[str, str]],
        data: QueryDict | None = None,
        rows: Sequence[Raw] = (),
    ) -> None:
        rows = raw_rows(data, parties=parties) if data is not None else rows
        self.errors: list[Any] = []
        self.verdict: bool | None = None
        self.forms = [
            WeightForm(data, prefix=f"{PREFIX}-{number}", initial=row, parties=parties)
            for number, row in enumerate(rows)
        ]

    def names(self) -> list[str]:
        """The names as they are typed."""
        return [str(form["name"].value() or "").strip() for form in self.forms]

    def is_valid(self) -> bool:
        if self.verdict is None:
            self.verdict = self._judge()
        return self.verdict

    def _judge(self) -> bool:
        verdicts = [form.is_valid() for form in self.forms]
        is_sound = all(verdicts)
        seen: set[str] = set()
        for form, name in zip(self.forms, self.names(), strict=True):
            if name and name in seen:
                form.add_error("name", _("Another weight has this name."))
                is_sound = False
            seen.add(name)
        if len(self.forms) > MOST_WEIGHTS:
            self.errors.append(_("A charter has at most 8 named weights."))
        return is_sound and not self.errors

    def weights(self) -> dict[str, Mapping[str, str]] | None:
        """Name -> code -> figure; None where there is no named weight."""
        found = {form.cleaned_data["name"]: form.by_code() for form in self.forms}
        return found or None

    def sources(self) -> dict[str, str] | None:
        """Name -> source, of those that have one."""
        said = {
            form.cleaned_data["name"]: form.cleaned_data["source"].strip() for form in self.forms
        }
        return {name: text for name, text in said.items() if text} or None


def raw_rows(data: QueryDict, *, parties: Sequence[tuple[str, str]]) -> list[Raw]:
    """The weights as they were posted, whatever stands in them."""
    total = min(asked_number(data.get(f"{PREFIX}-TOTAL", "0"), default=0), MOST_WEIGHTS + 1)
    fields = ("name", "source", *(code for code, _name in parties))
    return [
        {name: data.get(f"{PREFIX}-{number}-{name}", "") for name in fields}
        for number in range(total)
    ]


def rows_of(
    weights: Mapping[str, Mapping[str, str]] | None, sources: Mapping[str, str] | None
) -> list[Raw]:
    """The named weights of a charter as their forms show them."""
    return [
        {"name": name, "source": (sources or {}).get(name, ""), **by_code}
        for name, by_code in (weights or {}).items()
    ]
