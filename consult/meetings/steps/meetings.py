"""Row writes on a meeting, its guests, calls, agenda and papers."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F

from consult.matters.steps import Wording
from consult.meetings.models import (
    AgendaItem,
    Meeting,
    MeetingCall,
    MeetingGuest,
    MeetingPaper,
)
from consult.meetings.queries import next_number
from plans.register.models import Plan
from stakeholders.files.models import StoredFile
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor


@dataclass(frozen=True, kw_only=True)
class Setting:
    """How a meeting is set: what, when, where, who. `guests` are codes, `bodies` ids."""

    kind: str
    level: str
    title: Wording
    starts_at: datetime
    ends_at: datetime
    place: Wording
    link: str = ""
    chair: str | None = None
    guests: Sequence[str] = ()
    bodies: Sequence[int] = ()


def _fields(said: Setting) -> dict[str, Any]:
    return {
        "kind": said.kind,
        "level": said.level,
        "title_zh": said.title.zh.strip() or said.title.en.strip(),
        "title_en": said.title.en.strip(),
        "starts_at": said.starts_at,
        "ends_at": said.ends_at,
        "place_zh": said.place.zh.strip(),
        "place_en": said.place.en.strip(),
        "link": said.link.strip(),
        "chair_id": said.chair,
    }


def create_meeting(*, plan: Plan, said: Setting) -> Meeting:
    """A new meeting, numbered in its plan. The caller holds the plan's row lock."""
    meeting = Meeting.objects.create(
        plan=plan, number=next_number(plan), created_at=clock.now(), **_fields(said)
    )
    set_guests(meeting=meeting, guests=said.guests, bodies=said.bodies)
    return meeting


def set_meeting(*, meeting: Meeting, said: Setting) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(**_fields(said), edits=F("edits") + 1)
    set_guests(meeting=meeting, guests=said.guests, bodies=said.bodies)


def set_guests(*, meeting: Meeting, guests: Collection[str], bodies: Collection[int] = ()) -> None:
    """Who is invited, whole: who is not named is invited no more."""
    rows = MeetingGuest.objects.filter(meeting=meeting)
    rows.filter(jurisdiction__isnull=False).exclude(jurisdiction__in=guests).delete()
    rows.filter(organization__isnull=False).exclude(organization__in=bodies).delete()
    units = set(rows.filter(jurisdiction__isnull=False).values_list("jurisdiction", flat=True))
    known = set(rows.filter(organization__isnull=False).values_list("organization", flat=True))
    MeetingGuest.objects.bulk_create(
        [
            *(
                MeetingGuest(meeting=meeting, jurisdiction_id=code)
                for code in sorted(set(guests) - units)
            ),
            *(
                MeetingGuest(meeting=meeting, organization_id=pk)
                for pk in sorted(set(bodies) - known)
            ),
        ]
    )


def cancel(*, meeting: Meeting, reason: str) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(
        cancelled_at=clock.now(), cancelled_because=reason.strip(), edits=F("edits") + 1
    )


def mark_held(*, meeting: Meeting) -> None:
    Meeting.objects.filter(pk=meeting.pk, held_at__isnull=True).update(held_at=clock.now())


def send_call(*, meeting: Meeting, actor: Actor, content: Mapping[str, Any]) -> MeetingCall:
    """One call more; each one replaces the former."""
    return MeetingCall.objects.create(
        meeting=meeting,
        number=meeting.calls.count() + 1,
        content=canonical.canonical(content),
        hash=canonical.digest_of(content),
        mandate_id=actor.mandate,
        at=clock.now(),
    )


def add_item(
    *,
    meeting: Meeting,
    source: str,
    source_id: str,
    title: Wording,
    text: Wording,
    reporter: str | None,
) -> AgendaItem:
    """An item at the end of the agenda."""
    last = meeting.agenda.order_by("-position").values_list("position", flat=True).first()
    return AgendaItem.objects.create(
        meeting=meeting,
        position=(last or 0) + 1,
        source=source,
        source_id=source_id,
        title_zh=title.zh.strip() or title.en.strip(),
        title_en=title.en.strip(),
        text_zh=text.zh.strip(),
        text_en=text.en.strip(),
        reporter_id=reporter,
    )


def save_item(*, item: AgendaItem, title: Wording, text: Wording, reporter: str | None) -> None:
    item.title_zh = title.zh.strip() or title.en.strip()
    item.title_en = title.en.strip()
    item.text_zh, item.text_en = text.zh.strip(), text.en.strip()
    item.reporter_id = reporter
    item.save()


def lay_out(*, items: Mapping[int, AgendaItem], order: Sequence[int]) -> None:
    """The items in this order; their places are counted from 1 again."""
    for place, pk in enumerate(order, start=1):
        items[pk].position = place
    AgendaItem.objects.bulk_update([items[pk] for pk in order], ["position"])


def remove_item(*, item: AgendaItem) -> None:
    item.delete()


def add_paper(
    *,
    meeting: Meeting,
    actor: Actor,
    title: str,
    file: StoredFile,
    item: AgendaItem | None = None,
) -> MeetingPaper:
    return MeetingPaper.objects.create(
        meeting=meeting,
        agenda_item=item,
        title=title.strip() or file.name,
        file=file,
        mandate_id=actor.mandate,
        at=clock.now(),
    )
