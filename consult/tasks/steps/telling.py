"""What every act of this slice ends with: the people told, and the entry on record."""

from collections.abc import Collection, Iterable

from django.urls import reverse
from django.utils.functional import lazy
from django.utils.text import format_lazy

from consult.tasks.models import Task
from consult.tasks.queries.people import people_of_holders
from plans.register.models import Plan
from stakeholders.notices.steps import notify
from stakeholders.people.queries import coordinators_of
from stakeholders.record import steps as record
from stakeholders.templatetags.in_language import in_language
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.duty import Text

in_both = lazy(in_language, str)
WORKING = (Role.CONTACT_POINT, Role.PLANNER)
SPEAKING = (Role.CONTACT_POINT, Role.SIGNATORY)


def tell(
    plan: Plan,
    *,
    actor: Actor,
    holders: Iterable[str],
    kind: str,
    title: Text,
    url: str,
    key: str,
    roles: Collection[Role] = WORKING,
) -> None:
    """One notice to the people of units and bodies and to the joint office; not to who acts."""
    found = people_of_holders(plan, holders=holders, roles=roles)
    people = {one for ids in found.values() for one in ids}
    people |= set(coordinators_of(plan_key=plan.key, at=clock.now()))
    notify(
        people=people - {actor.user_id or 0},
        kind=kind,
        title=title,
        url=url,
        key=key,
        plan_key=plan.key,
    )


def named(title: Text, task: Task) -> Text:
    """`title` with the number and the name of a task in the places it leaves for them."""
    return format_lazy(title, number=task.number, task=in_both(task, "title"))


def page_of(plan: Plan, task: Task) -> str:
    return reverse("tasks:detail", args=[plan.key, task.number])


def put_on_record(
    *, actor: Actor, plan: Plan, act: str, subject: str, effects: dict[str, object]
) -> None:
    """The one entry of an act; the last statement of its action."""
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act=act,
        subject=subject,
        effects=effects,
    )
