"""Who has left a plan, or is no unit any more, owes nothing: nobody could do what was asked of it."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from plans.register.models import Party, Plan
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.templatetags.in_language import in_language
from stakeholders.terms.actor import Role
from stakeholders.terms.duty import Duty

# An invitation is how one that left comes back; its answer may be entered for it, too.
FROM_OUTSIDE = frozenset({"invitation.answer", "spoken.confirm"})
name_of = lazy(in_language, str)


def of_present(duties: Sequence[Duty], *, plans: Sequence[Plan], now: datetime) -> list[Duty]:
    """`duties` without those of jurisdictions that left their plan; what a unit owes that was
    merged into another passes to the joint office as one duty. Two queries, none without duties.

    One place for all sources: rounds, ballots and commitments keep naming who left, and nobody
    speaks for a unit that has ended.
    """
    codes = {duty.holder_code for duty in duties if duty.holder_code is not None}
    if not codes:
        return list(duties)
    of_plans = {duty.plan_id for duty in duties}
    rows = Party.objects.filter(plan__in=of_plans, left_at__isnull=False)
    left = set(rows.values_list("plan", "jurisdiction"))
    today = timezone.localtime(now).date()
    units = Jurisdiction.objects.filter(pk__in=codes, valid_until__lte=today).defer("boundary")
    ended = {unit.pk: unit for unit in units}
    found: list[Duty] = []
    stranded: dict[tuple[int, str], list[Duty]] = defaultdict(list)
    for duty in duties:
        code = duty.holder_code or ""
        if (duty.plan_id, code) in left and duty.kind not in FROM_OUTSIDE:
            continue
        if code in ended:
            stranded[duty.plan_id, code].append(duty)
        else:
            found.append(duty)
    keys = {plan.pk: plan.key for plan in plans}
    return found + [
        _succession(plan_id, keys[plan_id], ended[code], waiting)
        for (plan_id, code), waiting in sorted(stranded.items())
    ]


def _succession(plan_id: int, key: str, unit: Jurisdiction, waiting: Sequence[Duty]) -> Duty:
    """By the earliest day of what waits, so that it is seen in time. How much waits is not said:
    some of it is known inside the unit only."""
    days = [duty.due_at for duty in waiting if duty.due_at is not None]
    return Duty(
        kind="party.succeed",
        plan_id=plan_id,
        subject_id=f"{plan_id}-{unit.pk}",
        title=format_lazy(
            _("{who} has ended: settle who takes its place"), who=name_of(unit, "name")
        ),
        url=reverse("organization:home", args=[key]) + "#parties",
        due_at=min(days, default=None),
        roles=frozenset({Role.COORDINATOR.value}),
    )
