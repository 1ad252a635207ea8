"""Reading comments: `visible_comments` is the one definition of who sees what."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import (
    BooleanField,
    Count,
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
from consult.phase2_preparation.queries.replies import visible_replies
from consult.phase2_preparation.queries.rounds import own_code, revealed, scope_of
from plans.register.models import ItemVersion, Plan, RevisionItem
from plans.register.queries import entries_of
from stakeholders.people.models import Mandate
from stakeholders.people.queries import INSIDERS
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor, ActorKind, Role
from stakeholders.terms.errors import NotVisible

BESIDE = 5  # comments of other parties beside an item on the page of its round
CLEARERS = frozenset({Role.CONTACT_POINT, Role.DEPUTY})


@dataclass(frozen=True, kw_only=True)
class Wording:
    """The title and text of an item in one version, in both languages."""

    title_zh: str = ""
    title_en: str = ""
    text_zh: str = ""
    text_en: str = ""


@dataclass(frozen=True, kw_only=True)
class Article:
    """One item of a round's revision with what is said on it: the first comments, of `total`."""

    entry: RevisionItem
    wording: Wording
    in_scope: bool
    total: int = 0
    comments: list[Comment] = field(default_factory=list)
    drafts: list[CommentDraft] = field(default_factory=list)


def visible_comments(*, actor: Actor, plan: Plan) -> QuerySet[Comment]:
    """The submitted comments of a plan that `actor` may see: pages, API and exports use this.

    A reply is seen whole or not at all, and a plan has few, so that a list of comments costs
    nothing for those of replies not seen. `is_revealed` says whether all see the comment: until
    then its number, which would tell how many others have spoken, is not shown.
    """
    shown = ExpressionWrapper(revealed(clock.now()), output_field=BooleanField())
    rows = Comment.objects.filter(plan=plan).annotate(is_revealed=shown)
    if actor.kind is ActorKind.SYSTEM:
        return rows
    return rows.filter(reply__in=visible_replies(actor=actor, plan=plan).order_by())


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


def articles_of(*, actor: Actor, one: Round) -> tuple[list[Article], Article]:
    """Every item of the round's revision with comments and own drafts, and what is said on the
    whole. A fixed number of queries, however many items.

    Of the comments of an item those of the own jurisdiction and the first others: a page that has
    thousands is read by nobody, and their list has filters.
    """
    comments: dict[int | None, list[Comment]] = {}
    said = visible_comments(actor=actor, plan=one.plan).filter(reply__round=one)
    shown, totals = _shown(said, own=own_code(actor))
    said = with_unit(said.filter(pk__in=shown)).prefetch_related("files__file")
    for row in said.order_by("jurisdiction_id", "pk"):
        comments.setdefault(row.item_id, []).append(row)
    drafts: dict[int | None, list[CommentDraft]] = {}
    for draft in visible_drafts(actor=actor, one=one).annotate(note_count=Count("notes")):
        drafts.setdefault(draft.item_id, []).append(draft)
    scope = scope_of(one)
    articles = [
        Article(
            entry=entry,
            wording=wording_of(entry.version),
            in_scope=entry.item_id in scope,
            total=totals[entry.item_id],
            comments=comments.get(entry.item_id, []),
            drafts=drafts.get(entry.item_id, []),
        )
        for entry in entries_of(one.revision)
    ]
    general = Article(
        entry=RevisionItem(),
        wording=Wording(),
        in_scope=True,
        total=totals[None],
        comments=comments.get(None, []),
        drafts=drafts.get(None, []),
    )
    return articles, general


def _shown(said: QuerySet[Comment], *, own: str | None) -> tuple[list[int], Counter[int | None]]:
    """The comments to show beside their items, and item -> how many it has in all. One query."""
    found: list[int] = []
    totals: Counter[int | None] = Counter()
    others: Counter[int | None] = Counter()
    rows = said.order_by("jurisdiction_id", "pk").values_list("pk", "item_id", "jurisdiction_id")
    for pk, item, code in rows:
        totals[item] += 1
        is_own = own is not None and code == own
        others[item] += not is_own
        if is_own or others[item] <= BESIDE:
            found.append(pk)
    return found, totals


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
