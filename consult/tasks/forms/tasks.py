"""Input shapes of the pages on tasks."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consult.matters.forms import RefusableForm
from consult.phase2_preparation.forms.given import day_field
from consult.tasks.enums import Origin, TaskProgress
from consult.tasks.queries import TaskState
from consult.tasks.queries.units import Units, holder_key
from consult.tasks.standing import Stage
from consult.tasks.steps import ReportText
from stakeholders.files.enums import LETTERS
from stakeholders.files.forms import StoredFileField, StoresFiles

LATE = "late"
STATES = [
    (Stage.OPEN.value, pgettext_lazy("task", "In work")),
    (LATE, pgettext_lazy("task", "Late")),
    (Stage.HANDLED.value, pgettext_lazy("task", "Done, not yet struck off")),
    (Stage.STRUCK_OFF.value, pgettext_lazy("task", "Struck off")),
    (Stage.DROPPED.value, pgettext_lazy("task", "Dropped")),
]
ALL = ("", _("All"))


class TaskFilterForm(forms.Form):
    """What of the list is wanted: an unknown value is as good as none."""

    owner = forms.ChoiceField(label=_("Responsible unit"), required=False)
    origin = forms.ChoiceField(label=_("Origin"), required=False, choices=[ALL, *Origin.choices])
    state = forms.ChoiceField(label=_("State"), required=False, choices=[ALL, *STATES])
    year = forms.ChoiceField(label=_("Due in"), required=False)
    item = forms.ChoiceField(label=_("Provision or indicator"), required=False)

    def __init__(
        self, *args: Any, rows: Sequence[TaskState], titles: Mapping[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        owners = {holder_key(one.owner, one.owner_body_id): str(one.unit) for one in rows}
        years = sorted({one.due_on.year for one in rows if one.due_on})
        items = {one.task.item.key for one in rows if one.task.item}
        named = [(key, title) for key, title in titles.items() if key in items]
        self.fields["owner"].choices = [ALL, *sorted(owners.items())]
        self.fields["year"].choices = [ALL, *((str(one), str(one)) for one in years)]
        self.fields["item"].choices = [ALL, *named]

    def chosen(self, rows: Sequence[TaskState]) -> list[TaskState]:
        self.is_valid()
        asked = {name: self.cleaned_data.get(name, "") for name in self.fields}
        return [one for one in rows if _fits(one, asked)]


def _fits(row: TaskState, asked: Mapping[str, str]) -> bool:
    is_state = {
        "": True,
        LATE: row.is_late,
    }.get(asked["state"], row.stage.value == asked["state"])
    return (
        is_state
        and asked["owner"] in ("", holder_key(row.owner, row.owner_body_id))
        and asked["origin"] in ("", row.task.origin)
        and asked["year"] in ("", str(row.due_on.year) if row.due_on else "-")
        and asked["item"] in ("", row.task.item.key if row.task.item else "-")
    )


class ReportForm(StoresFiles, RefusableForm):
    progress = forms.ChoiceField(
        label=_("Progress"), choices=TaskProgress.choices, widget=forms.RadioSelect
    )
    percent = forms.IntegerField(label=_("Done (%)"), required=False, min_value=0, max_value=100)
    text_zh = forms.CharField(
        label=_("Text (Chinese)"), widget=forms.Textarea(attrs={"rows": 4}), required=False
    )
    text_en = forms.CharField(
        label=_("Text (English)"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    evidence = forms.CharField(
        label=_("Evidence (document number)"),
        max_length=120,
        required=False,
        help_text=_("Asked for with “done”, and by the joint office for a unit."),
    )
    file = StoredFileField(label=_("Evidence as a file"), required=False)

    def said(self) -> ReportText:
        return ReportText(**{name: self.cleaned_data[name] for name in self.fields})


class ChangeForm(StoresFiles, RefusableForm):
    is_dropped = forms.BooleanField(
        label=_("The task is dropped: it is done no more"), required=False
    )
    owner = forms.ChoiceField(label=_("Responsible unit"))
    due_on = day_field(_("Due date"), required=False)
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))
    file = StoredFileField(label=_("File"), kinds=LETTERS, required=False)
    field_order = ["owner", "due_on", "is_dropped", "reason", "file"]

    def __init__(self, *args: Any, units: Units, state: TaskState, **kwargs: Any) -> None:
        present = holder_key(state.owner, state.owner_body_id)
        initial = {"owner": present, "due_on": state.due_on}
        super().__init__(*args, initial=initial, **kwargs)
        choices = {present: str(state.unit)}
        choices |= {holder: str(unit) for holder, unit in units.holders.items()}
        self.fields["owner"].choices = list(choices.items())


class StrikeForm(RefusableForm):
    report = forms.IntegerField(widget=forms.HiddenInput)
    confirms = forms.TypedChoiceField(
        label=_("Your word on the report"),
        choices=[
            ("1", _("It is done: strike the task off")),
            ("0", _("It is not done: send the task back")),
        ],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=20_000,
        help_text=_("Asked for where the task is sent back."),
    )
