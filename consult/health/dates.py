"""When parts of a check are due, its ballot closes, its report is published and the next check is
opened, for calendars."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.health.duties import next_check, publish_by
from consult.health.enums import CheckStage
from consult.health.queries import Whole, in_force_since, running_checks, years_held
from consult.health.subjects import named, title_of
from consult.matters.ladder import end_of_day
from plans.register.enums import Phase
from plans.register.models import Plan
from stakeholders.terms.duty import Text
from stakeholders.terms.plan_date import PlanDate


def dates(*, plans: Sequence[Plan], now: datetime) -> list[PlanDate]:
    """The days of the checks that are not published, and by when the next one is opened.

    Twelve queries for any number of plans.
    """
    in_force = [plan for plan in plans if plan.phase == Phase.IMPLEMENTATION]
    if not in_force:
        return []
    held, since = years_held(in_force), in_force_since(in_force)
    found = []
    for plan in in_force:
        one = next_check(plan, held, since, now=now)
        if one is not None:
            found.append(
                PlanDate(
                    key=f"health_check.open:{plan.pk}:{one.year}",
                    plan_id=plan.pk,
                    title=format_lazy(_("Opened by now: {check}"), check=named(one.kind, one.year)),
                    url=reverse("health:home", args=[plan.key]),
                    at=end_of_day(one.due_on),
                    changed_at=end_of_day(since[plan.pk]),
                )
            )
    for whole in running_checks(in_force).values():
        found += _days(whole)
    return found


def _days(whole: Whole) -> list[PlanDate]:
    check, ballot = whole.check, whole.ballot
    if whole.stage is CheckStage.SIGNED and ballot is not None:
        due, title = publish_by(ballot), _("Publish the report: {check}")
        return [_date(whole, "publish", title, due, ballot.end.at)]
    found = [_date(whole, "due", _("Parts due: {check}"), check.due_at, check.at)]
    if whole.stage is CheckStage.PUT_FORWARD and ballot and ballot.closes_at:
        title = _("The positions on the report close: {check}")
        found.append(_date(whole, "close", title, ballot.closes_at, ballot.opened_at))
    return found


def _date(whole: Whole, what: str, title: Text, at: datetime, changed_at: datetime) -> PlanDate:
    check = whole.check
    return PlanDate(
        key=f"health_check.{what}:{check.pk}",
        plan_id=check.plan_id,
        title=format_lazy(title, check=title_of(check)),
        url=reverse("health:check", args=[check.plan.key, check.pk]),
        at=at,
        changed_at=changed_at,
        jurisdictions=frozenset(whole.codes),
    )
