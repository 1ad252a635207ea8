"""What a party that has spoken in the sign-off, or signed, waits for."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consult.phase3_identification.models import Declaration, Signature
from plans.register.enums import Phase
from plans.register.models import Plan
from stakeholders.terms.actor import Actor
from stakeholders.terms.awaited import Awaited

TAKING = frozenset({"position.take", "position.renew"})
SIGNING = frozenset({"statement.sign"})


def awaited(*, actor: Actor, plans: Sequence[Plan], now: datetime) -> list[Awaited]:
    """Open sign-offs in which the actor's own party has spoken, and statements it has signed while
    signatures are missing. Two queries over all `plans`.

    Nothing here depends on what others said or whether they did: a sealed sign-off stays sealed.
    """
    keys = {plan.pk: plan.key for plan in plans if plan.phase == Phase.IDENTIFICATION}
    if actor.inside is None or not keys:
        return []
    return [*_sign_offs(keys, actor.inside, now), *_statements(keys, actor.inside)]


def _sign_offs(keys: dict[int, str], code: str, now: datetime) -> list[Awaited]:
    rows = (
        Declaration.objects.filter(
            jurisdiction=code, sign_off__plan__in=list(keys), sign_off__end__isnull=True
        )
        .order_by("sign_off")
        .values("sign_off", "sign_off__plan", "sign_off__closes_at")
        .annotate(spoken_at=Max("at"))
    )
    found = []
    for row in rows:
        closes_at = row["sign_off__closes_at"]
        is_past = closes_at is not None and now >= closes_at
        found.append(
            Awaited(
                kind="sign_off.close" if is_past else "position.take",
                plan_id=row["sign_off__plan"],
                subject_id=row["sign_off"],
                title=_("Sign-off"),
                url=reverse("identification:overview", args=[keys[row["sign_off__plan"]]]),
                whom=_("the close by the joint office") if is_past else _("the other parties"),
                due_at=None if is_past else closes_at,
                since=row["spoken_at"],
                after=TAKING,
            )
        )
    return found


def _statements(keys: dict[int, str], code: str) -> list[Awaited]:
    rows = (
        Signature.objects.filter(jurisdiction=code, statement__sign_off__plan__in=list(keys))
        .order_by("statement")
        .values_list("statement", "statement__sign_off__plan", "at")
    )
    return [
        Awaited(
            kind="statement.sign",
            plan_id=plan_id,
            subject_id=statement,
            title=_("Signatures under the common statement"),
            url=reverse("identification:statement", args=[keys[plan_id]]),
            whom=_("the other parties"),
            since=at,
            after=SIGNING,
            while_owed=SIGNING,
        )
        for statement, plan_id, at in rows
    ]
