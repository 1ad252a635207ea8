"""What an act has to say, and what stands against it now: shape and state, no rights."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext_lazy as _

from consult.ballots.enums import PositionValue
from consult.ballots.steps import Letter
from consult.phase3_identification.board import Board
from consult.phase3_identification.models import (
    ReopeningRequest,
    SignOff,
    SignOffBallot,
)
from consult.phase3_identification.queries import (
    Life,
    adopted_numbers,
    asks_two,
    charter_of,
    declaration_of,
    get_request,
    last_day_to_ask,
    split_ballots,
    waiting_requests,
)
from consult.phase3_identification.queries.overrides import is_overridable, last_day_of_override
from consult.phase3_identification.steps import (
    Basis,
    ConditionText,
    Stand,
)
from consult.phase3_identification.telling import open_one
from plans.register.models import Plan, Revision
from stakeholders.jurisdictions.queries import overrides_at
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.duty import Blocker, Text
from stakeholders.terms.errors import Blocked, Conflict, Invalid
from stakeholders.terms.workdays import is_workday

NEEDS = {
    PositionValue.AGREE_RESERVED.value: _("A reservation needs its text."),
    PositionValue.AGREE_IN_PRINCIPLE.value: _("Agreement in principle needs its condition."),
    PositionValue.OBJECT.value: _("An objection needs its reason."),
}
MOST_TYPED = 400_000  # characters of one form altogether
NULL = "\\u0000"  # as JSON writes it
AHEAD = _("Give a day that lies ahead.")
EMPTY_CONDITION = _("A condition needs its text.")
TWO = _(
    "The charter asks for two persons: one prepares the position, another signatory confirms it."
)
ALL_ADOPTED = _(
    "All items that concern your jurisdiction were adopted first: no position is asked any more."
)
UNKNOWN_UNIT = _("Who should meet it is a party of the plan, or the joint office.")


def rows_of(sign_off: SignOff, revision: Revision, *, code: str | None) -> list[SignOffBallot]:
    """The ballots in which the jurisdiction counts, also of removed items on which it still holds an
    objection or reservation; not of items that were adopted first. Invalid when there is none."""
    own = [
        row
        for rows in split_ballots(sign_off, revision=revision)
        for row in rows
        if any(e["code"] == code for e in row.electors)
    ]
    if not own:
        raise Invalid({"": _("No item of this revision concerns your jurisdiction.")})
    rows = [row for row in own if not row.is_adopted]
    if not rows:
        raise Invalid({"": ALL_ADOPTED})
    return rows


def refuse_adopted(
    sign_off: SignOff, rows: Sequence[SignOffBallot], exceptions: Sequence[Stand]
) -> None:
    """Conflict where an exception names an item that was adopted first: its result stands. A query
    only where one names an item outside of `rows`."""
    odd = {stand.item for stand in exceptions} - {row.item.key for row in rows}
    adopted = adopted_numbers(sign_off, keys=odd) if odd else []
    if adopted:
        text = _("Adopted first, and no longer open to a position: {numbers}. Open the page again.")
        raise Conflict(format_lazy(text, numbers="、".join(adopted)))


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
        numbers = "、".join(row.place["number"] if row.place else row.item.key for row in odd)
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
    said: frozenset[date] = frozenset(),
) -> dict[str, Stand]:
    """Exceptions by item. Invalid for an item twice, a foreign one, an unknown value, a missing
    text or condition, a day that is past. `units`: who may be named to meet a condition; `said`:
    days of the party's last word, which it may say once more when they are past."""
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
        for fault in faults_of(stand, units=units, said=said).values():
            raise Invalid({at: fault})
    return stands


def faults_of(
    stand: Stand, *, units: frozenset[str] | None = None, said: frozenset[date] = frozenset()
) -> dict[str, Text]:
    """What is wrong with one stand, by the name of its field."""
    faults: dict[str, Text] = {}
    conditional = stand.value == PositionValue.AGREE_IN_PRINCIPLE.value
    if stand.value in NEEDS and not (stand.asked if conditional else stand.text.strip()):
        faults["text"] = NEEDS[stand.value]
    review = stand.reservation.review_on
    is_reserved = stand.value == PositionValue.AGREE_RESERVED.value
    if is_reserved and review and review not in said and not is_ahead(review):
        faults["review_on"] = AHEAD
    for one in stand.asked:
        for text in _condition_faults(one, units, said):
            faults["text"] = text
    return faults


def _condition_faults(
    one: ConditionText, units: frozenset[str] | None, said: frozenset[date]
) -> list[Text]:
    found: list[Text] = []
    if not one.text.strip():
        found.append(EMPTY_CONDITION)
    if one.by and units is not None and one.by not in units:
        found.append(UNKNOWN_UNIT)
    if one.due_on and one.due_on not in said and not is_ahead(one.due_on):
        found.append(AHEAD)
    return found


def days_said(content: Mapping[str, Any]) -> frozenset[date]:
    """The days a declaration holds: of its conditions, and on which its reservations are reviewed."""
    stands = [content["general"], *(content.get("exceptions") or {}).values()]
    days = [one.get("due_on") for stand in stands for one in stand.get("conditions", ())]
    days += [stand["reservation"].get("review_on") for stand in stands if "reservation" in stand]
    return frozenset(date.fromisoformat(day) for day in days if day)


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


def waits_for_override(life: Life, state: Board) -> bool:
    """Whether the charter's override could still make the sign-off pass, in the days after the
    hour that are left for preparing it."""
    failing = [row for row in state.rows if row.passes is False and row.override is None]
    closes_at = life.sign_off.closes_at
    if closes_at is None or life.why_not_override is not None or not failing:
        return False
    if not all(is_overridable(row.ballot) for row in failing):
        return False
    last = last_day_of_override(localtime(closes_at).date(), overrides_at(closes_at))
    return localtime(life.at).date() <= last


def refuse_close(plan: Plan, life: Life, *, is_early: bool) -> None:
    """Blocked while parties have not spoken; Conflict for the act of the other name."""
    url = reverse("identification:overview", args=[plan.key])
    if not life.is_due and life.missing:
        text = _("{party} has not taken a position.")
        raise Blocked(
            [
                Blocker(code="position", text=format_lazy(text, party=party), url=url)
                for party in life.missing
            ]
        )
    if life.is_early and not is_early:
        text = _("The closing hour has not come; all have spoken, so it can be closed early.")
        url = reverse("identification:close_early", args=[plan.key])
        raise Blocked([Blocker(code="hour", text=text, url=url)])
    if is_early and not life.is_early:
        raise Conflict(_("This would not be early: close it in the ordinary way."))


def refuse_alone(plan: Plan, life: Life) -> None:
    """Blocked where the charter asks for a second person."""
    if life.asks_two:
        text = _("The charter asks two persons to close: prepare it, and another confirms it.")
        url = reverse("identification:prepare_close", args=[plan.key])
        raise Blocked([Blocker(code="two_persons", text=text, url=url)])


def ends_on_rest_day(closes_at: datetime | None, *, at: datetime) -> bool:
    """Whether the closing day is no working day by the calendar as it is known now."""
    if closes_at is None:
        return False
    return not is_workday(localtime(closes_at).date(), overrides_at(at))


def refuse_asking(sign_off: SignOff, *, code: str | None) -> None:
    """Conflict, with the reason, where a party can no longer ask to reopen."""
    now = clock.now()
    last = last_day_to_ask(sign_off, charter_of(sign_off))
    if last is None:
        raise Conflict(_("The charter gives no days in which a party may ask to reopen."))
    if declaration_of(sign_off, code=code) is not None:
        raise Conflict(
            _("Your jurisdiction has taken its position: it can no longer ask to reopen.")
        )
    if localtime(now).date() > last:
        text = _("The days in which a party may ask to reopen ended on {day}.")
        raise Conflict(format_lazy(text, day=last.isoformat()))
    if sign_off.closes_at is not None and now >= sign_off.closes_at:
        raise Conflict(_("The sign-off is closed and takes no more positions."))
    if waiting_requests([sign_off]).filter(jurisdiction=code).exists():
        raise Conflict(_("Your jurisdiction has asked already and waits for the answer."))


def open_request(plan: Plan, *, pk: int) -> ReopeningRequest:
    """A request of the open sign-off that waits. NotVisible for another, Conflict when answered."""
    row = get_request(open_one(plan), pk=pk)
    if hasattr(row, "answer"):
        raise Conflict(_("This request has its answer already."))
    return row


def require_two(sign_off: SignOff, *, actor: Actor, prepared_by: int | None) -> None:
    """Conflict where the charter asks for two persons and only one has spoken."""
    if asks_two(sign_off) and prepared_by in (None, actor.user_id):
        raise Conflict(TWO)
