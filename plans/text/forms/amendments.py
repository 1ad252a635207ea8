"""Forms of amendments."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from plans.text.collisions import FIELDS, Texts
from plans.text.enums import JOINT_TEAM, AmendmentState
from plans.text.wording import LIMIT, TITLE_LIMIT
from stakeholders.terms.errors import Invalid

REASON_LIMIT = 2_000


class TextsForm(forms.Form):
    """Title and text of a provision in both languages."""

    title_zh = forms.CharField(label=_("Title (Chinese)"), max_length=TITLE_LIMIT)
    title_en = forms.CharField(label=_("Title (English)"), max_length=TITLE_LIMIT, required=False)
    text_zh = forms.CharField(
        label=_("Text (Chinese)"), widget=forms.Textarea(attrs={"rows": 8}), max_length=LIMIT
    )
    text_en = forms.CharField(
        label=_("Text (English)"),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=LIMIT,
        required=False,
    )

    def texts(self) -> Texts:
        """What was written, with the line ends a text is kept with."""
        values = {name: self.cleaned_data[name].replace("\r\n", "\n") for name in FIELDS}
        return Texts(**values)

    def show(self, error: Invalid) -> None:
        for name, text in error.errors.items():
            self.add_error(name if name in self.fields else None, str(text))


class AmendmentForm(TextsForm):
    """A proposal. `base` names the state of the provision it was written against."""

    base = forms.CharField(widget=forms.HiddenInput, max_length=80)
    reason = forms.CharField(
        label=_("Reason"), widget=forms.Textarea(attrs={"rows": 4}), max_length=REASON_LIMIT
    )


class PutTogetherForm(TextsForm):
    """The texts a person puts together over a draft read as save number `edits`."""

    edits = forms.IntegerField(widget=forms.HiddenInput)


class DeclineForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=REASON_LIMIT
    )


class AmendmentFilterForm(forms.Form):
    state = forms.ChoiceField(
        label=_("State"), choices=[("", _("All")), *AmendmentState.choices], required=False
    )
    item = forms.ChoiceField(label=_("Provision"), required=False)
    party = forms.ChoiceField(label=_("Proposed by"), required=False)

    def __init__(
        self,
        *args: Any,
        units: Mapping[str, object],
        titles: Mapping[str, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        everybody = [("", _("All")), (JOINT_TEAM, pgettext_lazy("who proposed", "Joint team"))]
        named = [(code, str(unit)) for code, unit in units.items()]
        self.fields["party"].choices = [*everybody, *named]
        self.fields["item"].choices = [("", _("All")), *titles.items()]

    def chosen(self) -> dict[str, str]:
        """What was asked for; an unknown value is as good as none."""
        self.is_valid()
        return {name: str(self.cleaned_data.get(name) or "") for name in self.fields}
