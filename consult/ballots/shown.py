"""Ballots as their page shows them: who is asked, what was said, how the rule stands."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from consult.ballots.enums import Outcome
from consult.ballots.models import Ballot, BallotEnd, Elector, Position
from consult.ballots.queries import (
    electors_of,
    is_past,
    newest_positions,
    standing,
    still_asked,
)
from consult.ballots.subjects import source_of
from plans.register.models import Party, Plan
from stakeholders.terms.actor import Actor
from stakeholders.terms.duty import Text

OUTCOME_TONES = {
    Outcome.PASSED.value: "success",
    Outcome.FAILED.value: "danger",
    Outcome.OVERRIDDEN.value: "warning",
}
POSITION_TONES = {"agree": "success", "object": "danger", "abstain": "neutral"}


@dataclass(frozen=True, kw_only=True)
class ElectorRow:
    """One party: `position` is None where it said nothing or what it said is sealed."""

    elector: Elector
    position: Position | None
    tone: str
    has_spoken: bool
    has_left: bool


@dataclass(frozen=True, kw_only=True)
class BallotShown:
    """`joined`: parties of now that joined after the opening and do not count in it."""

    ballot: Ballot
    rows: Sequence[ElectorRow]
    end: BallotEnd | None
    outcome: tuple[str, Text]
    requirements: Sequence[Mapping[str, str]]
    is_hidden: bool
    joined: Sequence[Party]


@dataclass(frozen=True, kw_only=True)
class BallotsShown:
    """All ballots on one subject, newest first, and what can be done with the open one."""

    rows: Sequence[BallotShown]
    running: Ballot | None
    asked: Sequence[str]
    has_spoken: bool
    can_close: bool
    is_changed: bool


def outcome_of(ballot: Ballot, words: Mapping[str, Text] | None = None) -> tuple[str, Text]:
    """Tone and word of a ballot's end; `words`: outcomes the slice calls otherwise."""
    end = getattr(ballot, "end", None)
    if end is None:
        return "info", _("Ballot open")
    named = (words or {}).get(end.outcome, end.get_outcome_display())
    return OUTCOME_TONES.get(end.outcome, "neutral"), named


def shown(
    ballots: Sequence[Ballot],
    *,
    plan: Plan,
    actor: Actor,
    at: datetime,
    words: Mapping[str, Text] | None = None,
) -> BallotsShown:
    """`ballots` of one subject, newest first, as `actor` may read them. Five queries."""
    electors, held = electors_of(ballots), newest_positions(ballots)
    makers = list(plan.parties.co_makers().select_related("jurisdiction")) if ballots else []
    running = next((b for b in ballots if not hasattr(b, "end")), None)
    asked = still_asked(electors.get(running.pk, [])) if running else []
    spoken = {code for pk, code in held if running and pk == running.pk}
    rows = []
    for ballot in ballots:
        mine = electors.get(ballot.pk, [])
        codes = {row.jurisdiction_id for row in mine}
        is_hidden = _is_hidden(ballot, at=at)
        rows.append(
            BallotShown(
                ballot=ballot,
                rows=[_row(one, held, is_hidden=is_hidden, actor=actor) for one in mine],
                end=getattr(ballot, "end", None),
                outcome=outcome_of(ballot, words),
                requirements=[] if is_hidden else requirements(ballot),
                is_hidden=is_hidden,
                joined=[
                    party
                    for party in makers
                    if party.joined_at > ballot.opened_at
                    and party.jurisdiction_id not in codes
                    and ballot == running
                ],
            )
        )
    is_over = running is not None and is_past(running, at=at)
    return BallotsShown(
        rows=rows,
        running=running,
        asked=asked,
        has_spoken=bool(spoken),
        can_close=running is not None and (is_over or set(asked) <= spoken),
        is_changed=running is not None and is_changed(running, plan=plan),
    )


def is_changed(ballot: Ballot, *, plan: Plan) -> bool:
    """Whether its subject stands otherwise now than when the ballot was opened."""
    stands = source_of(ballot.subject_kind).hash_now(plan, ballot.subject_id)
    return stands is not None and stands != ballot.subject_hash


def _is_hidden(ballot: Ballot, *, at: datetime) -> bool:
    """Whether what the others said in it is still sealed."""
    return ballot.is_sealed and not hasattr(ballot, "end") and not is_past(ballot, at=at)


def _row(
    elector: Elector,
    held: Mapping[tuple[int, str], Position],
    *,
    is_hidden: bool,
    actor: Actor,
) -> ElectorRow:
    found = held.get((elector.ballot_id, str(elector.jurisdiction_id)))
    hidden = is_hidden and elector.jurisdiction_id != actor.inside
    position = None if hidden else found
    return ElectorRow(
        elector=elector,
        position=position,
        tone=POSITION_TONES.get(position.value, "neutral") if position else "neutral",
        has_spoken=found is not None,
        has_left=hasattr(elector, "end"),
    )


def requirements(ballot: Ballot) -> list[dict[str, str]]:
    """What the rule says of the ballot, sentence by sentence, as it ended or as it stands."""
    end = getattr(ballot, "end", None)
    if end is None:
        result = standing(ballot, is_closed=False)
    elif end.result:
        result = json.loads(end.result)
    else:
        return []
    return [
        {"explain_zh": row["explain"]["zh"], "explain_en": row["explain"]["en"]}
        for row in result["requirements"]
    ]
