"""What keeps a plan in joint preparation: each reason in words, with the page that removes it."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consult.matters import gate as matters
from consult.phase2_preparation.gate.audits import audit_blockers
from consult.phase2_preparation.gate.checklists import paper_blockers
from consult.phase2_preparation.gate.comments import comment_blockers
from consult.phase2_preparation.gate.rounds import (
    letter_blockers,
    round_blockers,
    silent_blockers,
)
from plans.register.models import Plan
from stakeholders.terms import clock
from stakeholders.terms.duty import Blocker


def blockers(*, plan: Plan) -> list[Blocker]:
    """Everything that stands against leaving phase 2, in the order in which it is usually done."""
    now = clock.now()
    return [
        *round_blockers(plan, now),
        *silent_blockers(plan, now),
        *letter_blockers(plan, now),
        *comment_blockers(plan, now),
        *audit_blockers(plan, now),
        *matters.blockers(plan=plan),
        *paper_blockers(plan),
        *_frozen(plan),
    ]


def _frozen(plan: Plan) -> list[Blocker]:
    if plan.frozen_id is not None:
        return []
    url = reverse("workflow:publish", args=[plan.key])
    return [
        Blocker(
            code="revision.not_frozen",
            text=_("No revision is frozen."),
            url=url,
            grant="coordinate",
            reader_url=reverse("register:revisions", args=[plan.key]),
        )
    ]
