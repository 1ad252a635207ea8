"""Adopting first what has passed, where the charter allows it; the rest of the sign-off goes on."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.db import transaction
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import ngettext_lazy

from consult.ballots.enums import Outcome
from consult.ballots.steps import end_ballots
from consult.phase3_identification.adopting import LONG, LONGEST, NO_REASON, Offer, offer
from consult.phase3_identification.board import Board, BoardRow, board
from consult.phase3_identification.models import PartialAdoption, SignOff
from consult.phase3_identification.queries import (
    former_items,
    frozen_of,
    life_of,
    newest_declarations,
    party_codes,
    standing_reservations,
)
from consult.phase3_identification.rules import ACTS
from consult.phase3_identification.statement import compose
from consult.phase3_identification.steps import publish_part, write_adoption
from consult.phase3_identification.telling import open_one, tell
from plans.register.models import Plan, Revision
from plans.register.rules import require
from plans.register.steps import lock_plan
from stakeholders.record import steps as record
from stakeholders.record.queries import head_of
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Conflict, Invalid


@transaction.atomic
def adopt_part(
    *, actor: Actor, plan: Plan, items: Mapping[str, str], reason: str
) -> PartialAdoption:
    """Adopt items that have passed for good: they become a revision and a statement of their own,
    their ballots end, and the sign-off of the others goes on.

    `items`: key -> the mark of its state as the person saw it. Raises NotVisible, Refused; Conflict
    where no sign-off is open, the charter knows no partial adoption, a sealed one has not come to
    its hour, an item is adopted already or was spoken on since; Invalid without an item or a
    reason, for an unknown item and for one that has not passed.
    """
    plan = lock_plan(plan)
    require("sign_off.adopt_part", ACTS, actor=actor, plan=plan)
    sign_off = open_one(plan)
    found, rows = _chosen(plan, sign_off, items)
    said = _checked_reason(reason)
    frozen = frozen_of(plan)
    _end(rows)
    revision = publish_part(
        plan=plan, actor=actor, frozen=frozen, items=[row.ballot.item_id for row in rows]
    )
    content = _compose(plan, sign_off, revision, found.board, rows, _part_of(frozen, said))
    made = write_adoption(
        actor=actor, sign_off=sign_off, revision=revision, content=content, reason=said
    )
    _tell(plan, len(rows))
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act="sign_off.adopt_part",
        subject=f"sign_off:{sign_off.pk}",
        effects={
            "of": frozen.hash,
            "revision": revision.hash,
            "number": revision.number,
            "items": {row.key: row.ballot.version.hash for row in rows},
            "statement": made.statement.hash,
            "reason": canonical.digest(said),
        },
    )
    return made


def _checked_reason(reason: str) -> str:
    """The reason without blanks around it. Invalid for none and for one that is too long."""
    said = reason.strip()
    if not said:
        raise Invalid({"reason": NO_REASON})
    if len(said) > LONGEST:
        raise Invalid({"reason": LONG})
    return said


def _chosen(
    plan: Plan, sign_off: SignOff, items: Mapping[str, str]
) -> tuple[Offer, list[BoardRow]]:
    why_not = life_of(sign_off, at=clock.now()).why_not_adopt
    if why_not is not None:
        raise Conflict(why_not)
    state = board(sign_off=sign_off, revision=frozen_of(plan))
    found = offer(plan=plan, sign_off=sign_off, state=state)
    return found, [one.row for one in found.picked(items)]


def _end(rows: Sequence[BoardRow]) -> None:
    end_ballots(
        ballots=[row.ballot.ballot for row in rows],
        outcome=Outcome.PASSED.value,
        results={row.ballot.ballot_id: canonical.canonical(row.result) for row in rows},
    )


def _part_of(frozen: Revision, reason: str) -> dict[str, object]:
    """What the statement of a part says of itself: the text it is taken from, and why."""
    whole = {"number": frozen.number, "stage": frozen.stage, "hash": frozen.hash}
    return {"of": whole, "reason": reason, "at": clock.now()}


def _compose(
    plan: Plan,
    sign_off: SignOff,
    revision: Revision,
    state: Board,
    rows: Sequence[BoardRow],
    part: Mapping[str, object],
) -> str:
    """The statement of these items alone: the parties they concern, with what each says on them."""
    codes = {elector["code"] for row in rows for elector in row.ballot.electors}
    parties = [party for party in state.parties if party.code in codes]
    items = {row.ballot.item_id for row in rows}
    items |= former_items(plan, items).keys()
    return compose(
        plan=plan,
        sign_off=sign_off,
        revision=revision,
        board=replace(state, parties=parties, rows=rows, removed=()),
        declarations=newest_declarations(sign_off),
        reservations=[one for one in standing_reservations(plan) if one.item_id in items],
        closed_at=None,
        head=head_of(chain=record.plan_chain(plan.key)),
        part=part,
    )


def _tell(plan: Plan, number: int) -> None:
    text = ngettext_lazy(
        "{number} item was adopted first; the sign-off of the others goes on",
        "{number} items were adopted first; the sign-off of the others goes on",
        number,
    )
    tell(
        plan,
        codes=party_codes(plan),
        kind="sign_off.adopt_part",
        title=format_lazy(text, number=number),
        url=reverse("identification:adoption", args=[plan.key]),
    )
