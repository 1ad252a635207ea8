"""Reading ballots, set-based. Sealing: before the end others' positions are not handed out."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from consult.ballots.enums import FLAGS, VALUES
from consult.ballots.models import Ballot, Elector, Position
from consult.consensus.evaluate import evaluate
from plans.register.models import Plan
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import NotVisible


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


def get_own_position(plan: Plan, *, pk: int, actor: Actor) -> Position:
    """A position on a ballot of the plan that the actor's own jurisdiction took. NotVisible else."""
    rows = Position.objects.filter(ballot__plan=plan, jurisdiction=actor.inside or "", pk=pk)
    found = rows.select_related("ballot").first()
    if found is None:
        raise NotVisible
    return found


def electors_of(ballots: Iterable[Ballot]) -> dict[int, list[Elector]]:
    """Ballot id -> its electors in order of code, also those who left since. One query."""
    found: dict[int, list[Elector]] = {}
    for row in Elector.objects.filter(ballot__in=[b.pk for b in ballots]).select_related(
        "jurisdiction", "end"
    ):
        found.setdefault(row.ballot_id, []).append(row)
    return found


def counts(elector: Elector) -> bool:
    """Whether its position counts: it shows not only support and has not left the ballot."""
    return not elector.is_supporting and not hasattr(elector, "end")


def still_asked(electors: Iterable[Elector]) -> list[str]:
    """Codes of those who are asked for a position: who has left since is asked no more."""
    return [str(row.jurisdiction_id) for row in electors if not hasattr(row, "end")]


def weights_in(elector: Elector) -> dict[str, str]:
    """The weights a rule may name: the charter's own, and the party's plain one as `weight`."""
    return {**elector.weights, "weight": str(elector.weight)}


def weights_named(rule: object) -> frozenset[str]:
    """Names of the weights a rule weighs by, besides the plain one; nested requirements too."""
    if isinstance(rule, Mapping):
        own = {str(rule["weight"])} - {"weight"} if "weight" in rule else set()
        return frozenset(own).union(*(weights_named(part) for part in rule.values()))
    if isinstance(rule, list | tuple):
        return frozenset().union(*(weights_named(part) for part in rule))
    return frozenset()


def case_of(
    *, rule: str, electors: Iterable[Elector], positions: Iterable[Position], closed: bool
) -> dict[str, object]:
    """A case for `consensus.evaluate`, of those who count."""
    counted = {str(row.jurisdiction_id): weights_in(row) for row in electors if counts(row)}
    return {
        "rule": json.loads(rule),
        "values": FLAGS,
        "parties": [{"id": code, "weights": weights} for code, weights in counted.items()],
        "positions": [
            {"party": str(row.jurisdiction_id), "value": row.value, "text": row.text}
            for row in positions
            if row.jurisdiction_id in counted
        ],
        "closed": closed,
    }


def standing(ballot: Ballot, *, is_closed: bool) -> dict[str, Any]:
    """Where the rule of a ballot stands: the answer of the consensus rules. Two queries.

    `is_closed`: judged as it is now, silence read as the rule says.
    """
    electors = electors_of([ballot]).get(ballot.pk, [])
    held = newest_positions([ballot]).values()
    case = case_of(rule=ballot.rule, electors=electors, positions=held, closed=is_closed)
    units = [elector.jurisdiction for elector in electors if counts(elector)]
    return evaluate(
        case,
        names={u.pk: {"zh": u.name_zh, "en": u.name_en_unique} for u in units},
        value_names={key: {"zh": zh, "en": en} for key, (zh, en) in VALUES.items()},
    )


def silent_in(ballot: Ballot) -> list[str]:
    """Codes of those who are asked and have said nothing yet. Two queries."""
    held = newest_positions([ballot])
    asked = still_asked(electors_of([ballot]).get(ballot.pk, []))
    return [code for code in asked if (ballot.pk, code) not in held]


def ballots_on(plan: Plan, kind: str) -> QuerySet[Ballot]:
    """The ballots on one kind of subject, newest first, with their ends."""
    rows = Ballot.objects.filter(plan=plan, subject_kind=kind)
    return rows.select_related("plan", "end").order_by("-pk")


def due_ballots(kinds: Sequence[str], *, at: datetime) -> list[Ballot]:
    """Unscoped, for the sweep: open ballots of these kinds whose hour has come."""
    rows = Ballot.objects.filter(subject_kind__in=kinds, end__isnull=True, closes_at__lte=at)
    return list(rows.select_related("plan").order_by("pk"))


def unanswered(*, plan: Plan, kind: str, code: str) -> QuerySet[Ballot]:
    """Open ballots of a kind in which the jurisdiction counts and has said nothing yet."""
    mine = Q(electors__jurisdiction=code, electors__end__isnull=True)
    return open_ballots(plan=plan, kind=kind).filter(mine).exclude(positions__jurisdiction=code)
