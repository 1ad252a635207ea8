"""Reading rounds and comments. `visible_comments` is the one definition of who sees what."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
)

from consult.phase2_preparation.enums import DraftState, Standing
from consult.phase2_preparation.models import (
    Comment,
    CommentDraft,
    Reply,
    Round,
    RoundInvitee,
)
from plans.register.models import ItemVersion, Plan, RevisionItem
from plans.register.queries import entries_of, visible_plans
from stakeholders.files.models import StoredFile
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor, ActorKind
from stakeholders.terms.errors import NotVisible


@dataclass(frozen=True, kw_only=True)
class Wording:
    """The title and text of an item in one version, in both languages."""

    title_zh: str = ""
    title_en: str = ""
    text_zh: str = ""
    text_en: str = ""


@dataclass(frozen=True, kw_only=True)
class Invited:
    """How one invited jurisdiction stands to a round, as the reader may know it."""

    invitee: RoundInvitee
    standing: Standing
    deadline: datetime
    comments: int | None = None
    replied_at: datetime | None = None
    letter: StoredFile | None = None
    reply_id: int | None = None

    @property
    def jurisdiction(self) -> Jurisdiction:
        return self.invitee.jurisdiction


@dataclass(frozen=True, kw_only=True)
class Article:
    """One item of a round's revision with what is said on it."""

    entry: RevisionItem
    wording: Wording
    in_scope: bool
    comments: list[Comment] = field(default_factory=list)
    drafts: list[CommentDraft] = field(default_factory=list)


def own_code(actor: Actor) -> str | None:
    """The jurisdiction whose inside the actor may see."""
    return actor.inside


def is_past(one: Round, *, at: datetime) -> bool:
    """Whether the common deadline has come. The clock decides, not the sweep that closes."""
    return one.closed_at is not None or at >= one.closes_at


def deadline_of(one: Round, invitee: RoundInvitee) -> datetime:
    return max(invitee.extended_until or one.closes_at, one.closes_at)


def takes_replies(one: Round, invitee: RoundInvitee, *, at: datetime) -> bool:
    """Whether the round still takes the answer of this jurisdiction."""
    if not is_past(one, at=at):
        return True
    return invitee.extended_until is not None and at < invitee.extended_until


def rounds_of(plan: Plan) -> QuerySet[Round]:
    """The rounds of a plan the caller has loaded by `get_plan`, newest first."""
    return Round.objects.filter(plan=plan).select_related("revision").order_by("-number")


def get_round(plan: Plan, *, number: int) -> Round:
    found = rounds_of(plan).filter(number=number).first()
    if found is None:
        raise NotVisible
    return found


def past_rounds(plan: Plan, *, at: datetime) -> QuerySet[Round]:
    """Unscoped, for the gate: rounds whose common deadline has come."""
    return rounds_of(plan).filter(Q(closed_at__isnull=False) | Q(closes_at__lte=at))


def last_round_on(plan: Plan, *, at: datetime) -> tuple[int, int] | None:
    """(number of the round, number of its revision) of the last round that is over."""
    rows = past_rounds(plan, at=at).values_list("number", "revision__number")
    return rows.first()


def due_rounds(*, at: datetime) -> QuerySet[Round]:
    """Unscoped, for the sweep: rounds to close."""
    return Round.objects.filter(closed_at__isnull=True, closes_at__lte=at).select_related("plan")


def revealed(at: datetime, *, path: str = "reply__round") -> Q:
    """The comments, or what reaches its round by another `path`, no longer sealed at `at`."""
    closed = Q(**{f"{path}__closed_at__isnull": False}) | Q(**{f"{path}__closes_at__lte": at})
    return Q(**{f"{path}__is_sealed": False}) | closed


def visible_replies(*, actor: Actor, plan: Plan) -> QuerySet[Reply]:
    """The replies that `actor` may read, with their letters and comments.

    While a sealed round runs, each jurisdiction sees only its own, the joint office none. Who was
    given a longer time sees the others' when it has answered or its time is over.
    """
    now, code = clock.now(), own_code(actor)
    rows = Reply.objects.filter(round__plan=plan)
    if actor.kind is ActorKind.SYSTEM:
        return rows
    answered = Reply.objects.filter(round=OuterRef("round"), jurisdiction=code)
    waits = RoundInvitee.objects.filter(
        ~Exists(answered),
        round=OuterRef("round"),
        round__is_sealed=True,
        jurisdiction=code,
        extended_until__gt=now,
    )
    own = Q(jurisdiction=code) if code else Q(pk__in=[])
    shown = revealed(now, path="round") & ~Exists(waits)
    plans = visible_plans(actor=actor).filter(pk=plan.pk).values("pk")
    return rows.filter(own | shown, round__plan__in=plans)


def get_letter(*, actor: Actor, plan: Plan, reply: int) -> StoredFile:
    """The letter of a reply the actor may read. NotVisible where there is none."""
    found = visible_replies(actor=actor, plan=plan).select_related("letter_file")
    row = found.filter(pk=reply, letter_file__isnull=False).first()
    if row is None or row.letter_file is None:
        raise NotVisible
    return row.letter_file


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
    """The working comments of the actor's own jurisdiction in a round; nobody else's."""
    drafts = CommentDraft.objects.filter(round=one, jurisdiction=own_code(actor))
    return drafts.exclude(state=DraftState.SUBMITTED).select_related("item").order_by("pk")


def get_draft(*, actor: Actor, one: Round, key: UUID | str) -> CommentDraft:
    found = visible_drafts(actor=actor, one=one).filter(key=key).first()
    if found is None:
        raise NotVisible
    return found


def progress(*, actor: Actor, one: Round) -> list[Invited]:
    """Who was asked, who has answered, and the letters the actor may read; four queries.

    Of a running sealed round others learn only that somebody answered, not what or how much.
    """
    now = clock.now()
    unit = Prefetch("jurisdiction", Jurisdiction.objects.defer("boundary"))
    invitees = one.invitees.prefetch_related(unit).order_by("jurisdiction_id")
    replies = {
        row.jurisdiction_id: row
        for row in one.replies.filter(jurisdiction__isnull=False).annotate(said=Count("comments"))
    }
    letters = visible_replies(actor=actor, plan=one.plan).filter(round=one)
    stored = {
        row.jurisdiction_id: row.letter_file
        for row in letters.filter(letter_file__isnull=False).select_related("letter_file")
    }
    hidden = one.is_sealed and not is_past(one, at=now)
    code = own_code(actor)
    return [
        _invited(
            one,
            invitee,
            replies.get(invitee.jurisdiction_id),
            hidden and invitee.jurisdiction_id != code,
            now,
            stored.get(invitee.jurisdiction_id),
        )
        for invitee in invitees
    ]


def _invited(
    one: Round,
    invitee: RoundInvitee,
    reply: Reply | None,
    hidden: bool,
    now: datetime,
    letter: StoredFile | None,
) -> Invited:
    deadline = deadline_of(one, invitee)
    if reply is None:
        standing = Standing.WAITING if takes_replies(one, invitee, at=now) else Standing.LAPSED
        return Invited(invitee=invitee, standing=standing, deadline=deadline)
    if hidden:
        return Invited(invitee=invitee, standing=Standing.ANSWERED, deadline=deadline)
    return Invited(
        invitee=invitee,
        standing=Standing.NIL if reply.is_nil else Standing.COMMENTS,
        deadline=deadline,
        comments=reply.said,  # type: ignore[attr-defined]
        replied_at=reply.at,
        letter=letter,
        reply_id=reply.pk,
    )


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


def scope_of(one: Round) -> set[int]:
    """Ids of the items on which the round asks: all, or those in a wording no round had yet."""
    entries = one.revision.entries.all()
    if one.only_changed:
        earlier = Round.objects.filter(plan=one.plan_id, number__lt=one.number)
        known = RevisionItem.objects.filter(revision__in=earlier.values("revision"))
        entries = entries.exclude(version__in=known.values("version"))
    return set(entries.values_list("item_id", flat=True))


def articles_of(*, actor: Actor, one: Round) -> tuple[list[Article], Article]:
    """Every item of the round's revision with comments and own drafts, and what is said on the
    whole. Four queries, however many items."""
    comments: dict[int | None, list[Comment]] = {}
    said = visible_comments(actor=actor, plan=one.plan).filter(reply__round=one)
    said = with_unit(said).order_by("jurisdiction_id", "pk")
    for row in said:
        comments.setdefault(row.item_id, []).append(row)
    drafts: dict[int | None, list[CommentDraft]] = {}
    for draft in visible_drafts(actor=actor, one=one):
        drafts.setdefault(draft.item_id, []).append(draft)
    scope = scope_of(one)
    articles = [
        Article(
            entry=entry,
            wording=wording_of(entry.version),
            in_scope=entry.item_id in scope,
            comments=comments.get(entry.item_id, []),
            drafts=drafts.get(entry.item_id, []),
        )
        for entry in entries_of(one.revision)
    ]
    general = Article(
        entry=RevisionItem(),
        wording=Wording(),
        in_scope=True,
        comments=comments.get(None, []),
        drafts=drafts.get(None, []),
    )
    return articles, general


def with_unit(comments: QuerySet[Comment]) -> QuerySet[Comment]:
    """With the commenter and the number of the article in the revision commented on."""
    entry = RevisionItem.objects.filter(
        revision=OuterRef("reply__round__revision"), item=OuterRef("item")
    )
    return (
        comments.select_related("jurisdiction", "item", "reply__round", "reply__organization")
        .defer("jurisdiction__boundary")
        .annotate(article=Subquery(entry.values("number")[:1]))
    )


def next_number(*, plan: Plan) -> int:
    """The next free comment number. The caller holds the plan's row lock."""
    last = Comment.objects.filter(plan=plan).order_by("-number").values_list("number", flat=True)
    return (last.first() or 0) + 1


def entries_by_key(one: Round, keys: Collection[str]) -> dict[str, RevisionItem]:
    """Item key -> its entry in the round's revision. One query."""
    entries: Sequence[RevisionItem] = list(
        one.revision.entries.filter(item__key__in=keys).select_related("item", "version")
    )
    return {entry.item.key: entry for entry in entries}
