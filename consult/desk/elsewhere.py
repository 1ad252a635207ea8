"""What waits for a person under the mandates it is not acting under now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from consult.desk.owing import owes
from plans.register.models import Plan
from stakeholders.people.models import Mandate
from stakeholders.templatetags.in_language import in_language
from stakeholders.terms.actor import Actor
from stakeholders.terms.duty import Duty


@dataclass(frozen=True, kw_only=True)
class Elsewhere:
    """One other mandate of the person with what waits under it."""

    mandate: Mandate
    plans: Sequence[Plan]
    duties: Sequence[Duty]

    @property
    def count(self) -> int:
        return len(self.duties)

    @property
    def plan_names(self) -> str:
        return ", ".join(in_language(plan, "short") for plan in self.plans)


def elsewhere(
    *,
    mandates: Sequence[Mandate],
    actors: Sequence[Actor],
    duties: Iterable[Duty],
    plans: dict[int, Plan],
) -> list[Elsewhere]:
    """The other mandates under which something of `duties` waits. Pure."""
    open_duties = [duty for duty in duties if duty.plan_id in plans]
    found = []
    for mandate, actor in zip(mandates, actors, strict=True):
        mine = [
            duty
            for duty in open_duties
            if owes(duty=duty, actor=actor, plan_key=plans[duty.plan_id].key)
        ]
        of = {duty.plan_id: plans[duty.plan_id] for duty in mine}
        if mine:
            found.append(Elsewhere(mandate=mandate, plans=list(of.values()), duties=mine))
    return found
