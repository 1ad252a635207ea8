"""Blockers of joint preparation: comments without a published disposition."""

from datetime import datetime

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation.models import Comment, Disposition
from consult.phase2_preparation.queries import revealed
from plans.register.models import Plan
from stakeholders.terms.duty import Blocker


def comment_blockers(plan: Plan, now: datetime) -> list[Blocker]:
    """Comments whose newest disposition is missing or not published.

    Those of a sealed round that runs are left out: their number would tell how many there are.
    """
    newest = Disposition.objects.filter(comment=OuterRef("comment")).order_by("-pk").values("pk")
    shown = Disposition.objects.filter(
        comment=OuterRef("pk"), publication__isnull=False, pk=newest[:1]
    )
    rows = Comment.objects.filter(~Exists(shown), revealed(now), plan=plan).order_by("number")
    text = _("Comment {comment} has no published disposition.")
    return [
        Blocker(
            code="comment.undisposed",
            text=format_lazy(text, comment=str(row)),
            url=reverse("preparation:comment", args=[plan.key, row.number]),
        )
        for row in rows.only("number", "plan")
    ]
