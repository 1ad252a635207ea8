"""Blockers of joint preparation: rounds not held, still open, or not answered."""

from datetime import datetime

from django.db.models import Exists
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation.enums import Audience
from consult.phase2_preparation.lengths import terms_of
from consult.phase2_preparation.models import Reply, RoundInvitee
from consult.phase2_preparation.queries import (
    answers,
    is_ahead,
    is_past,
    letters_missing,
    revealed,
    rounds_of,
    takes_replies,
)
from plans.register.models import Plan
from stakeholders.terms.duty import Blocker

unit_name = lazy(str, str)


def round_blockers(plan: Plan, now: datetime) -> list[Blocker]:
    rounds = [one for one in rounds_of(plan) if one.recalled_at is None]
    if not rounds:
        text = _("No comment round was held.")
        url = reverse("preparation:rounds", args=[plan.key])
        return [Blocker(code="round.none", text=text, url=url, grant="coordinate")]
    running, announced = _("Round {round} is still open."), _("Round {round} is not open yet.")
    return [
        Blocker(
            code="round.open",
            text=format_lazy(
                announced if is_ahead(one, at=now) else running, round=str(one.number)
            ),
            url=reverse("preparation:round", args=[plan.key, one.number]),
            grant="coordinate",
        )
        for one in rounds
        if not is_past(one, at=now)
    ]


def silent_blockers(plan: Plan, now: datetime) -> list[Blocker]:
    """Those asked who may still answer a round whose common time is over, and parties that must
    by the charter. The silence of all others counts as no comment."""
    lapses = terms_of(plan).silence_lapses
    rows = (
        RoundInvitee.objects.filter(
            ~Exists(Reply.objects.filter(answers())),
            round__plan=plan,
            round__recalled_at__isnull=True,
        )
        .exclude(audience=Audience.PUBLIC)
        .select_related("round", "jurisdiction", "organization")
        .defer("jurisdiction__boundary")
        .order_by("round__number", "jurisdiction_id", "organization_id")
    )
    text = _("{unit} has not answered round {round} yet.")
    return [
        Blocker(
            code="round.unanswered",
            text=format_lazy(
                text,
                unit=unit_name(row.jurisdiction or row.organization),
                round=str(row.round.number),
            ),
            url=reverse("preparation:round", args=[plan.key, row.round.number]),
        )
        for row in rows
        if is_past(row.round, at=now)
        and (
            takes_replies(row.round, row, at=now) or (row.audience == Audience.PARTY and not lapses)
        )
    ]


def letter_blockers(plan: Plan, now: datetime) -> list[Blocker]:
    """Answers whose official letter should have come by now. Of a running sealed round none: it
    would tell how somebody answered."""
    text = _("The letter of {unit} to round {round} is overdue.")
    rows = letters_missing(plans=[plan.pk]).filter(
        revealed(now, path="round"), letter_due_at__lte=now
    )
    return [
        Blocker(
            code="reply.letter_missing",
            text=format_lazy(text, unit=unit_name(row.jurisdiction), round=str(row.round.number)),
            url=reverse("preparation:round", args=[plan.key, row.round.number]),
        )
        for row in rows.order_by("round__number", "jurisdiction_id")
    ]
