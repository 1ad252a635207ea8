"""What phase 1 leaves open and publishing shows: a base nobody agreed on."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consult.phase1_organization.base_set import base_set
from consult.phase1_organization.enums import BaseState
from plans.register.auditing import Audit
from plans.register.models import Plan

SETTLED = frozenset({BaseState.AGREED, BaseState.EMPTY})


def base_audits(plan: Plan) -> list[Audit]:
    """The base map and base figures, where drafting goes on without agreement. Two queries."""
    state = base_set(plan).state
    if state in SETTLED:
        return []
    url = reverse("organization:base", args=[plan.key])
    label = _("Base map and base figures")
    return [Audit(kind="base.not_agreed", item="", text=state.label, url=url, label=label)]
