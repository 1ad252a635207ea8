"""Who owes a decision, its publication, or an answer to it."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Count
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation.duties.rounds import CONTACT
from consult.phase2_preparation.enums import DispositionOutcome, QueueState
from consult.phase2_preparation.models import Comment, Disposition
from consult.phase2_preparation.queries.queue import Conditions, unanswered
from stakeholders.people.models import Mandate
from stakeholders.terms.actor import Role
from stakeholders.terms.duty import Duty, Quick

OFFICE = frozenset({Role.COORDINATOR.value})


def office_duties(keys: Mapping[int, str], now: datetime) -> list[Duty]:
    """What the joint offices owe: decisions on comments of ended rounds, and publishing them."""
    conditions = Conditions(list(keys), now)
    holders = holders_of(keys, now)
    decide = _("Decide on {count} comments")
    publish = _("Publish {count} dispositions")
    found = []
    for kind, text, state in (
        ("disposition.decide", decide, QueueState.TO_DECIDE),
        ("disposition.publish", publish, QueueState.TO_PUBLISH),
    ):
        rows = Comment.objects.filter(conditions.of(state), plan__in=list(keys))
        counted = rows.order_by("plan").values("plan").annotate(waiting=Count("pk"))
        for plan_id, waiting in counted.values_list("plan", "waiting"):
            url = reverse("preparation:dispositions", args=[keys[plan_id]])
            found += [
                Duty(
                    kind=kind,
                    plan_id=plan_id,
                    subject_id=plan_id,
                    title=format_lazy(text, count=str(waiting)),
                    url=f"{url}?state={state.value}",
                    holder_code=code,
                    organization_id=organization,
                    roles=OFFICE,
                )
                for code, organization in holders.get(keys[plan_id], [])
            ]
    return found


def holders_of(
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


def _accepting(row: Disposition, key: str) -> Quick | None:
    """A comment that was adopted as it stands needs one word; whatever else was decided is read."""
    if row.outcome != DispositionOutcome.ADOPTED:
        return None
    return Quick(
        label=_("We accept the disposition"),
        url=reverse("preparation:answer", args=[key, row.comment.number]),
        fields={"disposition": str(row.pk), "accepts": "yes"},
    )


def disposition_duties(keys: Mapping[int, str]) -> list[Duty]:
    """Published dispositions that the commenter has not answered; a newer one asks again."""
    rows = (
        unanswered(list(keys))
        .select_related("comment", "publication")
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
            since=row.publication.at,
            quick=_accepting(row, keys[row.comment.plan_id]),
        )
        for row in rows
    ]
