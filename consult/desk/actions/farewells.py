"""One word to who acts for somebody no longer, while things are open: how many, and who has them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import ngettext_lazy

from consult.desk.owing import owes
from consult.desk.queries import all_plans, collect
from consult.desk.rules import require_system
from stakeholders.notices.queries import heartbeat_age, told_keys
from stakeholders.notices.steps import notify
from stakeholders.people.models import Mandate
from stakeholders.people.queries import actors_of, ended_mandates
from stakeholders.terms.actor import Actor
from stakeholders.terms.duty import Duty, Text

# How far before the last sweep ends of mandates are looked for; twice is told once, by the key.
MARGIN = timedelta(minutes=10)
AT_FIRST = timedelta(days=1)


def say_farewell(*, actor: Actor, now: datetime) -> int:
    """Tell who lost a mandate since the last sweep what passes on; says how many were told.

    Nobody is told who still owes the same under another mandate, or where nothing is open. Two
    queries while no mandate has ended.
    """
    require_system(actor=actor, act="duty.remind")
    age = heartbeat_age(name="sweep", at=now)
    ended = ended_mandates(since=now - (AT_FIRST if age is None else age + MARGIN), until=now)
    told = told_keys(keys=[_key(one) for one in ended]) if ended else set()
    ended = [one for one in ended if (one.user_id, _key(one)) not in told]
    if not ended:
        return 0
    plans = all_plans()
    keys = {plan.pk: plan.key for plan in plans}
    duties = collect(plans=plans, now=now)
    held = list(Mandate.objects.counted(now).select_related("user").order_by("pk"))
    holders = list(zip(held, actors_of(held), strict=True))
    count = 0
    for mandate, former in zip(ended, actors_of(ended), strict=True):
        open_ones = [d for d in duties if _was_owed(d, former, keys)]
        own = [one for m, one in holders if m.user_id == mandate.user_id]
        passing = [d for d in open_ones if not any(_is_owed(d, one, keys) for one in own)]
        if passing:
            heirs = [m for m, one in holders if any(_is_owed(d, one, keys) for d in passing)]
            count += _tell(mandate, passing, heirs)
    return count


def _key(mandate: Mandate) -> str:
    return f"mandate.farewell:{mandate.pk}"


def _is_owed(duty: Duty, actor: Actor, keys: dict[int, str]) -> bool:
    return owes(duty=duty, actor=actor, plan_key=keys[duty.plan_id])


def _was_owed(duty: Duty, former: Actor, keys: dict[int, str]) -> bool:
    """What a person owes in person stays with the person."""
    return duty.user_id is None and _is_owed(duty, former, keys)


def _tell(mandate: Mandate, passing: Sequence[Duty], heirs: Sequence[Mandate]) -> int:
    title: Text = ngettext_lazy(
        "You no longer act as {mandate}: {count} open thing waits for a successor",
        "You no longer act as {mandate}: {count} open things wait for a successor",
        len(passing),
    )
    names = dict.fromkeys(str(one.user) for one in heirs)
    if names:
        title = ngettext_lazy(
            "You no longer act as {mandate}: {count} open thing passes to {names}",
            "You no longer act as {mandate}: {count} open things pass to {names}",
            len(passing),
        )
    with transaction.atomic():
        return notify(
            people=[mandate.user_id],
            kind="mandate.farewell",
            title=format_lazy(title, mandate=mandate, count=len(passing), names=", ".join(names)),
            url=reverse("people:mandate", args=[mandate.pk]),
            key=_key(mandate),
            plan_key=mandate.plan_key,
        )
