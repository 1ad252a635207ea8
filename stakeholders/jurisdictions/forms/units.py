"""The filter above the list of jurisdictions; it lives in the address of the page."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stakeholders.jurisdictions import queries
from stakeholders.jurisdictions.enums import Level
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.terms.columns import Offer

UNKNOWN = _("There is no unit with the code %(value)s.")
ORDERS = {
    "code": Offer(label=_("Code")),
    "name": Offer(label=_("Name")),
    "level": Offer(label=_("Level")),
    "area": Offer(label=_("Area (km²)"), is_number=True),
    "regions": Offer(label=_("Regions"), is_number=True),
    "neighbours": Offer(label=_("Neighbours"), is_number=True),
}


class _UnitChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.code} {obj}"


class FilterForm(forms.Form):
    text = forms.CharField(label=_("Name or code"), max_length=60, required=False)
    level = forms.ChoiceField(
        label=_("Level"), choices=[("", _("All levels")), *Level.choices], required=False
    )
    parent = _UnitChoice(
        label=_("Within"),
        queryset=Jurisdiction.objects.none(),
        empty_label=_("All provinces"),
        required=False,
        error_messages={"invalid_choice": UNKNOWN},
    )
    sort = forms.ChoiceField(label=_("Sort by"), choices=[], required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = queries.provinces()
        self.fields["text"].widget.attrs["data-search"] = True
        keys = [f"-{key}" if offer.is_number else key for key, offer in ORDERS.items()]
        choices = [(key, ORDERS[key.removeprefix("-")].label) for key in keys]
        present = self.data.get("sort", "")
        if present.removeprefix("-") in ORDERS and present not in keys:
            choices.append((present, _("As chosen in the table")))
        self.fields["sort"].choices = choices

    def clean_text(self) -> str:
        """A code that no unit has is a mistake; a name that none has is an empty result."""
        text = str(self.cleaned_data["text"])
        if not re.fullmatch(r"[0-9]+", text):
            return text
        if len(text) > 6:
            raise forms.ValidationError(_("A code has six digits (GB/T 2260)."))
        if not queries.find_jurisdictions(text=text).exists():
            if len(text) == 6:
                raise forms.ValidationError(UNKNOWN, params={"value": text})
            begins = _("No unit has a code that begins with %(value)s.")
            raise forms.ValidationError(begins, params={"value": text})
        return text

    @property
    def narrows(self) -> bool:
        """Whether anything but an order is asked: then the list is flat, not a tree."""
        return any(self.data.get(name) for name in ("text", "level", "parent"))

    def chosen(self) -> dict[str, str]:
        """The filters that make sense; a spoilt one filters nothing."""
        self.is_valid()
        values = self.cleaned_data
        parent = values.get("parent")
        return {
            "text": values.get("text") or "",
            "level": values.get("level") or "",
            "parent": parent.code if parent else "",
        }
