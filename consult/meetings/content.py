"""What a call and an edition of the minutes say, as plain values in one canonical form.

Both keep what stood when they were sent out, so that they can be read and hashed for good.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from stakeholders.terms import canonical

if TYPE_CHECKING:
    from consult.meetings.board import Board, Seat

SCHEMA = "1"


def call_content(board: "Board") -> dict[str, Any]:
    """When, where, who and what about."""
    one = board.meeting
    return {
        "schema": SCHEMA,
        "plan": one.plan.key,
        "meeting": one.number,
        "kind": one.kind,
        "level": one.level,
        "title": {"zh": one.title_zh, "en": one.title_en},
        "starts_at": one.starts_at,
        "ends_at": one.ends_at,
        "place": {"zh": one.place_zh, "en": one.place_en},
        "link": one.link,
        "chair": one.chair_id,
        "guests": sorted(str(code) for code, _body in _holders(board) if code),
        "bodies": sorted(body for _code, body in _holders(board) if body),
        "agenda": [_item(point.item) for point in board.points],
    }


def minutes_content(board: "Board") -> dict[str, Any]:
    """The minutes: text, who was there, what was decided, what follows; `asked`: whose word they
    need. The order of the agenda is the order of the decisions."""
    one, draft = board.meeting, board.draft
    return {
        "schema": SCHEMA,
        "plan": one.plan.key,
        "meeting": one.number,
        "title": {"zh": one.title_zh, "en": one.title_en},
        "starts_at": one.starts_at,
        "ends_at": one.ends_at,
        "place": {"zh": one.place_zh, "en": one.place_en},
        "chair": one.chair_id,
        "text": {"zh": draft.text_zh if draft else "", "en": draft.text_en if draft else ""},
        "attendance": [_attendance(seat) for seat in board.seats],
        "decisions": [
            {
                **_item(point.item),
                "outcome": point.decision.outcome,
                "decision": {"zh": point.decision.text_zh, "en": point.decision.text_en},
                "ballot": point.decision.ballot_id,
            }
            if point.decision
            else _item(point.item)
            for point in board.points
        ],
        "tasks": [
            {
                "task": task.number,
                "title": {"zh": task.title_zh, "en": task.title_en},
                "owner": task.owner_id,
                "body": task.owner_body_id,
                "due_on": task.due_on,
                "item": place,
            }
            for place, point in enumerate(board.points, start=1)
            for task in point.tasks
        ],
        "asked": sorted(board.there),
    }


def digest_of_call(content: Mapping[str, Any]) -> str:
    return canonical.digest_of(content)


def digest_of_minutes(content: Mapping[str, Any]) -> str:
    return canonical.digest_of(content)


def _holders(board: "Board") -> list[tuple[str | None, int | None]]:
    return [seat.holder for seat in board.seats]


def _item(item: Any) -> dict[str, Any]:
    return {
        "source": item.source,
        "source_id": item.source_id,
        "title": {"zh": item.title_zh, "en": item.title_en},
        "text": {"zh": item.text_zh, "en": item.text_en},
        "reporter": item.reporter_id,
    }


def _attendance(seat: "Seat") -> dict[str, Any]:
    said = seat.attendance
    return {
        "jurisdiction": seat.guest.jurisdiction_id,
        "organization": seat.guest.organization_id,
        "attends": said.kind if said else "",
        "mandate": said.speaker_id if said else None,
        "remarks": said.remarks if said else "",
    }
