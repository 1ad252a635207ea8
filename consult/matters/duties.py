"""Who owes a stand: a party of an open matter that has said nothing on it yet."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.matters.models import Matter, Stand
from plans.register.models import Plan
from stakeholders.terms.actor import Role
from stakeholders.terms.duty import Duty


def duties(*, plans: Sequence[Plan], now: datetime) -> list[Duty]:
    """One query over all `plans`."""
    keys = {plan.pk: plan.key for plan in plans}
    through = Matter.jurisdictions.through.objects
    said = Stand.objects.filter(matter=OuterRef("matter"), jurisdiction=OuterRef("jurisdiction"))
    rows = (
        through.filter(matter__plan__in=list(keys), matter__closed_at__isnull=True)
        .filter(~Exists(said))
        .order_by("matter__key", "jurisdiction")
        .values_list("matter__plan", "matter", "matter__key", "matter__due_at", "jurisdiction")
    )
    return [
        Duty(
            kind="matter.stand",
            plan_id=plan_id,
            subject_id=matter_id,
            title=format_lazy(_("Take a stand on matter {key}"), key=key),
            url=reverse("matters:detail", args=[keys[plan_id], key]),
            due_at=due_at,
            holder_code=code,
            roles=frozenset({Role.CONTACT_POINT.value, Role.SIGNATORY.value}),
        )
        for plan_id, matter_id, key, due_at, code in rows
    ]
