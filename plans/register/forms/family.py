"""The forms of the plan family, of the transmission table and of a party's signature and weight."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from plans.register.enums import TransmissionValue
from plans.register.models import Plan
from plans.register.queries import possible_parents
from plans.register.steps import Demanded
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Invalid


class ParentField(forms.ModelChoiceField):
    """One of the plans the person may see, named with its kind."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Upper plan"))
        options.setdefault("required", False)
        super().__init__(queryset=Plan.objects.none(), **options)

    def offer(self, *, actor: Actor, kind: str = "") -> None:
        self.queryset = possible_parents(actor=actor, kind=kind)

    def label_from_instance(self, obj: Plan) -> str:
        return f"{obj} ({obj.get_kind_display()})"


class RefusableForm(forms.Form):
    """A form that shows what an action found wrong beside the fields it names."""

    def show(self, error: Invalid) -> None:
        for name, text in error.errors.items():
            self.add_error(name if name in self.fields else None, str(text))


class ParentForm(RefusableForm):
    parent = ParentField(help_text=_("Without one the plan stands at the top of its family."))

    def __init__(self, *args: Any, actor: Actor, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"parent": plan.parent_id}, **kwargs})
        self.fields["parent"].offer(actor=actor, kind=plan.kind)


class PartyForm(RefusableForm):
    must_sign = forms.BooleanField(label=_("Must sign"), required=False)
    weight = forms.DecimalField(
        label=_("Weight"),
        min_value=0,
        max_digits=9,
        decimal_places=3,
        help_text=_("It counts where a rule of the charter weighs the parties; usually 1."),
    )


class RequirementForm(RefusableForm):
    title_zh = forms.CharField(label=_("Title (Chinese)"), max_length=200)
    title_en = forms.CharField(label=_("Title (English)"), max_length=300, required=False)
    value = forms.CharField(
        label=_("Value or wording"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    source = forms.CharField(
        label=_("Source document"),
        max_length=200,
        help_text=_("Its title and number, with the article where there is one."),
    )
    edits = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def demanded(self) -> Demanded:
        names = ("title_zh", "title_en", "value", "source")
        return Demanded(**{name: self.cleaned_data[name] for name in names})


class RemovalForm(RefusableForm):
    edits = forms.IntegerField(widget=forms.HiddenInput)


class AnswerForm(RefusableForm):
    """How the plan answers one binding content, seen in the wording `wording`."""

    value = forms.ChoiceField(
        label=pgettext_lazy("transmission", "Answer"),
        choices=TransmissionValue.choices,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Compulsory where the upper plan is adapted or in conflict."),
    )
    carried_by = forms.MultipleChoiceField(
        label=_("Carried by"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices-scroll"}),
        help_text=_("The items of this plan that carry it out."),
    )
    wording = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["carried_by"].choices = choices


STATES = [
    ("", _("All")),
    ("unanswered", _("Unanswered")),
    ("former", _("Answered on a former wording")),
    ("answered", _("Answered")),
    *TransmissionValue.choices,
]


class TransmissionFilter(forms.Form):
    state = forms.ChoiceField(label=_("State"), required=False, choices=STATES)

    def chosen(self) -> str:
        """What was asked for; an unknown value is as good as none."""
        self.is_valid()
        return str(self.cleaned_data.get("state", ""))
