"""How a ballot is conducted, whatever it is on: opened, positions taken, recalled, ended.

The acts of the slices (charter, base, accession) have required the right and hold the plan's row
lock; each calls one function here, which writes the rows, tells the people and, last, appends the
one entry of the record.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.ballots.enums import Outcome, PositionValue
from consult.ballots.models import Ballot, BallotEnd, Position
from consult.ballots.queries import (
    electors_of,
    is_past,
    newest_positions,
    silent_in,
    standing,
    still_asked,
)
from consult.ballots.seen import require_seen, seen_of
from consult.ballots.steps import (
    Letter,
    Stance,
    Subject,
    end_ballots,
    open_ballots,
    take_positions,
)
from consult.ballots.subjects import CHANGED
from plans.register.models import Party, Plan
from stakeholders.notices.steps import notify
from stakeholders.people.queries import coordinators_of, people_of
from stakeholders.record import steps as record
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor, ActorKind, Role
from stakeholders.terms.duty import Text
from stakeholders.terms.errors import Conflict, Invalid

FEWEST = 2
PARTY_ROLES = (Role.CONTACT_POINT, Role.SIGNATORY)
# Governments adopt rules or do not; reservations are kept for the text of the plan.
PLAIN_VALUES = (PositionValue.AGREE, PositionValue.OBJECT, PositionValue.ABSTAIN)


@dataclass(frozen=True, kw_only=True)
class Motion:
    """One subject as it is put to the parties now, in the words of its slice.

    `act`: the first part of its acts' names ("charter" of "charter.open_ballot"). `asks` is what a
    party is asked for, `subject` the subject's name inside sentences; `effects` is what every
    entry of the record says of it.
    """

    plan: Plan
    kind: str
    id: str
    hash: str
    act: str
    url: str
    subject: Text
    asks: Text
    effects: Mapping[str, object]
    values: Collection[str] = PLAIN_VALUES


@dataclass(frozen=True, kw_only=True)
class Terms:
    """Under what a ballot is opened: all of it is kept as it stands at the opening.

    `weights`: code -> named weights of the charter `version`.
    """

    rule: Mapping[str, object]
    parties: Iterable[Party]
    version: str
    closes_at: datetime
    weights: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    is_sealed: bool = False


def check_value(value: str, values: Collection[str] = PLAIN_VALUES) -> None:
    """Refuse (Invalid) a value that no position on the subject has."""
    if value not in values:
        raise Invalid({"value": _("Choose one of the values.")})


def open_ballot(
    *, actor: Actor, motion: Motion, terms: Terms, effects: Mapping[str, object] | None = None
) -> Ballot:
    """Put the motion to the parties. `effects`: what the record says besides.

    Raises Invalid (closing time, fewer than two parties).
    """
    if terms.closes_at <= clock.now():
        raise Invalid({"closes_at": _("The closing time lies in the past.")})
    electors = [(str(p.jurisdiction_id), str(p.weight)) for p in terms.parties]
    if len(electors) < FEWEST:
        raise Invalid({"": _("At least two parties decide together: invite first.")})
    codes = [code for code, _weight in electors]
    named = {code: terms.weights[code] for code in codes if terms.weights.get(code)}
    subject = Subject(
        kind=motion.kind,
        id=motion.id,
        hash=motion.hash,
        rule=terms.rule,
        electors=electors,
        weights=named,
    )
    (ballot,) = open_ballots(
        plan=motion.plan,
        subjects=[subject],
        charter_version=terms.version,
        closes_at=terms.closes_at,
        is_sealed=terms.is_sealed,
    )
    act = f"{motion.act}.open_ballot"
    _tell(motion, codes=codes, kind=act, title=motion.asks, key=ballot.pk)
    said: dict[str, object] = {
        **motion.effects,
        **(effects or {}),
        "rule": canonical.digest(ballot.rule),
        "electors": [list(elector) for elector in electors],
        "closes_at": terms.closes_at,
    }
    if named:
        said["weights"] = named
    if terms.is_sealed:
        said["sealed"] = True
    _append(actor, act, ballot, said)
    return ballot


def take(
    *,
    actor: Actor,
    motion: Motion,
    ballot: Ballot,
    stance: Stance,
    letter: Letter,
    seen: str | None,
) -> Position:
    """Take a position; the newest one of a party replaces its former one entirely.

    `seen`: the ballot of the page on which it was taken (`seen_of`), None where there was no page.

    The signatory gets a receipt. Of a sealed ballot the others learn only that it answered, and the
    record holds a commitment. Raises Invalid, Conflict (closed; the subject was changed since; this
    is another ballot than the one read).
    """
    require_seen(seen, now=seen_of(ballot))
    if motion.hash != ballot.subject_hash:
        raise Conflict(CHANGED)
    check_value(stance.value, motion.values)
    (position,) = take_positions(actor=actor, stances=[stance], letter=letter)
    said = _("{who} has answered: {subject}")
    if not ballot.is_sealed:
        said = _("{who} takes a position on {subject}: {value}")
    act, plan = f"{motion.act}.take_position", motion.plan
    notify(
        people=coordinators_of(plan_key=plan.key, at=position.at),
        kind=act,
        title=format_lazy(
            said,
            who=position.jurisdiction,
            subject=motion.subject,
            value=PositionValue(position.value).label,
        ),
        url=motion.url,
        key=f"{act}:{position.pk}",
        plan_key=plan.key,
    )
    receipt = _("Your position is taken: {subject}. Receipt {number}")
    notify(
        people=[actor.person],
        kind=f"{motion.act}.receipt",
        title=format_lazy(receipt, subject=motion.subject, number=receipt_of(position)),
        url=motion.url,
        key=f"{motion.act}.receipt:{position.pk}",
        plan_key=plan.key,
    )
    _append(actor, act, ballot, _said(ballot, position))
    return position


def receipt_of(position: Position) -> str:
    """The number by which a position can be found in the record: the start of its hash."""
    return canonical.commitment(content_of(position), position.declaration)[7:23]


def content_of(position: Position) -> str:
    """What a position says, as canonical text: what a sealed ballot's commitment covers."""
    return canonical.canonical(
        {
            "ballot": position.ballot_id,
            "jurisdiction": position.jurisdiction_id,
            "mandate": position.mandate_id,
            "value": position.value,
            "text": canonical.digest(position.text),
            "wording": canonical.digest(position.wording),
            "letter": canonical.digest_of(
                [position.letter_number, position.letter_on, position.issuer]
            ),
        }
    )


def _said(ballot: Ballot, position: Position) -> dict[str, object]:
    if ballot.is_sealed:
        sealed = canonical.commitment(content_of(position), position.declaration)
        return {"position": position.pk, "commitment": sealed}
    return {
        "position": [position.pk, position.value],
        "declaration": position.declaration,
        "text": canonical.digest(position.text),
        "wording": canonical.digest(position.wording),
        "letter": canonical.digest_of(
            [position.letter_number, position.letter_on, position.issuer]
        ),
    }


def close(
    *,
    actor: Actor,
    motion: Motion,
    ballot: Ballot,
    then: Callable[[BallotEnd], Mapping[str, object]] | None = None,
) -> BallotEnd:
    """Let the rule decide: a person when all have spoken or the hour has come, the sweep at the
    hour only. `then`: what comes of the end, as effects for the record.

    Raises Conflict (too early; the subject was changed since).
    """
    if motion.hash != ballot.subject_hash:
        raise Conflict(
            _("The subject was changed after the ballot was opened: close it without result.")
        )
    is_due = is_past(ballot, at=clock.now())
    if not is_due and (actor.kind is ActorKind.SYSTEM or silent_in(ballot)):
        raise Conflict(_("Not all parties have spoken, and the closing time has not come."))
    result = standing(ballot, is_closed=True)
    outcome = Outcome.PASSED if result["state"] == "passed" else Outcome.FAILED
    early: dict[str, object] = {} if is_due else {"early": True}
    text = canonical.canonical(result)
    act = f"{motion.act}.close_ballot"
    return _end(actor, act, motion, ballot, outcome, result=text, effects=early, then=then)


def close_without_result(*, actor: Actor, motion: Motion, ballot: Ballot, reason: str) -> BallotEnd:
    """End the ballot unjudged; positions stay on record. Raises Invalid without a reason."""
    if not reason.strip():
        raise Invalid({"reason": _("Give the reason.")})
    act = f"{motion.act}.close_without_result"
    return _end(actor, act, motion, ballot, Outcome.WITHOUT_RESULT, reason=reason.strip())


def recall(*, actor: Actor, motion: Motion, ballot: Ballot, reason: str) -> BallotEnd:
    """Take the ballot back. Raises Conflict once a party has spoken."""
    if newest_positions([ballot]):
        raise Conflict(_("A party has spoken: the ballot can be closed, no longer recalled."))
    act = f"{motion.act}.recall_ballot"
    return _end(actor, act, motion, ballot, Outcome.RECALLED, reason=reason.strip())


def _end(
    actor: Actor,
    act: str,
    motion: Motion,
    ballot: Ballot,
    outcome: Outcome,
    *,
    reason: str = "",
    result: str = "",
    effects: Mapping[str, object] | None = None,
    then: Callable[[BallotEnd], Mapping[str, object]] | None = None,
) -> BallotEnd:
    results = {ballot.pk: result}
    (end,) = end_ballots(ballots=[ballot], outcome=outcome, reason=reason, results=results)
    came_of_it = then(end) if then else {}
    title = format_lazy("{subject}: {outcome}", subject=motion.subject, outcome=outcome.label)
    codes = still_asked(electors_of([ballot]).get(ballot.pk, []))
    _tell(motion, codes=codes, kind=act, title=title, key=ballot.pk)
    said: dict[str, object] = {
        **motion.effects,
        "outcome": end.outcome,
        "reason": canonical.digest(reason),
        "result": canonical.digest(result),
        "positions": sorted(p.pk for p in newest_positions([ballot]).values()),
        **(effects or {}),
        **came_of_it,
    }
    if ballot.is_sealed:
        said["opened"] = [
            {"position": p.pk, "nonce": p.declaration, "content": content_of(p)}
            for p in ballot.positions.order_by("pk")
        ]
    _append(actor, act, ballot, said)
    return end


def _tell(motion: Motion, *, codes: Iterable[str], kind: str, title: Text, key: int) -> None:
    """Tell who speaks for the parties now: who did so before is told nothing more."""
    key_of_plan = motion.plan.key
    people = people_of(codes=codes, roles=PARTY_ROLES, at=clock.now(), plan_key=key_of_plan)
    notify(
        people=[person for found in people.values() for person in found],
        kind=kind,
        title=title,
        url=motion.url,
        key=f"{kind}:{key}",
        plan_key=key_of_plan,
    )


def _append(actor: Actor, act: str, ballot: Ballot, effects: Mapping[str, object]) -> None:
    record.append(
        chain=record.plan_chain(ballot.plan.key),
        actor=actor,
        act=act,
        subject=f"ballot:{ballot.pk}",
        effects=effects,
    )
