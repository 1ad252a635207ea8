"""Reading the dispositions table: what was decided on each comment, and what was answered."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery

from consult.phase2_preparation.models import Comment, CommenterAnswer, Disposition
from consult.phase2_preparation.queries import visible_comments, with_unit
from plans.register.models import Plan
from stakeholders.terms.actor import OF_ALL_PARTIES, Actor, ActorKind
from stakeholders.terms.asked import asked_number
from stakeholders.terms.errors import NotVisible


@dataclass(frozen=True, kw_only=True)
class Row:
    """One comment with the disposition the reader may see, and the commenter's answer to it."""

    comment: Comment
    disposition: Disposition | None = None
    is_published: bool = False
    answer: CommenterAnswer | None = None


def sees_undecided(actor: Actor) -> bool:
    """Whether decisions not yet published are shown: to the joint office only."""
    return actor.kind is ActorKind.SYSTEM or actor.role in OF_ALL_PARTIES


def disposition_table(
    *, actor: Actor, plan: Plan, filters: Mapping[str, str] | None = None
) -> QuerySet[Comment]:
    """The revealed comments of a plan with `newest_id` and `newest_outcome` of what was decided.

    Filters: outcome, jurisdiction (code), article (number), item (key), round (number), open ("1": without
    a published disposition), text.
    """
    newest = Disposition.objects.filter(comment=OuterRef("pk")).order_by("-pk")
    if not sees_undecided(actor):
        newest = newest.filter(publication__isnull=False)
    comments = visible_comments(actor=actor, plan=plan).filter(Q(is_revealed=True))
    comments = with_unit(comments).annotate(
        newest_id=Subquery(newest.values("pk")[:1]),
        newest_outcome=Subquery(newest.values("outcome")[:1]),
        newest_published=Subquery(newest.values("publication__at")[:1]),
    )
    return _filtered(comments, filters or {}).order_by("number")


def _filtered(comments: QuerySet[Comment], filters: Mapping[str, str]) -> QuerySet[Comment]:
    exact = {
        "outcome": "newest_outcome",
        "jurisdiction": "jurisdiction",
        "article": "article",
        "item": "item__key",
        "round": "reply__round__number",
    }
    for name, column in exact.items():
        if name == "round" and filters.get(name) and asked_number(filters[name], default=-1) < 0:
            return comments.none()
        if filters.get(name):
            comments = comments.filter(**{column: filters[name]})
    if filters.get("open"):
        comments = comments.filter(Q(newest_published__isnull=True))
    if filters.get("text"):
        text = filters["text"]
        comments = comments.filter(Q(text_zh__icontains=text) | Q(text_en__icontains=text))
    return comments


def rows_of(comments: Sequence[Comment]) -> list[Row]:
    """Rows for comments read by `disposition_table`; two queries, however many."""
    ids = [pk for pk in (_newest_id(c) for c in comments) if pk]
    found = Disposition.objects.filter(pk__in=ids).select_related("matter", "publication").in_bulk()
    answers = {
        row.disposition_id: row
        for row in CommenterAnswer.objects.filter(disposition__in=ids)
        .order_by("disposition_id", "-pk")
        .distinct("disposition_id")
    }
    rows = []
    for comment in comments:
        disposition = found.get(_newest_id(comment) or 0)
        rows.append(
            Row(
                comment=comment,
                disposition=disposition,
                is_published=hasattr(disposition, "publication"),
                answer=answers.get(disposition.pk) if disposition else None,
            )
        )
    return rows


def _newest_id(comment: Comment) -> int | None:
    return getattr(comment, "newest_id", None)


def get_comment(*, actor: Actor, plan: Plan, number: int) -> Comment:
    """One revealed comment, as `disposition_table` reads it. NotVisible else."""
    found = disposition_table(actor=actor, plan=plan).filter(number=number).first()
    if found is None:
        raise NotVisible
    return found


def history_of(*, actor: Actor, comment: Comment) -> list[Disposition]:
    """Every disposition of a comment that the actor may see, newest first, with answers."""
    rows = (
        Disposition.objects.filter(comment=comment)
        .select_related(
            "matter",
            "publication__mandate__user",
            "mandate__user",
            "superseded_by",
            "superseded_item",
            "follows__request__person__user",
            "follows__request__organization",
            "follows__request__jurisdiction",
        )
        .defer("follows__request__jurisdiction__boundary")
        .prefetch_related(Prefetch("answers", CommenterAnswer.objects.order_by("-pk")))
        .order_by("-pk")
    )
    if not sees_undecided(actor):
        rows = rows.filter(publication__isnull=False)
    return list(rows)


def decided_unpublished(*, plan: Plan) -> list[Disposition]:
    """Unscoped, for publishing and the gate: newest dispositions that are not yet published."""
    newest = (
        Disposition.objects.filter(comment__plan=plan)
        .order_by("comment_id", "-pk")
        .distinct("comment_id")
        .values("pk")
    )
    rows = Disposition.objects.filter(pk__in=newest, publication__isnull=True)
    return list(rows.select_related("comment").order_by("comment__number"))


def newest_shown(*, comments: Collection[int]) -> dict[int, Disposition]:
    """Unscoped, for answering: comment id -> its newest published disposition."""
    rows = (
        Disposition.objects.filter(comment__in=list(comments), publication__isnull=False)
        .order_by("comment_id", "-pk")
        .distinct("comment_id")
    )
    return {row.comment_id: row for row in rows}
