"""Reading reservations. Unscoped: the caller shows what the reader may see."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery

from consult.ballots.enums import PositionValue
from consult.ballots.models import Ballot, Position
from consult.phase3_identification.models import Reservation, ReservationLift, SignOffBallot
from consult.phase3_identification.queries.positions import declaration_of
from consult.phase3_identification.queries.sign_offs import (
    current_sign_off,
    has_ended,
    live_ballots,
)
from plans.register.models import Item, Plan
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import NotVisible


def standing_reservations(plan: Plan) -> QuerySet[Reservation]:
    """Reservations nobody has lifted. Unscoped: phase 4 and the statement read them."""
    return (
        Reservation.objects.filter(item__plan=plan, lift__isnull=True)
        .select_related("item", "jurisdiction", "position__ballot")
        .order_by("item_id", "jurisdiction_id")
    )


def former_items(plan: Plan, items: Collection[int]) -> dict[int, int]:
    """Item id of each predecessor, over as many changes as it took -> the item of `items` that came
    from it: a word on the successor answers what passed on to it. One query."""
    origins: dict[int, list[int]] = {}
    rows = Item.predecessors.through.objects.filter(from_item__plan=plan)
    for item, former in rows.values_list("from_item", "to_item"):
        origins.setdefault(item, []).append(former)
    found: dict[int, int] = {}
    waiting = [(item, item) for item in items]
    while waiting:
        item, heir = waiting.pop()
        for former in origins.get(item, ()):
            if former not in found and former not in items:
                found[former] = heir
                waiting.append((former, heir))
    return found


def reservations_by_position(positions: Sequence[Position]) -> dict[int, Reservation]:
    """Position id -> its reservation, for positions the caller may read."""
    rows = Reservation.objects.filter(position__in=[p.pk for p in positions])
    return {row.position_id: row for row in rows}


STANDING, LIFTED, RESTATED = "standing", "lifted", "restated"


@dataclass(frozen=True, kw_only=True)
class ReservationAsked:
    """The filter of the register; an empty or unknown value filters nothing."""

    state: str = ""
    jurisdiction: str = ""
    item: str = ""


def open_to(actor: Actor, *, at: datetime, prefix: str) -> Q:
    """The condition that a position may be read: its sign-off is not sealed, is due or has ended,
    or it is the actor's own. The same as `sees`, over many sign-offs; `prefix` leads to the
    position."""
    of = f"{prefix}ballot__sign_off_ballot__sign_off__"
    sight = (
        Q(**{f"{of}is_sealed": False})
        | Q(**{f"{of}closes_at__lte": at})
        | Q(**{f"{of}end__isnull": False})
    )
    return sight | Q(**{f"{prefix}jurisdiction": actor.inside}) if actor.inside else sight


def register_of(
    plan: Plan, *, actor: Actor, at: datetime, asked: ReservationAsked | None = None
) -> QuerySet[Reservation]:
    """All reservations of a plan that `actor` may read, newest first: standing, lifted, restated
    (replaced by a newer one of the same party on the same article). One that a sealed position has
    lifted stands for all others until the hour."""
    asked = asked or ReservationAsked()
    seen = Q(position__isnull=True) | open_to(actor, at=at, prefix="position__")
    lifts = ReservationLift.objects.filter(seen).select_related("mandate__user")
    lift = lifts.filter(reservation=OuterRef("pk")).order_by()
    rows = (
        Reservation.objects.filter(open_to(actor, at=at, prefix="position__"), item__plan=plan)
        .select_related(
            "item",
            "jurisdiction",
            "position__mandate__user",
            "position__ballot__sign_off_ballot__revision",
            "position__ballot__sign_off_ballot__version",
        )
        .prefetch_related(Prefetch("lift", lifts))
        .annotate(
            is_lifted=Exists(lift),
            restated_by=Subquery(lift.values("position__reservation")),
        )
        .order_by("-pk")
    )
    states = {
        STANDING: Q(is_lifted=False),
        LIFTED: Q(is_lifted=True, restated_by__isnull=True),
        RESTATED: Q(restated_by__isnull=False),
    }
    if asked.state in states:
        rows = rows.filter(states[asked.state])
    if asked.jurisdiction:
        rows = rows.filter(jurisdiction=asked.jurisdiction)
    if asked.item:
        rows = rows.filter(item__key=asked.item)
    return rows


def state_of(row: Reservation) -> str:
    """Where a row of `register_of` stands."""
    if getattr(row, "lift", None) is None:
        return STANDING
    return RESTATED if row.restated_by else LIFTED  # type: ignore[attr-defined]


def get_reservation(*, actor: Actor, plan: Plan, pk: int) -> Reservation:
    """One reservation of the plan. NotVisible when it is not there or sealed for `actor`."""
    found = register_of(plan, actor=actor, at=clock.now()).filter(pk=pk).first()
    if found is None:
        raise NotVisible
    return found


def agreed_by_lift(found: Reservation, *, plan: Plan) -> SignOffBallot | None:
    """The ballot in which lifting it now would be an agreement of its party.

    None where the sign-off has ended, the party has not declared in it, or the item stands in no
    ballot of it or was adopted first: then the reservation ends and nothing is agreed to.
    """
    sign_off, code = current_sign_off(plan), str(found.jurisdiction_id)
    if sign_off is None or has_ended(sign_off) or plan.frozen is None:
        return None
    rows = live_ballots(sign_off, revision=plan.frozen)
    row = next((one for one in rows if one.item_id == found.item_id), None)
    if row is None or row.is_adopted or all(e["code"] != code for e in row.electors):
        return None
    return row if declaration_of(sign_off, code=code) else None


def wording_seen(row: SignOffBallot | None) -> str:
    """The wording that a lift agrees with, as a form says what was read."""
    return "" if row is None else row.version.hash


def objections_of(plan: Plan, *, actor: Actor, at: datetime) -> QuerySet[Position]:
    """All objections of a plan's sign-offs that `actor` may read, newest first."""
    return with_standing(
        Position.objects.filter(
            open_to(actor, at=at, prefix=""),
            value=PositionValue.OBJECT.value,
            ballot__sign_off_ballot__sign_off__plan=plan,
        )
        .select_related(
            "jurisdiction",
            "mandate__user",
            "ballot__sign_off_ballot__item",
            "ballot__sign_off_ballot__version",
            "ballot__sign_off_ballot__revision",
            "ballot__sign_off_ballot__sign_off",
        )
        .order_by("-pk")
    )


def get_objection(*, actor: Actor, plan: Plan, pk: int) -> Position:
    """One objection of the plan. NotVisible when it is not there or sealed for `actor`."""
    found = objections_of(plan, actor=actor, at=clock.now()).filter(pk=pk).first()
    if found is None:
        raise NotVisible
    return found


def codes_of(ballot: Ballot) -> list[str]:
    """The codes of its electors."""
    rows = ballot.electors.order_by("jurisdiction_id").values_list("jurisdiction_id", flat=True)
    return [str(code) for code in rows]


def with_standing(rows: QuerySet[Position]) -> QuerySet[Position]:
    """Each with `is_standing`: its party has said nothing newer on the item, there or in a
    later sign-off."""
    of = "ballot__sign_off_ballot__"
    later = Position.objects.filter(
        **{
            f"{of}item": OuterRef(f"{of}item"),
        },
        jurisdiction=OuterRef("jurisdiction"),
        pk__gt=OuterRef("pk"),
    )
    return rows.annotate(is_standing=~Exists(later))
