"""Who owes an answer on the working draft: the other parties, while an editorial claim is open."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from plans.register.enums import CO_MAKING
from plans.register.models import Party, Plan
from plans.text.enums import ClaimStanding
from plans.text.queries import Claimed, claims_in
from plans.text.rules import JUDGES
from stakeholders.terms.duty import Duty


def duties(*, plans: Sequence[Plan], now: datetime) -> list[Duty]:
    """One duty for each party that may answer an open claim; none on a frozen text. Six queries
    over all `plans`, one where nothing is claimed."""
    by_id = {plan.pk: plan for plan in plans if plan.frozen_id is None}
    claimed = claims_in(by_id) if by_id else {}
    found: list[Duty] = []
    parties = _co_makers(claimed) if claimed else {}
    for plan_id, claims in claimed.items():
        for one in claims:
            if one.standing is ClaimStanding.OPEN:
                codes = [c for c in parties[plan_id] if c != one.claim.jurisdiction_id]
                found += [_duty(by_id[plan_id], one, code) for code in codes]
    return found


def _co_makers(plans: Sequence[int] | dict[int, list[Claimed]]) -> dict[int, list[str]]:
    rows = Party.objects.filter(plan__in=list(plans), role__in=CO_MAKING, left_at__isnull=True)
    found: dict[int, list[str]] = {plan_id: [] for plan_id in plans}
    for plan_id, code in rows.order_by("jurisdiction_id").values_list("plan_id", "jurisdiction_id"):
        found[plan_id].append(code)
    return found


def _duty(plan: Plan, one: Claimed, code: str) -> Duty:
    return Duty(
        kind="claim.answer",
        plan_id=plan.pk,
        subject_id=one.claim.pk,
        title=format_lazy(
            _("Say whether the change of article {number} is only editorial"),
            number=one.entry.number,
        ),
        url=f"{reverse('text:claims', args=[plan.key])}#{one.item.key}",
        holder_code=code,
        roles=frozenset(role.value for role in JUDGES),
    )
