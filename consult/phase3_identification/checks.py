"""What a declaration has to say, item by item. Input shape, no rights."""

from collections.abc import Sequence
from datetime import date

from django.utils.text import format_lazy
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from consult.ballots.enums import PositionValue
from consult.ballots.steps import Letter
from consult.phase3_identification.models import (
    SignOff,
    SignOffBallot,
)
from consult.phase3_identification.queries import (
    live_ballots,
)
from consult.phase3_identification.steps import (
    Basis,
    ConditionText,
    Stand,
)
from plans.register.models import Plan, Revision
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.duty import Text
from stakeholders.terms.errors import Conflict, Invalid

NEEDS = {
    PositionValue.AGREE_RESERVED.value: _("A reservation needs its text."),
    PositionValue.AGREE_IN_PRINCIPLE.value: _("Agreement in principle needs its condition."),
    PositionValue.OBJECT.value: _("An objection needs its reason."),
}
AHEAD = _("Give a day that lies ahead.")
EMPTY_CONDITION = _("A condition needs its text.")
UNKNOWN_UNIT = _("Who should meet it is a party of the plan, or the joint office.")


def rows_of(sign_off: SignOff, revision: Revision, *, code: str | None) -> list[SignOffBallot]:
    """The ballots in which the jurisdiction counts. Invalid when there is none."""
    rows = [
        row
        for row in live_ballots(sign_off, revision=revision)
        if any(e["code"] == code for e in row.electors)
    ]
    if not rows:
        raise Invalid({"": _("No item of this revision concerns your jurisdiction.")})
    return rows


def require_spoken_to(plan: Plan, revision_hash: str, frozen: Revision) -> None:
    """Conflict unless the hash is the frozen revision's: it says which text was meant instead."""
    if revision_hash == frozen.hash:
        return
    meant = plan.revisions.filter(hash=revision_hash).first()
    if meant is None:
        raise Conflict(_("This is no revision of this plan. Open the page again."))
    said = _("The text has changed since you opened this page: read it again.")
    more = _("You spoke to {meant}; the sign-off is on {frozen}.")
    raise Conflict(
        format_lazy("{said} {more}", said=said, more=_labelled(more, meant.label, frozen.label))
    )


def _labelled(text: Text, meant: object, frozen: object) -> Text:
    return format_lazy(text, meant=meant, frozen=frozen)


def require_within(actor: Actor, rows: Sequence[SignOffBallot]) -> None:
    """Invalid where the mandate is limited to items and others concern the party too."""
    if actor.items is None:
        return
    odd = [row for row in rows if row.item.key not in actor.items]
    if odd:
        numbers = "、".join(str(row.place["number"]) for row in odd)
        text = _(
            "Your mandate is limited to some articles. It does not reach: {numbers}. "
            "A signatory without this limit takes the position."
        )
        raise Invalid({"": format_lazy(text, numbers=numbers)})


def checked_stands(
    rows: Sequence[SignOffBallot],
    general: Stand,
    exceptions: Sequence[Stand],
    *,
    units: frozenset[str] | None = None,
) -> dict[str, Stand]:
    """Exceptions by item. Invalid for an item twice, a foreign one, an unknown value, a missing
    text or condition, a review day that is past. `units`: who may be named to meet a condition."""
    keys = {row.item.key for row in rows}
    stands: dict[str, Stand] = {}
    for stand in exceptions:
        if stand.item not in keys:
            raise Invalid({"exceptions": _("An exception names an item that concerns you.")})
        if stand.item in stands:
            raise Invalid({"exceptions": _("An item stands twice among the exceptions.")})
        stands[stand.item] = stand
    if general.value == PositionValue.AGREE_RESERVED.value:
        raise Invalid({"value": _("A reservation names its item: enter it as an exception.")})
    for stand in (general, *stands.values()):
        at = "exceptions" if stand.item else "text"
        if stand.value not in PositionValue.values:
            raise Invalid({at if stand.item else "value": _("Choose one of the values.")})
        for fault in faults_of(stand, units=units).values():
            raise Invalid({at: fault})
    return stands


def faults_of(stand: Stand, *, units: frozenset[str] | None = None) -> dict[str, Text]:
    """What is wrong with one stand, by the name of its field."""
    faults: dict[str, Text] = {}
    conditional = stand.value == PositionValue.AGREE_IN_PRINCIPLE.value
    if stand.value in NEEDS and not (stand.asked if conditional else stand.text.strip()):
        faults["text"] = NEEDS[stand.value]
    review = stand.reservation.review_on
    if stand.value == PositionValue.AGREE_RESERVED.value and review and not is_ahead(review):
        faults["review_on"] = AHEAD
    for one in stand.asked:
        for text in _condition_faults(one, units):
            faults["text"] = text
    return faults


def _condition_faults(one: ConditionText, units: frozenset[str] | None) -> list[Text]:
    found: list[Text] = []
    if not one.text.strip():
        found.append(EMPTY_CONDITION)
    if one.by and units is not None and one.by not in units:
        found.append(UNKNOWN_UNIT)
    if one.due_on and not is_ahead(one.due_on):
        found.append(AHEAD)
    return found


def is_ahead(day: date) -> bool:
    return day > localdate(clock.now())


def require_letter(letter: Letter, basis: Basis) -> None:
    """Invalid with what is missing of the letter that the charter asks for."""
    asked = _("The charter asks for it: every position carries its official letter.")
    given = {
        "letter_number": letter.number.strip(),
        "letter_on": letter.on,
        "letter_file": basis.file,
        "decided_by": basis.body.strip(),
    }
    missing = {name: asked for name, value in given.items() if not value}
    if missing:
        raise Invalid(missing)
