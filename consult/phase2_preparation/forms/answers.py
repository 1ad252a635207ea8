"""Input shapes of whole answers: a letter with its opinions row by row, and a symposium."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation.actions import Said
from consult.phase2_preparation.enums import CommentType
from consult.phase2_preparation.forms.given import LetterForm, day_field
from consult.phase2_preparation.forms.rounds import named_in, named_rows
from consult.phase2_preparation.models import RoundInvitee
from consult.phase2_preparation.steps import Opinion, Remark

FIRST, ROWS, MOST = 1, 3, 200
PREFIX = "opinions"
WORDS = ("type", "text_zh", "text_en", "wording_zh", "wording_en")


def words_field(label: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 2})
    return forms.CharField(label=label, widget=widget, required=False, max_length=20_000)


class OpinionRowForm(forms.Form):
    item = forms.ChoiceField(label=_("Article"), required=False)
    type = forms.ChoiceField(
        label=_("Type"), choices=CommentType.choices, initial=CommentType.GENERAL.value
    )
    text_zh = words_field(_("Comment (Chinese)"))
    text_en = words_field(_("Comment (English)"))
    wording_zh = words_field(_("Proposed wording (Chinese)"))
    wording_en = words_field(_("Proposed wording (English)"))

    def __init__(self, *args: Any, items: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = [("", _("On the whole")), *items]

    def has_changed(self) -> bool:
        """Whether something is said; a type or an article alone is no opinion."""
        return any(self[name].value() for name in WORDS if name != "type")

    def opinion(self) -> Opinion:
        data = self.cleaned_data
        remark = Remark(**{name: data[name] for name in WORDS})
        return Opinion(remark=remark, item_key=data["item"])


class OpinionRows(forms.BaseFormSet):
    """The opinions of one answer; rows left as they were are no opinions."""

    def opinions(self) -> list[Opinion]:
        return [form.opinion() for form in self.forms if form.has_changed()]


_Rows = forms.formset_factory(
    OpinionRowForm, formset=OpinionRows, extra=FIRST, max_num=MOST, absolute_max=MOST
)


def opinion_rows(data: Mapping[str, Any] | None, *, items: list[tuple[str, str]]) -> OpinionRows:
    """The rows as posted; the button for more adds empty ones and loses nothing."""
    if data is not None:
        count = str(data.get(f"{PREFIX}-TOTAL_FORMS", ROWS))
        number = int(count) if count.isascii() and count.isdecimal() and len(count) < 4 else ROWS
        total = min(number + (ROWS if "more" in data else 0), MOST)
        sizes = {f"{PREFIX}-TOTAL_FORMS": str(total), f"{PREFIX}-INITIAL_FORMS": "0"}
        data = {**dict(data.items()), **sizes}
    found = _Rows(data, prefix=PREFIX, form_kwargs={"items": items})
    return cast("OpinionRows", found)


class BodyAnswerForm(LetterForm):
    """The answer of one body: `said` takes the opinions beside it."""

    is_nil = forms.BooleanField(label=_("Has no comments"), required=False)
    text = forms.CharField(
        label=_("Covering text"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=5_000,
    )

    def said(self, rows: OpinionRows) -> Said:
        data = self.cleaned_data
        return Said(
            opinions=rows.opinions(),
            is_nil=data.get("is_nil", False),
            text=data["text"],
            letter=self.letter(),
            received_on=data.get("received_on"),
        )


class EnterAnswerForm(BodyAnswerForm):
    code = forms.ChoiceField(label=_("Whose answer"))
    received_on = day_field(
        _("Received on"),
        required=False,
        help_text=_("Needed after the end of the round: it takes only what was received before."),
    )
    field_order = ["code", "is_nil", "letter_number", "letter_on", "issuer", "letter_file"]

    def __init__(self, *args: Any, rows: Iterable[RoundInvitee], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [("", _("Choose")), *named_rows(rows)]

    def whose(self) -> dict[str, str | None]:
        return named_in(self.cleaned_data["code"])


class SymposiumForm(BodyAnswerForm):
    held_on = day_field(_("Held on"))
    place = forms.CharField(label=_("Place"), max_length=200)
    participants = forms.CharField(
        label=_("Participants"), widget=forms.Textarea(attrs={"rows": 3}), max_length=5_000
    )
    field_order = ["held_on", "place", "participants", "letter_file"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("is_nil", "letter_number", "letter_on", "issuer"):
            del self.fields[name]
        self.fields["letter_file"].label = _("The minutes")
        self.fields["letter_file"].required = True
        self.fields["text"].label = _("Summary of the minutes")

    def meeting(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("held_on", "place", "participants")}
