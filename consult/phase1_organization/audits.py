"""What phase 1 leaves open and publishing shows: a base nobody agreed on."""

from django.urls import reverse

from consult.phase1_organization.base_set import base_set
from consult.phase1_organization.enums import BaseState
from plans.register.auditing import Audit
from plans.register.models import Plan

SETTLED = frozenset({BaseState.AGREED, BaseState.EMPTY})


def audits(plan: Plan) -> list[Audit]:
    """The base map and base figures, where drafting goes on without agreement. Two queries."""
    state = base_set(plan).state
    if state in SETTLED:
        return []
    url = reverse("organization:base", args=[plan.key])
    return [Audit(kind="base.not_agreed", item="", text=state.label, url=url)]
