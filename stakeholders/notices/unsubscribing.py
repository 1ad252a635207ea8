"""The signed word in a link that unsubscribes one person from one topic. Pure.

It opens nothing else and reads nothing: whoever has it can only stop mail that has no legal
effect, and put it back. It never runs out, as the mail it stands in does not either.
"""

from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

ALL = "all"  # mail that tells of several topics: unsubscribing ends mail copies
_PLACE = "word"
_SALT = "stakeholders.notices.unsubscribing"


@dataclass(frozen=True, kw_only=True)
class Subscription:
    """What somebody unsubscribes from."""

    person: int
    topic: str


def token_of(subscription: Subscription) -> str:
    """The word for the link; the same whenever it is asked for."""
    return Signer(salt=_SALT).sign(f"{subscription.person}.{subscription.topic}").replace(":", "~")


def read_token(token: str) -> Subscription | None:
    """What the word stands for; None when this site did not write it."""
    try:
        said = Signer(salt=_SALT).unsign(token.replace("~", ":"))
    except BadSignature:
        return None
    person, _dot, topic = said.partition(".")
    return Subscription(person=int(person), topic=topic)


def url_of(subscription: Subscription) -> str:
    return settings.SITE_URL + _path().replace(_PLACE, token_of(subscription))


@cache
def _path() -> str:
    """The address with a gap for the word: it is looked up once, not for each mail."""
    return reverse("unsubscribe", args=[_PLACE])
