"""The notices of a person, filtered and counted."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from stakeholders.notices.models import Notice
from stakeholders.notices.topics import kinds_of, known_topic
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Invalid


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """What of an inbox is looked at: of one topic, of one plan, only unread."""

    topic: str = ""
    plan: str = ""
    unread: bool = False


EVERYTHING = Chosen()


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How many notices each filter leaves, the others being as chosen.

    `by_*`: key -> number, 0 for the rest.
    """

    shown: int
    unread: int
    everything: int
    everything_unread: int
    by_topic: Counter[str]
    by_plan: Counter[str]


def inbox(*, actor: Actor, chosen: Chosen = EVERYTHING) -> QuerySet[Notice]:
    """The notices of the acting person, newest first. They follow the person, not the mandate.

    Invalid for a topic there is not.
    """
    rows = Notice.objects.filter(user_id=actor.user_id or 0).order_by("-created_at", "-pk")
    if chosen.topic:
        rows = rows.filter(kind__in=_kinds(chosen.topic))
    if chosen.plan:
        rows = rows.filter(plan_key=chosen.plan)
    return rows.filter(read_at__isnull=True) if chosen.unread else rows


def _kinds(topic: str) -> frozenset[str]:
    try:
        return kinds_of(topic)
    except ValueError:
        raise Invalid({"topic": _("There is no such topic.")}) from None


def counts(*, actor: Actor, chosen: Chosen = EVERYTHING) -> Counts:
    """How many notices there are under each filter. One query."""
    rows = (
        Notice.objects.filter(user_id=actor.user_id or 0)
        .values_list("kind", "plan_key")
        .annotate(number=Count("pk"), unread=Count("pk", filter=Q(read_at__isnull=True)))
        .order_by("plan_key", "kind")
    )
    topics, plans = Counter[str](), Counter[str]()
    shown = unread = everything = everything_unread = 0
    for kind, plan, number, new in rows:
        topic = known_topic(kind)
        key = topic.key if topic else ""
        fits_topic, fits_plan = chosen.topic in ("", key), chosen.plan in ("", plan)
        counted = new if chosen.unread else number
        everything, everything_unread = everything + number, everything_unread + new
        topics[key] += counted if fits_plan else 0
        plans[plan] += counted if fits_topic else 0
        if fits_topic and fits_plan:
            shown, unread = shown + counted, unread + new
    return Counts(
        shown=shown,
        unread=unread,
        everything=everything,
        everything_unread=everything_unread,
        by_topic=topics,
        by_plan=plans,
    )


def unread_count(*, actor: Actor) -> int:
    """How many notices of the acting person are unread. One query."""
    return inbox(actor=actor).filter(read_at__isnull=True).count()
