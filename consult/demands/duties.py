"""Who owes what about the lists of demands: handing one in, sorting what came."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Count
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.demands.enums import UNSORTED
from consult.demands.queries import lists_owed, unsorted_demands
from plans.register.enums import Phase
from plans.register.models import Plan
from stakeholders.terms.actor import Role
from stakeholders.terms.duty import Duty

EARLY = (Phase.ORGANIZATION, Phase.PREPARATION)


def duties(*, plans: Sequence[Plan], now: datetime) -> list[Duty]:
    """Three queries over all `plans`."""
    keys = {plan.pk: plan.key for plan in plans}
    early = [plan for plan in plans if plan.phase in EARLY]
    return [*_lists(early), *_sortings(keys)]


def _lists(plans: Sequence[Plan]) -> list[Duty]:
    return [
        Duty(
            kind="demands.hand_in",
            plan_id=party.plan_id,
            subject_id=party.pk,
            title=format_lazy(_("Hand in the list of demands on {plan}"), plan=party.plan),
            url=reverse("demands:list", args=[party.plan.key]),
            due_at=call.due_at,
            since=max(call.at, party.joined_at),
            holder_code=party.jurisdiction_id,
            roles=frozenset({Role.CONTACT_POINT.value}),
        )
        for party, call in lists_owed(plans)
    ]


def _sortings(keys: dict[int, str]) -> list[Duty]:
    """Held by the joint office: whoever coordinates the plan, so no jurisdiction is named."""
    rows = unsorted_demands(keys).order_by().values("plan").annotate(size=Count("pk"))
    return [
        Duty(
            kind="demand.sort",
            plan_id=plan_id,
            subject_id=plan_id,
            title=format_lazy(_("Sort {count} listed demands"), count=str(size)),
            url=f"{reverse('demands:list', args=[keys[plan_id]])}?state={UNSORTED}",
            roles=frozenset({Role.COORDINATOR.value}),
        )
        for plan_id, size in rows.order_by("plan").values_list("plan", "size")
    ]
