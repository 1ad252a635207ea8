"""A chain of steps as a form: a row per step, moved by buttons."""

from collections.abc import Iterable, Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from stakeholders.people.actions import StepShape
from stakeholders.people.enums import RoleName
from stakeholders.people.models import Chain, ChainStep, User
from stakeholders.people.queries import INSIDERS
from stakeholders.terms.actor import Role


class StepForm(forms.Form):
    name_zh = forms.CharField(label=_("name (Chinese)"), max_length=40, required=False)
    name_en = forms.CharField(label=_("name (English)"), max_length=60, required=False)
    role = forms.ChoiceField(label=_("Done by the role"), required=False)
    people = forms.MultipleChoiceField(
        label=_("or by these people"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 3}),
    )
    beside = forms.BooleanField(label=_("Side by side with the step before"), required=False)

    def __init__(self, *args: Any, people: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["role"]).choices = [
            ("", "–"),
            *((r.value, r.label) for r in RoleName if Role(r.value) in INSIDERS),
        ]
        cast(forms.MultipleChoiceField, self.fields["people"]).choices = [
            (str(one.pk), str(one)) for one in people
        ]

    def shape(self) -> StepShape:
        data = self.cleaned_data
        return StepShape(
            name_zh=data["name_zh"],
            name_en=data["name_en"],
            role=data["role"],
            user_ids=tuple(int(pk) for pk in data["people"]),
            beside=data["beside"],
        )


MOST_STEPS = 20
StepFormSet = forms.formset_factory(
    StepForm, extra=0, max_num=MOST_STEPS, validate_max=True, absolute_max=MOST_STEPS
)

# The steps most offices know, in their order; the first chain of a jurisdiction starts from these.
USUAL = (
    {"name_zh": "经办", "name_en": "Case officer", "role": Role.PLANNER.value},
    {"name_zh": "处室审核", "name_en": "Division review", "role": Role.DEPUTY.value},
    {"name_zh": "部门会签", "name_en": "Departments' countersignature", "role": Role.PLANNER.value},
    {"name_zh": "分管领导", "name_en": "Leader in charge", "role": Role.SIGNATORY.value},
    {"name_zh": "签发", "name_en": "Issue", "role": Role.CONTACT_POINT.value},
    {"name_zh": "用印", "name_en": "Seal", "role": Role.CONTACT_POINT.value},
)


def rows_of(chain: Chain | None) -> list[dict[str, object]]:
    """What the form starts with: the steps that stand, else the usual ones."""
    if chain is None:
        return [dict(row) for row in USUAL]
    steps: Iterable[ChainStep] = chain.steps.all()
    rows, before = [], 0
    for step in steps:
        rows.append(
            {
                "name_zh": step.name_zh,
                "name_en": step.name_en,
                "role": step.role,
                "people": [str(pk) for pk in step.user_ids],
                "beside": step.position == before,
            }
        )
        before = step.position
    return rows


class PassForm(forms.Form):
    note = forms.CharField(
        label=_("Note"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed when sending back."),
    )
