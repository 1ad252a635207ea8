"""The papers of a meeting: the sheet before it (会议通知), its minutes (会议纪要), a calendar file.

The minutes are written from an edition, so that the paper reads as what the parties confirmed.
"""

import json
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

from django.conf import settings
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from icalendar import Calendar, Event

from consult.meetings.board import Board, words_on
from consult.meetings.dates import date_of
from consult.meetings.enums import AttendanceKind, DecisionOutcome
from consult.meetings.models import MeetingPaper
from consult.phase2_preparation.papers.docx_writing import write_docx
from consult.phase2_preparation.papers.pdf_writing import write_pdf
from consult.phase2_preparation.papers.shape import (
    Block,
    Grid,
    Heading,
    Paper,
    Paragraph,
    day_words,
)
from consult.phase3_identification.shown import demonstration_note
from consult.phase3_identification.sign_off_sheet import paper_language
from consult.phase3_identification.sign_off_sheet import table as grid
from plans.register.models import Plan
from stakeholders.notices.calendars import one_line, set_hours, uid_of
from stakeholders.templatetags.in_language import in_language

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
ICS = "text/calendar; charset=utf-8"
Said = dict[str, Any]


def file_of(paper: Paper, kind: str) -> bytes:
    if kind == "pdf":
        return write_pdf(paper)
    target = BytesIO()
    write_docx(paper, target)
    return target.getvalue()


def sheet_file(*, plan: Plan, board: Board, papers: Sequence[MeetingPaper]) -> bytes:
    """The call with the agenda and the numbered list of papers, as docx."""
    one = board.meeting
    title = _("Notice of the meeting: %(title)s") % {"title": in_language(one, "title")}
    return file_of(
        Paper(
            title=title,
            subject=plan.key,
            language=paper_language(),
            at=board.call.at if board.call else one.created_at,
            lines=(in_language(plan, "title"),),
            notices=_notices(plan),
            blocks=list(_sheet(board, papers)),
        ),
        "docx",
    )


def _notices(plan: Plan) -> list[str]:
    return [demonstration_note()] if plan.is_demonstration else []


def _hours(starts_at: Any, ends_at: Any) -> str:
    begins, ends = localtime(starts_at), localtime(ends_at)
    until = f"{ends:%H:%M}"
    if ends.date() != begins.date():
        until = f"{day_words(ends.date())} {until}"
    return f"{day_words(begins.date())} {begins:%H:%M}–{until}"


def _sheet(board: Board, papers: Sequence[MeetingPaper]) -> Iterator[Block]:
    one = board.meeting
    facts = [
        (_("Kind"), str(one.get_kind_display())),
        (_("Step of the ladder"), str(one.get_level_display())),
        (_("Time"), _hours(one.starts_at, one.ends_at)),
        (_("Place"), in_language(one, "place") or "–"),
        (_("Address of the video meeting"), one.link or "–"),
        (_("Chaired by"), str(one.chair) if one.chair else "–"),
        (_("Invited"), _names(str(seat.who) for seat in board.seats)),
    ]
    if one.cancelled_at:
        yield Paragraph(text=_("Cancelled: %(why)s") % {"why": one.cancelled_because})
    yield grid((), (22, 78), facts)
    yield Heading(text=pgettext("meeting", "Agenda"))
    rows = [
        (
            str(place),
            in_language(point.item, "title"),
            in_language(point.item, "text"),
            str(point.item.reporter or ""),
        )
        for place, point in enumerate(board.points, start=1)
    ]
    heads = (_("No."), pgettext("agenda", "Item"), _("Wording proposed"), _("Reported by"))
    yield grid(heads, (8, 34, 40, 18), rows)
    yield Heading(text=_("Papers of the meeting"))
    listed = [(str(place), paper.title) for place, paper in enumerate(papers, start=1)]
    yield grid((_("No."), _("Title")), (10, 90), listed or [("–", _("None."))])
    if board.call is not None:
        yield Paragraph(text=day_words(localtime(board.call.at).date()), is_signature=True)
        text = _("Call no. %(number)s, hash %(hash)s")
        values = {"number": board.call.number, "hash": board.call.hash}
        yield Paragraph(text=text % values, is_note=True)


def _names(names: Iterator[str]) -> str:
    return pgettext("between names", ", ").join(names)


def minutes_file(*, plan: Plan, board: Board, kind: str) -> bytes:
    """The newest edition of the minutes with who confirmed it, as docx or PDF."""
    edition = board.edition
    assert edition is not None  # noqa: S101 - the door asked
    said: Said = json.loads(edition.content)
    state = _("Locked: all that attended have confirmed.")
    if board.lock is None:
        state = _("Draft for confirmation")
    return file_of(
        Paper(
            title=_("Minutes of the meeting"),
            subject=plan.key,
            language=paper_language(),
            at=board.lock.at if board.lock else edition.at,
            lines=(_told(said["title"]), state),
            notices=_notices(plan),
            blocks=list(_minutes(board, said)),
        ),
        kind,
    )


def _told(text: Said) -> str:
    return str(in_language({"text_zh": text["zh"], "text_en": text["en"]}, "text"))


def _minutes(board: Board, said: Said) -> Iterator[Block]:
    units = {str(s.guest.jurisdiction_id): str(s.who) for s in board.seats if s.holder[0]}
    bodies = {s.guest.organization_id: str(s.who) for s in board.seats if s.holder[1]}
    begins, ends = parse_datetime(said["starts_at"]), parse_datetime(said["ends_at"])
    facts = [
        (_("Time"), _hours(begins, ends)),
        (_("Place"), _told(said["place"]) or "–"),
        (_("Chaired by"), units.get(said["chair"], "–")),
    ]
    for kind in AttendanceKind:
        who = [
            units.get(row["jurisdiction"]) or bodies.get(row["organization"], "")
            for row in said["attendance"]
            if row["attends"] == kind
        ]
        if who:
            facts.append((str(kind.label), _names(iter(who))))
    yield grid((), (22, 78), facts)
    for line in _told(said["text"]).splitlines():
        if line.strip():
            yield Paragraph(text=line.strip())
    yield Heading(text=pgettext("meeting", "Decisions"))
    yield _decisions(said)
    if said["tasks"]:
        yield Heading(text=pgettext("meeting", "Tasks"))
        yield _tasks(said, units, bodies)
    yield from _remarks(said, units, bodies)
    yield Heading(text=_("Confirmed by"))
    yield _words(board, units)
    text = _("Edition %(number)s, hash %(hash)s")
    edition = board.edition
    values = {"number": edition.number, "hash": edition.hash} if edition else {}
    yield Paragraph(text=text % values, is_note=True)


def _decisions(said: Said) -> Grid:
    rows = [
        (
            str(place),
            _told(row["title"]),
            str(DecisionOutcome(row["outcome"]).label) if row.get("outcome") else "–",
            _told(row["decision"]) if row.get("decision") else "",
        )
        for place, row in enumerate(said["decisions"], start=1)
    ]
    heads = (
        _("No."),
        pgettext("agenda", "Item"),
        pgettext("meeting", "Outcome"),
        _("What was decided"),
    )
    return grid(heads, (8, 28, 16, 48), rows)


def _tasks(said: Said, units: dict[str, str], bodies: dict[int | None, str]) -> Grid:
    rows = [
        (
            f"T{row['task']}",
            _told(row["title"]),
            units.get(row["owner"] or "") or bodies.get(row["body"]) or str(row["owner"] or ""),
            day_words(parse_date(row["due_on"])) if row["due_on"] else "–",
        )
        for row in said["tasks"]
    ]
    heads = (_("No."), _("What is to be done"), _("Responsible"), _("Until"))
    return grid(heads, (10, 46, 22, 22), rows)


def _remarks(said: Said, units: dict[str, str], bodies: dict[int | None, str]) -> Iterator[Block]:
    rows = [row for row in said["attendance"] if row["remarks"]]
    if rows:
        yield Heading(text=_("Written remarks"))
    for row in rows:
        who = units.get(row["jurisdiction"]) or bodies.get(row["organization"], "")
        yield Paragraph(text=_("%(who)s: %(what)s") % {"who": who, "what": row["remarks"]})


def _words(board: Board, units: dict[str, str]) -> Grid:
    edition = board.edition
    words = words_on(edition) if edition else {}
    rows = []
    for code in sorted(board.asked):
        word = words.get(code)
        said = _("No word yet")
        if word is not None:
            said = (
                _("Confirmed")
                if word.confirms
                else _("Not confirmed: %(why)s") % {"why": word.reason}
            )
        who = in_language(word.mandate.user, "name") if word else ""
        day = day_words(localtime(word.at).date()) if word else ""
        rows.append((units.get(code, code), said, who, day))
    heads = (_("Jurisdiction"), _("Its word"), _("Person"), _("Date"))
    return grid(heads, (26, 34, 20, 20), rows)


def as_calendar(*, plan: Plan, board: Board) -> bytes:
    """One meeting as a calendar file; the same event as in the feeds."""
    when = date_of(board.meeting, key=plan.key)
    address = f"{settings.SITE_URL}{when.url}"
    event = Event()
    event.add("uid", uid_of(f"{plan.key}:{when.key}"))
    event.add("dtstamp", when.changed_at)
    title = one_line(str(when.title))
    if plan.is_demonstration:
        title = _("[Demonstration] %(text)s") % {"text": title}
    event.add("summary", title)
    lines = [_("Plan: %(plan)s") % {"plan": in_language(plan, "title")}]
    if board.meeting.link:
        lines.append(board.meeting.link)
    lines += [
        f"{place}. {in_language(point.item, 'title')}"
        for place, point in enumerate(board.points, start=1)
    ]
    event.add("description", "\n".join([*(one_line(line) for line in lines), address]))
    event.add("url", address)
    event.add("status", "CANCELLED" if when.is_cancelled else "CONFIRMED")
    event.add("sequence", when.number)
    event.add("last-modified", when.changed_at)
    ends = when.ends_at or when.at
    set_hours(event, begins=when.at, ends=ends, place=one_line(str(when.place)))
    found = Calendar()
    found.add("prodid", "-//Jointplan//Meetings//EN")
    found.add("version", "2.0")
    found.add("method", "CANCEL" if when.is_cancelled else "PUBLISH")
    found.add_component(event)
    return bytes(found.to_ical(sorted=False))
