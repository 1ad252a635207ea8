"""Who owes advice on a comment."""

from collections.abc import Mapping

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation.models import AdviceRequest
from consult.phase2_preparation.queries.advice import ADVISERS
from consult.phase2_preparation.queries.queue import open_requests
from stakeholders.terms.actor import Role
from stakeholders.terms.duty import Duty

BODY = frozenset(role.value for role in ADVISERS)
PLANNERS = frozenset({Role.PLANNER.value})


def advice_duties(keys: Mapping[int, str]) -> list[Duty]:
    """Requests without advice whose comment was not decided since. One query."""
    title = _("Give advice on comment {comment}")
    return [
        Duty(
            kind="disposition.advise",
            plan_id=row.comment.plan_id,
            subject_id=row.pk,
            title=format_lazy(title, comment=str(row.comment)),
            url=reverse(
                "preparation:comment", args=[keys[row.comment.plan_id], row.comment.number]
            ),
            due_at=row.until,
            since=row.at,
            holder_code=row.jurisdiction_id,
            organization_id=row.organization_id,
            user_id=row.person.user_id if row.person else None,
            roles=_roles(row),
            # Who commented must not learn from the others' duties that advice is asked.
            secret_of=row.mandate.user_id,
        )
        for row in open_requests(plans=list(keys))
    ]


def _roles(row: AdviceRequest) -> frozenset[str]:
    if row.person is not None:
        return frozenset({row.person.role})
    return PLANNERS if row.jurisdiction_id else BODY
