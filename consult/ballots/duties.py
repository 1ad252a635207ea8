"""Who owes a second person's word. The slice of the act says its title, page and roles."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from consult.ballots.models import TwoPersonProposal
from consult.ballots.queries.two_persons import seconds_of, waiting_proposals
from plans.register.models import Plan
from stakeholders.terms.duty import Duty, Text


@dataclass(frozen=True, kw_only=True)
class Seconding:
    """How the duty to confirm one act is named, where, and who can do it."""

    title: Text
    url: Callable[[TwoPersonProposal], str]
    roles: frozenset[str]


def seconds_owed(
    *, plans: Sequence[Plan], acts: Mapping[str, Seconding], now: datetime
) -> list[Duty]:
    """A duty for each person who may be the second, never for who prepared it.

    `acts`: the acts the calling slice answers for. Three queries for any number of plans.
    """
    waiting = [row for row in waiting_proposals(plans) if row.act in acts] if acts else []
    if not waiting:
        return []
    duties = []
    for act, seconding in acts.items():
        rows = [row for row in waiting if row.act == act]
        people = seconds_of(rows, roles=seconding.roles, at=now) if rows else {}
        duties += [
            Duty(
                kind=f"{act}.second",
                plan_id=row.plan_id,
                subject_id=row.pk,
                title=seconding.title,
                url=seconding.url(row),
                user_id=person,
                roles=seconding.roles,
                since=row.at,
                # What waits inside a party is known inside that party only.
                secret_of=person if row.jurisdiction_id else None,
            )
            for row in rows
            for person in people[row.pk]
        ]
    return duties
