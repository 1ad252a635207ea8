"""What a letter has to say, by its kind: errors by field, in a form and in the API alike."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.approval.enums import LetterKind
from consult.approval.models import ApprovalLetter
from consult.approval.procedure import LetterFact, forwarding_units
from consult.approval.queries.standing import Standing
from consult.approval.steps.letters import LetterText
from plans.register.queries import unknown_codes
from stakeholders.terms.duty import Text
from stakeholders.terms.errors import Invalid

MOST_UNITS = 400
MOST_TEXT = 20_000
LONGEST_TERM = timedelta(days=366)
WEB = URLValidator(schemes=["http", "https"])
FUTURE = _("This day is still to come.")
SAY = _("Say it in words.")
NO_NUMBER = _("A letter has a letter number.")
# A letter whose day is not bound to that of the letter it answers.
UNBOUND = frozenset({LetterKind.FORWARDING.value})

Errors = dict[str, Text]


def check_letter(
    kind: LetterKind,
    said: LetterText,
    *,
    standing: Standing,
    answers: LetterFact | None = None,
    former: ApprovalLetter | None = None,
    by_office: bool = True,
) -> None:
    """Invalid with every fault of a letter at its field.

    `answers` is the letter it answers; `former` the letter it corrects; `by_office`: entered by the
    joint office, so that a letter must stand behind it.
    """
    errors: Errors = {**_days(kind, said, standing, answers, former)}
    for part in (_units(kind, said, standing, answers), _words(kind, said, by_office)):
        for name, text in part.items():
            errors.setdefault(name, text)
    if errors:
        raise Invalid(errors)


def _days(
    kind: LetterKind,
    said: LetterText,
    standing: Standing,
    answers: LetterFact | None,
    former: ApprovalLetter | None,
) -> Errors:
    facts = standing.facts
    if said.dated_on > facts.today:
        return {"dated_on": FUTURE}
    bound = answers.dated_on if answers and kind.value not in UNBOUND else None
    if bound is not None and said.dated_on < bound:
        text = _("The letter it answers is of {day}: this one cannot be older.")
        return {"dated_on": format_lazy(text, day=bound.isoformat())}
    if facts.signed_on is not None and said.dated_on < facts.signed_on:
        text = _("The last party signed the common statement on {day}.")
        return {"dated_on": format_lazy(text, day=facts.signed_on.isoformat())}
    latest = _latest(standing, former)
    if latest is not None and said.dated_on > latest:
        text = _("A letter of {day} answers this one: it cannot be younger.")
        return {"dated_on": format_lazy(text, day=latest.isoformat())}
    if kind is LetterKind.COMPLETION_ASKED:
        if said.due_on is None:
            return {"due_on": _("Say by which day the papers are to be completed.")}
        if said.due_on <= said.dated_on:
            return {"due_on": _("Choose a day after the date of the notice.")}
        if said.due_on - said.dated_on > LONGEST_TERM:
            return {"due_on": _("Choose a day within a year of the date of the notice.")}
    return {}


def _latest(standing: Standing, former: ApprovalLetter | None) -> date | None:
    """The first day of what answers the letter that is corrected."""
    if former is None:
        return None
    days = [
        one.dated_on
        for one in standing.facts.letters
        if one.answers == former.pk and one.kind not in UNBOUND
    ]
    return min(days, default=None)


def _units(
    kind: LetterKind, said: LetterText, standing: Standing, answers: LetterFact | None
) -> Errors:
    if max(len(said.senders), len(said.addressees)) > MOST_UNITS:
        return {"addressees": _("These are too many units.")}
    unknown = unknown_codes([*said.senders, *said.addressees])
    errors: Errors = {}
    for name, codes in (("senders", said.senders), ("addressees", said.addressees)):
        wrong = [code for code in unknown if code in codes]
        if wrong:
            text = _("There is no unit with the code {codes}.")
            errors[name] = format_lazy(text, codes=", ".join(one[:20] for one in wrong[:5]))
    return errors or _fitting(kind, said, standing, answers)


def _fitting(
    kind: LetterKind, said: LetterText, standing: Standing, answers: LetterFact | None
) -> Errors:
    if kind is LetterKind.SUBMISSION:
        return _of_request(said, standing)
    if kind is LetterKind.FORWARDING and answers:
        units = forwarding_units(
            senders=answers.senders, addressees=answers.addressees, facts=standing.facts
        )
        text = _("No county that signs the request lies below this unit.")
        errors = _one_of(said.senders, units, text)
        if not _within(said.addressees, answers.addressees):
            errors["addressees"] = _("Choose among those to whom the request goes.")
        return errors
    if kind is LetterKind.COMPLETION_ASKED and answers:
        return _one_of(said.senders, answers.addressees, _("The request did not go to this unit."))
    return {}


def _of_request(said: LetterText, standing: Standing) -> Errors:
    errors: Errors = {}
    if not _within(said.senders, standing.facts.parties):
        errors["senders"] = _("Choose parties that must sign the plan.")
    if not said.addressees:
        errors["addressees"] = _("Say to whom the request goes.")
    return errors


def _within(chosen: Collection[str], possible: Collection[str]) -> bool:
    return bool(chosen) and set(chosen) <= set(possible)


def _one_of(chosen: Collection[str], possible: Collection[str], text: Text) -> Errors:
    return {} if len(chosen) == 1 and _within(chosen, possible) else {"senders": text}


def _words(kind: LetterKind, said: LetterText, by_office: bool) -> Errors:
    errors: Errors = {}
    if len(said.text) > MOST_TEXT:
        errors["text"] = _("This text is too long.")
    asks_number = _NUMBERED[kind]
    if asks_number and by_office and not said.number.strip():
        errors["number"] = NO_NUMBER
    says = kind in (LetterKind.COMPLETION_ASKED, LetterKind.COMPLETION)
    if says and not said.text.strip():
        errors["text"] = SAY
    if kind is LetterKind.PUBLICATION:
        errors |= _published(said)
    if kind is LetterKind.FILING and not (said.addressees or said.text.strip()):
        errors["addressees"] = _("Say with whom it is filed: units, or other bodies in words.")
    return errors


def _published(said: LetterText) -> Errors:
    if not (said.place.strip() or said.text.strip()):
        return {"place": _("Give an address, or say the place in words.")}
    if said.place.strip():
        try:
            WEB(said.place.strip())
        except ValidationError:
            return {"place": _("Give a whole address that begins with http:// or https://.")}
    return {}


# Kinds whose letter bears a number, where the joint office enters it.
_NUMBERED: Mapping[LetterKind, bool] = {
    LetterKind.SUBMISSION: True,
    LetterKind.FORWARDING: True,
    LetterKind.COMPLETION_ASKED: True,
    LetterKind.COMPLETION: False,
    LetterKind.PUBLICATION: False,
    LetterKind.FILING: True,
}
