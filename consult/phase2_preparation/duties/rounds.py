"""Who owes the answer to a round."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Greatest
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation.models import (
    Reply,
    RoundInvitee,
)
from stakeholders.terms.actor import Role
from stakeholders.terms.duty import Duty

CONTACT = frozenset({Role.CONTACT_POINT.value})


def answer_duties(keys: Mapping[int, str], now: datetime) -> list[Duty]:
    said = Reply.objects.filter(round=OuterRef("round"), jurisdiction=OuterRef("jurisdiction"))
    open_for = Q(round__closes_at__gt=now, round__closed_at__isnull=True)
    rows = (
        RoundInvitee.objects.filter(~Exists(said), round__plan__in=list(keys))
        .filter(open_for | Q(extended_until__gt=now))
        .annotate(until=Greatest("round__closes_at", "extended_until"))
        .select_related("round")
        .order_by("round_id", "jurisdiction_id")
    )
    return [
        Duty(
            kind="round.answer",
            plan_id=row.round.plan_id,
            subject_id=row.round_id,
            title=format_lazy(_("Answer comment round {round}"), round=str(row.round.number)),
            url=reverse("preparation:round", args=[keys[row.round.plan_id], row.round.number]),
            due_at=row.until or row.round.closes_at,
            holder_code=row.jurisdiction_id,
            roles=CONTACT,
        )
        for row in rows
    ]
