"""Input shapes of the dossier: a document for a line, the order of the lines, a package."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consult.approval.arranging import LONGEST_NAME, LONGEST_REASON
from consult.approval.queries.arrangements import Arranged
from consult.approval.queries.dossier import ALONE
from consult.matters.forms import RefusableForm
from consult.phase2_preparation.forms.papers import IssueForm
from stakeholders.files.enums import DOCUMENTS
from stakeholders.files.forms import StoredFileField, StoresFiles
from stakeholders.terms.errors import Invalid

MOST_PLACE = 99


class DossierPaperForm(StoresFiles, IssueForm):
    """A document for a line; without a file it is handed up on paper."""

    file = StoredFileField(label=_("The document itself"), kinds=DOCUMENTS, required=False)
    field_order = ["document_number", "issued_on", "issuer", "file"]

    def values(self) -> dict[str, Any]:
        return {"issue": self.issue(), "file": self.cleaned_data["file"]}


class ArrangeForm(RefusableForm):
    """The lines as they stand, each with its place and a reason to leave it out; and one more."""

    base = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    new_zh = forms.CharField(label=_("Name (Chinese)"), max_length=LONGEST_NAME, required=False)
    new_en = forms.CharField(label=_("Name (English)"), max_length=LONGEST_NAME, required=False)
    new_place = forms.IntegerField(
        label=_("Place"), min_value=1, max_value=MOST_PLACE, required=False
    )
    new_required = forms.BooleanField(label=_("Required by the authority"), required=False)
    reason = forms.CharField(
        label=_("What the authority asked"), max_length=LONGEST_REASON, required=False
    )

    def __init__(self, *args: Any, lines: Sequence[Arranged], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = list(lines)
        for number, one in enumerate(self.lines, start=1):
            self.fields[f"place-{one.key}"] = forms.IntegerField(
                label=_("Place"), min_value=1, max_value=MOST_PLACE, initial=number
            )
            self.fields[f"out-{one.key}"] = forms.CharField(
                label=_("Left out, because"),
                max_length=LONGEST_REASON,
                required=False,
                initial=one.left_out,
                disabled=one.item is not None and one.item.by in ALONE,
            )
            if not one.is_required:
                self.fields[f"must-{one.key}"] = forms.BooleanField(
                    label=_("Required by the authority"), required=False
                )

    def rows(self) -> list[dict[str, Any]]:
        """The lines with their fields, for the page."""
        return [
            {
                "line": one,
                "place": self[f"place-{one.key}"],
                "out": self[f"out-{one.key}"],
                "must": self[f"must-{one.key}"] if f"must-{one.key}" in self.fields else None,
            }
            for one in self.lines
        ]

    def values(self) -> dict[str, Any]:
        """The arrangement that was asked for; of equal places the former order decides, and a new
        line stands before."""
        data = self.cleaned_data
        placed = [
            (
                data[f"place-{one.key}"],
                1,
                Arranged(
                    key=one.key,
                    name_zh=one.name_zh,
                    name_en=one.name_en,
                    is_required=one.is_required or data.get(f"must-{one.key}", False),
                    left_out=data[f"out-{one.key}"] or "",
                    item=one.item,
                ),
            )
            for one in self.lines
        ]
        if data["new_zh"] or data["new_en"]:
            new = Arranged(
                key="",
                name_zh=data["new_zh"],
                name_en=data["new_en"],
                is_required=data["new_required"],
            )
            placed.append((data["new_place"] or MOST_PLACE, 0, new))
        placed.sort(key=lambda one: one[:2])
        return {
            "lines": [one for _place, _rank, one in placed],
            "base": data["base"],
            "reason": data["reason"],
        }

    def show(self, error: Invalid) -> None:
        """What is wrong with a line stands at its field."""
        for name, text in error.errors.items():
            own = f"out-{name}"
            field = own if own in self.fields else name if name in self.fields else None
            if name.startswith("own-") and own not in self.fields:
                field = "new_zh"
            self.add_error(field, str(text))
