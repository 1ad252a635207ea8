"""Input shapes: a long letter, and the pieces it was taken apart into."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consult.matters.forms import RefusableForm
from consult.phase2_preparation.checks import MOST
from consult.phase2_preparation.enums import ENTERED, CommentType, Source
from consult.phase2_preparation.forms.given import LetterForm, day_field
from consult.phase2_preparation.splitting import MOST_PIECES, Piece
from consult.phase2_preparation.steps import Opinion, Remark
from stakeholders.files.enums import Kind
from stakeholders.files.forms import StoredFileField, StoresFiles

MOST_LETTER = 200_000
READ = frozenset({Kind.DOCX, Kind.TXT, Kind.MARKDOWN})


class SplitForm(StoresFiles, RefusableForm):
    """The letter as text, or as a file that is read."""

    text = forms.CharField(
        label=_("Text of the letter"),
        widget=forms.Textarea(attrs={"rows": 12}),
        required=False,
        validators=[MaxLengthValidator(MOST_LETTER)],
    )
    file = StoredFileField(label=_("Or the letter as a file"), kinds=READ, required=False)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not self.errors and not data.get("text", "").strip() and not data.get("file"):
            raise forms.ValidationError(_("Paste the text of the letter or choose its file."))
        return data


class PieceForm(forms.Form):
    """One piece of the letter and what becomes of it."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    is_taken = forms.BooleanField(label=_("Becomes a comment"), required=False)
    text = forms.CharField(
        label=pgettext_lazy("comments", "What it says"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        validators=[MaxLengthValidator(MOST)],
    )
    item = forms.ChoiceField(label=_("Article"), required=False)
    type = forms.ChoiceField(label=_("Type"), choices=CommentType.choices)

    def __init__(self, *args: Any, items: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = [("", _("On the whole")), *items]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("is_taken") and not data.get("text", "").strip():
            self.add_error("text", _("Say it in words."))
        return data

    def opinion(self) -> tuple[UUID, Opinion]:
        data = self.cleaned_data
        field = "text_zh" if _is_chinese(data["text"]) else "text_en"
        remark = Remark(type=data["type"], **{field: data["text"]})
        return data["key"], Opinion(remark=remark, item_key=data["item"])


def _is_chinese(text: str) -> bool:
    return any("\u3400" <= sign <= "\u9fff" for sign in text)


class PiecesFormSet(forms.BaseFormSet):
    """The pieces; at least one becomes a comment."""

    def clean(self) -> None:
        if not any(self.errors) and not self.taken():
            raise forms.ValidationError(_("Choose at least one piece."))

    def taken(self) -> list[tuple[UUID, Opinion]]:
        chosen = [form for form in self.forms if form.cleaned_data.get("is_taken")]
        return [form.opinion() for form in chosen]


PieceFormSet = forms.formset_factory(
    PieceForm,
    formset=PiecesFormSet,
    extra=0,
    max_num=MOST_PIECES,
    validate_max=True,
    absolute_max=MOST_PIECES,
)


def initial_of_pieces(
    pieces: Sequence[Piece], *, by_number: Mapping[str, str]
) -> list[dict[str, object]]:
    """A row for every piece that says something; `by_number` is number -> key of the items.

    Where others are numbered, what stands before the first number is the letter's address.
    """
    numbered = any(piece.number for piece in pieces)
    return [
        {
            "key": uuid.uuid4(),
            "is_taken": bool(piece.number) or not numbered,
            "text": piece.words,
            "item": by_number.get(piece.article, ""),
            "type": CommentType.GENERAL
            if piece.article not in by_number
            else CommentType.TECHNICAL,
        }
        for piece in pieces
        if piece.words
    ]


class SplitOpinionForm(LetterForm):
    """Whose letter it was, entered by the joint office with its pieces."""

    source = forms.ChoiceField(
        label=_("Source"), choices=[c for c in Source.choices if c[0] in ENTERED]
    )
    received_on = day_field(
        _("Received on"),
        required=False,
        help_text=_("Needed after the end of the round: it takes only what was received before."),
    )
    field_order = ["source", "received_on"]


class ShareForm(forms.Form):
    share = forms.BooleanField(
        label=pgettext_lazy("comments", "Share them with the colleagues at once"),
        required=False,
        initial=True,
    )
