"""Who is told: the people of units and of joint bodies. Unscoped, for notices."""

from collections.abc import Iterable

from consult.tasks.queries.units import split_holder
from plans.register.models import Plan
from stakeholders.people.models import Mandate
from stakeholders.people.queries import people_of
from stakeholders.terms import clock
from stakeholders.terms.actor import Role


def people_of_holders(
    plan: Plan, *, holders: Iterable[str], roles: Iterable[Role]
) -> dict[str, list[int]]:
    """Holder (a code, or `org-` and an id) -> its people: of a unit those in `roles`, of a body
    all who act for it on this plan. Two queries."""
    at = clock.now()
    split = [split_holder(one) for one in holders]
    codes = {code for code, _body in split if code}
    bodies = {body for _code, body in split if body}
    found = people_of(codes=codes, roles=roles, at=at, plan_key=plan.key)
    rows = Mandate.objects.counted(at).filter(organization__in=bodies, plan_key__in=["", plan.key])
    for body, person in rows.order_by("pk").values_list("organization_id", "user_id"):
        people = found.setdefault(f"org-{body}", [])
        if person not in people:
            people.append(person)
    return found
