"""Who owes what of tasks, the breakdown, the yearly programme and supervision notes."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.matters.ladder import end_of_day
from consult.tasks.models import SupervisionNote, SupervisionReply, Task
from consult.tasks.pressing import NoteStage, NoteStanding
from consult.tasks.queries.open_work import (
    notes_open,
    plans_without_breakdown,
    present_parties,
    standings_of,
    years_issued,
)
from consult.tasks.standing import Stage, Standing
from plans.register.enums import Phase
from plans.register.models import Plan
from stakeholders.jurisdictions.queries import calendars
from stakeholders.templatetags.in_language import in_language
from stakeholders.terms.actor import Role
from stakeholders.terms.duty import Duty
from stakeholders.terms.workdays import add_workdays

# A task stands on the desk of who does it this long before its date.
AHEAD = timedelta(days=30)
# Working days from the text coming into force to its breakdown, and to a word on a report or reply.
BREAKDOWN_DAYS, CHECK_DAYS, JUDGE_DAYS = 20, 10, 10
# The programme of a year is issued by the end of its first quarter.
PROGRAMME_BY = (3, 31)
COORDINATOR = frozenset({Role.COORDINATOR.value})
REPORTERS = frozenset({Role.CONTACT_POINT.value, Role.DEPUTY.value, Role.PLANNER.value})
BODY = REPORTERS | {Role.DRAFTER.value}
CHECKERS = frozenset({Role.CONTACT_POINT.value, Role.DEPUTY.value, Role.SIGNATORY.value})
SPEAKERS = frozenset({Role.CONTACT_POINT.value, Role.SIGNATORY.value})
PRESSERS = SPEAKERS | {Role.SUPERVISOR.value}
name_of = lazy(in_language, str)
Calendars = Callable[[date], Mapping[date, bool]]


def end_after(since: datetime, days: int, known: Calendars) -> datetime:
    """The closing hour `days` working days after `since`, by the calendar of that day."""
    day = timezone.localtime(since).date()
    return end_of_day(add_workdays(day, days, known(day)))


def duties(*, plans: Sequence[Plan], now: datetime) -> list[Duty]:
    """Tasks to report and to strike off (in every phase); breakdown, programme and notes in
    phase 4. At most 15 queries over all `plans`."""
    by_id = {plan.pk: plan for plan in plans}
    if not by_id:
        return []
    there = [plan for plan in plans if plan.phase == Phase.IMPLEMENTATION]
    known = calendars()
    return [
        *_tasks(by_id, now, known),
        *_breakdowns(there, known),
        *_programmes(there, now),
        *_notes({plan.pk: plan for plan in there}, now, known),
    ]


def _tasks(plans: dict[int, Plan], now: datetime, known: Calendars) -> Iterator[Duty]:
    today = timezone.localtime(now).date()
    found = standings_of(list(plans), today=today)
    is_handled = any(standing.stage is Stage.HANDLED for _task, standing in found)
    present = present_parties(list(plans)) if is_handled else set()
    for task, standing in found:
        plan = plans[task.plan_id]
        if standing.stage is Stage.HANDLED:
            yield from _strike_offs(plan, task, standing, present, known)
        elif standing.due_on is not None and standing.due_on <= today + AHEAD:
            yield _report(plan, task, standing, standing.due_on)


def _report(plan: Plan, task: Task, standing: Standing, due_on: date) -> Duty:
    closing = end_of_day(due_on)
    body = standing.owner_body
    return Duty(
        kind="task.report",
        plan_id=plan.pk,
        subject_id=task.pk,
        title=format_lazy(
            _("Report on task {number}: {title}"),
            number=task.number,
            title=name_of(task, "title"),
        ),
        url=reverse("tasks:report", args=[plan.key, task.number]),
        due_at=closing,
        since=max(closing - AHEAD, task.at),
        holder_code=standing.owner,
        organization_id=body if standing.owner is None else None,
        roles=REPORTERS if body is None else BODY | COORDINATOR,
    )


def _strike_offs(
    plan: Plan,
    task: Task,
    standing: Standing,
    present: set[tuple[int, str]],
    known: Calendars,
) -> Iterator[Duty]:
    """Of the joint office, unless the task is a joint body's, and of each partner but the owner:
    whoever is first does it for all."""
    last = list(task.reports.all())[-1]
    partners = {one.jurisdiction_id for one in task.partners.all()} - {standing.owner}
    holders: list[str | None] = [code for code in sorted(partners) if (plan.pk, code) in present]
    if standing.owner is not None or not holders:
        holders.append(None)
    for code in holders:
        yield Duty(
            kind="task.strike_off",
            plan_id=plan.pk,
            subject_id=last.pk,
            title=format_lazy(
                _("Strike off task {number}, or send it back: {title}"),
                number=task.number,
                title=name_of(task, "title"),
            ),
            url=reverse("tasks:strike_off", args=[plan.key, task.number]),
            due_at=end_after(last.at, CHECK_DAYS, known),
            since=last.at,
            holder_code=code,
            roles=COORDINATOR if code is None else CHECKERS,
        )


def _breakdowns(plans: Sequence[Plan], known: Calendars) -> Iterator[Duty]:
    for plan, published_at in plans_without_breakdown(plans):
        yield Duty(
            kind="breakdown.issue",
            plan_id=plan.pk,
            subject_id=plan.pk,
            title=_("Issue the task breakdown of the text in force"),
            url=reverse("tasks:breakdown", args=[plan.key]),
            due_at=end_after(published_at, BREAKDOWN_DAYS, known),
            since=published_at,
            roles=COORDINATOR,
        )


def _programmes(plans: Sequence[Plan], now: datetime) -> Iterator[Duty]:
    """The programme of this year, of plans that were broken down before it began."""
    year = timezone.localtime(now).year
    asked = [one for one in plans if one.horizon_from <= year <= one.horizon_until]
    begun = end_of_day(date(year - 1, 12, 31))
    issued = years_issued([one.pk for one in asked])
    missing = [one for one in asked if (one.pk, year) not in issued]
    with_tasks = _with_tasks(missing, before=begun)
    for plan in missing:
        if plan.pk in with_tasks:
            yield Duty(
                kind="programme.issue",
                plan_id=plan.pk,
                subject_id=f"{plan.pk}-{year}",
                title=format_lazy(_("Issue the programme of {year}"), year=str(year)),
                url=reverse("tasks:programme_edit", args=[plan.key, year]),
                due_at=end_of_day(date(year, *PROGRAMME_BY)),
                since=begun,
                roles=COORDINATOR,
            )


def _with_tasks(plans: Sequence[Plan], *, before: datetime) -> set[int]:
    rows = Task.objects.filter(plan__in=[one.pk for one in plans], at__lte=before)
    return set(rows.values_list("plan_id", flat=True)) if plans else set()


def _notes(plans: dict[int, Plan], now: datetime, known: Calendars) -> Iterator[Duty]:
    if not plans:
        return
    for note, standing, reply in notes_open(list(plans), now=now):
        plan = plans[note.plan_id]
        if standing.is_asked:
            yield _reply(plan, note, standing, reply)
        elif standing.stage is NoteStage.ANSWERED and reply is not None:
            yield _judge(plan, note, reply, known)


def _reply(
    plan: Plan, note: SupervisionNote, standing: NoteStanding, last: SupervisionReply | None
) -> Duty:
    return Duty(
        kind="supervision.reply",
        plan_id=plan.pk,
        subject_id=f"{note.pk}-{last.pk}" if last else note.pk,
        title=format_lazy(_("Reply to supervision note {number}"), number=note.number),
        url=reverse("tasks:note_reply", args=[plan.key, note.number]),
        due_at=standing.due_at,
        since=last.verdict.at if last else note.at,
        holder_code=note.addressee_id,
        roles=SPEAKERS,
    )


def _judge(plan: Plan, note: SupervisionNote, reply: SupervisionReply, known: Calendars) -> Duty:
    return Duty(
        kind="supervision.judge",
        plan_id=plan.pk,
        subject_id=reply.pk,
        title=format_lazy(
            _("Decide on the reply to supervision note {number}"), number=note.number
        ),
        url=reverse("tasks:note_judge", args=[plan.key, note.number]),
        due_at=end_after(reply.at, JUDGE_DAYS, known),
        since=reply.at,
        holder_code=note.issuer_id,
        organization_id=None if note.issuer_id else note.mandate.organization_id,
        roles=PRESSERS,
    )
