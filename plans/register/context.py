"""The header of every page, with the names of plans where mandates are told apart by them."""

from collections.abc import Mapping, Sequence

from django.http import HttpRequest

from plans.register.models import Plan
from stakeholders.people import context
from stakeholders.templatetags.in_language import in_language


def chrome(request: HttpRequest) -> dict[str, object]:
    """The context of the header. At most one query, and none where no two mandates read alike."""
    return context.chrome(request, plan_names=_names)


def _names(keys: Sequence[str]) -> Mapping[str, str]:
    """Key -> short title in the reader's language. Unscoped: the reader holds mandates for them."""
    plans = Plan.objects.filter(key__in=keys).only("key", "short_zh", "short_en")
    return {plan.key: in_language(plan, "short") for plan in plans}
