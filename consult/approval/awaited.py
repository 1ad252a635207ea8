"""What all who see a plan wait for once it was submitted."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consult.approval.enums import LetterKind
from consult.approval.models import ApprovalLetter
from plans.register.enums import Phase
from plans.register.models import Plan
from stakeholders.terms.actor import Actor
from stakeholders.terms.awaited import Awaited


def awaited(*, actor: Actor, plans: Sequence[Plan], now: datetime) -> list[Awaited]:
    """Plans whose submission the approving authority has not answered. One query."""
    keys = {plan.pk: plan.key for plan in plans if plan.phase == Phase.IDENTIFICATION}
    if not actor.speaks or not keys:
        return []
    later = ApprovalLetter.objects.filter(plan=OuterRef("plan"), pk__gt=OuterRef("pk"))
    rows = ApprovalLetter.objects.filter(
        ~Exists(later.filter(kind__in=[LetterKind.REPLY, LetterKind.SUBMISSION])),
        plan__in=list(keys),
        kind=LetterKind.SUBMISSION,
    ).order_by("plan")
    return [
        Awaited(
            kind="approval.publish",
            plan_id=plan_id,
            subject_id=pk,
            title=_("Request for approval"),
            url=reverse("approval:overview", args=[keys[plan_id]]),
            whom=_("the reply of the approving authority"),
            since=at,
        )
        for pk, plan_id, at in rows.values_list("pk", "plan", "at")
    ]
