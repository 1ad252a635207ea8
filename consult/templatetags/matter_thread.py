"""The thread of a matter with what led to it and what came of it in the slices above."""

from collections.abc import Iterator
from typing import Any

from django import template
from django.db.models import F, Q
from django.template.context import RequestContext
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.demands.models import DemandSorting
from consult.demands.queries import visible_demands
from consult.matters.models import Matter
from consult.matters.queries import Entry, in_time, thread_of
from consult.phase2_preparation.models import ChangeReason, Disposition
from consult.phase2_preparation.queries import visible_comments
from plans.register.models import Plan
from stakeholders.terms.actor import Actor

register = template.Library()


@register.simple_tag(takes_context=True)
def matter_thread(context: RequestContext, plan: Plan, matter: Matter) -> list[Entry]:
    """`{% matter_thread plan matter as entries %}`: all the reader may see, in order of time.

    A fixed number of queries. Matters know nothing of rounds and demands, so they are joined here.
    """
    actor: Actor = context["request"].actor
    return in_time(
        [
            *thread_of(plan, matter),
            *_comments(actor, plan, matter),
            *_demands(actor, plan, matter),
            *_changes(plan, matter),
        ]
    )


def _comments(actor: Actor, plan: Plan, matter: Matter) -> Iterator[Entry]:
    """The comments taken up as this matter by a published disposition, as their reader may see
    them."""
    comments: Any = visible_comments(actor=actor, plan=plan).filter(Q(is_revealed=True))
    led = Disposition.objects.filter(matter=matter, publication__isnull=False)
    rows = led.filter(comment__in=comments.order_by().values("pk"))
    for row in rows.select_related("comment__jurisdiction", "publication").defer(
        "comment__jurisdiction__boundary"
    ):
        yield Entry(
            at=row.publication.at,
            kind="comment",
            label=format_lazy(
                _("Comment {number} taken up as this matter"), number=row.comment.number
            ),
            unit=row.comment.jurisdiction,
            text_zh=row.comment.text_zh,
            text_en=row.comment.text_en,
            url=reverse("preparation:comment", args=[plan.key, row.comment.number]),
        )


def _demands(actor: Actor, plan: Plan, matter: Matter) -> Iterator[Entry]:
    seen = visible_demands(actor=actor, plan=plan).order_by().values("pk")
    rows = DemandSorting.objects.filter(matter=matter, demand__in=seen)
    for row in rows.select_related("demand__jurisdiction").defer("demand__jurisdiction__boundary"):
        one = row.demand
        yield Entry(
            at=row.at,
            kind="comment",
            label=format_lazy(_("Demand {number} sorted into this matter"), number=one.number),
            unit=one.jurisdiction,
            text_zh=one.title_zh,
            text_en=one.title_en,
            url=reverse("demands:detail", args=[plan.key, one.jurisdiction_id, one.number]),
        )


def _changes(plan: Plan, matter: Matter) -> Iterator[Entry]:
    """What was changed in the text because of the matter, once a revision carries the item."""
    reasons = ChangeReason.objects.filter(
        matter=matter, item__revision_entries__revision__published_at__gte=F("at")
    )
    for row in reasons.select_related("item", "mandate__user").distinct():
        yield Entry(
            at=row.at,
            kind="change",
            label=format_lazy(_("Reason of a change in {item}"), item=row.item.key),
            mandate=row.mandate,
            note=row.note,
            url=reverse("register:item", args=[plan.key, row.item.key]),
        )
