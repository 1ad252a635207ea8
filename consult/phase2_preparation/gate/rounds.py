"""Blockers of joint preparation: rounds not held, still open, or not answered."""

from datetime import datetime

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation.lengths import terms_of
from consult.phase2_preparation.models import Reply, RoundInvitee
from consult.phase2_preparation.queries import is_past, rounds_of, takes_replies
from plans.register.models import Plan
from stakeholders.terms.duty import Blocker

unit_name = lazy(str, str)


def round_blockers(plan: Plan, now: datetime) -> list[Blocker]:
    rounds = list(rounds_of(plan))
    if not rounds:
        text = _("No comment round was held.")
        url = reverse("preparation:rounds", args=[plan.key])
        return [Blocker(code="round.none", text=text, url=url, grant="coordinate")]
    text = _("Round {round} is still open.")
    return [
        Blocker(
            code="round.open",
            text=format_lazy(text, round=str(one.number)),
            url=reverse("preparation:round", args=[plan.key, one.number]),
            grant="coordinate",
        )
        for one in rounds
        if not is_past(one, at=now)
    ]


def silent_blockers(plan: Plan, now: datetime) -> list[Blocker]:
    """Invited parties that may or must still answer a round whose common time is over."""
    lapses = terms_of(plan).silence_lapses
    answered = Reply.objects.filter(round=OuterRef("round"), jurisdiction=OuterRef("jurisdiction"))
    rows = (
        RoundInvitee.objects.filter(~Exists(answered), round__plan=plan)
        .select_related("round", "jurisdiction")
        .defer("jurisdiction__boundary")
        .order_by("round__number", "jurisdiction_id")
    )
    text = _("{unit} has not answered round {round} yet.")
    return [
        Blocker(
            code="round.unanswered",
            text=format_lazy(text, unit=unit_name(row.jurisdiction), round=str(row.round.number)),
            url=reverse("preparation:round", args=[plan.key, row.round.number]),
        )
        for row in rows
        if is_past(row.round, at=now) and (takes_replies(row.round, row, at=now) or not lapses)
    ]
