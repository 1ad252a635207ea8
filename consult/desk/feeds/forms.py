from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from plans.register.models import Plan
from stakeholders.templatetags.in_language import in_language


class FeedForm(forms.Form):
    """`plans`: those the person may choose."""

    plan = forms.ChoiceField(label=_("plan"), required=False)
    name = forms.CharField(
        label=_("name"),
        max_length=80,
        required=False,
        help_text=_("As your calendar shows it, for example the device you read it on."),
    )
    language = forms.ChoiceField(label=_("language"), required=False)

    def __init__(self, *args: Any, plans: Iterable[Plan] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        of_all = [("", _("All plans"))]
        self.fields["plan"].choices = [
            *of_all,
            *((plan.key, in_language(plan, "short")) for plan in plans),
        ]
        self.fields["language"].choices = [("", _("As my account")), *settings.LANGUAGES]
