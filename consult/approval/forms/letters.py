"""Input shapes of the letters of the approval."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consult.approval.enums import LetterKind
from consult.approval.models import ApprovalLetter
from consult.approval.procedure import (
    LetterFact,
    forwarding_units,
    submission_of,
    suggested_addressees,
    suggested_senders,
    superiors,
)
from consult.approval.queries.standing import Standing
from consult.approval.steps.letters import LetterText
from consult.matters.forms import RefusableForm
from consult.phase2_preparation.forms.given import day_field
from stakeholders.files.enums import LETTERS
from stakeholders.files.forms import StoredFileField, StoresFiles
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.errors import Invalid

SEPARATORS = re.compile(r"[\s,;，；、]+")
LONGEST = 20_000
Units = Mapping[str, Jurisdiction]


class ApprovalLetterForm(StoresFiles, RefusableForm):
    """What every letter has. `former` is the letter this one replaces: then it asks why.

    `asks_number`: the letter bears a number where the joint office enters it.
    """

    asks_number = True

    number = forms.CharField(label=_("Letter number"), max_length=80, required=False)
    dated_on = day_field(_("Date of the letter"))
    file = StoredFileField(label=_("The letter itself"), kinds=LETTERS, required=False)

    def __init__(
        self,
        *args: Any,
        standing: Standing,
        units: Units,
        actor: Actor,
        former: ApprovalLetter | None = None,
        **kwargs: Any,
    ) -> None:
        initial = kwargs.pop("initial", None) or {}
        initial = {**self.beginning(standing, actor), **_of(former), **initial}
        super().__init__(*args, actor=actor, initial=initial, **kwargs)
        self.lay(standing, units, actor)
        unnumbered = former is not None and not former.number
        office = actor.role is Role.COORDINATOR and not unnumbered
        self.fields["number"].required = self.asks_number and office
        if former is not None:
            label = _("Why the letter is corrected")
            self.fields["reason"] = forms.CharField(label=label, max_length=300)

    def beginning(self, standing: Standing, actor: Actor) -> dict[str, object]:
        """What the form holds before anybody types."""
        return {"dated_on": standing.facts.today}

    def lay(self, standing: Standing, units: Units, actor: Actor) -> None:
        """Put the choices in."""

    def said(self) -> LetterText:
        data = self.cleaned_data
        return LetterText(
            dated_on=data["dated_on"],
            number=data.get("number", ""),
            senders=_codes(data.get("senders", [])),
            addressees=[*data.get("addressees", []), *SEPARATORS.split(data.get("others", ""))]
            if data.get("others")
            else data.get("addressees", []),
            due_on=data.get("due_on"),
            text=data.get("text", ""),
            place=data.get("place", ""),
            file=data["file"],
        )

    def show(self, error: Invalid) -> None:
        """What is wrong with codes that were typed stands beside them."""
        texts = dict(error.errors)
        if "addressees" in texts and self.cleaned_data.get("others"):
            texts["others"] = texts.pop("addressees")
        super().show(Invalid(texts))


def _codes(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def _of(former: ApprovalLetter | None) -> dict[str, object]:
    """A letter as its form shows it again."""
    if former is None:
        return {}
    names = ("number", "dated_on", "addressees", "due_on", "text", "place", "file")
    senders = former.senders if former.kind == LetterKind.SUBMISSION else former.senders[:1]
    shown = senders if former.kind == LetterKind.SUBMISSION else next(iter(senders), "")
    return {**{name: getattr(former, name) for name in names}, "senders": shown}


def _several(label: Any, **options: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, widget=forms.CheckboxSelectMultiple, **{"required": False, **options}
    )


def _others() -> forms.CharField:
    return forms.CharField(
        label=_("Further units, by their codes"),
        required=False,
        max_length=300,
        help_text=_("Codes of six digits, separated by spaces."),
    )


def _words(label: Any, **options: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 4})
    options = {"required": False, **options}
    return forms.CharField(label=label, widget=widget, max_length=LONGEST, **options)


def _named(codes: Any, units: Units) -> list[tuple[str, str]]:
    return [(code, f"{units.get(code, code)} ({code})") for code in sorted(set(codes))]


def authorities(standing: Standing) -> list[str]:
    """Who may be written to: all units above the signing parties, and those suggested."""
    facts = standing.facts
    above = {one for code in facts.parties for one in superiors(code, facts.parents)}
    request = submission_of(facts.letters)
    return sorted(
        above | set(suggested_addressees(facts)) | set(request.addressees if request else ())
    )


class SubmissionForm(ApprovalLetterForm):
    senders = _several(_("Parties that write"), required=True)
    addressees = _several(_("To"))
    others = _others()
    text = _words(_("Note"))
    field_order = ["senders", "addressees", "others", "number", "dated_on", "text", "file"]

    def beginning(self, standing: Standing, actor: Actor) -> dict[str, object]:
        facts = standing.facts
        return {
            "dated_on": facts.today,
            "senders": suggested_senders(facts),
            "addressees": suggested_addressees(facts),
        }

    def lay(self, standing: Standing, units: Units, actor: Actor) -> None:
        self.fields["senders"].choices = _named(standing.facts.parties, units)
        self.fields["addressees"].choices = _named(authorities(standing), units)


class ForwardingForm(ApprovalLetterForm):
    senders = forms.ChoiceField(label=_("Forwarded by"))
    addressees = _several(_("To"), required=True)
    text = _words(_("Outcome of the examination"))
    field_order = ["senders", "addressees", "number", "dated_on", "text", "file"]

    def beginning(self, standing: Standing, actor: Actor) -> dict[str, object]:
        request = standing.submission
        unit = actor.jurisdiction_code or ""
        above = set(superiors(unit, standing.facts.parents))
        to = [one for one in (request.addressees if request else ()) if one in above]
        everybody = list(request.addressees) if request else []
        return {"dated_on": standing.facts.today, "senders": unit, "addressees": to or everybody}

    def lay(self, standing: Standing, units: Units, actor: Actor) -> None:
        request = standing.submission
        through = _through(standing, request)
        if actor.role is not Role.COORDINATOR:
            through = [code for code in through if code == actor.jurisdiction_code]
        self.fields["senders"].choices = _named(through, units)
        to = request.addressees if request else ()
        self.fields["addressees"].choices = _named(to, units)


def _through(standing: Standing, request: LetterFact | None) -> list[str]:
    if request is None:
        return []
    return forwarding_units(
        senders=request.senders, addressees=request.addressees, facts=standing.facts
    )


class NoticeForm(ApprovalLetterForm):
    senders = forms.ChoiceField(label=_("Asked by"))
    text = _words(_("What is missing"), required=True)
    due_on = day_field(_("To be completed by"))
    field_order = ["senders", "number", "dated_on", "text", "due_on", "file"]

    def beginning(self, standing: Standing, actor: Actor) -> dict[str, object]:
        return {"dated_on": standing.facts.today, "senders": actor.jurisdiction_code}

    def lay(self, standing: Standing, units: Units, actor: Actor) -> None:
        request = standing.submission
        asked = list(request.addressees) if request else []
        if actor.role is not Role.COORDINATOR:
            asked = [code for code in asked if code == actor.jurisdiction_code]
        self.fields["senders"].choices = _named(asked, units)


class CompletionForm(ApprovalLetterForm):
    text = _words(_("What was completed"), required=True)
    asks_number = False
    field_order = ["number", "dated_on", "text", "file"]


class PublicationForm(ApprovalLetterForm):
    asks_number = False
    place = forms.CharField(
        label=_("Address of the publication"),
        required=False,
        max_length=300,
        widget=forms.URLInput,
        help_text=_("Where everybody can read it, beginning with https://"),
    )
    text = _words(
        _("Other places"), help_text=_("Notice board, exhibition hall, gazette: one a line.")
    )
    field_order = ["place", "text", "dated_on", "number", "file"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dated_on"].label = _("Date of publication")
        self.fields["file"].label = _("Proof of the publication")


class FilingForm(ApprovalLetterForm):
    addressees = _several(_("Filed with"))
    others = _others()
    text = _words(
        _("Other bodies it is filed with"),
        help_text=_("For instance the standing committee of a people's congress."),
    )
    field_order = ["addressees", "others", "text", "number", "dated_on", "file"]

    def lay(self, standing: Standing, units: Units, actor: Actor) -> None:
        self.fields["addressees"].choices = _named(authorities(standing), units)


FORMS: Mapping[str, type[ApprovalLetterForm]] = {
    LetterKind.SUBMISSION.value: SubmissionForm,
    LetterKind.FORWARDING.value: ForwardingForm,
    LetterKind.COMPLETION_ASKED.value: NoticeForm,
    LetterKind.COMPLETION.value: CompletionForm,
    LetterKind.PUBLICATION.value: PublicationForm,
    LetterKind.FILING.value: FilingForm,
}
