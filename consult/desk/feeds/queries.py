"""A person's feeds, and the feed behind an address."""

from datetime import datetime

from django.db.models import QuerySet

from consult.desk.models import CalendarFeed
from plans.register.models import Plan
from plans.register.queries import light_plans, visible_plans
from stakeholders.people.queries import actors_of, hash_of, mandates_of
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import NotVisible


def own_feeds(*, actor: Actor) -> QuerySet[CalendarFeed]:
    """The living feeds of the acting person, the newest first."""
    rows = CalendarFeed.objects.filter(user_id=actor.user_id or 0, revoked_at__isnull=True)
    rows = rows.select_related("plan").defer("secret_hash")
    return rows.order_by("-pk")


def get_feed(*, actor: Actor, pk: int) -> CalendarFeed:
    """A living feed of the acting person. NotVisible for another's and for a revoked one."""
    feed = own_feeds(actor=actor).filter(pk=pk).first()
    if feed is None:
        raise NotVisible
    return feed


def feed_of(*, secret: str) -> CalendarFeed | None:
    """The living feed behind a secret, of a person who may still sign in; else None.

    One look into one index for whatever text it is given.
    """
    rows = CalendarFeed.objects.filter(
        secret_hash=hash_of(secret), revoked_at__isnull=True, user__is_active=True
    )
    return rows.select_related("user").first()


def seen_plans(*, user_id: int, at: datetime) -> list[tuple[Actor, dict[int, Plan]]]:
    """Each Actor the person is under its mandates that count at `at`, with the plans it sees.

    Three queries, and one more for each mandate.
    """
    actors = actors_of(mandates_of(user_id=user_id, at=at))
    ids = [set(visible_plans(actor=actor).values_list("pk", flat=True)) for actor in actors]
    plans = _light(set().union(*ids)) if any(ids) else {}
    return [
        (actor, {pk: plans[pk] for pk in sorted(seen)})
        for actor, seen in zip(actors, ids, strict=True)
    ]


def _light(ids: set[int]) -> dict[int, Plan]:
    """Without the long texts of their revisions."""
    return light_plans(Plan.objects.all()).in_bulk(sorted(ids))


def choosable_plans(*, actor: Actor, at: datetime) -> list[Plan]:
    """The plans the person sees under one or another of its mandates, by their keys."""
    seen = seen_plans(user_id=actor.user_id or 0, at=at)
    plans = {pk: plan for _actor, own in seen for pk, plan in own.items()}
    return sorted(plans.values(), key=lambda plan: plan.key)
