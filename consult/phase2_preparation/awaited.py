"""What a party that has answered a round waits for."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db.models import Count, Exists, Max, OuterRef, Q
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from consult.phase2_preparation.duties.waiting import Waiting, waiting_in
from consult.phase2_preparation.enums import OF_BODIES
from consult.phase2_preparation.models import Comment, Disposition, Reply
from consult.phase2_preparation.queries.rounds import ended, own_body, own_code
from plans.register.models import Plan
from stakeholders.terms.actor import Actor
from stakeholders.terms.awaited import Awaited


def awaited(*, actor: Actor, plans: Sequence[Plan], now: datetime) -> list[Awaited]:
    """Rounds the actor's own party or body has answered, until their common close; afterwards its
    comments without a published disposition. Three queries over all `plans` at most."""
    code, body = own_code(actor), own_body(actor)
    if not plans or (code is None and body is None):
        return []
    keys = {plan.pk: plan.key for plan in plans}
    own = Q(jurisdiction=code) if code else Q(organization=body, source__in=sorted(OF_BODIES))
    there = waiting_in(list(keys), now=now)
    return [
        *(_rounds(keys, own, now) if Waiting.RUNNING_ROUND in there else []),
        *(_comments(keys, code, now) if code and Waiting.COMMENT in there else []),
    ]


def _rounds(keys: Mapping[int, str], own: Q, now: datetime) -> list[Awaited]:
    rows = (
        Reply.objects.filter(own, round__plan__in=list(keys), round__recalled_at__isnull=True)
        .exclude(ended(now, path="round"))
        .order_by("round")
        .values("round", "round__plan", "round__number", "round__closes_at")
        .annotate(answered_at=Max("at"))
    )
    return [
        Awaited(
            kind="round.answer",
            plan_id=row["round__plan"],
            subject_id=row["round"],
            title=format_lazy(_("Comment round {number}"), number=str(row["round__number"])),
            url=reverse("preparation:round", args=[keys[row["round__plan"]], row["round__number"]]),
            whom=_("the other parties"),
            due_at=row["round__closes_at"],
            since=row["answered_at"],
            after=frozenset({"round.answer"}),
        )
        for row in rows
    ]


def _comments(keys: Mapping[int, str], code: str, now: datetime) -> list[Awaited]:
    shown = Disposition.objects.filter(comment=OuterRef("pk"), publication__isnull=False)
    rows = (
        Comment.objects.filter(
            ~Exists(shown),
            ended(now, path="reply__round"),
            plan__in=list(keys),
            jurisdiction=code,
        )
        .order_by("plan")
        .values("plan")
        .annotate(size=Count("pk"), handed_in_at=Max("reply__at"))
    )
    return [
        Awaited(
            kind="disposition.publish",
            plan_id=row["plan"],
            subject_id=row["plan"],
            title=comments_of(row["size"]),
            url=reverse("preparation:dispositions", args=[keys[row["plan"]]]),
            whom=_("the joint office’s dispositions"),
            since=row["handed_in_at"],
        )
        for row in rows
    ]


def _words(count: int) -> str:
    words = ngettext(
        "{count} comment of yours without a disposition",
        "{count} comments of yours without a disposition",
        count,
    )
    return words.format(count=count)


comments_of = lazy(_words, str)
