"""What is in an editor before it is saved, and what two editors made of one provision."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from plans.text.forms.drafting import ProvisionForm
from plans.text.merging import Merged
from plans.text.models import Autosave
from plans.text.queries import SavedChange
from plans.text.wording import Wording

UNTYPED = frozenset({"edits"})
CHOOSE = "choose_"


def typed_of(form: forms.Form) -> dict[str, list[str]]:
    """Field -> the values a bound form was sent, as they were sent."""
    data = form.data
    sent = {name: data.getlist(name) for name in form.fields if isinstance(data, QueryDict)}
    return {name: values for name, values in sent.items() if values and name not in UNTYPED}


def initial_of_typed(autosave: Autosave) -> dict[str, object]:
    """What an unbound editor shows for what was typed: a field that is missing was empty."""
    initial: dict[str, object] = {"edits": autosave.edits, "key": ""}
    for name, field in ProvisionForm.base_fields.items():
        values = autosave.fields.get(name, [])
        if isinstance(field, forms.MultipleChoiceField):
            initial[name] = values
        elif isinstance(field, forms.BooleanField):
            initial[name] = bool(values)
        elif name not in UNTYPED:
            initial[name] = values[0] if values else ""
    return initial | {"key": "".join(autosave.fields.get("key", [])[:1])}


def with_choices(posted: QueryDict, *, theirs: Wording) -> QueryDict:
    """What was sent, with their value in every field for which the sender chose theirs."""
    data = posted.copy()
    for name in ProvisionForm.base_fields:
        if data.get(f"{CHOOSE}{name}") != "theirs":
            continue
        value = getattr(theirs, name)
        if isinstance(value, bool):
            data.setlist(name, ["on"] if value else [])
        elif name == "links":
            data[name] = " ".join(value)
        else:
            data.setlist(name, list(value) if isinstance(value, tuple) else [value])
    return data


def in_words(form: ProvisionForm, name: str, value: Any) -> str:
    """A value of a wording as people read it in the form."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    choices = form.leads.items() if name == "lead" else getattr(form.fields[name], "choices", ())
    labels = {str(k): str(v) for k, v in choices}
    values: Iterable[str] = value if isinstance(value, tuple) else [value]
    words = [labels.get(one, one) for one in values if one]
    return pgettext("between names", ", ").join(words) or "–"


def label_of(form: ProvisionForm, name: str) -> str:
    return str(form.fields[name].label)


def merged_in_words(form: ProvisionForm, row: Merged) -> dict[str, object]:
    """A field both editors may have changed, for the table of the three-way page."""
    states = {name: in_words(form, row.name, getattr(row, name)) for name in STATES}
    return {"name": row.name, "label": label_of(form, row.name), "row": row, **states}


def change_in_words(form: ProvisionForm, change: SavedChange) -> dict[str, object]:
    """A field one save changed, for the page that says who changed what."""
    return {
        "label": label_of(form, change.name),
        "pieces": change.pieces,
        "before": in_words(form, change.name, change.before),
        "after": in_words(form, change.name, change.after),
    }


STATES = ("base", "theirs", "mine", "proposed")
