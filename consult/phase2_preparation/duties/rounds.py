"""Who owes the answer to a round, and the letter after it."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Exists, OuterRef, Subquery
from django.db.models.functions import Greatest
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation.enums import Audience
from consult.phase2_preparation.models import (
    Reply,
    RoundExtension,
    RoundInvitee,
)
from consult.phase2_preparation.queries import (
    answers,
    letters_missing,
    revealed,
    taking,
)
from stakeholders.terms.actor import Role
from stakeholders.terms.duty import Duty

CONTACT = frozenset({Role.CONTACT_POINT.value})
BODY = frozenset({Role.DEPUTY.value, Role.PLANNER.value, Role.EXPERT.value})
# `deadline_of` over those who were asked; PostgreSQL passes over what is empty.
UNTIL = Greatest("round__closes_at", "extended_until", "late_until")
# When one that is too late was let answer all the same: its duty arose anew.
ADMITTED_AT = Subquery(
    RoundExtension.objects.filter(invitee=OuterRef("pk"), is_late=True)
    .order_by("-pk")
    .values("at")[:1]
)


def answer_duties(keys: Mapping[int, str], now: datetime) -> list[Duty]:
    """Those asked, the public aside, who can answer a round that is open for them now."""
    rows = (
        RoundInvitee.objects.filter(
            ~Exists(Reply.objects.filter(answers())),
            taking(now),
            round__plan__in=list(keys),
        )
        .exclude(audience=Audience.PUBLIC)
        .annotate(until=UNTIL, admitted_at=ADMITTED_AT)
        .select_related("round")
        .order_by("round_id", "jurisdiction_id", "organization_id")
    )
    return [
        Duty(
            kind="round.answer",
            plan_id=row.round.plan_id,
            subject_id=row.round_id,
            title=format_lazy(_("Answer comment round {round}"), round=str(row.round.number)),
            url=reverse("preparation:round", args=[keys[row.round.plan_id], row.round.number]),
            due_at=row.until,
            since=row.admitted_at or row.round.opens_at,
            holder_code=row.jurisdiction_id,
            organization_id=row.organization_id,
            roles=BODY if row.organization_id else CONTACT,
        )
        for row in rows
    ]


def _letter_since(reply: Reply) -> datetime:
    one = reply.round
    return (one.closed_at or one.closes_at) if one.is_sealed else reply.at


def letter_duties(keys: Mapping[int, str], now: datetime) -> list[Duty]:
    """Letters still to come after an answer without one; one query.

    In a sealed round the duty begins with its end: before it nobody else may learn of it.
    """
    rows = letters_missing(plans=list(keys)).filter(revealed(now, path="round")).order_by("pk")
    return [
        Duty(
            kind="reply.letter",
            plan_id=row.round.plan_id,
            subject_id=row.pk,
            title=format_lazy(
                _("Send the letter to your answer to round {round}"), round=str(row.round.number)
            ),
            url=reverse("preparation:add_letter", args=[keys[row.round.plan_id], row.pk]),
            due_at=row.letter_due_at,
            since=_letter_since(row),
            holder_code=row.jurisdiction_id,
            roles=CONTACT,
        )
        for row in rows
    ]
