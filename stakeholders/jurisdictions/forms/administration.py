"""The administrators' forms: saving each does its act."""

import re
from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stakeholders.jurisdictions import actions
from stakeholders.jurisdictions.enums import DayBasis
from stakeholders.jurisdictions.models import FormerName, Succession, WorkdayOverride
from stakeholders.jurisdictions.steps import NAMES
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Invalid


def _today() -> Any:
    return timezone.localtime(clock.now()).date()


class _ActForm(forms.ModelForm):
    """Does its act once every field is right, so that what the act refuses stands beside the
    field with the text kept. `made` is the row it wrote."""

    actor: ClassVar[Actor]
    made: Any = None

    act: Callable[..., Any]

    def full_clean(self) -> None:
        super().full_clean()
        if not self.is_bound or self.errors:
            return
        try:
            self.made = self.act(**self.cleaned_data)
        except Invalid as error:
            for field, text in error.errors.items():
                self.add_error(self.place(field), str(text))

    def place(self, field: str) -> str | None:
        """The field of the form at which a refusal stands."""
        return field if field in self.fields else None


class DaysForm(_ActForm):
    """A stretch of days worked or rested, by one document."""

    first = forms.DateField(label=_("first day"), widget=AdminDateWidget)
    last = forms.DateField(label=_("last day"), widget=AdminDateWidget)
    effective_from = forms.DateField(
        label=_("takes effect on"),
        initial=_today,
        widget=AdminDateWidget,
        help_text=_("Deadlines set before this day keep their date."),
    )

    class Meta:
        model = WorkdayOverride
        fields = ("is_workday", "name_zh", "name_en", "basis", "document")

    def act(self, **values: Any) -> WorkdayOverride:
        basis = DayBasis(values.pop("basis"))
        return actions.enter_days(actor=self.actor, basis=basis, **values)[0]


class RenameForm(_ActForm):
    """A unit's new names; empty ones stay as they are."""

    name_zh = forms.CharField(label=_("new name in Chinese"), max_length=60, required=False)
    name_en = forms.CharField(label=_("new name in English"), max_length=120, required=False)
    name_en_unique = forms.CharField(
        label=_("new unique name in English"), max_length=120, required=False
    )
    short_zh = forms.CharField(label=_("new short name in Chinese"), max_length=30, required=False)
    short_en = forms.CharField(label=_("new short name in English"), max_length=60, required=False)
    type_zh = forms.CharField(label=_("new type in Chinese"), max_length=30, required=False)
    type_en = forms.CharField(label=_("new type in English"), max_length=60, required=False)
    day = forms.DateField(label=_("bears the new name from"), widget=AdminDateWidget)
    document = forms.CharField(label=_("document"), max_length=200)

    class Meta:
        model = FormerName
        fields = ("jurisdiction",)

    def act(self, **values: Any) -> FormerName:
        return actions.rename(
            actor=self.actor,
            code=values["jurisdiction"].code,
            names={name: values[name] for name in NAMES},
            day=values["day"],
            document=values["document"],
        )

    def place(self, field: str) -> str | None:
        return "jurisdiction" if field == "code" else super().place(field)


class SucceedForm(_ActForm):
    """Which units follow which, by their codes."""

    predecessors = forms.CharField(
        label=_("predecessors"), help_text=_("Codes, separated by commas or spaces.")
    )
    successors = forms.CharField(
        label=_("successors"), help_text=_("Codes, separated by commas or spaces.")
    )

    class Meta:
        model = Succession
        fields = ("kind", "day", "document")

    def clean_predecessors(self) -> list[str]:
        return _codes(self.cleaned_data["predecessors"])

    def clean_successors(self) -> list[str]:
        return _codes(self.cleaned_data["successors"])

    def act(self, **values: Any) -> Succession:
        return actions.succeed(actor=self.actor, **values)[0]


def _codes(text: str) -> list[str]:
    return [code for code in re.split(r"[\s,，、;；]+", text) if code]
