"""Tables that are edited as a whole: only what was changed is sent, what is not stays as it was."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from consult.matters.forms import RefusableForm
from consult.phase2_preparation.forms.given import day_field
from consult.tasks.actions.breakdown import LineGiven
from consult.tasks.queries.breakdown import TITLE_LIMIT, Line, LineState, Proposal
from consult.tasks.queries.programmes import Proposed
from consult.tasks.queries.units import Units
from consult.tasks.steps.programmes import YearLine
from stakeholders.terms.errors import Invalid

SEPARATORS = "、,，;；"


class TableForm(RefusableForm):
    """Fields named `field-row`. One that was not sent keeps what stands there."""

    def __init__(self, data: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.lay()
        for name, field in self.fields.items():
            if not isinstance(field, forms.BooleanField | forms.IntegerField):
                field.widget.attrs["data-stands"] = self._stands(name)
        if data is not None:
            stands = {
                name: self._stands(name)
                for name, field in self.fields.items()
                if "data-stands" in field.widget.attrs and name not in data
            }
            self.data = _merged(data, stands)

    def lay(self) -> None:
        """Put the fields of the rows in."""

    def show(self, error: Invalid) -> None:
        """`row.field` stands at its cell."""
        texts = {}
        for name, text in error.errors.items():
            row, _dot, field = name.partition(".")
            texts[f"{field}-{row}" if field else name] = text
        super().show(Invalid(texts))

    def _stands(self, name: str) -> str:
        value = self.get_initial_for_field(self.fields[name], name)
        shown = self.fields[name].prepare_value(value)
        return "" if shown is None else str(shown)


def _merged(data: Mapping[str, Any], stands: Mapping[str, str]) -> Any:
    merged = data.copy() if hasattr(data, "copy") else dict(data)
    for name, value in stands.items():
        merged[name] = value
    return merged


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row of the table with its cells as they are shown."""

    of: Any
    cells: Mapping[str, forms.BoundField]
    units: str = ""


class BreakdownForm(TableForm):
    """The lines that can be issued now. New ones are issued unless they are left out, amended ones
    only where they are taken."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None = None, *, proposal: Proposal) -> None:
        self.proposal = proposal
        number = proposal.revision.number if proposal.revision else 0
        super().__init__(data, initial={"revision": number})

    def lay(self) -> None:
        units = self.proposal.units
        holders = [("", _("Choose"))] + [(key, str(one)) for key, one in units.holders.items()]
        for line in self.proposal.open_lines:
            fields = {
                "take": forms.BooleanField(
                    required=False,
                    label=pgettext_lazy("breakdown", "Leave out")
                    if line.state is LineState.NEW
                    else _("Issue the amended text"),
                ),
                "title_zh": _words(_("Task (Chinese)"), line.title_zh, TITLE_LIMIT, rows=2),
                "owner": forms.ChoiceField(
                    label=_("Lead unit"), choices=holders, initial=line.owner, required=False
                ),
                "partners": _words(_("Cooperating units"), _listed(units, line), 1_000, rows=2),
                "due_on": day_field(_("Until when"), initial=line.due_on, required=False),
                "evidence_zh": _words(
                    _("What proves it"), line.evidence_zh or line.evidence_en, 2_000, rows=2
                ),
            }
            for name, field in fields.items():
                self.fields[f"{name}-{line.key}"] = field

    def rows(self) -> Iterator[Row]:
        names = ("take", "title_zh", "owner", "partners", "due_on", "evidence_zh")
        for line in self.proposal.open_lines:
            yield Row(of=line, cells={name: self[f"{name}-{line.key}"] for name in names})

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for line in self.proposal.open_lines:
            name = f"partners-{line.key}"
            found, unknown = _codes(self.proposal.units, data.get(name, ""))
            if unknown and self._is_issued(line):
                text = _("No party of the plan is called so: %(names)s") % {
                    "names": pgettext("between names", ", ").join(unknown)
                }
                self.add_error(name, text)
            data[name] = found
        return data

    def lines(self) -> list[LineGiven]:
        data = self.cleaned_data
        return [
            LineGiven(
                item=line.key,
                owner=data.get(f"owner-{line.key}", ""),
                due_on=data.get(f"due_on-{line.key}"),
                title_zh=data.get(f"title_zh-{line.key}", ""),
                title_en=line.title_en,
                partners=data.get(f"partners-{line.key}") or (),
                **_evidence(line, data.get(f"evidence_zh-{line.key}", "")),
            )
            for line in self.proposal.open_lines
            if self._is_issued(line)
        ]

    def _is_issued(self, line: Line) -> bool:
        is_ticked = bool(self.cleaned_data.get(f"take-{line.key}"))
        return not is_ticked if line.state is LineState.NEW else is_ticked


def _evidence(line: Line, text: str) -> dict[str, str]:
    """In the language in which the text says it."""
    is_english = bool(line.evidence_en) and not line.evidence_zh
    return {"evidence_en" if is_english else "evidence_zh": text}


def _words(label: Any, text: str, limit: int, *, rows: int) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "cols": 20})
    return forms.CharField(
        label=label, widget=widget, initial=text, max_length=limit, required=False
    )


def _listed(units: Units, line: Line) -> str:
    return pgettext("between names", ", ").join(units.short(line.partners))


def _codes(units: Units, text: str) -> tuple[list[str], list[str]]:
    """The parties named in a cell, and the words that name none."""
    for sign in SEPARATORS + "\n":
        text = text.replace(sign, "\n")
    words = [one.strip() for one in text.split("\n") if one.strip()]
    named = {word: units.named(word) for word in words}
    return (
        [code for code in named.values() if code],
        [word for word, code in named.items() if not code],
    )


class ProgrammeForm(TableForm):
    """The tasks of a year: which stand in the programme, what of each, and until when."""

    edition = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Reason of a new edition"), widget=forms.Textarea(attrs={"rows": 2}), required=False
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, offered: list[Proposed], edition: int
    ) -> None:
        self.offered = offered
        super().__init__(data, initial={"edition": edition})
        if edition == 1:
            del self.fields["reason"]

    def lay(self) -> None:
        for one in self.offered:
            number = one.state.task.number
            taken = forms.BooleanField(required=False, initial=one.is_taken, label=_("Included"))
            text = _words(_("What is done this year"), one.text_zh, 2_000, rows=2)
            self.fields[f"take-{number}"] = taken
            self.fields[f"text_zh-{number}"] = text
            self.fields[f"due_on-{number}"] = day_field(
                _("Until when"), initial=one.due_on, required=False
            )

    def rows(self) -> Iterator[Row]:
        for one in self.offered:
            number = one.state.task.number
            cells = {name: self[f"{name}-{number}"] for name in ("take", "text_zh", "due_on")}
            yield Row(of=one, cells=cells)

    def lines(self) -> list[YearLine]:
        data = self.cleaned_data
        found = []
        for one in self.offered:
            number = one.state.task.number
            if data.get(f"take-{number}"):
                text = data.get(f"text_zh-{number}", "")
                due = data.get(f"due_on-{number}")
                line = YearLine(task=number, text_zh=text, text_en=one.text_en, due_on=due)
                found.append(line)
        return found
