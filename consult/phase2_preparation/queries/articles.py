"""The page of a round: its text article by article, beside each what is said on it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, F, Q, QuerySet, When, Window
from django.db.models.functions import RowNumber

from consult.phase2_preparation.models import Comment, CommentDraft, Round
from consult.phase2_preparation.queries.comments import (
    Wording,
    visible_comments,
    visible_drafts,
    with_unit,
    wording_of,
)
from consult.phase2_preparation.queries.rounds import is_past, own_code, scope_of
from plans.register.models import RevisionItem
from plans.register.queries import entries_of
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor

PAGE = 20  # articles
BESIDE = 3  # comments beside an article, own ones first; the list has them all


@dataclass(frozen=True, kw_only=True)
class Article:
    """One item of a round's revision with what is said on it: the first comments of `total`."""

    entry: RevisionItem
    wording: Wording
    in_scope: bool
    total: int = 0
    comments: list[Comment] = field(default_factory=list)
    drafts: list[CommentDraft] = field(default_factory=list)

    @property
    def is_cut(self) -> bool:
        return len(self.comments) < self.total


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What of the text is shown: the page that holds `item`, else the one named, of one chapter or
    of all."""

    page: str | None = None
    item: str = ""
    chapter: str = ""


@dataclass(frozen=True, kw_only=True)
class RoundText:
    """One page of the articles a round asks about. `general` is what is said on the whole, without
    its comments on later pages; `drafts` are all of the own jurisdiction; `chapters` the keys of
    all headings, in order."""

    page: "Page[_Place]"
    articles: list[Article]
    general: Article
    drafts: list[CommentDraft]
    chapters: list[str]

    @property
    def said(self) -> list[Article]:
        """All that comments stand beside."""
        return [self.general, *self.articles]


@dataclass(frozen=True, kw_only=True)
class _Place:
    item_id: int
    key: str
    heading: str


def round_text(*, actor: Actor, one: Round, asked: Asked) -> RoundText:
    """What of a round's text is asked for, with comments and own drafts. Seven queries, however
    many items and comments."""
    said = visible_comments(actor=actor, plan=one.plan).filter(reply__round=one)
    totals = dict(said.order_by().values_list("item").annotate(count=Count("pk")))
    drafts: list[CommentDraft] = list(
        visible_drafts(actor=actor, one=one).annotate(note_count=Count("notes"))
    )
    scope = scope_of(one)
    places = _places(one)
    shown = [place for place in places if place.item_id in scope or place.item_id in totals]
    if asked.chapter:
        shown = [place for place in shown if place.heading == asked.chapter]
    page = _page(shown, asked)
    ids = [place.item_id for place in page]
    has_general = page.number == 1 and not asked.chapter
    # What is still sealed is the reader's own, and stands in no list yet.
    is_cut = not one.is_sealed or is_past(one, at=clock.now())
    own = own_code(actor)
    comments = _by_item(_beside(said, ids, with_general=has_general, own=own) if is_cut else said)
    of_item: dict[int | None, list[CommentDraft]] = {}
    for draft in drafts:
        of_item.setdefault(draft.item_id, []).append(draft)
    articles = [
        Article(
            entry=entry,
            wording=wording_of(entry.version),
            in_scope=entry.item_id in scope,
            total=totals.get(entry.item_id, 0),
            comments=comments.get(entry.item_id, []),
            drafts=of_item.get(entry.item_id, []),
        )
        for entry in entries_of(one.revision).filter(item__in=ids)
    ]
    general = Article(
        entry=RevisionItem(),
        wording=Wording(),
        in_scope=True,
        total=totals.get(None, 0),
        comments=comments.get(None, []),
        drafts=of_item.get(None, []),
    )
    return RoundText(
        page=page,
        articles=articles,
        general=general,
        drafts=drafts,
        chapters=list(dict.fromkeys(place.heading for place in places)),
    )


def _places(one: Round) -> list[_Place]:
    """Every item of the revision in order, without its wording."""
    rows = one.revision.entries.order_by("position")
    return [
        _Place(item_id=item_id, key=key, heading=heading)
        for item_id, key, heading in rows.values_list("item_id", "item__key", "heading")
    ]


def _page(places: Sequence[_Place], asked: Asked) -> "Page[_Place]":
    """The page of `item`, where none is named; an item that is not there is on the first."""
    paginator = Paginator(places, PAGE)
    if asked.page is None and asked.item:
        at = [place.key for place in places].index(asked.item) if _holds(places, asked.item) else 0
        return paginator.page(at // PAGE + 1)
    return paginator.get_page(asked.page)


def _holds(places: Sequence[_Place], key: str) -> bool:
    return any(place.key == key for place in places)


def _beside(
    said: QuerySet[Comment], items: Sequence[int], *, with_general: bool, own: str | None
) -> QuerySet[Comment]:
    """Of what is said on the items (and on the whole) the first of each, own ones before others."""
    among = Q(item__in=items) | Q(item__isnull=True) if with_general else Q(item__in=items)
    is_others = Case(When(jurisdiction=own or "", then=0), default=1)
    place = Window(
        RowNumber(), partition_by=[F("item_id")], order_by=[is_others, "jurisdiction_id", "pk"]
    )
    first = said.order_by().filter(among).annotate(place=place).filter(place__lte=BESIDE)
    return said.filter(pk__in=first.values("pk"))


def _by_item(comments: QuerySet[Comment]) -> dict[int | None, list[Comment]]:
    found: dict[int | None, list[Comment]] = {}
    rows = with_unit(comments).prefetch_related("files__file")
    for row in rows.order_by("jurisdiction_id", "pk"):
        found.setdefault(row.item_id, []).append(row)
    return found
