"""Reading rounds: when they are over, whom they ask, and what they ask about."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db.models import (
    Q,
    QuerySet,
)

from consult.phase2_preparation.models import (
    Round,
    RoundInvitee,
)
from plans.register.models import Plan, RevisionItem
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import NotVisible


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


def scope_of(one: Round) -> set[int]:
    """Ids of the items on which the round asks: all, or those in a wording no round had yet."""
    entries = one.revision.entries.all()
    if one.only_changed:
        earlier = Round.objects.filter(plan=one.plan_id, number__lt=one.number)
        known = RevisionItem.objects.filter(revision__in=earlier.values("revision"))
        entries = entries.exclude(version__in=known.values("version"))
    return set(entries.values_list("item_id", flat=True))


def entries_by_key(one: Round, keys: Collection[str]) -> dict[str, RevisionItem]:
    """Item key -> its entry in the round's revision. One query."""
    entries: Sequence[RevisionItem] = list(
        one.revision.entries.filter(item__key__in=keys).select_related("item", "version")
    )
    return {entry.item.key: entry for entry in entries}
