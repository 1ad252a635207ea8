"""Reading comments: `visible_comments` is the one definition of who sees what."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import (
    BooleanField,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)

from consult.phase2_preparation.enums import DraftState
from consult.phase2_preparation.models import (
    Comment,
    CommentDraft,
    Round,
)
from consult.phase2_preparation.queries.replies import replies_seen, visible_replies
from consult.phase2_preparation.queries.rounds import own_code, revealed
from plans.register.models import ItemVersion, Plan, RevisionItem
from stakeholders.people.models import Mandate
from stakeholders.people.queries import INSIDERS
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor, ActorKind, Role
from stakeholders.terms.errors import NotVisible

CLEARERS = frozenset({Role.CONTACT_POINT, Role.DEPUTY})


@dataclass(frozen=True, kw_only=True)
class Wording:
    """The title and text of an item in one version, in both languages."""

    title_zh: str = ""
    title_en: str = ""
    text_zh: str = ""
    text_en: str = ""


def visible_comments(*, actor: Actor, plan: Plan) -> QuerySet[Comment]:
    """The submitted comments of a plan that `actor` may see: pages, API and exports use this.

    A reply is seen whole or not at all, and a plan has few, so that a list of comments costs
    nothing for those of replies not seen. `is_revealed` says whether all see the comment: until
    then its number, which would tell how many others have spoken, is not shown.
    """
    rows = _comments().filter(plan=plan)
    if actor.kind is ActorKind.SYSTEM:
        return rows
    return rows.filter(reply__in=visible_replies(actor=actor, plan=plan).order_by())


def comments_seen(*, actor: Actor) -> QuerySet[Comment]:
    """`visible_comments` of all plans that `actor` sees."""
    return _comments().filter(reply__in=replies_seen(actor=actor).order_by().values("pk"))


def _comments() -> QuerySet[Comment]:
    shown = ExpressionWrapper(revealed(clock.now()), output_field=BooleanField())
    return Comment.objects.annotate(is_revealed=shown)


def visible_drafts(*, actor: Actor, one: Round) -> QuerySet[CommentDraft]:
    """The working comments of the actor's own jurisdiction in a round; nobody else's.

    One still being written is its author's own, until it is handed to the colleagues; once the
    author holds no mandate any more, those who clear see it, so that nothing is lost.
    """
    drafts = CommentDraft.objects.filter(round=one, jurisdiction=own_code(actor))
    if actor.role not in INSIDERS:
        return drafts.none()
    seen = ~Q(state=DraftState.DRAFT) | Q(author__user=actor.user_id)
    if actor.role in CLEARERS:
        held = Mandate.objects.counted(clock.now()).filter(jurisdiction=own_code(actor))
        seen |= ~Q(author__in=held.values("pk"))
    drafts = drafts.filter(seen)
    return drafts.exclude(state=DraftState.SUBMITTED).select_related("item").order_by("pk")


def get_draft(*, actor: Actor, one: Round, key: UUID | str) -> CommentDraft:
    found = visible_drafts(actor=actor, one=one).filter(key=key).first()
    if found is None:
        raise NotVisible
    return found


def wording_of(version: ItemVersion | None) -> Wording:
    """What a reader sees of a version: its title and text, whatever its kind."""
    if version is None:
        return Wording()
    content = json.loads(version.content).get("content", {})
    parts = {}
    for name in ("title", "text"):
        both = content.get(name) or content.get("name" if name == "title" else "definition") or {}
        for code in ("zh", "en"):
            value = both.get(code) if isinstance(both, Mapping) else both
            parts[f"{name}_{code}"] = str(content.get(f"{name}_{code}") or value or "")
    return Wording(**parts)


def with_unit(comments: QuerySet[Comment]) -> QuerySet[Comment]:
    """With the commenter and the number of the article in the revision commented on."""
    entry = RevisionItem.objects.filter(
        revision=OuterRef("reply__round__revision"), item=OuterRef("item")
    )
    return (
        comments.select_related(
            "jurisdiction",
            "item",
            "reply__round",
            "reply__organization",
            "reply__expert_opinion__invitation",
        )
        .defer("jurisdiction__boundary")
        .annotate(article=Subquery(entry.values("number")[:1]))
    )


def next_number(*, plan: Plan) -> int:
    """The next free comment number. The caller holds the plan's row lock."""
    last = Comment.objects.filter(plan=plan).order_by("-number").values_list("number", flat=True)
    return (last.first() or 0) + 1
