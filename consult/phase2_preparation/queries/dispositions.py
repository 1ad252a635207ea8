"""Reading the dispositions table: what was decided on each comment, and what was answered."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from consult.phase2_preparation.enums import Answered
from consult.phase2_preparation.models import (
    Comment,
    CommenterAnswer,
    Disposition,
    GroupMember,
    Reply,
)
from consult.phase2_preparation.queries import own_code, visible_comments, with_unit
from consult.phase2_preparation.queries.queue import newest, newest_answers, unanswered
from consult.phase2_preparation.queries.tabs import Desk, desk_of
from plans.register.models import Plan, RevisionItem
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.terms.actor import OF_ALL_PARTIES, Actor, ActorKind
from stakeholders.terms.asked import asked_number
from stakeholders.terms.errors import NotVisible

MANY = 1_000
UNDECIDED = "none"  # the outcome of what is not decided
SIGN = re.compile(r"[Cc]([0-9]{1,9})")
SEARCHED = ("text_zh", "text_en", "wording_zh", "wording_en")
# Names of orders, each with what it compares; the number of the comment decides between equals.
ORDERS = {
    "number": F("number"),
    "commenter": Coalesce("jurisdiction_id", "reply__source"),
    "round": F("reply__round__number"),
    "type": F("type"),
    "outcome": Coalesce("newest_outcome", Value("")),
    "article": F("place"),
}


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
    *,
    actor: Actor,
    plan: Plan,
    filters: Mapping[str, str] | None = None,
    desk: Desk | None = None,
) -> QuerySet[Comment]:
    """The revealed comments of a plan with `newest_id` and `newest_outcome` of what was decided.

    Filters: those of `chosen_comments`, `tab` and `state` (of the actor's desk), and `sort` (a
    name of ORDERS, with - before it: falling).
    """
    filters = filters or {}
    comments = chosen_comments(actor=actor, plan=plan, filters=filters)
    comments = _annotated(actor, with_unit(comments))
    if filters.get("tab") or filters.get("state"):
        desk = desk or desk_of(actor=actor, plan=plan)
        comments = in_tab(comments, desk=desk, filters=filters)
    return in_order(comments, filters.get("sort", ""))


def _annotated(actor: Actor, comments: QuerySet[Comment]) -> QuerySet[Comment]:
    return with_decisions(comments, undecided=sees_undecided(actor))


def with_decisions(comments: QuerySet[Comment], *, undecided: bool) -> QuerySet[Comment]:
    """With `newest_id` and `newest_outcome` of what was decided on each, else of what was
    published only."""
    decided = Disposition.objects.filter(comment=OuterRef("pk")).order_by("-pk")
    if not undecided:
        decided = decided.filter(publication__isnull=False)
    return comments.annotate(
        newest_id=Subquery(decided.values("pk")[:1]),
        newest_outcome=Subquery(decided.values("outcome")[:1]),
    )


def _earlier_of_group() -> QuerySet[GroupMember]:
    """The comments of the same group before this one: without them a group is one row."""
    return GroupMember.objects.filter(
        group=OuterRef("group_member__group"), comment__number__lt=OuterRef("number")
    )


def in_tab(
    comments: QuerySet[Comment], *, desk: Desk, filters: Mapping[str, str]
) -> QuerySet[Comment]:
    """Those of a tab or a state of the desk; none where the desk does not hold it."""
    state, tab = filters.get("state", ""), filters.get("tab", "")
    if state:
        return comments.filter(desk.condition(state)) if state in desk.states else comments.none()
    if tab:
        return comments.filter(desk.of_tab(tab)) if tab in desk.tabs else comments.none()
    return comments


def in_order(comments: QuerySet[Comment], sort: str) -> QuerySet[Comment]:
    """Sorted by a name of ORDERS; an unknown one is as good as none. Adds `sort_key`."""
    name, is_falling = sort.removeprefix("-"), sort.startswith("-")
    if name == "article":
        entry = _entry().values("position")[:1]
        comments = comments.annotate(place=Coalesce(Subquery(entry), 0))
    comments = comments.annotate(sort_key=ORDERS.get(name, ORDERS["number"]))
    return comments.order_by(*(("-sort_key", "-number") if is_falling else ("sort_key", "number")))


def chosen_comments(*, actor: Actor, plan: Plan, filters: Mapping[str, str]) -> QuerySet[Comment]:
    """The revealed comments that pass the filters, with nothing added to them: to be counted.

    Filters: outcome ("none": not decided), jurisdiction (code), source, round (number), type,
    chapter (heading), article (number), item (key), answered, late, mine, open ("1": without a
    published disposition), text (of comment or wording, or the sign C12),
    folded (of a group its first comment only).
    """
    comments = visible_comments(actor=actor, plan=plan).filter(Q(is_revealed=True))
    for condition in (
        *_plain(filters),
        *_placed(filters),
        *_decided(actor, plan, filters),
        *_searched(filters.get("text", "")),
    ):
        comments = comments.filter(condition)
    if filters.get("folded"):
        comments = comments.filter(~Exists(_earlier_of_group()))
    if filters.get("mine"):
        comments = comments.filter(jurisdiction=own_code(actor) or "")
    return comments


def _plain(filters: Mapping[str, str]) -> list[Q]:
    columns = {
        "jurisdiction": "jurisdiction",
        "source": "reply__source",
        "type": "type",
        "item": "item__key",
    }
    found = [Q(**{column: filters[name]}) for name, column in columns.items() if filters.get(name)]
    if filters.get("round"):
        found.append(Q(reply__round__number=asked_number(filters["round"], default=0)))
    if filters.get("late"):
        found.append(Q(reply__is_admitted_late=True))
    return found


def _entry() -> QuerySet[RevisionItem]:
    """Where the revision commented on holds the item of a comment."""
    return RevisionItem.objects.filter(
        revision=OuterRef("reply__round__revision"), item=OuterRef("item")
    )


def _placed(filters: Mapping[str, str]) -> list[Q]:
    names = {"article": "number", "chapter": "heading"}
    given = {column: filters[name] for name, column in names.items() if filters.get(name)}
    return [Q(Exists(_entry().filter(**given)))] if given else []


def _decided(actor: Actor, plan: Plan, filters: Mapping[str, str]) -> list[Q]:
    plans = [plan.pk]
    found = []
    last = newest(plans, published_only=not sees_undecided(actor))
    outcome, answered = filters.get("outcome"), filters.get("answered")
    if outcome == UNDECIDED:
        found.append(~Q(pk__in=last.values("comment")))
    elif outcome:
        found.append(Q(pk__in=last.filter(outcome=outcome).values("comment")))
    if answered == Answered.WAITING:
        found.append(Q(pk__in=unanswered(plans).values("comment")))
    elif answered:
        said = newest_answers(plans).filter(accepts=answered == Answered.ACCEPTED)
        shown = newest(plans, published_only=True).filter(pk__in=said.values("disposition"))
        found.append(Q(pk__in=shown.values("comment")))
    if filters.get("open"):
        published = last.filter(publication__isnull=False)
        found.append(~Q(pk__in=published.values("comment")))
    return found


def _searched(text: str) -> list[Q]:
    if not text:
        return []
    held = Q()
    for name in SEARCHED:
        held |= Q(**{f"{name}__icontains": text})
    sign = SIGN.fullmatch(text)
    return [held | Q(number=int(sign[1])) if sign else held]


@dataclass(frozen=True, kw_only=True)
class Neighbours:
    """The comments before and after one in the list it was opened from, and where it stands:
    `position` is 0 when it has left that list, as a decided one leaves those to decide."""

    previous: int | None
    next: int | None
    position: int
    total: int


def neighbours_of(
    *, actor: Actor, plan: Plan, comment: Comment, filters: Mapping[str, str]
) -> Neighbours:
    """What stands beside `comment` in the list of `filters`, in its order. Three queries, and
    those of the desk."""
    rows = disposition_table(actor=actor, plan=plan, filters=filters)
    sort = filters.get("sort", "")
    own = in_order(_annotated(actor, Comment.objects.filter(pk=comment.pk)), sort)
    key = vars(own.get())["sort_key"]
    low = Q(sort_key__lt=key) | Q(sort_key=key, number__lt=comment.number)
    high = Q(sort_key__gt=key) | Q(sort_key=key, number__gt=comment.number)
    if sort.startswith("-"):
        low, high = high, low
    counted = rows.order_by().aggregate(
        total=Count("pk"),
        before=Count("pk", filter=low),
        held=Count("pk", filter=Q(pk=comment.pk)),
    )
    return Neighbours(
        previous=rows.filter(low).reverse().values_list("number", flat=True).first(),
        next=rows.filter(high).values_list("number", flat=True).first(),
        position=counted["before"] + 1 if counted["held"] else 0,
        total=counted["total"],
    )


def rows_of(comments: Sequence[Comment]) -> list[Row]:
    """Rows for comments of one plan read by `disposition_table`; two queries, however many."""
    ids = [pk for pk in (_newest_id(c) for c in comments) if pk]
    # Thousands of ids cost more than reading all that was decided in the plan.
    is_many = len(ids) > MANY
    among = Q(comment__plan=comments[0].plan_id) if is_many else Q(pk__in=ids)
    said = Q(disposition__comment__plan=comments[0].plan_id) if is_many else Q(disposition__in=ids)
    decided = Disposition.objects.filter(among).select_related("matter", "publication").in_bulk()
    answers = {
        row.disposition_id: row
        for row in CommenterAnswer.objects.filter(said)
        .order_by("disposition_id", "-pk")
        .distinct("disposition_id")
    }
    rows = []
    for comment in comments:
        disposition = decided.get(_newest_id(comment) or 0)
        rows.append(
            Row(
                comment=comment,
                disposition=disposition,
                is_published=hasattr(disposition, "publication"),
                answer=answers.get(disposition.pk) if disposition else None,
            )
        )
    return rows


def sharing(comments: QuerySet[Comment]) -> QuerySet[Comment]:
    """With commenters and items as `with_unit` reads them, each made once for all its comments:
    they are few, however many the comments."""
    replies = Reply.objects.select_related(
        "round__revision", "organization", "expert_opinion__invitation"
    ).defer("round__revision__manifest")  # the whole plan, once for each reply
    return comments.select_related(None).prefetch_related(
        "item",
        Prefetch("jurisdiction", Jurisdiction.objects.defer("boundary")),
        Prefetch("reply", replies),
    )


def _newest_id(comment: Comment) -> int | None:
    return getattr(comment, "newest_id", None)


def get_comment(*, actor: Actor, plan: Plan, number: int) -> Comment:
    """One revealed comment, as `disposition_table` reads it. NotVisible else."""
    rows = disposition_table(actor=actor, plan=plan).filter(number=number)
    rows = rows.select_related(
        "plan", "version", "reply__letter_file", "reply__mandate__organization"
    )
    found = rows.first()
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
            "mandate__jurisdiction",
            "mandate__organization",
            "superseded_by",
            "superseded_item",
            "follows__request__person__user",
            "follows__request__organization",
            "follows__request__jurisdiction",
        )
        .defer("mandate__jurisdiction__boundary", "follows__request__jurisdiction__boundary")
        .prefetch_related(Prefetch("answers", CommenterAnswer.objects.order_by("-pk")))
        .order_by("-pk")
    )
    if not sees_undecided(actor):
        rows = rows.filter(publication__isnull=False)
    return list(rows)


def taken_back(*, actor: Actor, comment: Comment) -> list[Disposition]:
    """The dispositions of a comment that were undone before anybody saw them: for the office."""
    if not sees_undecided(actor):
        return []
    rows = Disposition.every.filter(comment=comment, withdrawal__isnull=False)
    return list(rows.select_related("mandate__user", "withdrawal__mandate__user").order_by("-pk"))


def decided_unpublished(*, plan: Plan) -> list[Disposition]:
    """Unscoped, for publishing and the gate: newest dispositions that are not yet published."""
    rows = newest([plan.pk]).filter(publication__isnull=True)
    return list(rows.select_related("comment").order_by("comment__number"))


def newest_shown(*, comments: Collection[int]) -> dict[int, Disposition]:
    """Unscoped, for answering: comment id -> its newest published disposition."""
    rows = (
        Disposition.objects.filter(comment__in=list(comments), publication__isnull=False)
        .order_by("comment_id", "-pk")
        .distinct("comment_id")
    )
    return {row.comment_id: row for row in rows}
