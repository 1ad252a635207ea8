"""Reading rounds: when they are over, whom they ask, and what they ask about."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db.models import (
    OuterRef,
    Q,
    QuerySet,
)

from consult.phase2_preparation.enums import OF_BODIES
from consult.phase2_preparation.models import (
    Round,
    RoundInvitee,
)
from plans.register.models import Plan, RevisionItem
from stakeholders.terms.actor import OF_ALL_PARTIES, Actor
from stakeholders.terms.errors import NotVisible


def own_code(actor: Actor) -> str | None:
    """The jurisdiction whose inside the actor may see."""
    return actor.inside


def own_body(actor: Actor) -> int | None:
    """The body whose own answer the actor may see: not those that serve all parties."""
    return actor.organization_id if actor.speaks and actor.role not in OF_ALL_PARTIES else None


def answers(outer: str = "") -> Q:
    """Of replies in a subquery: those that answer the invitation of the outer row."""
    unit = Q(jurisdiction=OuterRef(f"{outer}jurisdiction"))
    body = Q(organization=OuterRef(f"{outer}organization"), source__in=sorted(OF_BODIES))
    return Q(round=OuterRef(f"{outer}round")) & (unit | body)


def is_past(one: Round, *, at: datetime) -> bool:
    """Whether the common deadline has come. The clock decides, not the sweep that closes."""
    return one.closed_at is not None or at >= one.closes_at


def is_ahead(one: Round, *, at: datetime) -> bool:
    """Whether the round is announced and not open yet. The clock decides here, too."""
    return one.recalled_at is None and at < one.opens_at


def deadline_of(one: Round, invitee: RoundInvitee) -> datetime:
    given = (one.closes_at, invitee.extended_until, invitee.late_until)
    return max(end for end in given if end is not None)


def takes_replies(one: Round, invitee: RoundInvitee, *, at: datetime) -> bool:
    """Whether the round takes the answer of this jurisdiction or body at `at`."""
    if one.recalled_at is not None or is_ahead(one, at=at):
        return False
    if not is_past(one, at=at):
        return True
    longer = (invitee.extended_until, invitee.late_until)
    return any(end is not None and at < end for end in longer)


def taking(at: datetime) -> Q:
    """`takes_replies` as a condition over those who were asked."""
    longer = Q(extended_until__gt=at) | Q(late_until__gt=at)
    asks = Q(round__recalled_at__isnull=True, round__opens_at__lte=at)
    return asks & (~ended(at, path="round") | longer)


def ended(at: datetime, *, path: str = "") -> Q:
    """`is_past` as a condition over rounds, or over what reaches its round by a path."""
    start = f"{path}__" if path else ""
    return Q(**{f"{start}closed_at__isnull": False}) | Q(**{f"{start}closes_at__lte": at})


def is_late_at(one: Round, invitee: RoundInvitee, *, at: datetime) -> bool:
    """Whether an answer at `at` is taken only because it was admitted after the close."""
    extended = invitee.extended_until is not None and at < invitee.extended_until
    return is_past(one, at=at) and not extended


def rounds_of(plan: Plan) -> QuerySet[Round]:
    """The rounds of a plan the caller has loaded by `get_plan`, newest first."""
    rounds = Round.objects.filter(plan=plan).select_related("revision")
    return rounds.defer("revision__manifest").order_by("-number")  # it is the whole plan


def get_round(plan: Plan, *, number: int) -> Round:
    found = rounds_of(plan).filter(number=number).first()
    if found is None:
        raise NotVisible
    return found


def past_rounds(plan: Plan, *, at: datetime) -> QuerySet[Round]:
    """Unscoped, for the gate: rounds whose common deadline has come."""
    return rounds_of(plan).filter(ended(at), recalled_at__isnull=True)


def last_round_on(plan: Plan, *, at: datetime) -> tuple[int, int] | None:
    """(number of the round, number of its revision) of the last round that is over."""
    rows = past_rounds(plan, at=at).values_list("number", "revision__number")
    return rows.first()


def due_rounds(*, at: datetime) -> QuerySet[Round]:
    """Unscoped, for the sweep: rounds to close."""
    return Round.objects.filter(closed_at__isnull=True, closes_at__lte=at).select_related("plan")


def rounds_to_begin(*, at: datetime) -> QuerySet[Round]:
    """Unscoped, for the sweep: announced rounds whose opening came and was not told yet."""
    announced = Round.objects.filter(opens_on__isnull=False, opened_at__isnull=True)
    return announced.filter(closed_at__isnull=True, opens_at__lte=at).select_related("plan")


def revealed(at: datetime, *, path: str = "reply__round") -> Q:
    """The comments, or what reaches its round by another `path`, no longer sealed at `at`."""
    return Q(**{f"{path}__is_sealed": False}) | ended(at, path=path)


def scope_of(one: Round) -> set[int]:
    """Ids of the items on which the round asks: all, or those in a wording no round had yet (in a
    re-consultation: that the round it repeats did not have)."""
    entries = one.revision.entries.all()
    if one.only_changed:
        known = RevisionItem.objects.filter(revision__in=compared(one).values("revision"))
        entries = entries.exclude(version__in=known.values("version"))
    return set(entries.values_list("item_id", flat=True))


def compared(one: Round) -> QuerySet[Round]:
    """The rounds against which `only_changed` is meant, newest first."""
    if one.repeats_id is not None:
        return Round.objects.filter(pk=one.repeats_id)
    earlier = Round.objects.filter(plan=one.plan_id, number__lt=one.number)
    return earlier.filter(recalled_at__isnull=True).order_by("-number")


def entries_by_key(one: Round, keys: Collection[str]) -> dict[str, RevisionItem]:
    """Item key -> its entry in the round's revision. One query."""
    entries: Sequence[RevisionItem] = list(
        one.revision.entries.filter(item__key__in=keys).select_related("item", "version")
    )
    return {entry.item.key: entry for entry in entries}
