"""Reading what commenters answered, and what they have still to answer."""

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from consult.phase2_preparation.enums import DispositionOutcome, QueueState
from consult.phase2_preparation.models import Comment, CommenterAnswer, Disposition
from consult.phase2_preparation.queries.comments import visible_comments
from consult.phase2_preparation.queries.queue import Conditions
from plans.register.models import Plan
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor


def shown_dispositions(*, actor: Actor, plan: Plan) -> QuerySet[Disposition]:
    """The newest published disposition of every comment that the actor sees."""
    comments = visible_comments(actor=actor, plan=plan)
    newest = (
        Disposition.objects.filter(comment=OuterRef("comment"), publication__isnull=False)
        .order_by("-pk")
        .values("pk")
    )
    units = Jurisdiction.objects.defer("boundary")
    return (
        Disposition.objects.filter(comment__in=comments.order_by().values("pk"), pk=newest[:1])
        .select_related(
            "comment__item",
            "comment__reply__organization",
            "comment__reply__expert_opinion__invitation",
            "matter",
            "publication",
        )
        .prefetch_related(
            Prefetch("comment__jurisdiction", units),
            Prefetch("answers", CommenterAnswer.objects.order_by("-pk")),
        )
        .order_by("comment__number")
    )


def _own(*, actor: Actor, plan: Plan) -> QuerySet[Disposition]:
    """Those of the actor's own jurisdiction; none without one."""
    rows = shown_dispositions(actor=actor, plan=plan)
    return rows.filter(comment__jurisdiction=actor.inside or "")


def to_answer(*, actor: Actor, plan: Plan) -> QuerySet[Disposition]:
    """Dispositions of the actor's own jurisdiction without an answer yet."""
    answered = CommenterAnswer.objects.filter(disposition=OuterRef("pk"))
    return _own(actor=actor, plan=plan).filter(~Exists(answered))


def own_answered(*, actor: Actor, plan: Plan) -> QuerySet[Disposition]:
    """Dispositions that the actor's own jurisdiction answered; it may answer them anew."""
    answered = CommenterAnswer.objects.filter(disposition=OuterRef("pk"))
    return _own(actor=actor, plan=plan).filter(Exists(answered))


def not_accepted(*, actor: Actor, plan: Plan) -> QuerySet[Disposition]:
    """What is not accepted, by whomever, as the queue counts it, and is not a matter yet."""
    refused = Conditions([plan.pk], clock.now()).of(QueueState.NOT_ACCEPTED)
    rows = shown_dispositions(actor=actor, plan=plan)
    rows = rows.filter(comment__in=Comment.objects.filter(refused, plan=plan).values("pk"))
    return rows.exclude(outcome=DispositionOutcome.TO_MATTER)


def own_dispositions(*, actor: Actor, plan: Plan, ids: Collection[int]) -> list[Disposition]:
    """Those of the actor's own jurisdiction among `ids` that stand published and newest."""
    return list(_own(actor=actor, plan=plan).filter(pk__in=list(ids)))


def last_answer(comment: Comment) -> CommenterAnswer | None:
    """The newest answer to the newest published disposition of a comment the caller may see."""
    shown = comment.dispositions.filter(publication__isnull=False).order_by("-pk").first()
    return shown.answers.order_by("-pk").first() if shown else None
