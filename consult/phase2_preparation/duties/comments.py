"""Who owes the clearance of comments."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Count, Exists, Min, OuterRef, Subquery
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation.duties.rounds import CONTACT, UNTIL
from consult.phase2_preparation.enums import DraftState
from consult.phase2_preparation.models import (
    CommentDraft,
    Reply,
    RoundInvitee,
)
from consult.phase2_preparation.queries import taking
from stakeholders.terms.duty import NOBODY, Duty


def clearance_duties(keys: Mapping[int, str], now: datetime) -> list[Duty]:
    """Comments that wait for clearance while their jurisdiction can still answer the round."""
    own = {"round": OuterRef("round"), "jurisdiction": OuterRef("jurisdiction")}
    asked = RoundInvitee.objects.filter(taking(now), **own)
    rows = (
        CommentDraft.objects.filter(
            ~Exists(Reply.objects.filter(**own)),
            Exists(asked),
            state=DraftState.SHARED,
            round__plan__in=list(keys),
        )
        .annotate(until=Subquery(asked.annotate(until=UNTIL).values("until")[:1]))
        .values("round", "round__plan", "round__number", "until", "jurisdiction")
        .annotate(waiting=Count("pk"), since=Min("edited_at"))
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
            due_at=row["until"],
            since=row["since"],
            holder_code=row["jurisdiction"],
            roles=CONTACT,
            secret_of=NOBODY,  # what lies inside a jurisdiction is its own affair
        )
        for row in rows
    ]
