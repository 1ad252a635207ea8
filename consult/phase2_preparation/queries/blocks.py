"""Reading text blocks: the plan's own and those of the site."""

from django.db.models import Q, QuerySet

from consult.phase2_preparation.models import TextBlock
from plans.register.models import Plan
from stakeholders.terms.errors import NotVisible


def blocks_for(*, plan: Plan) -> QuerySet[TextBlock]:
    """The text blocks that the joint office of a plan may use; the plan's own first."""
    rows = TextBlock.objects.filter(Q(plan=plan) | Q(plan__isnull=True))
    return rows.order_by("plan_id", "title", "pk")


def get_block(*, plan: Plan, pk: int) -> TextBlock:
    """A text block of the plan itself. NotVisible for another plan's and for those of the site."""
    found = TextBlock.objects.filter(plan=plan, pk=pk).first()
    if found is None:
        raise NotVisible
    return found
