"""Blockers of joint preparation: comments without a published disposition."""

from datetime import datetime

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation.enums import QueueState
from consult.phase2_preparation.gate.grouping import FEW, grouped
from consult.phase2_preparation.models import Comment
from consult.phase2_preparation.queries.queue import comments_in
from plans.register.models import Plan
from stakeholders.terms.duty import Blocker

CODE = "comment.undisposed"


def comment_blockers(plan: Plan, now: datetime) -> list[Blocker]:
    """Comments whose newest disposition is missing or not published. At most two queries.

    Those of a sealed round that runs are left out: their number would tell how many there are.
    """
    rows = comments_in(plan, QueueState.UNDISPOSED, now=now)
    first = list(rows.only("number", "plan")[: FEW + 1])
    number = rows.count() if len(first) > FEW else len(first)

    def one(comment: Comment) -> Blocker:
        text = _("Comment {comment} has no published disposition.")
        url = reverse("preparation:comment", args=[plan.key, comment.number])
        words = format_lazy(text, comment=str(comment))
        return Blocker(code=CODE, text=words, url=url, grant="coordinate")

    def many(number: int) -> Blocker:
        text = _("{number} comments have no published disposition.")
        url = reverse("preparation:dispositions", args=[plan.key])
        return Blocker(
            code=CODE,
            text=format_lazy(text, number=str(number)),
            url=f"{url}?state={QueueState.UNDISPOSED.value}",
            grant="coordinate",
        )

    return grouped(first, number=number, one=one, many=many)
