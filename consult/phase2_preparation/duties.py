"""Whose move it is in joint preparation; a fixed number of queries over many plans."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db.models import Count, Exists, F, OuterRef, Q
from django.db.models.functions import Greatest
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation.enums import DraftState
from consult.phase2_preparation.models import (
    Comment,
    CommentDraft,
    CommenterAnswer,
    Disposition,
    Reply,
    RoundInvitee,
)
from plans.register.models import Plan
from stakeholders.people.models import Mandate
from stakeholders.terms.actor import Role
from stakeholders.terms.duty import Duty

CONTACT = frozenset({Role.CONTACT_POINT.value})
OFFICE = frozenset({Role.COORDINATOR.value})


def duties(*, plans: Sequence[Plan], now: datetime) -> list[Duty]:
    """Answer a round, clear comments, decide, publish, answer a disposition. Six queries."""
    keys = {plan.pk: plan.key for plan in plans}
    return [
        *_answers(keys, now),
        *_clearances(keys, now),
        *_office(keys, now),
        *_dispositions(keys),
    ]


def _answers(keys: Mapping[int, str], now: datetime) -> list[Duty]:
    said = Reply.objects.filter(round=OuterRef("round"), jurisdiction=OuterRef("jurisdiction"))
    open_for = Q(round__closes_at__gt=now, round__closed_at__isnull=True)
    rows = (
        RoundInvitee.objects.filter(~Exists(said), round__plan__in=list(keys))
        .filter(open_for | Q(extended_until__gt=now))
        .annotate(until=Greatest("round__closes_at", "extended_until"))
        .select_related("round")
        .order_by("round_id", "jurisdiction_id")
    )
    return [
        Duty(
            kind="round.answer",
            plan_id=row.round.plan_id,
            subject_id=row.round_id,
            title=format_lazy(_("Answer comment round {round}"), round=str(row.round.number)),
            url=reverse("preparation:round", args=[keys[row.round.plan_id], row.round.number]),
            due_at=row.until or row.round.closes_at,
            holder_code=row.jurisdiction_id,
            roles=CONTACT,
        )
        for row in rows
    ]


def _clearances(keys: Mapping[int, str], now: datetime) -> list[Duty]:
    """Comments that wait for clearance while their jurisdiction can still answer the round."""
    said = Reply.objects.filter(round=OuterRef("round"), jurisdiction=OuterRef("jurisdiction"))
    longer = RoundInvitee.objects.filter(
        round=OuterRef("round"), jurisdiction=OuterRef("jurisdiction"), extended_until__gt=now
    )
    rows = (
        CommentDraft.objects.filter(
            ~Exists(said), state=DraftState.SHARED, round__plan__in=list(keys)
        )
        .filter(Q(round__closes_at__gt=now, round__closed_at__isnull=True) | Exists(longer))
        .values("round", "round__plan", "round__number", "round__closes_at", "jurisdiction")
        .annotate(waiting=Count("pk"))
        .order_by("round", "jurisdiction")
    )
    return [
        Duty(
            kind="comment.clear",
            plan_id=row["round__plan"],
            subject_id=row["round"],
            title=format_lazy(
                _("Clear {count} comments in round RD{number}"),
                count=str(row["waiting"]),
                number=str(row["round__number"]),
            ),
            url=reverse("preparation:round", args=[keys[row["round__plan"]], row["round__number"]]),
            due_at=row["round__closes_at"],
            holder_code=row["jurisdiction"],
            roles=CONTACT,
        )
        for row in rows
    ]


def _office(keys: Mapping[int, str], now: datetime) -> list[Duty]:
    """What the joint offices owe: decisions on comments of ended rounds, and publishing them."""
    decided = Disposition.objects.filter(comment=OuterRef("pk"))
    newest = Disposition.objects.filter(comment=OuterRef("comment")).order_by("-pk").values("pk")
    ended = Q(reply__round__closes_at__lte=now) | Q(reply__round__closed_at__isnull=False)
    undecided = (
        Comment.objects.filter(~Exists(decided), ended, plan__in=list(keys))
        .values("plan")
        .annotate(waiting=Count("pk"))
        .values_list("plan", "waiting")
    )
    unpublished = (
        Disposition.objects.filter(
            comment__plan__in=list(keys), publication__isnull=True, pk=newest[:1]
        )
        .values("comment__plan")
        .annotate(waiting=Count("pk"))
        .values_list("comment__plan", "waiting")
    )
    holders = _holders(keys, now)
    decide = _("Decide on {count} comments")
    publish = _("Publish {count} dispositions")
    found = []
    for kind, text, rows in (
        ("disposition.decide", decide, undecided),
        ("disposition.publish", publish, unpublished),
    ):
        for plan_id, waiting in rows:
            url = reverse("preparation:dispositions", args=[keys[plan_id]])
            found += [
                Duty(
                    kind=kind,
                    plan_id=plan_id,
                    subject_id=plan_id,
                    title=format_lazy(text, count=str(waiting)),
                    url=f"{url}?open=1",
                    holder_code=code,
                    organization_id=organization,
                    roles=OFFICE,
                )
                for code, organization in holders.get(keys[plan_id], [])
            ]
    return found


def _holders(
    keys: Mapping[int, str], now: datetime
) -> dict[str, list[tuple[str | None, int | None]]]:
    """Plan key -> (jurisdiction, organization) of its joint office."""
    rows = (
        Mandate.objects.counted(now)
        .filter(role=Role.COORDINATOR.value, plan_key__in=list(keys.values()))
        .order_by("plan_key", "jurisdiction_id", "organization_id")
        .values_list("plan_key", "jurisdiction_id", "organization_id")
        .distinct()
    )
    found: dict[str, list[tuple[str | None, int | None]]] = {}
    for key, code, organization in rows:
        found.setdefault(key, []).append((code, organization))
    return found


def _dispositions(keys: Mapping[int, str]) -> list[Duty]:
    """Published dispositions that the commenter has not answered; a newer one asks again."""
    shown = Disposition.objects.filter(
        comment=OuterRef("comment"), publication__isnull=False
    ).order_by("-pk")
    answered = CommenterAnswer.objects.filter(disposition=OuterRef("pk"))
    rows = (
        Disposition.objects.filter(
            ~Exists(answered),
            comment__plan__in=list(keys),
            comment__jurisdiction__isnull=False,
            pk=shown.values("pk")[:1],
        )
        .annotate(code=F("comment__jurisdiction"))
        .select_related("comment")
        .order_by("comment__plan", "comment__number")
    )
    return [
        Duty(
            kind="disposition.answer",
            plan_id=row.comment.plan_id,
            subject_id=row.pk,
            title=format_lazy(
                _("Answer the disposition of your comment {comment}"), comment=str(row.comment)
            ),
            url=reverse(
                "preparation:comment", args=[keys[row.comment.plan_id], row.comment.number]
            ),
            holder_code=row.comment.jurisdiction_id,
            roles=CONTACT,
        )
        for row in rows
    ]
