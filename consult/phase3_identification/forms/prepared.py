"""The form in which the staff prepare the position for their signatory."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from consult.phase3_identification.forms.positions import ExceptionForm, PositionForm
from consult.phase3_identification.models import PositionDraft, PreparedAutosave
from consult.phase3_identification.prepared_content import NOTE, Content, form_of, rows_of

PREFIX = "exceptions"
OWN = frozenset({"advice", "edits"})
# Of the position form: what only the act itself carries.
UNPREPARED = frozenset({"revision", "former"})
MANAGEMENT = ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")


class PreparedForm(PositionForm):
    """The position form, unfinished where need be, with the advice to the signatory."""

    advice = forms.CharField(
        label=_("Advice to the signatory"),
        help_text=_("What we advise and why, in a few sentences a leader reads on a phone."),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    edits = forms.IntegerField(widget=forms.HiddenInput, initial=0, min_value=0)

    field_order = ["advice", *(PositionForm.field_order or [])]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in list(self.fields.items()):
            if name in UNPREPARED or isinstance(field, forms.FileField):
                del self.fields[name]
        self.fields["value"].required = False

    def said(self) -> dict[str, object]:
        """Field -> value of the position, as it is kept."""
        return kept({n: v for n, v in self.cleaned_data.items() if n not in OWN})


class PreparedExceptionForm(ExceptionForm):
    """One article on which the staff propose something else, or say something to the signatory."""

    note = forms.CharField(
        label=_("Note to the signatory on this article"),
        help_text=_(
            "Stays inside our jurisdiction. To note something only, choose the same position as "
            "above and leave the text empty."
        ),
        max_length=4_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def row(self) -> dict[str, object] | None:
        """The row as it is kept, or None where no article was chosen."""
        return kept(self.cleaned_data) if self.cleaned_data.get("item") else None


PreparedFormSet = forms.formset_factory(PreparedExceptionForm, extra=1, max_num=100)


def kept(values: Mapping[str, Any]) -> dict[str, object]:
    """Cleaned values as JSON keeps them: days in ISO form, no empty ones."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values.items()
        if name != "DELETE" and isinstance(value, (str, int, date, list)) and value not in ("", [])
    }


def content_of(form: PreparedForm, exceptions: Any) -> dict[str, object]:
    """What both valid forms say together, as it is kept."""
    rows = [row for one in exceptions if (row := one.row())]
    return {"form": form.said(), "exceptions": rows}


def initial_of_draft(draft: PositionDraft) -> tuple[dict[str, object], list[dict[str, object]]]:
    """What the unbound forms show of a draft."""
    form = {**form_of(draft.content), "advice": draft.advice, "edits": draft.edits}
    return form, [dict(row) for row in rows_of(draft.content)]


def initial_of_said(content: Content) -> dict[str, object]:
    """What the form shows first where the party has spoken before: its last word."""
    general = content.get("general")
    letter = content.get("letter")
    said = dict(general) if isinstance(general, Mapping) else {}
    if isinstance(letter, Mapping):
        said["issuer"] = letter.get("issuer", "")
    return {**said, "edits": 0}


def typed_of(data: QueryDict) -> dict[str, list[str]]:
    """Field -> the values of the form as they were sent, for keeping."""
    names = {*PreparedForm.base_fields} - UNPREPARED - {"edits"}
    return {
        name: data.getlist(name)
        for name in data
        if (name in names or name.startswith(f"{PREFIX}-")) and any(data.getlist(name))
    }


def is_empty(fields: Mapping[str, list[str]]) -> bool:
    """Whether nothing was written: choices and counters alone are nothing."""
    silent = ("value", *(f"{PREFIX}-{name}" for name in MANAGEMENT))
    return not any(
        name not in silent and not name.endswith("-value") and any(v.strip() for v in values)
        for name, values in fields.items()
    )


def data_of_typed(row: PreparedAutosave) -> QueryDict:
    """What was typed, as if it were sent again."""
    data = QueryDict(mutable=True)
    for name, values in row.fields.items():
        data.setlist(name, values)
    for name in MANAGEMENT:
        data.setdefault(f"{PREFIX}-{name}", "0" if name == "INITIAL_FORMS" else "100")
    data["edits"] = str(row.edits)
    return data


def rows_of_typed(data: QueryDict) -> list[dict[str, object]]:
    """The exceptions in what was typed, as the initial rows of the forms."""
    try:
        total = min(int(data.get(f"{PREFIX}-TOTAL_FORMS", "0") or 0), 100)
    except ValueError:
        return []
    names = PreparedExceptionForm.base_fields
    rows = [
        {name: data.get(f"{PREFIX}-{number}-{name}", "") for name in names}
        for number in range(total)
    ]
    return [row for row in rows if row["item"] or row["text"] or row[NOTE]]
