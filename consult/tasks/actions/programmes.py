"""The yearly programme, issued edition by edition."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.tasks.models import Programme, Task
from consult.tasks.queries import tasks_of
from consult.tasks.queries.programmes import tasks_by_number
from consult.tasks.queries.units import holder_key
from consult.tasks.rules import require
from consult.tasks.steps.programmes import YearLine, create_programme, next_edition
from consult.tasks.steps.telling import put_on_record, tell
from plans.register.models import Plan
from plans.register.steps import lock_plan
from stakeholders.terms import canonical
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Conflict, Invalid, Text

TEXT_LIMIT = 2_000


@transaction.atomic
def issue_programme(
    *,
    actor: Actor,
    plan: Plan,
    year: int,
    edition: int,
    lines: Sequence[YearLine],
    reason: str = "",
) -> Programme:
    """Issue an edition of a year's programme and tell who does its tasks; the newest counts.

    `edition` is the one the editor meant to make. Refused; Conflict where somebody has issued it
    meanwhile, or a task is over; Invalid by `number.field`.
    """
    require("programme.issue", actor=actor, plan=plan)
    plan = lock_plan(plan)
    if edition != next_edition(plan, year=year):
        raise Conflict(_("Another edition of this year was issued meanwhile: look at it first."))
    tasks = tasks_by_number(plan, [one.task for one in lines])
    faults = _faults(plan, year, edition, lines, tasks, reason)
    if faults:
        raise Invalid(faults)
    states = {one.task.number: one for one in tasks_of(actor=actor, plan=plan)}
    if any(one.task in states and states[one.task].standing.is_over for one in lines):
        raise Conflict(_("A task was struck off or dropped meanwhile: look at the lines again."))
    programme = create_programme(
        actor=actor,
        plan=plan,
        year=year,
        edition=edition,
        reason=reason,
        lines=[(tasks[one.task], one) for one in lines],
    )
    shown = [states[one.task] for one in lines if one.task in states]
    tell(
        plan,
        actor=actor,
        holders={holder_key(one.owner, one.owner_body_id) for one in shown},
        kind="programme.issue",
        title=format_lazy(
            _("The programme of {year} was issued (edition {edition})"),
            year=str(year),
            edition=str(edition),
        ),
        url=reverse("tasks:programme", args=[plan.key, year]),
        key=f"programme.issue:{programme.pk}",
    )
    put_on_record(
        actor=actor,
        plan=plan,
        act="programme.issue",
        subject=f"programme:{year}",
        effects={
            "edition": edition,
            "reason": canonical.digest(reason.strip()) if reason.strip() else None,
            "lines": [_effect(one) for one in lines],
        },
    )
    return programme


def _effect(one: YearLine) -> list[object]:
    day = one.due_on.isoformat() if one.due_on else None
    return [one.task, day, canonical.digest_of([one.text_zh, one.text_en])]


def _faults(
    plan: Plan,
    year: int,
    edition: int,
    lines: Sequence[YearLine],
    tasks: dict[int, Task],
    reason: str,
) -> dict[str, Text]:
    faults: dict[str, Text] = {}
    if not plan.horizon_from <= year <= plan.horizon_until:
        faults["year"] = _("This year is none of the plan.")
    if edition > 1 and not reason.strip():
        faults["reason"] = _("Say why there is another edition.")
    if not lines:
        faults[""] = _("Choose at least one task.")
    seen: set[int] = set()
    for one in lines:
        if one.task not in tasks or one.task in seen:
            faults[str(one.task)] = _("There is no such task, or it stands twice.")
        seen.add(one.task)
        if one.due_on is not None and not _within(one.due_on, year):
            faults[f"{one.task}.due_on"] = _("The date lies in the year of the programme.")
        if max(len(one.text_zh), len(one.text_en)) > TEXT_LIMIT:
            faults[f"{one.task}.text_zh"] = _("At most 2,000 characters.")
    return faults


def _within(day: date, year: int) -> bool:
    """What was due before is still done in the year: its own date stays."""
    return day.year <= year
