"""What a party that has taken its stand on a matter waits for."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db.models import Max, Q
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.matters.enums import Level
from consult.matters.ladder import end_of_day
from consult.matters.models import Matter
from consult.matters.queries import agreed_commitments
from plans.register.models import Plan
from stakeholders.templatetags.in_language import in_language
from stakeholders.terms.actor import Actor
from stakeholders.terms.awaited import Awaited

OWN_TURN = frozenset({"matter.stand", "option.answer", "agreement.answer"})
title_of = lazy(in_language, str)


def awaited(*, actor: Actor, plans: Sequence[Plan], now: datetime) -> list[Awaited]:
    """Open matters of the actor's own party on which it has said its stand, and lapsed commitments
    in return for which it gave its own. The same queries for one plan or many."""
    keys = {plan.pk: plan.key for plan in plans}
    if actor.inside is None or not keys:
        return []
    return [*_stands(actor, keys), *_lapsed(actor, keys, now)]


def _stands(actor: Actor, keys: Mapping[int, str]) -> list[Awaited]:
    rows = (
        Matter.objects.filter(
            plan__in=list(keys), closed_at__isnull=True, jurisdictions=actor.inside
        )
        .annotate(said_at=Max("stands__at", filter=Q(stands__jurisdiction=actor.inside)))
        .filter(said_at__isnull=False)
        .only("plan_id", "key", "title_zh", "title_en", "level", "due_at")
        .order_by("plan", "key")
    )
    return [
        Awaited(
            kind="matter.stand",
            plan_id=int(row.plan_id or 0),
            subject_id=row.pk,
            title=format_lazy(
                _("Matter {key}: {title}"), key=row.key, title=title_of(row, "title")
            ),
            url=reverse("matters:detail", args=[keys[int(row.plan_id or 0)], row.key]),
            whom=_("the upper level")
            if row.level == Level.SUPERIOR
            else _("the other parties and the joint office"),
            due_at=row.due_at,
            since=row.said_at,
            after=OWN_TURN,
        )
        for row in rows
    ]


def _lapsed(actor: Actor, keys: Mapping[int, str], now: datetime) -> list[Awaited]:
    """What the other side has not kept by its day, for who promised something in return."""
    held = agreed_commitments(list(keys), at=now)
    matters = sorted(held, key=lambda one: (keys[int(one.plan_id or 0)], one.key))
    return [
        Awaited(
            kind="commitment.report",
            plan_id=int(matter.plan_id or 0),
            subject_id=lapsed.pk,
            title=format_lazy(
                _("Matter {key}: commitment {lapsed} has lapsed, yours was given in return"),
                key=matter.key,
                lapsed=str(lapsed.number),
            ),
            url=reverse("matters:detail", args=[keys[int(matter.plan_id or 0)], matter.key])
            + f"#commitment-{row.commitment.number}",
            whom=str(lapsed.holder),
            due_at=end_of_day(lapsed.due_on) if lapsed.due_on else None,
            since=row.commitment.at,
        )
        for matter in matters
        for row in held[matter]
        if row.commitment.holder_id == actor.inside
        for lapsed in row.broken_by
        if lapsed.holder_id != actor.inside
    ]
