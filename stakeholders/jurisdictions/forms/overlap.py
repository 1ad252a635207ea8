"""The filters of the overlap view, in the address of the page."""

import re
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stakeholders.jurisdictions import queries
from stakeholders.jurisdictions.enums import Level, RegionKind
from stakeholders.jurisdictions.forms.units import UNKNOWN
from stakeholders.jurisdictions.models import Region
from stakeholders.terms.columns import Offer

LEAST = 2  # a unit in one region overlaps with nothing
MOST_CODES = 60
ORDERS = {
    "code": Offer(label=_("Code")),
    "name": Offer(label=_("Name")),
    "total": Offer(label=_("Regions"), is_number=True),
}


@dataclass(frozen=True, kw_only=True)
class OverlapFilters:
    level: str
    kind: str
    year: int | None
    least: int
    codes: tuple[str, ...]
    unit: str
    first: Region | None
    second: Region | None


class _RegionChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        years = f"{obj.year or '…'}–{obj.year_ended or ''}"
        return f"{obj.pk} {obj} ({years})"


class OverlapForm(forms.Form):
    level = forms.ChoiceField(
        label=_("Level"), choices=[("", _("All levels")), *Level.choices], required=False
    )
    kind = forms.ChoiceField(
        label=_("Kind of region"),
        choices=[("", _("All kinds")), *RegionKind.choices],
        required=False,
    )
    year = forms.IntegerField(
        label=_("In force in the year"), min_value=1900, max_value=2200, required=False
    )
    least = forms.IntegerField(
        label=_("In at least … regions"), min_value=1, max_value=99, required=False
    )
    codes = forms.CharField(
        label=_("Only these codes"),
        max_length=MOST_CODES * 8,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "310000, 320500"}),
    )
    unit = forms.CharField(label=_("Circles of the unit (code)"), max_length=6, required=False)
    first = _RegionChoice(
        label=_("First region"),
        queryset=Region.objects.none(),
        empty_label=_("None"),
        required=False,
    )
    second = _RegionChoice(
        label=_("Second region"),
        queryset=Region.objects.none(),
        empty_label=_("None"),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        regions = list(queries.all_regions())
        for name in ("first", "second"):
            self.fields[name].queryset = Region.objects.all()
            labels = [(one.pk, self.fields[name].label_from_instance(one)) for one in regions]
            self.fields[name].widget.choices = [("", _("None")), *labels]

    def clean_codes(self) -> tuple[str, ...]:
        asked = [one for one in re.split(r"[\s,;，、；]+", self.cleaned_data["codes"]) if one]
        held = queries.levels_by_code()
        for code in asked:
            if code not in held:
                raise forms.ValidationError(UNKNOWN, params={"value": code})
        return tuple(dict.fromkeys(asked))

    def clean_unit(self) -> str:
        code = str(self.cleaned_data["unit"])
        if code and code not in queries.levels_by_code():
            raise forms.ValidationError(UNKNOWN, params={"value": code})
        return code

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if (first := values.get("first")) and first == values.get("second"):
            self.add_error("second", _("Choose two different regions."))
        return values

    def chosen(self) -> OverlapFilters:
        """The filters that make sense; a spoilt one filters nothing."""
        self.is_valid()
        values = self.cleaned_data
        return OverlapFilters(
            level=values.get("level") or "",
            kind=values.get("kind") or "",
            year=values.get("year"),
            least=values.get("least") or LEAST,
            codes=values.get("codes") or (),
            unit=values.get("unit") or "",
            first=values.get("first"),
            second=values.get("second"),
        )
