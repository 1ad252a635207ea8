"""What matters keep shut: nothing may stand above the working level when phase 2 is left."""

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.matters.enums import Level
from consult.matters.queries import raised_matters
from plans.register.models import Plan
from stakeholders.terms.duty import Blocker


def blockers(*, plan: Plan) -> list[Blocker]:
    """One blocker for each open matter above the working level."""
    text = _("Matter {key} is open at: {level}.")
    return [
        Blocker(
            code="matter.open",
            text=format_lazy(text, key=matter.key, level=Level(matter.level).label),
            url=reverse("matters:detail", args=[plan.key, matter.key]),
        )
        for matter in raised_matters(plan=plan)
    ]
