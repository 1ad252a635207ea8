"""Input shapes: opening, extending, entering an opinion."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from consult.matters.forms import RefusableForm
from consult.phase2_preparation.actions import Opinion
from consult.phase2_preparation.enums import (
    CommentType,
    RoundKind,
    Source,
)
from consult.phase2_preparation.forms.given import LetterForm, day_field, hour_field
from consult.phase2_preparation.steps import Remark
from stakeholders.jurisdictions.models import Jurisdiction


class OpenRoundForm(RefusableForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=RoundKind.choices)
    closes_on = day_field(
        _("Last day"), required=False, help_text=_("Left empty: the length set by the charter.")
    )
    closes_hour = hour_field()
    only_changed = forms.BooleanField(
        label=_("Ask only about items changed since the last round"), required=False
    )
    is_sealed = forms.BooleanField(
        label=_("Sealed: until the end nobody sees the comments of others"), required=False
    )
    note = forms.CharField(label=_("Note"), max_length=300, required=False)
    codes = forms.MultipleChoiceField(
        label=_("Invited jurisdictions"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, units: Iterable[Jurisdiction], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(unit.code, str(unit)) for unit in units]
        self.fields["codes"].choices = choices
        self.fields["codes"].initial = [code for code, _name in choices]
        self.fields["closes_hour"].help_text = settings.TIME_ZONE


class ExtendForm(RefusableForm):
    code = forms.ChoiceField(label=_("For"), required=False)
    closes_on = day_field(_("New last day"))
    closes_hour = hour_field()
    reason = forms.CharField(label=_("Reason"), max_length=300)

    def __init__(self, *args: Any, units: Iterable[Jurisdiction], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(unit.code, str(unit)) for unit in units]
        self.fields["code"].choices = [("", _("All invited jurisdictions")), *named]

    def values(self) -> dict[str, Any]:
        return {**self.cleaned_data, "code": self.cleaned_data["code"] or None}


class OpinionForm(LetterForm):
    source = forms.ChoiceField(
        label=_("Source"), choices=[c for c in Source.choices if c[0] != Source.PARTY]
    )
    item = forms.ChoiceField(label=_("Article"), required=False)
    type = forms.ChoiceField(label=_("Type"), choices=CommentType.choices)
    text_zh = forms.CharField(
        label=_("Comment (Chinese)"), widget=forms.Textarea, required=False, max_length=20_000
    )
    text_en = forms.CharField(
        label=_("Comment (English)"), widget=forms.Textarea, required=False, max_length=20_000
    )
    field_order = ["source", "item", "type", "text_zh", "text_en"]

    def __init__(self, *args: Any, items: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = [("", _("On the whole")), *items]

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        names = ("type", "text_zh", "text_en")
        remark = Remark(**{name: data[name] for name in names})
        return {
            "source": data["source"],
            "letter": self.letter(),
            "opinions": [Opinion(remark=remark, item_key=data["item"])],
        }
