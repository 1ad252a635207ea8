"""Reading ballots, set-based. Sealing: before the end others' positions are not handed out."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Q, QuerySet

from consult.ballots.enums import FLAGS
from consult.ballots.models import Ballot, Elector, Position
from plans.register.models import Plan
from stakeholders.terms.actor import Actor


def open_ballots(*, plan: Plan, kind: str) -> QuerySet[Ballot]:
    """Ballots of one kind of subject that have not ended."""
    return Ballot.objects.filter(plan=plan, subject_kind=kind, end__isnull=True).order_by("pk")


def is_past(ballot: Ballot, *, at: datetime) -> bool:
    """Whether its hour has come: nothing more is taken, and sealed positions show."""
    return ballot.closes_at is not None and at >= ballot.closes_at


def newest_positions(ballots: Iterable[Ballot]) -> dict[tuple[int, str], Position]:
    """(ballot id, jurisdiction code) -> the position that counts. One query."""
    rows = (
        Position.objects.filter(ballot__in=[b.pk for b in ballots])
        .order_by("ballot_id", "jurisdiction_id", "-pk")
        .distinct("ballot_id", "jurisdiction_id")
        .select_related("mandate__user")
    )
    return {(row.ballot_id, str(row.jurisdiction_id)): row for row in rows}


def visible_positions(
    ballots: Sequence[Ballot], *, actor: Actor, at: datetime
) -> dict[tuple[int, str], Position]:
    """`newest_positions` less what is sealed: of an open sealed ballot only one's own."""
    sealed = {b.pk for b in ballots if b.is_sealed and not is_past(b, at=at)}
    return {
        key: row
        for key, row in newest_positions(ballots).items()
        if row.ballot_id not in sealed or row.jurisdiction_id == actor.inside
    }


def electors_of(ballots: Iterable[Ballot]) -> dict[int, list[Elector]]:
    """Ballot id -> its electors in order of code. One query."""
    found: dict[int, list[Elector]] = {}
    for row in Elector.objects.filter(ballot__in=[b.pk for b in ballots]).select_related(
        "jurisdiction"
    ):
        found.setdefault(row.ballot_id, []).append(row)
    return found


def case_of(
    *,
    rule: str,
    parties: Iterable[tuple[str, str]],
    positions: Iterable[tuple[str, str, str]],
    closed: bool,
) -> dict[str, object]:
    """A case for `consensus.evaluate`: parties (code, weight), positions (code, value, text)."""
    return {
        "rule": json.loads(rule),
        "values": FLAGS,
        "parties": [{"id": code, "weights": {"weight": weight}} for code, weight in parties],
        "positions": [
            {"party": code, "value": value, "text": text} for code, value, text in positions
        ],
        "closed": closed,
    }


def unanswered(*, plan: Plan, kind: str, code: str) -> QuerySet[Ballot]:
    """Open ballots of a kind in which the jurisdiction counts and has said nothing yet."""
    mine = Q(electors__jurisdiction=code)
    return open_ballots(plan=plan, kind=kind).filter(mine).exclude(positions__jurisdiction=code)
