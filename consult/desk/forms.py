"""The filters of the desk."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.desk.sifting import Choice, Choices


class DeskFilter(forms.Form):
    """Plan and part of the work; the days are chosen by links, which `when` carries along."""

    plan = forms.ChoiceField(label=_("Plan"), required=False)
    group = forms.ChoiceField(label=_("Part of the work"), required=False)
    when = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["plan"].choices = [("", _("All plans")), *_options(choices.plan)]
        self.fields["group"].choices = [("", _("All parts")), *_options(choices.group)]


def _options(choices: list[Choice]) -> list[tuple[str, object]]:
    """Each with the number of lines it would show."""
    return [
        (one.value, format_lazy(_("{label} ({count})"), label=one.label, count=str(one.count)))
        for one in choices
    ]
