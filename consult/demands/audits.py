"""What of the lists of demands is open before a text is frozen."""

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from consult.demands.enums import UNSORTED
from consult.demands.queries import unsorted_demands
from plans.register.auditing import Audit
from plans.register.models import Plan


def demands_audit(plan: Plan) -> list[Audit]:
    """One gap while demands handed in are not sorted. One query."""
    size = unsorted_demands([plan.pk]).count()
    if not size:
        return []
    text = ngettext_lazy(
        "{count} listed demand is not sorted.", "{count} listed demands are not sorted.", size
    )
    page = reverse("demands:list", args=[plan.key])
    return [
        Audit(
            kind="demands.unsorted",
            label=_("Listed demands not sorted"),
            item="",
            text=format_lazy(text, count=size),
            url=f"{page}?state={UNSORTED}",
        )
    ]
