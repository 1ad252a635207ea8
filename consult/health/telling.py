"""Whom a check tells what."""

from collections.abc import Collection, Mapping

from django.urls import reverse
from django.utils.text import format_lazy

from consult.health.models import HealthCheck
from consult.health.subjects import title_of
from stakeholders.notices.steps import notify
from stakeholders.people.queries import coordinators_of, people_of
from stakeholders.record import steps as record
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.duty import Text

SPEAKERS = (Role.CONTACT_POINT, Role.SIGNATORY)


def tell(
    check: HealthCheck, *, codes: Collection[str], kind: str, title: Text, occasion: str
) -> None:
    """Tell the speakers of `codes`; `title` may name the check as {check}."""
    plan = check.plan
    found = people_of(codes=codes, roles=SPEAKERS, at=clock.now(), plan_key=plan.key)
    people = [user for users in found.values() for user in users]
    notify(
        people=people,
        kind=kind,
        title=format_lazy(title, check=title_of(check)),
        url=reverse("health:check", args=[plan.key, check.pk]),
        key=f"{kind}:{occasion}",
        plan_key=plan.key,
    )


def tell_office(check: HealthCheck, *, kind: str, title: Text, occasion: str) -> None:
    plan = check.plan
    notify(
        people=coordinators_of(plan_key=plan.key, at=clock.now()),
        kind=kind,
        title=format_lazy(title, check=title_of(check)),
        url=reverse("health:check", args=[plan.key, check.pk]),
        key=f"{kind}:{occasion}:office",
        plan_key=plan.key,
    )


def put_on_record(
    *, actor: Actor, check: HealthCheck, act: str, effects: Mapping[str, object]
) -> None:
    record.append(
        chain=record.plan_chain(check.plan.key),
        actor=actor,
        act=act,
        subject=f"health_check:{check.pk}",
        effects=effects,
    )
