"""The filter above the list of jurisdictions; it lives in the address of the page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stakeholders.jurisdictions import queries
from stakeholders.jurisdictions.enums import Level
from stakeholders.jurisdictions.models import Jurisdiction


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
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = queries.provinces()
        self.fields["text"].widget.attrs["data-search"] = True

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
