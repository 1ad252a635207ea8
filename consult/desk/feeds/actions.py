"""Making, renewing and revoking one's own calendar feeds. A person's own affairs: no act of a plan."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from consult.desk.feeds.enums import MOST
from consult.desk.feeds.queries import choosable_plans, own_feeds
from consult.desk.feeds.steps import drop_revoked, new_secret
from consult.desk.models import CalendarFeed
from consult.desk.rules import require_system
from stakeholders.people.models import User
from stakeholders.people.queries import hash_of
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Conflict, Invalid, NotVisible


@transaction.atomic
def make_feed(
    *, actor: Actor, plan_key: str = "", name: str = "", language: str = ""
) -> tuple[CalendarFeed, str]:
    """(feed, its secret, which is not stored) of all plans of the person, or of one it sees.

    Raises NotVisible for a plan the person does not see, Invalid for a language the site does not
    speak, Conflict when the person has as many feeds as one may have.
    """
    at = clock.now()
    user = User.objects.select_for_update(no_key=True).get(pk=actor.person)
    if language and language not in dict(settings.LANGUAGES):
        raise Invalid({"language": _("The site does not speak this language.")})
    plan = None
    if plan_key:
        seen = {one.key: one for one in choosable_plans(actor=actor, at=at)}
        plan = seen.get(plan_key)
        if plan is None:
            raise NotVisible
    if own_feeds(actor=actor).count() >= MOST:
        raise Conflict(_("You have as many calendar feeds as one may have. Revoke one first."))
    secret = new_secret()
    feed = CalendarFeed.objects.create(
        user=user,
        plan=plan,
        name=name.strip()[:80],
        language=language,
        secret_hash=hash_of(secret),
        created_at=at,
    )
    return feed, secret


@transaction.atomic
def renew_feed(*, actor: Actor, pk: int) -> tuple[CalendarFeed, str]:
    """(feed, its new secret): the old address opens nothing from now on. NotVisible."""
    feed = _locked(actor, pk)
    secret = new_secret()
    feed.secret_hash = hash_of(secret)
    feed.created_at, feed.read_at = clock.now(), None
    feed.save(update_fields=["secret_hash", "created_at", "read_at"])
    return feed, secret


@transaction.atomic
def revoke_feed(*, actor: Actor, pk: int) -> None:
    """End one of the person's feeds at once. NotVisible for another's or a revoked one."""
    feed = _locked(actor, pk)
    feed.revoked_at = clock.now()
    feed.save(update_fields=["revoked_at"])


def forget_feeds(*, actor: Actor, older_than: timedelta) -> int:
    """Housekeeping: delete feeds that were revoked longer ago than `older_than`; says how many."""
    require_system(actor=actor, act="feed.forget")
    return drop_revoked(before=clock.now() - older_than)


def _locked(actor: Actor, pk: int) -> CalendarFeed:
    feed = own_feeds(actor=actor).select_for_update(of=("self",), no_key=True).filter(pk=pk).first()
    if feed is None:
        raise NotVisible
    return feed
