"""Who owes what around a meeting: an answer to the call, the list of who was there, the minutes,
a word on them, a reply to comments, and positions taken at the meeting."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.ballots.queries import electors_of, newest_positions, still_asked
from consult.matters.ladder import end_of_workdays
from consult.meetings.board import Board, boards_of, whole
from consult.meetings.models import Meeting, MinutesComment
from consult.meetings.standing import Stage, silent
from consult.meetings.subjects import url_of
from plans.register.models import Plan
from stakeholders.templatetags.in_language import in_language
from stakeholders.terms.actor import Role
from stakeholders.terms.duty import Duty, Text
from stakeholders.terms.reading import read_once

# Working days after a meeting until who was there is entered, and until the minutes are put forward.
DAYS_TO_ENTER = 1
DAYS_TO_WRITE = 5
OFFICE = frozenset({Role.COORDINATOR.value})
PARTY = frozenset({Role.CONTACT_POINT.value, Role.DEPUTY.value})
SPEAKERS = frozenset({Role.CONTACT_POINT.value, Role.SIGNATORY.value})
SIGNATORY = frozenset({Role.SIGNATORY.value})
in_both = lazy(in_language, str)


@read_once
def open_boards(plans: Sequence[Plan]) -> list[Board]:
    """The meetings of these plans that are neither locked nor cancelled. Constant queries."""
    rows = Meeting.objects.filter(
        plan__in=[plan.pk for plan in plans], lock__isnull=True, cancelled_at__isnull=True
    )
    return boards_of(whole(rows).order_by("pk")) if plans else []


def duties(*, plans: Sequence[Plan], now: datetime) -> list[Duty]:
    """Set-based over many plans. Of a meeting that is only planned nobody owes anything yet."""
    keys = {plan.pk: plan.key for plan in plans}
    boards = open_boards(plans)
    comments = _unanswered(boards)
    found = []
    for board in boards:
        key = keys[board.meeting.plan_id]
        found += [
            *_calls(board, key, now),
            *_of_the_office(board, key, now),
            *_words(board, key, now),
            *_replies(board, key, comments),
        ]
    return [*found, *_positions(boards, keys)]


def _duty(
    board: Board,
    key: str,
    kind: str,
    title: Text,
    *,
    due_at: datetime | None,
    since: datetime | None,
    roles: frozenset[str] = OFFICE,
    code: str | None = None,
    page: str = "detail",
) -> Duty:
    one = board.meeting
    return Duty(
        kind=kind,
        plan_id=one.plan_id,
        subject_id=one.pk,
        title=format_lazy(title, title=in_both(one, "title")),
        url=reverse(f"meetings:{page}", args=[key, one.number]),
        due_at=due_at,
        holder_code=code,
        roles=roles,
        since=since,
    )


def _calls(board: Board, key: str, now: datetime) -> list[Duty]:
    """An invited party that has not said whether it comes, until the meeting begins."""
    if board.stage(at=now) is not Stage.CALLED or board.call is None:
        return []
    return [
        _duty(
            board,
            key,
            "attendance.answer",
            _("Answer the call of the meeting: {title}"),
            due_at=board.meeting.starts_at,
            since=board.meeting.calls.all()[0].at,
            roles=PARTY,
            code=str(seat.guest.jurisdiction_id),
            page="answer",
        )
        for seat in board.seats
        if seat.guest.jurisdiction_id in board.parties and seat.attendance is None
    ]


def _of_the_office(board: Board, key: str, now: datetime) -> list[Duty]:
    """Who was there, then the minutes, anew when a party does not confirm them."""
    one, stage = board.meeting, board.stage(at=now)
    if stage is Stage.DUE:
        return [
            _duty(
                board,
                key,
                "attendance.note",
                _("Enter who was at the meeting: {title}"),
                due_at=end_of_workdays(one.ends_at, DAYS_TO_ENTER),
                since=one.ends_at,
                page="attendance",
            )
        ]
    if stage in (Stage.HELD, Stage.DISPUTED):
        since = _since(board) or one.ends_at
        return [
            _duty(
                board,
                key,
                "minutes.put_forward",
                _("Put the minutes forward: {title}"),
                due_at=end_of_workdays(since, DAYS_TO_WRITE),
                since=since,
                page="minutes",
            )
        ]
    return []


def _since(board: Board) -> datetime | None:
    """When a party refused the newest edition; None where none did."""
    refused = [word.at for word in board.words.values() if not word.confirms]
    return min(refused, default=None)


def _words(board: Board, key: str, now: datetime) -> list[Duty]:
    """A party that attended and has not said whether it confirms the newest edition."""
    if board.is_changed or board.edition is None:
        return []
    return [
        _duty(
            board,
            key,
            "minutes.confirm",
            _("Confirm the minutes of the meeting: {title}"),
            due_at=board.edition.due_at,
            since=board.edition.at,
            roles=SPEAKERS,
            code=code,
            page="minutes",
        )
        for code in sorted(silent(board.facts))
    ]


def _unanswered(boards: Sequence[Board]) -> Mapping[int, datetime]:
    """Meeting -> when its first comment came that has no reply. One query."""
    rows = MinutesComment.objects.filter(
        ~Exists(MinutesComment.objects.filter(pk=OuterRef("pk"), reply__isnull=False)),
        edition__meeting__in=[board.meeting.pk for board in boards],
    )
    found: dict[int, datetime] = {}
    for pk, at in rows.order_by("-pk").values_list("edition__meeting", "at") if boards else ():
        found[pk] = at
    return found


def _replies(board: Board, key: str, comments: Mapping[int, datetime]) -> list[Duty]:
    since = comments.get(board.meeting.pk)
    if since is None:
        return []
    title = _("Answer the comments on the minutes: {title}")
    due_at = board.edition.due_at if board.edition else None
    return [_duty(board, key, "minutes.reply", title, due_at=due_at, since=since, page="minutes")]


def _positions(boards: Sequence[Board], keys: Mapping[int, str]) -> list[Duty]:
    """A party present that has taken no position in a ballot of the meeting."""
    running = [
        (board, point, point.running)
        for board in boards
        for point in board.points
        if point.running is not None
    ]
    ballots = [ballot for _board, _point, ballot in running]
    electors, held = electors_of(ballots), newest_positions(ballots)
    return [
        Duty(
            kind="decision.take_position",
            plan_id=ballot.plan_id,
            subject_id=ballot.pk,
            title=format_lazy(
                _("Take a position at the meeting: {title}"), title=in_both(point.item, "title")
            ),
            url=url_of(ballot.plan, point.item),
            due_at=ballot.closes_at,
            since=ballot.opened_at,
            holder_code=code,
            roles=SIGNATORY,
        )
        for board, point, ballot in running
        for code in still_asked(electors.get(ballot.pk, []))
        if (ballot.pk, code) not in held and board.meeting.plan_id in keys
    ]
