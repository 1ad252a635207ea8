"""Row writes of rounds and their invitations."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from consult.phase2_preparation.models import (
    Round,
    RoundInvitee,
)
from plans.register.models import Plan, Revision
from stakeholders.terms import clock


@dataclass(frozen=True, kw_only=True)
class Ends:
    """When a round ends: the local day and hour in a zone, and the instant derived from them."""

    day: date
    hour: time
    zone: str
    at: datetime


def open_round(
    *,
    plan: Plan,
    revision: Revision,
    kind: str,
    ends: Ends,
    only_changed: bool,
    is_sealed: bool,
    note: str,
    codes: Iterable[str],
) -> Round:
    """A new round with its invited jurisdictions. The caller holds the plan's row lock."""
    last = (
        Round.objects.filter(plan=plan).order_by("-number").values_list("number", flat=True).first()
        or 0
    )
    one = Round.objects.create(
        plan=plan,
        revision=revision,
        number=last + 1,
        kind=kind,
        opens_at=clock.now(),
        closes_at=ends.at,
        closes_on=ends.day,
        closes_hour=ends.hour,
        zone=ends.zone,
        only_changed=only_changed,
        is_sealed=is_sealed,
        note=note.strip(),
    )
    RoundInvitee.objects.bulk_create(
        RoundInvitee(round=one, jurisdiction_id=code) for code in sorted(set(codes))
    )
    return one


def lock_round(one: Round) -> Round:
    """The round's row, locked until the end of the transaction, as it stands now."""
    return Round.objects.select_for_update().get(pk=one.pk)


def move_end(*, one: Round, ends: Ends) -> None:
    one.closes_at, one.closes_on = ends.at, ends.day
    one.closes_hour, one.zone = ends.hour, ends.zone
    one.save(update_fields=["closes_at", "closes_on", "closes_hour", "zone"])
