"""The state of a plan that a package is made of."""

from datetime import datetime

from consult.archive.pieces import State
from plans.register.models import Plan
from stakeholders.record.models import HeadTold, RecordEntry
from stakeholders.record.queries import head_of
from stakeholders.record.steps import plan_chain


def state_of(plan: Plan, *, at: datetime) -> State:
    """The plan as its newest act left it; `at` decides what is sealed. Three queries."""
    chain = plan_chain(plan.key)
    seq, head = head_of(chain=chain)
    newest = RecordEntry.objects.filter(chain=chain, seq=seq).values_list("at", flat=True).first()
    told = HeadTold.objects.filter(chain=chain).order_by("-seq").values_list("seq", flat=True)
    return State(plan=plan, seq=seq, head=head, head_at=newest, at=at, told=told.first() or 0)
