"""Filter of the list of indicators."""

from django import forms
from django.utils.translation import gettext_lazy as _

from consult.phase4_implementation.enums import IndicatorState
from consult.phase4_implementation.standings import Standing


class StandingFilterForm(forms.Form):
    text = forms.CharField(
        label=_("Search"),
        required=False,
        widget=forms.TextInput(attrs={"data-search": "", "type": "search"}),
    )
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All")), *IndicatorState.choices]
    )

    def fits(self, row: Standing) -> bool:
        """Whether the filter leaves the row; what it does not offer filters nothing."""
        said = self.cleaned_data if self.is_valid() else {}
        text, one = said.get("text", "").casefold(), row.indicator
        named = f"{one.number} {one.name_zh} {one.name_en}".casefold()
        return text in named and said.get("state", "") in ("", row.state.value)
