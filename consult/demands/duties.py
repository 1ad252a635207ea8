"""Who owes what about the lists of demands: handing one in, sorting what came."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Count
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from consult.demands.queries import lists_owed, unsorted_demands
from consult.demands.rules import EARLY
from plans.register.models import Plan
from stakeholders.people.queries import holders_in
from stakeholders.terms.actor import Role
from stakeholders.terms.duty import Duty


def duties(*, plans: Sequence[Plan], now: datetime) -> list[Duty]:
    """A fixed number of queries over all `plans`."""
    early = [plan for plan in plans if plan.phase in EARLY]
    return [*_lists(early), *_sortings(plans, now)]
