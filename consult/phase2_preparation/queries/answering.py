"""Reading what commenters answered, and what they have still to answer."""

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Prefetch, QuerySet, Subquery

from consult.phase2_preparation.enums import DispositionOutcome
from consult.phase2_preparation.models import Comment, CommenterAnswer, Disposition
from consult.phase2_preparation.queries.comments import visible_comments
from plans.register.models import Plan
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.terms.actor import Actor


def shown_dispositions(*, actor: Actor, plan: Plan) -> QuerySet[Disposition]:
    """The newest published disposition of every party's comment that the actor sees.

    Opinions the joint office entered are answered by nobody and left out.
    """
    comments = visible_comments(actor=actor, plan=plan).filter(jurisdiction__isnull=False)
    newest = (
        Disposition.objects.filter(comment=OuterRef("comment"), publication__isnull=False)
        .order_by("-pk")
        .values("pk")
    )
    units = Jurisdiction.objects.defer("boundary")
    return (
        Disposition.objects.filter(comment__in=comments.order_by().values("pk"), pk=newest[:1])
        .select_related("comment__item", "matter", "publication")
        .prefetch_related(
            Prefetch("comment__jurisdiction", units),
            Prefetch("answers", CommenterAnswer.objects.order_by("-pk")),
        )
        .order_by("comment__number")
    )


def to_answer(*, actor: Actor, plan: Plan) -> QuerySet[Disposition]:
    """Dispositions of the actor's own jurisdiction without an answer yet."""
    answered = CommenterAnswer.objects.filter(disposition=OuterRef("pk"))
    own = shown_dispositions(actor=actor, plan=plan).filter(comment__jurisdiction=actor.inside)
    return own.filter(~Exists(answered))


def own_answered(*, actor: Actor, plan: Plan) -> QuerySet[Disposition]:
    """Dispositions that the actor's own jurisdiction answered; it may answer them anew."""
    own = shown_dispositions(actor=actor, plan=plan).filter(comment__jurisdiction=actor.inside)
    return own.filter(Exists(CommenterAnswer.objects.filter(disposition=OuterRef("pk"))))


def not_accepted(*, actor: Actor, plan: Plan) -> QuerySet[Disposition]:
    """Published dispositions whose newest answer is no, and that are not a matter yet."""
    newest = CommenterAnswer.objects.filter(disposition=OuterRef("pk")).order_by("-pk")
    later = Disposition.objects.filter(comment=OuterRef("comment"), pk__gt=OuterRef("pk"))
    return (
        shown_dispositions(actor=actor, plan=plan)
        .annotate(accepted=Subquery(newest.values("accepts")[:1]))
        .filter(~Exists(later), accepted=False)
        .exclude(outcome=DispositionOutcome.TO_MATTER)
    )


def own_dispositions(*, actor: Actor, plan: Plan, ids: Collection[int]) -> list[Disposition]:
    """Those of the actor's own jurisdiction among `ids` that stand published and newest."""
    found = shown_dispositions(actor=actor, plan=plan).filter(
        pk__in=list(ids), comment__jurisdiction=actor.inside
    )
    return list(found)


def last_answer(comment: Comment) -> CommenterAnswer | None:
    """The newest answer to the newest published disposition of a comment the caller may see."""
    shown = comment.dispositions.filter(publication__isnull=False).order_by("-pk").first()
    return shown.answers.order_by("-pk").first() if shown else None
