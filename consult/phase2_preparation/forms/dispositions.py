"""Input shapes: deciding, answering, filtering, giving a reason."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consult.matters.forms import RefusableForm
from consult.matters.models import Matter
from stakeholders.templatetags.in_language import in_language


class AnswerForm(RefusableForm):
    accepts = forms.TypedChoiceField(
        label=_("Answer"),
        choices=[("yes", _("We accept the disposition")), ("no", _("We do not accept it"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    text = forms.CharField(label=_("Text"), widget=forms.Textarea, required=False, max_length=5_000)


class ExplainForm(RefusableForm):
    comment = forms.ChoiceField(label=_("Comment"), required=False)
    matter = forms.ChoiceField(label=_("Matter"), required=False)
    note = forms.CharField(label=_("Decision"), max_length=300, required=False)

    def __init__(
        self,
        *args: Any,
        dispositions: Iterable[Any],
        matters: Iterable[Matter],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.dispositions = {str(d.comment): d for d in dispositions}
        self.matters = {matter.key: matter for matter in matters}
        self.fields["comment"].choices = [("", _("None"))] + [
            (key, f"{key} {d.get_outcome_display()}") for key, d in self.dispositions.items()
        ]
        self.fields["matter"].choices = [("", _("None"))] + [
            (key, f"{key} {in_language(m, 'title')}") for key, m in self.matters.items()
        ]

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "disposition": self.dispositions.get(data["comment"]),
            "matter": self.matters.get(data["matter"]),
            "note": data["note"],
        }
