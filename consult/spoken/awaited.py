"""What a person who entered an act for its own party waits for."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.spoken.enums import ActKind, Standing
from consult.spoken.queries import filtered, is_any_waiting, visible_entered
from plans.register.models import Plan
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.awaited import Awaited


def awaited(*, actor: Actor, plans: Sequence[Plan], now: datetime) -> list[Awaited]:
    """What the acting person entered and nobody has confirmed yet. Two queries at most.

    Not for a coordinator, who reads among the duties of others who has to confirm.
    """
    if actor.user_id is None or actor.role is Role.COORDINATOR or not plans:
        return []
    if not is_any_waiting(at=now):
        return []
    rows = visible_entered(actor=actor).filter(
        plan__in=[plan.pk for plan in plans], mandate__user=actor.user_id
    )
    return [
        Awaited(
            kind="spoken.confirm",
            plan_id=row.plan_id,
            subject_id=row.pk,
            title=format_lazy(_("Entered: {act}"), act=ActKind(row.kind).label),
            url=reverse("spoken:detail", args=[row.plan.key, row.pk]),
            whom=_("the confirmation of the party"),
            due_at=row.confirm_by,
            since=row.at,
        )
        for row in filtered(rows, standing=Standing.WAITING.value, at=now)
    ]
