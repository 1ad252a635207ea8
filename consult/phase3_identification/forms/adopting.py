"""The form of a partial adoption: which items, as seen, and why."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consult.phase3_identification.adopting import LONG, LONGEST, NO_REASON, NONE_PICKED


class SeenItemsField(forms.MultipleChoiceField):
    """Items with the marks of their states as the page showed them ("KEY:MARK"); the cleaned value
    is key -> mark. Which items there are is for the act to say."""

    def to_python(self, value: Any) -> list[str]:
        return [str(one) for one in super().to_python(value)]

    def valid_value(self, value: str) -> bool:
        return ":" in value

    def clean(self, value: Any) -> Any:
        pairs: Sequence[str] = super().clean(value)
        return dict(pair.split(":", 1) for pair in pairs)


class AdoptForm(forms.Form):
    items = SeenItemsField(
        label=_("Items to adopt first"),
        error_messages={
            "required": NONE_PICKED,
            "invalid_choice": _("Open the page again: it sent an item without its state."),
        },
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Every party reads it, and it stands in the statement of the part."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": NO_REASON, "max_length": LONG},
    )
