"""Row writes of tasks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from consult.tasks.models import StrikeOff, Task, TaskChange, TaskPartner, TaskReport
from plans.register.models import Plan
from plans.register.steps import lock_plan
from stakeholders.files.models import StoredFile
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor


@dataclass(frozen=True, kw_only=True)
class ReportText:
    """What a report on a task says."""

    progress: str
    percent: int | None = None
    text_zh: str = ""
    text_en: str = ""
    evidence: str = ""
    file: StoredFile | None = None


def create_task(
    *,
    plan: Plan,
    actor: Actor,
    origin: str,
    origin_id: str,
    title_zh: str,
    title_en: str = "",
    owner: str | None,
    owner_body_id: int | None = None,
    due_on: date | None,
    partners: Sequence[str] = (),
    evidence_zh: str = "",
    evidence_en: str = "",
    item_id: int | None = None,
) -> Task:
    """One task more, numbered in its plan, for one owner: the jurisdiction `owner` or a joint body.

    `origin` is one of `Origin`, `origin_id` names it there. Whoever calls has asked who may, and
    puts it on record. ValueError for no owner, or two.
    """
    if (owner is None) == (owner_body_id is None):
        raise ValueError("a task has one owner")
    lock_plan(plan)
    last = Task.objects.filter(plan=plan).aggregate(last=Max("number"))["last"] or 0
    task = Task.objects.create(
        plan=plan,
        number=last + 1,
        origin=origin,
        origin_id=origin_id,
        item_id=item_id,
        title_zh=title_zh.strip(),
        title_en=title_en.strip(),
        owner_id=owner,
        owner_body_id=owner_body_id,
        due_on=due_on,
        evidence_zh=evidence_zh.strip(),
        evidence_en=evidence_en.strip(),
        mandate_id=actor.mandate,
        at=clock.now(),
    )
    TaskPartner.objects.bulk_create(
        TaskPartner(task=task, jurisdiction_id=code)
        for code in sorted(set(partners) - ({owner} if owner else set()))
    )
    return task


def add_change(
    *,
    actor: Actor,
    task: Task,
    owner: str | None,
    owner_body_id: int | None,
    due_on: date | None,
    is_dropped: bool,
    reason: str,
    file: StoredFile | None,
) -> TaskChange:
    return TaskChange.objects.create(
        task=task,
        owner_id=owner,
        owner_body_id=owner_body_id,
        due_on=due_on,
        is_dropped=is_dropped,
        reason=reason.strip(),
        file=file,
        mandate_id=actor.mandate,
        at=clock.now(),
    )


def add_report(
    *, actor: Actor, task: Task, code: str | None, said: ReportText, is_on_behalf: bool
) -> TaskReport:
    """`code` is whose task it is; None: a joint body's."""
    return TaskReport.objects.create(
        task=task,
        jurisdiction_id=code,
        progress=said.progress,
        percent=said.percent,
        text_zh=said.text_zh.strip(),
        text_en=said.text_en.strip(),
        evidence=said.evidence.strip(),
        file=said.file,
        is_on_behalf=is_on_behalf,
        mandate_id=actor.mandate,
        at=clock.now(),
    )


def add_strike_off(
    *, actor: Actor, report: TaskReport, confirms: bool, reason: str, code: str | None
) -> StrikeOff:
    """`code`: for which jurisdiction; None: the joint office."""
    return StrikeOff.objects.create(
        report=report,
        jurisdiction_id=code,
        confirms=confirms,
        reason=reason.strip(),
        mandate_id=actor.mandate,
        at=clock.now(),
    )
