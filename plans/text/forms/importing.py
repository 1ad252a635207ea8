"""Forms of an import: the file, and the correction of one row."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from plans.text.documents.structure import RowKind
from plans.text.enums import PROVISION_STRENGTHS
from plans.text.previews import NEW, Line
from plans.text.wording import LIMIT, TITLE_LIMIT
from stakeholders.files.enums import Kind
from stakeholders.files.forms import StoredFileField, StoresFiles

TEXTS = frozenset({Kind.DOCX, Kind.MARKDOWN, Kind.TXT})
ACCEPTED, REJECTED = "accepted", "rejected"
KIND_LABELS = (
    (RowKind.CHAPTER.value, _("Chapter")),
    (RowKind.PROVISION.value, _("Provision")),
    (RowKind.CONTINUATION.value, _("Goes on with the provision before")),
    (RowKind.OMITTED.value, _("Leave out")),
)
REASONS = {
    "title": _("the title of the document"),
    "front": _("it stands before the first chapter"),
    "contents": _("a line of the table of contents"),
    "sections": _("its sections stand as chapters"),
}


class ImportForm(StoresFiles):
    file = StoredFileField(label=_("Word or Markdown file"), kinds=TEXTS)
    changes = forms.ChoiceField(
        label=_("Tracked changes of a Word document"),
        choices=[
            (ACCEPTED, _("take the text with the changes accepted")),
            (REJECTED, _("take the text with the changes rejected")),
        ],
        initial=ACCEPTED,
        widget=forms.RadioSelect,
        required=False,
        help_text=_("Each change is shown in the preview; the choice can be changed there."),
    )


class RowForm(forms.Form):
    """What a row is and says; posts one row only."""

    kind = forms.ChoiceField(label=_("What it is"), choices=KIND_LABELS)
    reason = forms.CharField(
        label=_("Reason for leaving it out"),
        max_length=200,
        required=False,
        help_text=_("Needed where the row is left out."),
    )
    replaces = forms.ChoiceField(label=_("Replaces"), required=False)
    title_zh = forms.CharField(label=_("Title (Chinese)"), max_length=TITLE_LIMIT, required=False)
    title_en = forms.CharField(label=_("Title (English)"), max_length=TITLE_LIMIT, required=False)
    text_zh = forms.CharField(
        label=_("Text (Chinese)"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=LIMIT,
        required=False,
        strip=False,
    )
    text_en = forms.CharField(
        label=_("Text (English)"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=LIMIT,
        required=False,
        strip=False,
    )
    strength = forms.ChoiceField(
        label=_("Strength"),
        choices=[("", _("as proposed")), *((s.value, s.label) for s in PROVISION_STRENGTHS)],
        required=False,
    )
    concerned = forms.MultipleChoiceField(
        label=_("Concerned"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Without a choice all co-making parties are concerned."),
    )

    def __init__(
        self,
        *args: Any,
        units: Mapping[str, object],
        targets: Sequence[tuple[str, object]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        proposed = pgettext_lazy("what a row replaces", "as proposed")
        nothing = pgettext_lazy("what a row replaces", "nothing: it is new")
        self.fields["replaces"].choices = [("", proposed), (NEW, nothing), *targets]
        self.fields["concerned"].choices = [(code, str(unit)) for code, unit in units.items()]

    def correction(self) -> dict[str, object]:
        """Only what differs from the row as it was shown."""
        names = set(self.changed_data)
        if "kind" in names or "reason" in names:
            names |= {"kind", "reason"}
        return {name: self.cleaned_data[name] for name in sorted(names)}


def initial_of_row(line: Line, *, replaces: str) -> dict[str, object]:
    """What RowForm shows for a row; a reason given as a code is shown in words."""
    row = line.row
    reason = row.reason if row.kind is RowKind.OMITTED else ""
    return {
        "kind": row.kind.value,
        "reason": str(REASONS.get(reason, reason)),
        "replaces": replaces,
        "title_zh": row.title_zh,
        "title_en": row.title_en,
        "text_zh": row.text_zh,
        "text_en": row.text_en,
        "strength": row.fields.get("strength", ""),
        "concerned": list(line.wording.concerned) if line.wording else [],
    }
