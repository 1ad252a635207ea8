"""Blockers of joint preparation: what the audits of the text find."""

from datetime import datetime

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation.audit import findings
from plans.register.models import Plan
from stakeholders.terms.duty import Blocker


def audit_blockers(plan: Plan, now: datetime) -> list[Blocker]:
    found = findings(plan=plan, at=now)
    changes = reverse("preparation:changes", args=[plan.key])
    unexplained = _("Article {number} was changed without a comment or a decision as its reason.")
    unconsulted = _("Article {number} was in no closed round in this wording.")
    unchanged = _("Comment {comment} was adopted, but its article has not changed.")
    return [
        *(
            Blocker(
                code="item.unexplained",
                text=format_lazy(unexplained, number=e.number),
                url=f"{changes}#{e.item.key}",
            )
            for e in found.unexplained
        ),
        *(
            Blocker(
                code="item.unconsulted",
                text=format_lazy(unconsulted, number=e.number),
                url=f"{changes}#{e.item.key}",
            )
            for e in found.unconsulted
        ),
        *(
            Blocker(
                code="comment.unchanged",
                text=format_lazy(unchanged, comment=str(d.comment)),
                url=reverse("preparation:comment", args=[plan.key, d.comment.number]),
            )
            for d in found.unchanged
        ),
    ]
