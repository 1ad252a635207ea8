"""A feed as iCalendar (RFC 5545): one whole-day event for each deadline.

A deadline stands on its legal day, so that a phone in another zone shows it on that very day; the
hour and its zone stand in the title. Nothing here depends on the clock of the server but what is
overdue, so that two readings give the same bytes until something changes.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event
from icalendar.prop import vDuration

from consult.desk.feeds.days import legal_day
from consult.desk.feeds.entries import Entries, Owed
from consult.desk.feeds.enums import ALARM_AT, REFRESH
from consult.desk.models import CalendarFeed
from plans.register.models import Plan
from stakeholders.notices.calendars import one_line, set_hours, uid_of
from stakeholders.templatetags.in_language import in_language
from stakeholders.terms.plan_date import PlanDate
from stakeholders.terms.workdays import is_workday


def to_bytes(
    entries: Entries, *, feed: CalendarFeed, now: datetime, calendar: Mapping[date, bool]
) -> bytes:
    """The feed in the language that is active. `calendar`: which days are worked."""
    found = Calendar()
    found.add("prodid", "-//Jointplan//Deadlines//EN")
    found.add("version", "2.0")
    found.add("calscale", "GREGORIAN")
    name = one_line(_name(entries, feed))
    found.add("name", name)
    found.add("x-wr-calname", name)
    found.add("x-wr-caldesc", one_line(_about(entries)))
    found.add("x-wr-timezone", settings.TIME_ZONE)
    found.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    found.add("x-published-ttl", vDuration(REFRESH))
    for one in entries.owed:
        found.add_component(_of_duty(one, feed=feed, now=now, calendar=calendar))
    for when, plan in entries.dates:
        found.add_component(_of_date(when, plan))
    return bytes(found.to_ical(sorted=False))


def _name(entries: Entries, feed: CalendarFeed) -> str:
    """Of a plan the person sees no more, the title is not told either."""
    own = feed.name or (in_language(entries.plan, "short") if entries.plan else "")
    name = own or str(_("Jointplan deadlines"))
    return _marked(name) if entries.is_demonstration else name


def _about(entries: Entries) -> str:
    text = str(_("What you owe and what you take part in, as it stands now."))
    if entries.is_demonstration:
        made_up = _("Names, opinions and signatures here are made up and have no legal effect.")
        return f"{text} {made_up}"
    return text


def _marked(text: str) -> str:
    return str(_("[Demonstration] %(text)s") % {"text": text})


def _of_duty(
    one: Owed, *, feed: CalendarFeed, now: datetime, calendar: Mapping[date, bool]
) -> Event:
    due_at = one.duty.due_at
    assert due_at is not None  # noqa: S101 - entries hold dated duties only
    day, is_overdue = legal_day(due_at), due_at < now
    values = {"at": day, "what": one.duty.title}
    title = _("Overdue since %(at)s: %(what)s") if is_overdue else _("Due %(at)s: %(what)s")
    number, changed_at = _announced(one, feed=feed, now=now)
    event = _event(
        key=one.duty.key,
        plan=one.plan,
        day=day.day,
        title=title % values,
        lines=[
            str(one.duty.title),
            _("Plan: %(plan)s") % {"plan": in_language(one.plan, "title")},
            _("Until: %(at)s") % {"at": day.in_full},
            *([_("Owed by: %(holder)s") % {"holder": one.holder}] if one.holder else []),
        ],
        url=one.duty.url,
        number=number,
        changed_at=changed_at,
    )
    if not is_overdue:
        event.add_component(_alarm(str(event["summary"]), _workday_before(day.day, calendar)))
    return event


def _announced(one: Owed, *, feed: CalendarFeed, now: datetime) -> tuple[int, datetime]:
    """(how often it was moved, when last). A move the sweep has not told yet counts already."""
    told = one.announced
    if told is None:
        return 0, one.duty.since or feed.created_at
    if told.due_at != one.duty.due_at:
        return told.number + 1, now.replace(second=0, microsecond=0)
    return told.number, told.at


def _of_date(when: PlanDate, plan: Plan) -> Event:
    day = legal_day(when.at, zone=when.zone)
    place = one_line(str(when.place))
    event = _event(
        key=when.key,
        plan=plan,
        day=day.day,
        title=_("%(at)s: %(what)s") % {"at": day, "what": when.title},
        lines=[
            str(when.title),
            _("Plan: %(plan)s") % {"plan": in_language(plan, "title")},
            _("At: %(at)s") % {"at": day.in_full},
            *([_("Place: %(place)s") % {"place": place}] if place else []),
        ],
        url=when.url,
        number=when.number,
        changed_at=when.changed_at,
    )
    if when.ends_at is not None:
        set_hours(event, begins=when.at, ends=when.ends_at, place=place)
    if when.is_cancelled:
        event["status"] = "CANCELLED"
    return event


def _event(
    *,
    key: str,
    plan: Plan,
    day: date,
    title: str,
    lines: list[str],
    url: str,
    number: int,
    changed_at: datetime,
) -> Event:
    short = one_line(in_language(plan, "short"))
    address = f"{settings.SITE_URL}{url}"
    is_demonstration = plan.is_demonstration
    if is_demonstration:
        lines = [
            *lines,
            _("Names, opinions and signatures here are made up and have no legal effect."),
        ]
    event = Event()
    event.add("uid", uid_of(f"{plan.key}:{key}"))
    event.add("dtstamp", changed_at)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", one_line(_marked(title) if is_demonstration else title))
    event.add("description", "\n".join([*(one_line(line) for line in lines), address]))
    event.add(
        "categories", [short, one_line(str(_("Demonstration")))] if is_demonstration else [short]
    )
    event.add("url", address)
    event.add("status", "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    event.add("sequence", number)
    event.add("last-modified", changed_at)
    return event


def _alarm(text: str, days: int) -> Alarm:
    """Relative to the beginning of the day where the reader is: it rings at nine there, whatever
    the zone and the season."""
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", timedelta(hours=ALARM_AT.hour, minutes=ALARM_AT.minute, days=-days))
    alarm.add("description", text)
    return alarm


def _workday_before(day: date, calendar: Mapping[date, bool]) -> int:
    """How many days before `day` the last working day lies."""
    days = 1
    while not is_workday(day - timedelta(days=days), calendar):
        days += 1
    return days


def language_of_feed(feed: CalendarFeed) -> str:
    """That of the feed, else of the person, else of the site."""
    return feed.language or feed.user.language or settings.LANGUAGE_CODE
