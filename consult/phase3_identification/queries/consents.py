"""How many consents wait for renewal, over many sign-offs."""

from collections.abc import Iterable

from django.db.models import Count, Exists, OuterRef, Q

from consult.ballots.enums import PositionValue
from consult.ballots.models import Position
from consult.consensus.changes import HARMLESS
from consult.phase3_identification.models import (
    SignOff,
    SignOffBallot,
)

CONSENTS = (PositionValue.AGREE.value, PositionValue.AGREE_IN_PRINCIPLE.value)


def stale_counts(sign_offs: Iterable[SignOff]) -> dict[tuple[int, str], int]:
    """(sign-off, code) -> on how many items the party's consent waits for renewal. Unscoped.

    In a sealed sign-off every item that changed under a position counts, whatever the position:
    the joint office reads the duties, and must not learn from them who has agreed to what.
    """
    breaking = SignOffBallot.objects.filter(
        sign_off=OuterRef("ballot__sign_off_ballot__sign_off"),
        item=OuterRef("ballot__sign_off_ballot__item"),
        pk__gt=OuterRef("ballot__sign_off_ballot"),
    ).exclude(change__in=[kind.value for kind in HARMLESS])
    later = Position.objects.filter(
        ballot__sign_off_ballot__sign_off=OuterRef("ballot__sign_off_ballot__sign_off"),
        ballot__sign_off_ballot__item=OuterRef("ballot__sign_off_ballot__item"),
        jurisdiction=OuterRef("jurisdiction"),
        pk__gt=OuterRef("pk"),
    )
    rows = (
        Position.objects.filter(
            Exists(breaking),
            ~Exists(later),
            Q(value__in=CONSENTS) | Q(ballot__sign_off_ballot__sign_off__is_sealed=True),
            ballot__sign_off_ballot__sign_off__in=[s.pk for s in sign_offs],
        )
        .order_by()
        .values_list("ballot__sign_off_ballot__sign_off", "jurisdiction_id")
        .annotate(count=Count("pk"))
    )
    return {(sign_off, str(code)): count for sign_off, code, count in rows}
