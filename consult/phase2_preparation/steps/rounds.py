"""Row writes of rounds and their invitations."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation.models import (
    Round,
    RoundExtension,
    RoundInvitee,
)
from consult.phase2_preparation.queries import deadline_of
from consult.phase2_preparation.steps.replies import mandate_of
from plans.register.models import Plan, Revision
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Invalid


@dataclass(frozen=True, kw_only=True)
class Ends:
    """When a round ends: the local day and hour in a zone, and the instant derived from them."""

    day: date
    hour: time
    zone: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Opens:
    """When an announced round opens, in the zone in which it ends."""

    day: date
    hour: time
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """One who is asked: a unit, a body, or (neither) the public."""

    audience: str
    code: str | None = None
    organization_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How a round is held."""

    only_changed: bool = False
    is_sealed: bool = False
    is_official: bool = False
    letter_days: int | None = None
    place: str = ""
    media: str = ""
    note: str = ""
    repeats: Round | None = None


def open_round(
    *,
    plan: Plan,
    revision: Revision,
    kind: str,
    ends: Ends,
    settings: Settings,
    asked: Iterable[Invitation],
    opens: Opens | None = None,
) -> Round:
    """A new round with who is asked. The caller holds the plan's row lock."""
    last = (
        Round.objects.filter(plan=plan).order_by("-number").values_list("number", flat=True).first()
        or 0
    )
    now = clock.now()
    one = Round.objects.create(
        plan=plan,
        revision=revision,
        number=last + 1,
        kind=kind,
        repeats=settings.repeats,
        opens_at=opens.at if opens else now,
        opens_on=opens.day if opens else None,
        opens_hour=opens.hour if opens else None,
        opened_at=None if opens else now,
        closes_at=ends.at,
        closes_on=ends.day,
        closes_hour=ends.hour,
        zone=ends.zone,
        only_changed=settings.only_changed,
        is_sealed=settings.is_sealed,
        is_official=settings.is_official,
        letter_days=settings.letter_days,
        place=settings.place.strip(),
        media=settings.media.strip(),
        note=settings.note.strip(),
    )
    RoundInvitee.objects.bulk_create(
        RoundInvitee(
            round=one,
            audience=row.audience,
            jurisdiction_id=row.code,
            organization_id=row.organization_id,
        )
        for row in asked
    )
    return one


def extend(
    *,
    one: Round,
    actor: Actor,
    to_at: datetime,
    reason: str,
    at: datetime,
    invitee: RoundInvitee | None = None,
    is_late: bool = False,
) -> RoundExtension:
    """Keep that an end was moved; an invitee's own end is moved here, too."""
    from_at = one.closes_at if invitee is None else deadline_of(one, invitee)
    if is_late:  # a round that closed early was over before its hour
        from_at = min(from_at, one.closed_at or at)
    if invitee is not None:
        field = "late_until" if is_late else "extended_until"
        setattr(invitee, field, to_at)
        invitee.reason = reason.strip()
        invitee.save(update_fields=[field, "reason"])
    return RoundExtension.objects.create(
        round=one,
        invitee=invitee,
        is_late=is_late,
        from_at=from_at,
        to_at=to_at,
        reason=reason.strip(),
        mandate_id=mandate_of(actor),
        at=at,
    )


def lock_round(one: Round) -> Round:
    """The round's row, locked until the end of the transaction, as it stands now."""
    return Round.objects.select_for_update(no_key=True).get(pk=one.pk)


def move_end(*, one: Round, ends: Ends) -> None:
    one.closes_at, one.closes_on = ends.at, ends.day
    one.closes_hour, one.zone = ends.hour, ends.zone
    one.save(update_fields=["closes_at", "closes_on", "closes_hour", "zone"])


def asked_row(one: Round, *, code: str | None, body: str | None) -> RoundInvitee:
    """The row of the unit or body named, locked. Invalid where it was not asked."""
    rows = one.invitees.select_for_update(of=("self",), no_key=True).select_related("organization")
    found = None
    if code:
        found = rows.filter(jurisdiction=code).first()
    elif body:
        found = rows.filter(organization__key=body).first()
    if found is None:
        field = "body" if body else "code"
        raise Invalid({field: _("This jurisdiction was not asked in the round.")})
    return found


def named(invitee: RoundInvitee) -> str:
    """How the record names who was asked: by code, or by the number of the body."""
    return invitee.jurisdiction_id or f"organization:{invitee.organization_id}"
