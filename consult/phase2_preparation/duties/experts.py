"""Who owes an opinion asked for, a signature under a common one, or a decision on a name."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation.enums import Asks
from consult.phase2_preparation.models import ExpertInvitation
from consult.phase2_preparation.queries.experts import (
    longer_asked,
    open_suggestions,
    owed_opinions,
    owed_signatures,
)
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.duty import Duty

OFFICE = frozenset({Role.COORDINATOR.value})


def expert_duties(keys: Mapping[int, str], now: datetime) -> list[Duty]:
    """Opinions and signatures of people with an account; what the office has to decide. 5 queries.

    Who answers by a link has no desk: the sweep sends the link once more (`tasks`).
    """
    return [*_asked(list(keys), now), *_office(keys)]


def duties_of_experts(*, actor: Actor, now: datetime) -> list[Duty]:
    """What an expert owes on plans of which it sees nothing but what it was asked."""
    if actor.role is not Role.EXPERT or actor.user_id is None:
        return []
    rows = ExpertInvitation.objects.filter(user=actor.user_id, closes_at__gt=now)
    plans = set(rows.values_list("plan", flat=True))
    return [duty for duty in _asked(plans, now) if duty.user_id == actor.user_id]


def _asked(plans: Collection[int], now: datetime) -> list[Duty]:
    asked = owed_opinions(plans).filter(asks=Asks.OPINION, user__isnull=False, closes_at__gt=now)
    return [
        *(_opinion(row) for row in asked),
        *(_signature(row) for row in owed_signatures(plans) if row.user_id and row.closes_at > now),
    ]


def _opinion(row: ExpertInvitation) -> Duty:
    return Duty(
        kind="opinion.submit",
        plan_id=row.plan_id,
        subject_id=row.pk,
        title=_("Give the opinion you were asked for"),
        url=reverse("preparation:asked", args=[row.pk]),
        due_at=row.closes_at,
        since=row.sent_at or row.created_at,
        user_id=row.user_id,
        secret_of=row.user_id,
    )


def _signature(row: ExpertInvitation) -> Duty:
    return Duty(
        kind="collective.sign",
        plan_id=row.plan_id,
        subject_id=row.pk,
        title=_("Sign the opinion of the group of experts"),
        url=reverse("preparation:asked", args=[row.pk]),
        due_at=row.closes_at,
        since=row.sent_at or row.created_at,
        user_id=row.user_id,
        secret_of=row.user_id,
    )


def _office(keys: Mapping[int, str]) -> Sequence[Duty]:
    """What waits for the joint office: names suggested, and more time asked for."""
    names, longer = open_suggestions(list(keys)), {r.plan_id for r in longer_asked(list(keys))}
    found = []
    for kind, title, plans in (
        ("expert.decide_suggestion", _("Decide on suggested experts"), names),
        ("expert.extend", _("Decide whether an expert gets more time"), longer),
    ):
        found += [
            Duty(
                kind=kind,
                plan_id=pk,
                subject_id=pk,
                title=title,
                url=reverse("preparation:experts", args=[keys[pk]]),
                roles=OFFICE,
            )
            for pk in sorted(plans)
        ]
    return found
