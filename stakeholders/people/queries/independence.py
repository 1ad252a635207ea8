"""Who can be the second person: nobody whose own mandate comes from the first."""

from datetime import datetime

from django.db.models import OuterRef, Q, Subquery

from stakeholders.people.enums import MandateAct
from stakeholders.people.models import Mandate, MandateEvent
from stakeholders.terms.actor import Actor

# By these a mandate comes to be, under the mandate of who gave it.
GIVEN = [MandateAct.GRANT.value, MandateAct.SUBSTITUTE.value]


def behind(actor: Actor) -> set[int]:
    """The actor, who granted the mandate it acts under, whom that one stands in for, and so on up
    the chain of grants and substitutions. An administrator acts under none: only itself."""
    people: set[int | None] = {actor.user_id}
    seen: set[int] = set()
    level = {actor.mandate_id} - {None}
    given = MandateEvent.objects.filter(mandate=OuterRef("pk"), act__in=GIVEN).order_by("pk")
    while level:
        rows = Mandate.objects.filter(pk__in=level).annotate(
            given_under=Subquery(given.values("under")[:1])
        )
        found = rows.values_list("user_id", "granted_by_id", "stands_in_for_id", "given_under")
        seen |= {pk for pk in level if pk is not None}
        level = set()
        for user, granter, stands_in_for, given_under in found:
            people |= {user, granter}
            level |= {stands_in_for, given_under} - seen - {None}
    return {person for person in people if person is not None}


def first_word_of(people: set[int]) -> Q:
    """Mandates that one of `people` granted or claims, or that was granted by who stands in for one
    of them; and their own. None of them is confirmed by who has those people `behind` it."""
    by_stand_in = MandateEvent.objects.filter(
        act__in=GIVEN, under__stands_in_for__user__in=people
    ).values("mandate")
    return Q(granted_by__in=people) | Q(user__in=people) | Q(pk__in=by_stand_in)


def is_independent(*, actor: Actor, mandate: Mandate) -> bool:
    """Whether the actor's word on a mandate is a second one."""
    rows = Mandate.objects.filter(first_word_of(behind(actor)), pk=mandate.pk)
    return not rows.exists()


def same_side(*, actor: Actor, since: datetime) -> set[int]:
    """The people whose word is no other than the actor's: those `behind` it, and who stands in, or
    stood in since an hour, for one of them."""
    people = behind(actor)
    rows = Mandate.objects.filter(stands_in_for__user__in=people, valid_until__gt=since)
    return people | set(rows.values_list("user_id", flat=True))
