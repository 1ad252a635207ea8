"""Input shapes of entering an act for a party, and of the party's word on it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consult.ballots.conduct import PLAIN_VALUES
from consult.ballots.enums import PositionValue
from consult.matters.enums import StandValue
from consult.matters.forms import RefusableForm
from consult.phase1_organization.enums import Answer
from consult.phase2_preparation.enums import CommentType
from consult.phase3_identification.forms import GENERAL, ExceptionFormSet, choices
from consult.spoken.enums import ActKind, Standing
from consult.spoken.steps import Evidence
from plans.register.enums import PartyRole
from stakeholders.files.forms import StoredFileField, StoresFiles
from stakeholders.people.enums import EvidenceKind

Items = Sequence[tuple[str, str]]


def _words() -> forms.Textarea:
    return forms.Textarea(attrs={"rows": 3})


class EntryForm(RefusableForm, StoresFiles):
    """The evidence. What was said stands before it, in the subclass of each kind of act."""

    SAID: tuple[str, ...] = ()
    EVIDENCE = (
        "evidence_kind",
        "evidence_number",
        "evidence_on",
        "evidence_text",
        "evidence_file",
    )

    evidence_kind = forms.ChoiceField(
        label=_("How it was said"), choices=[("", "—"), *EvidenceKind.choices]
    )
    evidence_number = forms.CharField(
        label=_("Number of the letter or of the minutes"), max_length=80, required=False
    )
    evidence_on = forms.DateField(
        label=_("Date"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    evidence_text = forms.CharField(
        label=_("What the letter, the call or the minutes say"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=10_000,
    )
    evidence_file = StoredFileField(label=_("Scan of the evidence"), required=False)

    def __init__(self, *args: Any, is_provisional: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([*self.SAID, *self.EVIDENCE])
        if is_provisional:
            for name in self.EVIDENCE:
                self.fields[name].required = False

    def said(self) -> dict[str, object]:
        return {name: self.cleaned_data[name] for name in self.SAID}

    def evidence(self) -> Evidence:
        data = self.cleaned_data
        return Evidence(
            kind=data["evidence_kind"],
            number=data["evidence_number"],
            on=data["evidence_on"],
            text=data["evidence_text"],
            file=data["evidence_file"],
        )

    def said_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.SAID if not self[name].is_hidden]

    def evidence_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.EVIDENCE]


class AnswerEntry(EntryForm):
    SAID = ("answer", "role_asked", "text")

    answer = forms.ChoiceField(label=_("Answer"), choices=Answer.choices, widget=forms.RadioSelect)
    role_asked = forms.ChoiceField(
        label=_("Role asked for"),
        choices=[("", "—"), *(c for c in PartyRole.choices if c[0] != PartyRole.CONVENOR)],
        required=False,
    )
    text = forms.CharField(label=_("Conditions or reason"), widget=_words(), required=False)


class ReplyEntry(EntryForm):
    SAID = ("is_nil", "text")

    is_nil = forms.BooleanField(label=_("It has no comments"), required=False)
    text = forms.CharField(label=_("Covering text"), widget=_words(), required=False)


class StandEntry(EntryForm):
    SAID = ("value", "text_zh", "text_en")

    value = forms.ChoiceField(
        label=_("Stand"), choices=StandValue.choices, widget=forms.RadioSelect
    )
    text_zh = forms.CharField(label=_("Text (Chinese)"), widget=_words(), required=False)
    text_en = forms.CharField(label=_("Text (English)"), widget=_words(), required=False)


class CharterEntry(EntryForm):
    SAID = ("value", "text")

    value = forms.ChoiceField(
        label=_("Position on the charter"),
        choices=choices(PLAIN_VALUES),
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("Reason"),
        help_text=_("An objection needs its reason."),
        widget=_words(),
        required=False,
    )


class PositionEntry(EntryForm):
    SAID = ("value", "text", "decided_by", "revision")

    value = forms.ChoiceField(
        label=_("Position on all items that concern it"),
        choices=choices(GENERAL),
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("Reason or condition"),
        help_text=_("Needed to object or to agree in principle."),
        required=False,
        widget=_words(),
    )
    decided_by = forms.CharField(label=_("Decided by"), max_length=120, required=False)
    revision = forms.CharField(widget=forms.HiddenInput)


class RemarkForm(forms.Form):
    """One comment of a reply; an empty one is left out."""

    item = forms.ChoiceField(label=_("Article"), required=False)
    type = forms.ChoiceField(label=_("Type"), choices=CommentType.choices, required=False)
    text_zh = forms.CharField(label=_("Comment (Chinese)"), widget=_words(), required=False)
    text_en = forms.CharField(label=_("Comment (English)"), widget=_words(), required=False)
    wording_zh = forms.CharField(
        label=_("Proposed wording (Chinese)"), widget=_words(), required=False
    )

    def __init__(self, *args: Any, items: Items = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = [("", _("On the whole")), *items]

    def row(self) -> dict[str, object] | None:
        data = self.cleaned_data
        words = ("text_zh", "text_en", "wording_zh")
        return dict(data) if any(data.get(name) for name in words) else None


RemarkForms = forms.formset_factory(RemarkForm, extra=1, max_num=100, absolute_max=100)
ENTRIES: Mapping[str, type[EntryForm]] = {
    ActKind.ANSWER.value: AnswerEntry,
    ActKind.REPLY.value: ReplyEntry,
    ActKind.STAND.value: StandEntry,
    ActKind.CHARTER.value: CharterEntry,
    ActKind.POSITION.value: PositionEntry,
}
# Kind -> the rows it has besides, and the key they have in what was said.
ROWS: Mapping[str, tuple[Any, str]] = {
    ActKind.REPLY.value: (RemarkForms, "remarks"),
    ActKind.POSITION.value: (ExceptionFormSet, "exceptions"),
}


def rows_said(kind: str, rows: Any) -> dict[str, object]:
    """The filled rows of a formset under the key of its kind."""
    if rows is None:
        return {}
    key = ROWS[kind][1]
    if kind == ActKind.REPLY:
        return {key: [row for one in rows if (row := one.row())]}
    said = [dict(one.cleaned_data) for one in rows if one.cleaned_data.get("item")]
    fallback = PositionValue.AGREE_RESERVED.value
    return {key: [{**row, "value": row["value"] or fallback} for row in said]}


class RefusalForm(RefusableForm):
    reason = forms.CharField(
        label=_("Why this is not what your jurisdiction says"),
        widget=_words(),
        max_length=5_000,
    )


class ListFilter(forms.Form):
    """The filter of the list as the URL gives it; an unknown value filters nothing."""

    standing = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All")), *Standing.choices]
    )
    kind = forms.ChoiceField(
        label=_("Act"), required=False, choices=[("", _("All")), *ActKind.choices]
    )

    def chosen(self) -> dict[str, str]:
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}
