"""Where a comment stands: the one definition that gate, duties and work queue share.

Every state is a condition over comments of the plans named. Its subqueries do not look at the
outer row, so that PostgreSQL reads each of them once, however many comments are asked about.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet

from consult.phase2_preparation.enums import CHANGES_TEXT, QueueState
from consult.phase2_preparation.models import (
    Advice,
    AdviceRequest,
    Comment,
    CommenterAnswer,
    Disposition,
)
from consult.phase2_preparation.queries.rounds import ended, revealed
from plans.register.manifest import seal
from plans.register.models import ItemDraft, Plan, RevisionItem
from plans.register.queries import latest_revision
from stakeholders.terms.actor import Actor, Role

S = QueueState
T = TypeVar("T", Q, int)
Mark = str  # a name in Conditions.marks


def newest(plans: Collection[int], *, published_only: bool = False) -> QuerySet[Disposition]:
    """The newest disposition of every comment of the plans, or the newest one shown to all."""
    rows = Disposition.objects.filter(comment__plan__in=plans)
    later = Disposition.objects.filter(comment=OuterRef("comment"), pk__gt=OuterRef("pk"))
    if published_only:
        rows = rows.filter(publication__isnull=False)
        later = later.filter(publication__isnull=False)
    return rows.filter(~Exists(later))


def newest_answers(plans: Collection[int]) -> QuerySet[CommenterAnswer]:
    """The newest answer to each disposition that was asked about."""
    later = CommenterAnswer.objects.filter(
        disposition=OuterRef("disposition"), pk__gt=OuterRef("pk")
    )
    return CommenterAnswer.objects.filter(~Exists(later), disposition__comment__plan__in=plans)


def unanswered(plans: Collection[int]) -> QuerySet[Disposition]:
    """Published dispositions that their jurisdiction has not answered; a newer one asks again."""
    answered = CommenterAnswer.objects.filter(disposition=OuterRef("pk"))
    shown = newest(plans, published_only=True)
    return shown.filter(~Exists(answered), comment__jurisdiction__isnull=False)


def open_requests(*, plans: Collection[int]) -> QuerySet[AdviceRequest]:
    """Requests without advice whose comment was not decided since."""
    given = Advice.objects.filter(request=OuterRef("pk"))
    decided = Disposition.objects.filter(comment=OuterRef("comment"), at__gte=OuterRef("at"))
    rows = AdviceRequest.objects.filter(~Exists(given), ~Exists(decided), comment__plan__in=plans)
    return rows.select_related("comment", "person", "mandate").order_by("pk")


def asked_of_actor(actor: Actor) -> Q:
    """The requests that `actor` was asked by: in person, for its party, or for its body."""
    asked = Q(person=actor.mandate_id or 0)
    if actor.jurisdiction_code and actor.role is Role.PLANNER:
        asked |= Q(jurisdiction=actor.jurisdiction_code)
    if actor.organization_id:
        asked |= Q(organization=actor.organization_id)
    return asked


def to_advise(plan: Plan, *, actor: Actor | None = None) -> Q:
    """Comments on which advice is asked and not given; with `actor`, those it was asked about."""
    rows = open_requests(plans=[plan.pk]).order_by()
    if actor is not None:
        rows = rows.filter(asked_of_actor(actor))
    return Q(pk__in=rows.values("comment"))


@dataclass(frozen=True)
class Conditions:
    """The states of the comments of some plans at one moment, each as a condition."""

    plans: Collection[int]
    now: datetime

    def of(self, state: str) -> Q:
        """The condition of a state. KeyError for one that is none."""
        return self._all[S(state)]

    @cached_property
    def _all(self) -> Mapping[QueueState, Q]:
        return states(self.marks)

    @cached_property
    def marks(self) -> Mapping[Mark, Q]:
        """What the states are made of, each as a condition."""
        last, shown = newest(self.plans), newest(self.plans, published_only=True)
        refusals = newest_answers(self.plans).filter(accepts=False).values("disposition")
        return {
            "is_revealed": revealed(self.now),
            "is_ended": ended(self.now, path="reply__round"),
            "is_decided": _among(Disposition.objects.filter(comment__plan__in=self.plans)),
            "is_unpublished": _among(last.filter(publication__isnull=True)),
            "is_shown": _among(shown),
            "is_asked": _among(unanswered(self.plans)),
            "is_refused": _among(shown.filter(pk__in=refusals)),
        }


def states(marks: Mapping[Mark, T]) -> Mapping[QueueState, T]:
    """The states as they are made of the marks: of conditions a condition, of sets of comments
    (each a number whose bits stand for them) such a set."""
    decided, unpublished = marks["is_decided"], marks["is_unpublished"]
    shown, asked, refused = marks["is_shown"], marks["is_asked"], marks["is_refused"]
    settled = decided & ~unpublished
    return {
        S.RUNNING: marks["is_revealed"] & ~decided & ~marks["is_ended"],
        S.TO_DECIDE: marks["is_ended"] & ~decided,
        S.TO_PUBLISH: unpublished,
        S.UNDISPOSED: marks["is_revealed"] & (~decided | unpublished),
        S.NOT_ACCEPTED: settled & refused,
        S.TO_BE_ANSWERED: settled & asked,
        S.SETTLED: settled & ~refused & ~asked,
        S.OURS_TO_ANSWER: asked,
        S.OURS_UNDECIDED: ~shown,
        S.OURS_NOT_ACCEPTED: refused,
        S.OURS_SETTLED: shown & ~refused & ~asked,
    }


def _among(dispositions: QuerySet[Disposition]) -> Q:
    return Q(pk__in=dispositions.values("comment"))


def adopted(plan: Plan) -> QuerySet[Disposition]:
    """Dispositions in force after which the text has to differ from what was commented on."""
    rows = newest([plan.pk]).filter(publication__isnull=False, outcome__in=CHANGES_TEXT)
    return rows.filter(comment__version__isnull=False)


def unchanged_versions(plan: Plan) -> set[int]:
    """Versions on which a comment was adopted and that the working draft still says word for word.

    Only wordings that are also the published ones are compared with the draft. Three queries.
    """
    revision = latest_revision(plan)
    if revision is None:
        return set()
    asked = adopted(plan).values("comment__version")
    entries = RevisionItem.objects.filter(revision=revision, version__in=asked)
    hashes = dict(entries.values_list("item", "version__hash"))
    versions = dict(entries.values_list("item", "version"))
    drafts = ItemDraft.objects.filter(item__in=hashes, is_removed=False)
    return {versions[d.item_id] for d in drafts if seal(d).hash == hashes[d.item_id]}


def to_write(plan: Plan) -> Q:
    """Comments that were adopted, in whole or in part, and whose text is still to be changed."""
    return _among(adopted(plan)) & Q(version__in=unchanged_versions(plan))


def comments_in(plan: Plan, state: str, *, now: datetime) -> QuerySet[Comment]:
    """Unscoped, for the gate: the comments of a plan in a state, in order."""
    return Comment.objects.filter(Conditions([plan.pk], now).of(state), plan=plan).order_by(
        "number"
    )
