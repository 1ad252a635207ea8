"""Opening a ballot, taking positions, ending it. Called by the actions of charter and sign-off."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from consult.ballots.enums import FLAGS, PositionValue
from consult.ballots.models import Ballot, BallotEnd, Elector, Position
from consult.ballots.queries import is_past
from plans.register.models import Plan
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Conflict, Invalid


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What a ballot is on: its kind, id, hash, and the electorate as (code, weight)."""

    kind: str
    id: str
    hash: str
    rule: Mapping[str, object]
    electors: Sequence[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class Letter:
    """The official letter that carries a position."""

    number: str = ""
    on: date | None = None
    issuer: str = ""


@dataclass(frozen=True, kw_only=True)
class Stance:
    """One party's position in one ballot, as its form or API call gives it."""

    ballot: Ballot
    value: str
    text: str = ""
    wording: str = ""


def open_ballots(
    *,
    plan: Plan,
    subjects: Sequence[Subject],
    charter_version: str,
    closes_at: datetime | None,
    is_sealed: bool = False,
) -> list[Ballot]:
    """Open one ballot per subject, in two inserts. Invalid when a subject has no electors."""
    if any(not subject.electors for subject in subjects):
        raise Invalid({"": _("A ballot needs at least one party that counts in it.")})
    now = clock.now()
    ballots = Ballot.objects.bulk_create(
        Ballot(
            plan=plan,
            subject_kind=subject.kind,
            subject_id=subject.id,
            subject_hash=subject.hash,
            rule=canonical.canonical(subject.rule),
            charter_version=charter_version,
            opened_at=now,
            closes_at=closes_at,
            is_sealed=is_sealed,
        )
        for subject in subjects
    )
    Elector.objects.bulk_create(
        Elector(ballot=ballot, jurisdiction_id=code, weight=weight)
        for ballot, subject in zip(ballots, subjects, strict=True)
        for code, weight in subject.electors
    )
    return ballots


def take_positions(*, actor: Actor, stances: Sequence[Stance], letter: Letter) -> list[Position]:
    """Write the positions of the actor's jurisdiction. The caller has required the right.

    Invalid where a value needs a text and has none; Conflict where a ballot has ended.
    """
    now = clock.now()
    ended = set(
        BallotEnd.objects.filter(ballot__in=[s.ballot.pk for s in stances]).values_list(
            "ballot_id", flat=True
        )
    )
    for stance in stances:
        if stance.ballot.pk in ended or is_past(stance.ballot, at=now):
            raise Conflict(_("This ballot is closed and takes no more positions."))
        if stance.value not in PositionValue.values:
            raise Invalid({"value": _("Choose one of the values.")})
        if FLAGS[stance.value].get("needs_text") and not stance.text.strip():
            raise Invalid({"text": _("An objection needs its reason.")})
    declaration = canonical.new_nonce()[:32]
    return Position.objects.bulk_create(
        Position(
            ballot=stance.ballot,
            jurisdiction_id=actor.jurisdiction,
            mandate_id=actor.mandate,
            value=stance.value,
            text=stance.text.strip(),
            wording=stance.wording.strip(),
            letter_number=letter.number,
            letter_on=letter.on,
            issuer=letter.issuer,
            declaration=declaration,
            at=now,
        )
        for stance in stances
    )


def end_ballots(
    *,
    ballots: Iterable[Ballot],
    outcome: str,
    reason: str = "",
    results: Mapping[int, str] | None = None,
) -> list[BallotEnd]:
    """End ballots with one outcome; `results` holds the rule's result by ballot id."""
    now = clock.now()
    return BallotEnd.objects.bulk_create(
        BallotEnd(
            ballot=ballot,
            outcome=outcome,
            reason=reason,
            result=(results or {}).get(ballot.pk, ""),
            at=now,
        )
        for ballot in ballots
    )
