"""What a party that has done its part of a check waits for."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consult.ballots.queries import newest_positions
from consult.health.enums import CheckStage
from consult.health.queries import Whole, running_checks
from consult.health.subjects import title_of
from plans.register.enums import Phase
from plans.register.models import Plan
from stakeholders.terms.actor import Actor
from stakeholders.terms.awaited import Awaited

PARTS = frozenset({"section.fill", "border.state", "reservation.review"})
TAKING = frozenset({"report.take_position"})


def awaited(*, actor: Actor, plans: Sequence[Plan], now: datetime) -> list[Awaited]:
    """Checks to which the actor's own party has handed in all, and ballots in which it has spoken.
    Twelve queries over all `plans`."""
    code = actor.inside
    found = [plan for plan in plans if plan.phase == Phase.IMPLEMENTATION]
    if code is None or not found:
        return []
    held = list(running_checks(found).values())
    open_now = {one.ballot for one in held if one.ballot and one.stage is CheckStage.PUT_FORWARD}
    said = {ballot for ballot, by in newest_positions(open_now) if by == code}
    return [
        *(_parts(one, code) for one in held if _has_all(one, code)),
        *(_ballot(one) for one in held if one.ballot in open_now and one.ballot.pk in said),
    ]


def _has_all(whole: Whole, code: str) -> bool:
    return whole.stage is CheckStage.FILLING and code in whole.codes and not whole.missing[code]


def _parts(whole: Whole, code: str) -> Awaited:
    check = whole.check
    own = [row.at for (_section, by), row in whole.texts.items() if by == code]
    return Awaited(
        kind="section.fill",
        plan_id=check.plan_id,
        subject_id=check.pk,
        title=title_of(check),
        url=reverse("health:check", args=[check.plan.key, check.pk]),
        whom=_("the other parties"),
        due_at=check.due_at,
        since=max(own, default=check.at),
        after=PARTS,
        while_owed=PARTS,
    )


def _ballot(whole: Whole) -> Awaited:
    check, ballot = whole.check, whole.ballot
    return Awaited(
        kind="report.take_position",
        plan_id=check.plan_id,
        subject_id=check.pk,
        title=title_of(check),
        url=reverse("health:report", args=[check.plan.key, check.pk]),
        whom=_("the other parties"),
        due_at=ballot.closes_at if ballot else None,
        since=ballot.opened_at if ballot else None,
        after=TAKING,
    )
