"""Which meetings a reader sees. The parties that draft see all; others those they are called to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from consult.meetings.board import Board, boards_of, whole
from consult.meetings.models import (
    AgendaItem,
    Meeting,
    MeetingCall,
    MeetingGuest,
    MeetingPaper,
    MinutesComment,
    MinutesEdition,
)
from consult.meetings.standing import next_chair
from consult.tasks.queries.units import units_of
from plans.register.enums import PartyRole
from plans.register.models import Party, Plan
from plans.register.queries import visible_plans
from plans.register.rules import plans_with_draft, sees_draft
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.models import Mandate, Organization
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import NotVisible

AHEAD, PAST, OPEN = "ahead", "past", "open"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a reader looks for; "" asks for nothing. `when`: ahead, past, or open (not locked)."""

    kind: str = ""
    level: str = ""
    when: str = ""
    unit: str = ""


def visible_meetings(*, actor: Actor, plan: Plan) -> QuerySet[Meeting]:
    """The meetings of a plan that `actor` sees."""
    found = Meeting.objects.filter(plan=plan)
    if not sees_draft(actor=actor, plan=plan):
        found = found.filter(_called(actor))
    return found.filter(plan__in=visible_plans(actor=actor).values("pk"))


def meetings_seen(*, actor: Actor) -> QuerySet[Meeting]:
    """`visible_meetings` of all plans that `actor` sees."""
    drafting = Q(plan__in=plans_with_draft(actor=actor).values("pk"))
    found = Meeting.objects.filter(plan__in=visible_plans(actor=actor).values("pk"))
    return found.filter(drafting | _called(actor))


def _called(actor: Actor) -> Q:
    """The meetings whose call was sent to the actor's jurisdiction or body."""
    own = MeetingGuest.objects.filter(meeting=OuterRef("pk"))
    own = own.filter(
        Q(jurisdiction__isnull=False, jurisdiction=actor.jurisdiction_code)
        | Q(organization__isnull=False, organization=actor.organization_id)
    )
    return Q(Exists(own), Exists(MeetingCall.objects.filter(meeting=OuterRef("pk"))))


def found_meetings(
    *, actor: Actor, plan: Plan, asked: Asked, at: datetime, order: str = "-when"
) -> QuerySet[Meeting]:
    """The meetings the reader asks for, read whole for their boards."""
    rows = visible_meetings(actor=actor, plan=plan)
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.level:
        rows = rows.filter(level=asked.level)
    if asked.unit:
        guests = MeetingGuest.objects.filter(meeting=OuterRef("pk"), jurisdiction=asked.unit)
        rows = rows.filter(Exists(guests))
    if asked.when == AHEAD:
        rows = rows.filter(ends_at__gt=at, cancelled_at__isnull=True)
    elif asked.when == PAST:
        rows = rows.filter(ends_at__lte=at)
    elif asked.when == OPEN:
        rows = rows.filter(lock__isnull=True, cancelled_at__isnull=True)
    back = order.startswith("-")
    name = {"when": "starts_at", "title": "title_zh"}.get(order.lstrip("-"), order.lstrip("-"))
    return whole(rows).order_by(f"-{name}" if back else name, "-pk")


def get_meeting(*, actor: Actor, plan: Plan, number: int) -> Meeting:
    """One meeting read whole. NotVisible when it is not there or not for `actor`."""
    found = whole(visible_meetings(actor=actor, plan=plan).filter(number=number)).first()
    if found is None:
        raise NotVisible
    return found


def get_board(*, actor: Actor, plan: Plan, number: int) -> Board:
    """The meeting with all that was said of it. NotVisible."""
    (board,) = boards_of([get_meeting(actor=actor, plan=plan, number=number)])
    return board


def get_agenda_item(meeting: Meeting, *, pk: int) -> AgendaItem:
    """An item of a meeting the caller has loaded. NotVisible for one of another."""
    found = AgendaItem.objects.filter(meeting=meeting, pk=pk).select_related("meeting").first()
    if found is None:
        raise NotVisible
    return found


def find_item(*, plan: Plan, pk: int) -> AgendaItem | None:
    """Unscoped, for the sweep: an item of a meeting of the plan."""
    rows = AgendaItem.objects.filter(meeting__plan=plan, pk=pk).select_related("meeting")
    return rows.prefetch_related("meeting__guests").first()


def papers_of(meeting: Meeting) -> QuerySet[MeetingPaper]:
    """The papers in their order, with who added them."""
    rows = MeetingPaper.objects.filter(meeting=meeting).order_by("pk")
    return rows.select_related("file", "agenda_item", "mandate__user", "mandate__jurisdiction")


def get_paper(meeting: Meeting, *, pk: int) -> MeetingPaper:
    found = papers_of(meeting).filter(pk=pk).first()
    if found is None:
        raise NotVisible
    return found


def get_edition(meeting: Meeting, *, number: int) -> MinutesEdition:
    found = MinutesEdition.objects.filter(meeting=meeting, number=number).first()
    if found is None:
        raise NotVisible
    return found


def comments_on(meeting: Meeting) -> QuerySet[MinutesComment]:
    """The comments on the minutes, the newest edition first, with what became of them."""
    rows = MinutesComment.objects.filter(edition__meeting=meeting)
    rows = rows.select_related("edition", "jurisdiction", "mandate__user", "reply__mandate__user")
    return rows.defer("jurisdiction__boundary").order_by("-edition__number", "pk")


def get_comment(meeting: Meeting, *, pk: int) -> MinutesComment:
    found = comments_on(meeting).filter(pk=pk).first()
    if found is None:
        raise NotVisible
    return found


def next_number(plan: Plan) -> int:
    """The number of the next meeting. The caller holds the plan's row lock."""
    rows = Meeting.objects.filter(plan=plan)
    return int(rows.aggregate(last=Max("number"))["last"] or 0) + 1


def units_invited(plan: Plan) -> list[Jurisdiction]:
    """Who can be invited: every party of the plan, the convenor first."""
    parties = Party.objects.filter(plan=plan, left_at__isnull=True).select_related("jurisdiction")
    rows = sorted(
        parties.defer("jurisdiction__boundary"),
        key=lambda one: (one.role != PartyRole.CONVENOR, str(one.jurisdiction_id)),
    )
    return [one.jurisdiction for one in rows]


def bodies_invited() -> QuerySet[Organization]:
    """Bodies that can be invited: the directory of bodies."""
    return Organization.objects.order_by("key")


def bodies_charged(plan: Plan, *, board: Board) -> list[Organization]:
    """Bodies a resolution can charge with a task: those invited, and the joint bodies of the plan,
    which serve all parties whether they were there or not."""
    found = {seat.who.pk: seat.who for seat in board.seats if seat.guest.organization_id}
    found |= units_of(plan).bodies
    return sorted(found.values(), key=lambda one: one.key)


def chair_in_turn(plan: Plan) -> str | None:
    """Which co-making party has the chair next: they take it in turn, the convenor first."""
    makers = Party.objects.filter(plan=plan).co_makers()
    rows = sorted(
        makers.values_list("role", "jurisdiction_id"),
        key=lambda row: (row[0] != PartyRole.CONVENOR, str(row[1])),
    )
    held = Meeting.objects.filter(plan=plan, cancelled_at__isnull=True, chair__isnull=False)
    former = [str(code) for code in held.order_by("number").values_list("chair", flat=True)]
    return next_chair([str(code) for _role, code in rows], former=former)


def speakers_of(
    *, plan: Plan, codes: Iterable[str], bodies: Iterable[int], at: datetime
) -> QuerySet[Mandate]:
    """The mandates under which somebody can take part for these guests."""
    rows = Mandate.objects.counted(at).filter(
        Q(jurisdiction__in=list(codes)) | Q(organization__in=list(bodies)),
        plan_key__in=["", plan.key],
    )
    rows = rows.select_related("user", "jurisdiction", "organization")
    return rows.defer("jurisdiction__boundary").order_by(
        "jurisdiction", "organization", "role", "pk"
    )
