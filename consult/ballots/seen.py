"""What a person had read when it bound its party: its form says so, the act compares it under the
plan's lock. One way and one sentence for all acts that count on something that may change."""

from django.utils.translation import gettext_lazy as _

from consult.ballots.models import Ballot
from stakeholders.terms.errors import Conflict

MEANWHILE = _("What you read has changed meanwhile: read it anew and decide.")


def require_seen(seen: str | None, *, now: str) -> None:
    """Conflict unless `seen`, as the form said it, is what the act counts on `now`.

    A form always says something, were it nothing; None: no page was read, as where the act follows
    from another one that names what it is about.
    """
    if seen is not None and seen != now:
        raise Conflict(MEANWHILE)


def seen_of(ballot: Ballot | None) -> str:
    """What a form on a ballot says was read: the ballot and what it was opened on."""
    return "" if ballot is None else f"{ballot.pk}:{ballot.subject_hash}"
