"""That a person looked at its desk: what is new is counted from the visit before."""

import logging
from dataclasses import dataclass
from datetime import datetime

from django.db import DatabaseError, transaction

from consult.desk.enums import NEW_VISIT
from consult.desk.models import DeskVisit
from stakeholders.terms.actor import Actor

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Visit:
    """`since`: when the person was here before; None on its first visit."""

    since: datetime | None


def visit(*, actor: Actor, now: datetime) -> Visit:
    """Note that the acting person looks at its desk at `now`; says since when things are new.

    Within `NEW_VISIT` of its beginning a visit goes on: nothing is written, and what was new stays
    new. Where the database takes no writes, the page is shown as if a visit had begun.
    """
    known = DeskVisit.objects.filter(user=actor.person).first()
    if known is not None and now - known.at < NEW_VISIT:
        return Visit(since=known.before_at)
    since = known.at if known is not None else None
    try:
        with transaction.atomic():
            _begin(actor, known, now)
    except DatabaseError as error:
        log.warning("a visit to the desk could not be noted: %s", error)
    return Visit(since=since)


def _begin(actor: Actor, known: DeskVisit | None, now: datetime) -> None:
    """One statement. Of two pages that open at once the second finds the visit begun."""
    if known is None:
        first = DeskVisit(user_id=actor.person, at=now)
        DeskVisit.objects.bulk_create([first], ignore_conflicts=True)
    else:
        DeskVisit.objects.filter(pk=known.pk, at=known.at).update(at=now, before_at=known.at)
