"""Planning a meeting, calling it, calling it anew, and cancelling it."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from consult.matters.enums import Level
from consult.meetings import steps
from consult.meetings.checks import before_it
from consult.meetings.content import call_content
from consult.meetings.enums import MeetingKind
from consult.meetings.models import Meeting, MeetingCall
from consult.meetings.queries import bodies_invited, units_invited
from consult.meetings.rules import leads, require_plan
from consult.meetings.steps import Setting
from plans.register.models import Plan
from plans.register.steps import lock_plan
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.duty import Text
from stakeholders.terms.errors import Conflict, Invalid

FEWEST = 2
YEARS = range(2000, 2101)


@transaction.atomic
def plan_meeting(*, actor: Actor, plan: Plan, said: Setting) -> Meeting:
    """Set a meeting; nobody is told before it is called. NotVisible, Refused, Invalid."""
    require_plan(actor=actor, plan=plan, chair=said.chair)
    plan = lock_plan(plan)
    _check(plan, said)
    meeting = steps.create_meeting(plan=plan, said=said)
    steps.put_on_record(
        actor=actor, plan=plan, act="meeting.plan", meeting=meeting, effects=_effects(said)
    )
    return meeting


@transaction.atomic
def edit_meeting(
    *, actor: Actor, plan: Plan, meeting: Meeting, said: Setting, edits: int
) -> Meeting:
    """Set it otherwise. What was called already has to be called anew.

    `edits`: the count of saves the writer saw. NotVisible, Refused, Invalid, Conflict (changed by
    another meanwhile, held, cancelled).
    """
    board = before_it("meeting.edit", actor=actor, plan=plan, meeting=meeting)
    if board.meeting.edits != edits:
        raise Conflict(
            _("Another person changed this meeting meanwhile. Your text is kept below."),
            theirs=board.meeting,
        )
    if not leads(actor=actor, chair=said.chair):
        raise Invalid({"chair": _("A party sets the meetings that it chairs itself.")})
    _check(plan, said)
    steps.set_meeting(meeting=board.meeting, said=said)
    steps.put_on_record(
        actor=actor, plan=plan, act="meeting.edit", meeting=board.meeting, effects=_effects(said)
    )
    board.meeting.refresh_from_db()
    return board.meeting


@transaction.atomic
def call_meeting(*, actor: Actor, plan: Plan, meeting: Meeting) -> MeetingCall:
    """Send the call to all who are invited, with the agenda as it stands; a later one replaces it.

    NotVisible, Refused, Invalid (no agenda, too few invited, in the past), Conflict (nothing has
    changed since the last call, held, cancelled).
    """
    board = before_it("meeting.call", actor=actor, plan=plan, meeting=meeting)
    if board.meeting.starts_at <= clock.now():
        raise Invalid({"": _("The meeting begins in the past: set another time first.")})
    if not board.points:
        raise Invalid({"": _("Put at least one item on the agenda first.")})
    if board.call is not None and not board.is_call_outdated:
        raise Conflict(_("Nothing has changed since the last call."))
    call = steps.send_call(meeting=board.meeting, actor=actor, content=call_content(board))
    title: Text = _("You are invited: {title}")
    if call.number > 1:
        title = _("The meeting was changed, the new call counts: {title}")
    steps.tell(
        plan=plan,
        meeting=board.meeting,
        kind="meeting.call",
        title=title,
        occasion=f"call-{call.number}",
        codes=_codes(board.meeting),
    )
    steps.put_on_record(
        actor=actor,
        plan=plan,
        act="meeting.call",
        meeting=board.meeting,
        effects={"call": call.number, "hash": call.hash},
    )
    return call


@transaction.atomic
def cancel_meeting(*, actor: Actor, plan: Plan, meeting: Meeting, reason: str) -> Meeting:
    """Call it off, with why. NotVisible, Refused, Invalid (no reason), Conflict (held, cancelled)."""
    board = before_it("meeting.cancel", actor=actor, plan=plan, meeting=meeting)
    if not reason.strip():
        raise Invalid({"reason": _("Give the reason.")})
    if any(point.running for point in board.points):
        raise Conflict(_("A ballot of this meeting is open: end it first."))
    steps.cancel(meeting=board.meeting, reason=reason)
    if board.call is not None:
        steps.tell(
            plan=plan,
            meeting=board.meeting,
            kind="meeting.cancel",
            title=_("The meeting was cancelled: {title}"),
            occasion="cancel",
            codes=_codes(board.meeting),
        )
    steps.put_on_record(
        actor=actor,
        plan=plan,
        act="meeting.cancel",
        meeting=board.meeting,
        effects={"reason": canonical.digest(reason.strip())},
    )
    board.meeting.refresh_from_db()
    return board.meeting


def _codes(meeting: Meeting) -> list[str]:
    return [str(one.jurisdiction_id) for one in meeting.guests.all() if one.jurisdiction_id]


def _check(plan: Plan, said: Setting) -> None:
    """Invalid with every fault at its field."""
    errors = _time_faults(said)
    if said.kind not in MeetingKind.values:
        errors["kind"] = _("Choose one of the values.")
    if said.level not in Level.values:
        errors["level"] = _("Choose one of the values.")
    if not said.title:
        errors["title_zh"] = _("Give the meeting a title.")
    known = {unit.code for unit in units_invited(plan)}
    if not set(said.guests) <= known:
        errors["guests"] = _("Only jurisdictions that take part in the plan can be invited.")
    elif len(set(said.guests)) < FEWEST:
        errors["guests"] = _("Invite at least two jurisdictions.")
    if said.chair and said.chair not in set(said.guests):
        errors["chair"] = _("Who has the chair is invited too.")
    if not set(said.bodies) <= set(bodies_invited().values_list("pk", flat=True)):
        errors["bodies"] = _("Choose one of the values.")
    if errors:
        raise Invalid(errors)


def _time_faults(said: Setting) -> dict[str, Text]:
    """No calendar file and no database keeps an hour of the year 1 in every zone."""
    times = {"starts_at": said.starts_at, "ends_at": said.ends_at}
    text = _("Enter years between 2000 and 2100.")
    errors: dict[str, Text] = {name: text for name, at in times.items() if at.year not in YEARS}
    if not errors and said.ends_at <= said.starts_at:
        errors["ends_at"] = _("The meeting ends after it begins.")
    return errors


def _effects(said: Setting) -> dict[str, object]:
    return {
        "kind": said.kind,
        "level": said.level,
        "starts_at": said.starts_at,
        "ends_at": said.ends_at,
        "chair": said.chair,
        "guests": sorted(set(said.guests)),
        "bodies": sorted(set(said.bodies)),
        "title": canonical.digest_of([said.title.zh, said.title.en]),
        "place": canonical.digest_of([said.place.zh, said.place.en, said.link]),
    }
