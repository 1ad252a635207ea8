"""Input shape of a comment, and what of it is kept before it is saved."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.http import QueryDict
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consult.matters.forms import RefusableForm
from consult.phase2_preparation.checks import MOST
from consult.phase2_preparation.enums import CommentType
from consult.phase2_preparation.models import CommentAutosave, CommentDraft
from consult.phase2_preparation.quotes import MOST as MOST_QUOTE
from consult.phase2_preparation.steps import Remark
from stakeholders.files.enums import DOCUMENTS
from stakeholders.files.forms import StoredFileField, StoresFiles
from stakeholders.files.models import StoredFile

SAID = ("type", "text_zh", "text_en", "wording_zh", "wording_en")
QUOTED = ("quote", "quote_language", "quote_at")
FILES = ("file_1", "file_2", "file_3")
# Not kept while typing: what the form makes for itself.
UNTYPED = frozenset({"edits", *FILES})


def long_text(label: Any, **options: Any) -> forms.CharField:
    """A long text. A browser must not cut what is pasted, so its length is checked here only."""
    return forms.CharField(
        label=label,
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
        validators=[MaxLengthValidator(MOST)],
        **options,
    )


def file_field(number: int) -> StoredFileField:
    label = format_lazy(pgettext_lazy("comment", "File {number}"), number=str(number))
    options: dict[str, Any] = {} if number == 1 else {"help_text": ""}
    return StoredFileField(label=label, kinds=DOCUMENTS, required=False, **options)


class CommentForm(StoresFiles, RefusableForm):
    """One comment, on an item (`has_wording`) or on the whole."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    edits = forms.IntegerField(widget=forms.HiddenInput, required=False)
    quote_language = forms.CharField(widget=forms.HiddenInput, required=False)
    quote_at = forms.IntegerField(widget=forms.HiddenInput, required=False)
    before = forms.CharField(widget=forms.HiddenInput, required=False)
    type = forms.ChoiceField(label=_("Type"), choices=CommentType.choices)
    quote = forms.CharField(
        label=_("Passage commented on"),
        help_text=_("The exact words of the provision; empty for the whole of it."),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        validators=[MaxLengthValidator(MOST_QUOTE)],
    )
    text_zh = long_text(_("Comment (Chinese)"), help_text=_("In Chinese, in English or in both."))
    text_en = long_text(_("Comment (English)"))
    wording_zh = long_text(_("Proposed wording (Chinese)"))
    wording_en = long_text(_("Proposed wording (English)"))
    file_1 = file_field(1)
    file_2 = file_field(2)
    file_3 = file_field(3)
    share = forms.BooleanField(
        label=_("Share with the colleagues and hand to the contact point for clearance"),
        help_text=_("Without this it stays your own draft."),
        required=False,
        initial=True,
    )

    def __init__(self, *args: Any, has_wording: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = uuid.uuid4
        help_text = _("What should stand in the place of the passage, or of the whole text.")
        self.fields["wording_zh"].help_text = help_text
        if not has_wording:
            for name in ("quote", *QUOTED[1:], "before"):
                del self.fields[name]

    def remark(self) -> Remark:
        data = self.cleaned_data
        return Remark(
            **{name: data[name] for name in SAID},
            quote=data.get("quote") or "",
            quote_language=data.get("quote_language") or "",
            quote_at=data.get("quote_at") or 0,
        )

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        data = self.cleaned_data
        return {
            "remark": self.remark(),
            "share": data["share"],
            "files": [data[name] for name in FILES if data[name]],
            "before": data.get("before") or "",
        }

    def typed(self) -> dict[str, list[str]]:
        """Field -> the values a bound form was sent, as they were sent."""
        data = self.data
        sent = {name: data.getlist(name) for name in self.fields if isinstance(data, QueryDict)}
        return {name: values for name, values in sent.items() if values and name not in UNTYPED}

    def is_empty(self) -> bool:
        """Whether nothing was written yet."""
        return not any(str(self.data.get(name, "")).strip() for name in (*SAID[1:], "quote"))


def initial_of_draft(draft: CommentDraft, *, files: Sequence[StoredFile]) -> dict[str, object]:
    """What an unbound form shows of a draft."""
    return {
        **{name: getattr(draft, name) for name in ("key", "edits", *SAID, *QUOTED)},
        **dict(zip(FILES, files, strict=False)),
        "share": draft.state != "draft",
    }


def initial_of_typed(row: CommentAutosave, *, before: dict[str, object]) -> dict[str, object]:
    """What an unbound form shows of what was typed over what stood there `before`."""
    texts = {name: values[0] for name, values in row.fields.items() if values}
    emptied = {name: "" for name in (*SAID[1:], *QUOTED, "before") if name not in texts}
    return {**before, **emptied, **texts, "edits": row.edits, "share": "share" in row.fields}


class NoteForm(RefusableForm):
    text = forms.CharField(
        label=pgettext_lazy("internal", "Note"),
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[MaxLengthValidator(2_000)],
    )


class CosignForm(RefusableForm):
    withdraw = forms.BooleanField(widget=forms.HiddenInput, required=False)
