"""Who owes the clearance of comments."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Greatest
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation.duties.rounds import CONTACT
from consult.phase2_preparation.enums import DraftState
from consult.phase2_preparation.models import (
    CommentDraft,
    Reply,
    RoundInvitee,
)
from stakeholders.terms.duty import Duty


def clearance_duties(keys: Mapping[int, str], now: datetime) -> list[Duty]:
    """Comments that wait for clearance while their jurisdiction can still answer the round."""
    said = Reply.objects.filter(round=OuterRef("round"), jurisdiction=OuterRef("jurisdiction"))
    asked = RoundInvitee.objects.filter(
        round=OuterRef("round"), jurisdiction=OuterRef("jurisdiction")
    ).annotate(until=Greatest("round__closes_at", "extended_until", "late_until"))
    longer = asked.filter(Q(extended_until__gt=now) | Q(late_until__gt=now))
    rows = (
        CommentDraft.objects.filter(
            ~Exists(said), state=DraftState.SHARED, round__plan__in=list(keys)
        )
        .filter(Q(round__closes_at__gt=now, round__closed_at__isnull=True) | Exists(longer))
        .values("round", "round__plan", "round__number", "round__closes_at", "jurisdiction")
        .annotate(waiting=Count("pk"), until=Subquery(asked.values("until")[:1]))
        .order_by("round", "jurisdiction")
    )
    return [
        Duty(
            kind="comment.clear",
            plan_id=row["round__plan"],
            subject_id=row["round"],
            title=format_lazy(
                _("Clear {count} comments in round {number}"),
                count=str(row["waiting"]),
                number=str(row["round__number"]),
            ),
            url=reverse("preparation:ours", args=[keys[row["round__plan"]], row["round__number"]]),
            due_at=row["until"] or row["round__closes_at"],
            holder_code=row["jurisdiction"],
            roles=CONTACT,
        )
        for row in rows
    ]
