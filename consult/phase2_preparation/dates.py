"""When rounds begin and close, for those who are asked in them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation.models import Round, RoundExtension, RoundInvitee
from plans.register.models import Plan
from stakeholders.terms.plan_date import PlanDate

KEPT = timedelta(days=180)  # how long a day that is over is still named


def dates(*, plans: Sequence[Plan], now: datetime) -> list[PlanDate]:
    """Begin and close of every round that was not recalled, ahead or over for less than half a year.

    Who was given a longer time has a close of its own, in place of the common one: nobody learns
    here of another's. Three queries for any number of plans.
    """
    keys = {plan.pk: plan.key for plan in plans}
    rounds = list(_rounds(keys, now)) if keys else []
    if not rounds:
        return []
    invitees: dict[int, list[RoundInvitee]] = defaultdict(list)
    for invitee in RoundInvitee.objects.filter(round__in=rounds).order_by("pk"):
        invitees[invitee.round_id].append(invitee)
    moved: dict[int, list[RoundExtension]] = defaultdict(list)
    for extension in RoundExtension.objects.filter(round__in=rounds).order_by("at", "pk"):
        moved[extension.round_id].append(extension)
    found = []
    for one in rounds:
        found += _of_round(one, keys[one.plan_id], invitees[one.pk], moved[one.pk])
    return found


def _rounds(keys: Iterable[int], now: datetime) -> Iterable[Round]:
    rows = Round.objects.filter(plan__in=list(keys), recalled_at__isnull=True)
    rows = rows.filter(Q(invitees__extended_until__gt=now - KEPT) | Q(closes_at__gt=now - KEPT))
    rows = rows.select_related("revision").defer("revision__manifest")
    return rows.order_by("plan_id", "number").distinct()


def _of_round(
    one: Round, key: str, invitees: Sequence[RoundInvitee], moved: Sequence[RoundExtension]
) -> list[PlanDate]:
    url = reverse("preparation:round", args=[key, one.number])
    longer = {row.pk: until for row in invitees if (until := _own_close(one, row)) is not None}
    common = [row for row in moved if row.invitee_id is None]
    begins = PlanDate(
        key=f"round.begin:{one.pk}",
        plan_id=one.plan_id,
        title=format_lazy(_("Comment round {round} begins"), round=str(one.number)),
        url=url,
        at=one.opens_at,
        changed_at=one.revision.published_at,
        zone=one.zone,
        jurisdictions=_units(invitees),
        organizations=_bodies(invitees),
    )
    closes = _close(one, url, [row for row in invitees if row.pk not in longer], common)
    own = [
        _close(
            one,
            url,
            [row],
            [step for step in moved if step.invitee_id in (None, row.pk)],
            at=longer[row.pk],
        )
        for row in invitees
        if row.pk in longer
    ]
    return [begins, closes, *own]


def _close(
    one: Round,
    url: str,
    invitees: Sequence[RoundInvitee],
    moved: Sequence[RoundExtension],
    *,
    at: datetime | None = None,
) -> PlanDate:
    return PlanDate(
        key=f"round.close:{one.pk}",
        plan_id=one.plan_id,
        title=format_lazy(_("Comment round {round} closes"), round=str(one.number)),
        url=url,
        at=at or one.closes_at,
        changed_at=moved[-1].at if moved else one.revision.published_at,
        zone=one.zone,
        number=len(moved),
        jurisdictions=_units(invitees),
        organizations=_bodies(invitees),
        is_own=at is not None,
    )


def _own_close(one: Round, row: RoundInvitee) -> datetime | None:
    """The later end this one was given, if it lies after the common one."""
    given = [end for end in (row.extended_until, row.late_until) if end is not None]
    return max(given) if given and max(given) > one.closes_at else None


def _units(invitees: Iterable[RoundInvitee]) -> frozenset[str]:
    return frozenset(str(row.jurisdiction_id) for row in invitees if row.jurisdiction_id)


def _bodies(invitees: Iterable[RoundInvitee]) -> frozenset[int]:
    return frozenset(row.organization_id for row in invitees if row.organization_id)
