"""Who is told of what happens to a meeting, and the one entry of each act on record."""

from collections.abc import Iterable, Mapping

from django.urls import reverse
from django.utils.functional import lazy
from django.utils.text import format_lazy

from consult.matters.ladder import SEATED
from consult.meetings.models import Meeting
from plans.register.models import Plan
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.notices.steps import notify
from stakeholders.people.queries import coordinators_of, people_of
from stakeholders.record import steps as record
from stakeholders.templatetags.in_language import in_language
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.duty import Text

in_both = lazy(in_language, str)


def tell(
    *,
    plan: Plan,
    meeting: Meeting,
    kind: str,
    title: Text,
    occasion: str,
    codes: Iterable[str],
    page: str = "detail",
) -> None:
    """A notice to who sits at the meeting's step in these jurisdictions, and to the joint office."""
    at = clock.now()
    people = people_of(codes=codes, roles=SEATED[meeting.level], at=at, plan_key=plan.key)
    told = {pk for ids in people.values() for pk in ids}
    _notify(
        told | set(coordinators_of(plan_key=plan.key, at=at)),
        plan=plan,
        meeting=meeting,
        kind=kind,
        title=title,
        occasion=occasion,
        page=page,
    )


def tell_office(
    *,
    plan: Plan,
    meeting: Meeting,
    kind: str,
    title: Text,
    occasion: str,
    unit: Jurisdiction | None,
    page: str = "detail",
) -> None:
    """A notice to the joint office alone. `title` names the `unit` that spoke, so that the words of
    two units on one day are told apart."""
    _notify(
        set(coordinators_of(plan_key=plan.key, at=clock.now())),
        plan=plan,
        meeting=meeting,
        kind=kind,
        title=title,
        occasion=occasion,
        page=page,
        unit=unit,
    )


def _notify(
    people: set[int],
    *,
    plan: Plan,
    meeting: Meeting,
    kind: str,
    title: Text,
    occasion: str,
    page: str,
    unit: Jurisdiction | None = None,
) -> None:
    words = {
        "title": in_both(meeting, "title"),
        "number": meeting.number,
        "unit": in_both(unit, "name"),
    }
    notify(
        people=people,
        kind=kind,
        title=format_lazy(title, **words),
        url=reverse(f"meetings:{page}", args=[plan.key, meeting.number]),
        key=f"meeting:{meeting.pk}:{occasion}",
        plan_key=plan.key,
    )


def put_on_record(
    *, actor: Actor, plan: Plan, act: str, meeting: Meeting, effects: Mapping[str, object]
) -> None:
    """The one entry of an act on a meeting; the last statement of its action."""
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act=act,
        subject=f"meeting:{meeting.number}",
        effects=effects,
    )
