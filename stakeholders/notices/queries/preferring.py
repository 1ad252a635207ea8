"""How a person wants its mail, and what the link of a mail can stop."""

from dataclasses import dataclass

from django.contrib.auth import get_user_model

from stakeholders.notices.enums import Rhythm
from stakeholders.notices.models import MailPreference, MutedTopic
from stakeholders.notices.readers import readers_of
from stakeholders.notices.timing import Preference
from stakeholders.notices.topics import TOPICS, Topic
from stakeholders.notices.unsubscribing import ALL, Subscription
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import NotVisible


@dataclass(frozen=True, kw_only=True)
class MailChoice:
    """How a person wants its mail, as it stands; `is_stored`: it was ever chosen."""

    preference: Preference
    zone: str
    language: str
    is_stored: bool


def mail_choice(*, actor: Actor) -> MailChoice:
    """How the acting person wants its mail. NotVisible for an actor who is no person."""
    reader = readers_of([actor.user_id or 0]).get(actor.user_id or 0)
    if reader is None:
        raise NotVisible
    stored = MailPreference.objects.filter(user_id=reader.pk).first()
    return MailChoice(
        preference=reader.preference,
        zone=stored.zone if stored else "",
        language=reader.language,
        is_stored=stored is not None,
    )


@dataclass(frozen=True, kw_only=True)
class SubscriptionState:
    """What the page behind a link that unsubscribes says."""

    topic: Topic | None  # None: all of them
    is_stopped: bool
    can_stop: bool
    keeps_legal: bool


def subscription_state(*, subscription: Subscription) -> SubscriptionState | None:
    """How mail of a topic stands for a person; None when either is there no more."""
    person = subscription.person
    if not get_user_model().objects.filter(pk=person, is_active=True).exists():
        return None
    if subscription.topic == ALL:
        never = MailPreference.objects.filter(user_id=person, rhythm=Rhythm.NEVER).exists()
        return SubscriptionState(topic=None, is_stopped=never, can_stop=True, keeps_legal=True)
    topic = next((one for one in TOPICS if one.key == subscription.topic), None)
    if topic is None:
        return None
    return SubscriptionState(
        topic=topic,
        is_stopped=MutedTopic.objects.filter(user_id=person, topic=topic.key).exists(),
        can_stop=topic.is_mutable,
        keeps_legal=bool(topic.legal),
    )
