"""Who owes what for the yearly health check and the five-year evaluation.

The joint office opens the check of a year by 31 January of the next; the parties fill in and state
figures until its day; then the report is put forward, signed and published.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from consult.ballots.models import Ballot
from consult.ballots.queries import electors_of, is_past, newest_positions, still_asked
from consult.health.cycle import Coming, coming
from consult.health.enums import CheckStage
from consult.health.queries import Whole, in_force_since, running_checks, years_held
from consult.health.standing import is_over
from consult.health.subjects import named, title_of
from consult.matters.ladder import end_of_day, end_of_workdays
from plans.register.enums import Phase
from plans.register.models import Plan
from stakeholders.terms.actor import Role
from stakeholders.terms.duty import Duty, Text

OFFICE = frozenset({Role.COORDINATOR.value})
WRITERS = frozenset({Role.CONTACT_POINT.value, Role.DEPUTY.value, Role.PLANNER.value})
SPEAKERS = frozenset({Role.CONTACT_POINT.value, Role.SIGNATORY.value})
SIGNATORY = frozenset({Role.SIGNATORY.value})
REPORT_DAYS = 10  # working days after the parts are due, to put the report forward
PUBLISH_DAYS = 20  # working days after the parties agreed, to publish it


def duties(*, plans: Sequence[Plan], now: datetime) -> list[Duty]:
    """Every duty of health checks in `plans` at `now`. Fourteen queries for any number of plans."""
    in_force = [plan for plan in plans if plan.phase == Phase.IMPLEMENTATION]
    if not in_force:
        return []
    held, since = years_held(in_force), in_force_since(in_force)
    found = [duty for plan in in_force for duty in _opening(plan, held, since, now=now)]
    running = list(running_checks(in_force).values())
    ballots = {one.check.pk: one.ballot for one in running if _takes_positions(one, now=now)}
    asked = _unanswered([ballot for ballot in ballots.values() if ballot])
    for whole in running:
        found += _parts(whole)
        found += _report(whole, now=now)
        ballot = ballots.get(whole.check.pk)
        found += (
            [_position(whole, ballot, code) for code in asked.get(ballot.pk, [])] if ballot else []
        )
    return found


def next_check(
    plan: Plan, held: Mapping[int, Collection[int]], since: Mapping[int, date], *, now: datetime
) -> Coming | None:
    """The check of the plan that comes next; `held`: the years of which it has one, by plan."""
    day = since.get(plan.pk)
    if day is None:
        return None
    return coming(day, held=held.get(plan.pk, ()), today=localtime(now).date())


def _opening(
    plan: Plan, held: Mapping[int, Collection[int]], since: Mapping[int, date], *, now: datetime
) -> Iterator[Duty]:
    one = next_check(plan, held, since, now=now)
    if one is None or localtime(now).date() < one.opens_on:
        return
    yield Duty(
        kind="check.open",
        plan_id=plan.pk,
        subject_id=f"{plan.pk}-{one.year}",
        title=format_lazy(_("Open: {check}"), check=named(one.kind, one.year)),
        url=reverse("health:open_kind", args=[plan.key, one.kind.value]),
        due_at=end_of_day(one.due_on),
        since=end_of_day(one.opens_on),
        roles=OFFICE,
    )


def _parts(whole: Whole) -> Iterator[Duty]:
    """What each party has not handed in; nothing once the parties have agreed."""
    if is_over(whole.stage):
        return
    for code in whole.codes:
        kinds = (
            ("section.fill", whole.sections_left(code), WRITERS, _("Fill in your part: {check}")),
            ("border.state", whole.items_left(code), WRITERS, _("State your figures: {check}")),
            (
                "reservation.review",
                whole.reservations_left(code),
                SPEAKERS,
                _("Look at your reservations again: {check}"),
            ),
        )
        for kind, left, roles, title in kinds:
            if left:
                yield _duty(whole, kind, title, roles=roles, code=code, due=whole.check.due_at)


def _report(whole: Whole, *, now: datetime) -> Iterator[Duty]:
    stage, check = whole.stage, whole.check
    is_late = stage is CheckStage.FILLING and now >= check.due_at
    if is_late or stage in (CheckStage.READY, CheckStage.OUTDATED, CheckStage.NOT_PASSED):
        due = end_of_workdays(check.due_at, REPORT_DAYS)
        yield _duty(
            whole, "report.open_ballot", _("Put the report forward: {check}"), roles=OFFICE, due=due
        )
    if stage is CheckStage.SIGNED and whole.ballot is not None:
        due, since = publish_by(whole.ballot), whole.ballot.end.at
        title = _("Publish the report: {check}")
        yield _duty(whole, "check.publish", title, roles=OFFICE, due=due, since=since)


def publish_by(ballot: Ballot) -> datetime:
    """Until when the report is published, once the parties have agreed in `ballot`."""
    return end_of_workdays(ballot.end.at, PUBLISH_DAYS)


def _takes_positions(whole: Whole, *, now: datetime) -> bool:
    ballot = whole.ballot
    is_open = whole.stage is CheckStage.PUT_FORWARD and ballot is not None
    return is_open and ballot is not None and not is_past(ballot, at=now)


def _unanswered(ballots: Sequence[Ballot]) -> dict[int, list[str]]:
    """Ballot -> codes that are asked and have said nothing. Two queries."""
    electors, said = electors_of(ballots), newest_positions(ballots)
    return {
        ballot.pk: [
            code
            for code in still_asked(electors.get(ballot.pk, []))
            if (ballot.pk, code) not in said
        ]
        for ballot in ballots
    }


def _position(whole: Whole, ballot: Ballot, code: str) -> Duty:
    title = _("Take a position on the report: {check}")
    return _duty(
        whole,
        "report.take_position",
        title,
        roles=SIGNATORY,
        code=code,
        due=ballot.closes_at,
        since=ballot.opened_at,
        page="report",
    )


def _duty(
    whole: Whole,
    kind: str,
    title: Text,
    *,
    roles: frozenset[str],
    due: datetime | None,
    code: str | None = None,
    since: datetime | None = None,
    page: str = "",
) -> Duty:
    check = whole.check
    target = page or ("report" if code is None else "check")
    return Duty(
        kind=kind,
        plan_id=check.plan_id,
        subject_id=check.pk,
        title=format_lazy(title, check=title_of(check)),
        url=reverse(f"health:{target}", args=[check.plan.key, check.pk]),
        due_at=due,
        since=since or check.at,
        holder_code=code,
        roles=roles,
    )
