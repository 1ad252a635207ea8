"""One task: changed with a reason, reported on by its owner, struck off by another."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from consult.tasks.enums import TaskProgress
from consult.tasks.models import StrikeOff, TaskChange, TaskReport
from consult.tasks.queries import TaskState, get_task
from consult.tasks.queries.units import holder_key, split_holder, units_of
from consult.tasks.rules import may_check, may_report, require
from consult.tasks.standing import Stage
from consult.tasks.steps import ReportText, add_change, add_report, add_strike_off
from consult.tasks.steps.telling import named, page_of, put_on_record, tell
from plans.register.models import Plan
from plans.register.steps import lock_plan
from stakeholders.files.models import StoredFile
from stakeholders.terms import canonical
from stakeholders.terms.actor import OF_ALL_PARTIES, Actor
from stakeholders.terms.errors import Conflict, Invalid, Text

CHANGED = _("Task {number} was changed: {task}")
DROPPED = _("Task {number} was dropped: {task}")
OVER = _("This task is struck off or dropped: nothing is added to it any more.")
WAITS = _("It was reported as done: first somebody else confirms it or sends it back.")
LONGEST = 20_000


@transaction.atomic
def change_task(
    *,
    actor: Actor,
    plan: Plan,
    number: int,
    owner: str,
    due_on: date | None,
    is_dropped: bool = False,
    reason: str,
    file: StoredFile | None = None,
) -> TaskChange:
    """Give a task another owner (a holder) or date, or drop it. NotVisible, Refused; Conflict where
    it is over or waits for its strike-off; Invalid."""
    require("task.change", actor=actor, plan=plan)
    plan = lock_plan(plan)
    state = _open(actor, plan, number)
    if state.stage is Stage.HANDLED:
        raise Conflict(WAITS)
    former = holder_key(state.owner, state.owner_body_id)
    owner = former if is_dropped else owner
    due_on = state.due_on if is_dropped else due_on
    _check_change(plan, state, owner, due_on, is_dropped=is_dropped, reason=reason)
    code, body = split_holder(owner)
    change = add_change(
        actor=actor,
        task=state.task,
        owner=code,
        owner_body_id=body,
        due_on=due_on,
        is_dropped=is_dropped,
        reason=reason,
        file=file,
    )
    words = DROPPED if is_dropped else CHANGED
    tell(
        plan,
        actor=actor,
        holders=[owner, former, *state.partner_codes],
        kind="task.change",
        title=named(words, state.task),
        url=page_of(plan, state.task),
        key=f"task.change:{change.pk}",
    )
    put_on_record(
        actor=actor,
        plan=plan,
        act="task.change",
        subject=f"task:{number}",
        effects={
            "change": change.pk,
            "owner": owner,
            "due_on": due_on.isoformat() if due_on else None,
            "dropped": is_dropped,
            "reason": canonical.digest(reason.strip()),
            "file": file.sha256 if file else None,
        },
    )
    return change


def _check_change(
    plan: Plan, state: TaskState, owner: str, due_on: date | None, *, is_dropped: bool, reason: str
) -> None:
    """Invalid, by field, where the task cannot be changed so."""
    former = holder_key(state.owner, state.owner_body_id)
    faults: dict[str, Text] = {}
    if not reason.strip():
        faults["reason"] = _("Say why it is changed.")
    if owner != former and owner not in units_of(plan).holders:
        faults["owner"] = _("Choose who answers for it.")
    if due_on is None and state.due_on is not None:
        faults["due_on"] = _("Say until when.")
    if not is_dropped and (owner, due_on) == (former, state.due_on):
        faults["owner"] = _("Neither the owner nor the date is another one.")
    if faults:
        raise Invalid(faults)


@transaction.atomic
def report_task(*, actor: Actor, plan: Plan, number: int, said: ReportText) -> TaskReport:
    """The owner says how its task stands; the newest report counts. The joint office reports for a
    unit on its evidence, and says so. Done asks for evidence.

    NotVisible, Refused; Conflict where it is over or waits for its strike-off; Invalid.
    """
    state = get_task(actor=actor, plan=plan, number=number)
    own = may_report(actor=actor, owner=state.owner, owner_body=state.owner_body_id)
    require("task.report", actor=actor, plan=plan, own=own)
    plan = lock_plan(plan)
    state = _open(actor, plan, number)
    if state.stage is Stage.HANDLED:
        raise Conflict(WAITS)
    own = may_report(actor=actor, owner=state.owner, owner_body=state.owner_body_id)
    require("task.report", actor=actor, plan=plan, own=own)
    is_on_behalf = not state.is_of(actor)
    _check_report(said, is_on_behalf)
    report = add_report(
        actor=actor, task=state.task, code=state.owner, said=said, is_on_behalf=is_on_behalf
    )
    if said.progress == TaskProgress.DONE:
        tell(
            plan,
            actor=actor,
            holders=[*state.partner_codes, *([state.owner] if state.owner else [])],
            kind="task.report",
            title=named(_("Task {number} was reported as done: {task}"), state.task),
            url=page_of(plan, state.task),
            key=f"task.report:{report.pk}",
        )
    put_on_record(
        actor=actor,
        plan=plan,
        act="task.report",
        subject=f"task:{number}",
        effects={
            "report": report.pk,
            "owner": holder_key(state.owner, state.owner_body_id),
            "progress": str(said.progress),
            "percent": said.percent,
            "text": canonical.digest_of([said.text_zh, said.text_en, said.evidence]),
            "file": said.file.sha256 if said.file else None,
            "on_behalf": is_on_behalf,
        },
    )
    return report


def _check_report(said: ReportText, is_on_behalf: bool) -> None:
    faults: dict[str, Text] = {}
    is_done = said.progress == TaskProgress.DONE
    proven = bool(said.evidence.strip() or said.file)
    if said.progress not in TaskProgress.values:
        faults["progress"] = _("Choose one of the values offered.")
    if said.percent is not None and not 0 <= said.percent <= 100:
        faults["percent"] = _("The part done lies between 0 and 100 %.")
    elif is_done and said.percent not in (None, 100):
        faults["percent"] = _("What is done is done to 100 %.")
    if is_done and not proven:
        faults["evidence"] = _("Name the document that proves it, or add it as a file.")
    elif is_on_behalf and not proven:
        faults["evidence"] = _("Who reports for a unit names the document it goes by.")
    if max(len(said.text_zh), len(said.text_en)) > LONGEST:
        faults["text_zh"] = _("At most 20,000 characters.")
    if len(said.evidence.strip()) > 120:
        faults["evidence"] = _("At most 120 characters.")
    if faults:
        raise Invalid(faults)


@transaction.atomic
def strike_off_task(
    *, actor: Actor, plan: Plan, number: int, report: int, confirms: bool, reason: str = ""
) -> StrikeOff:
    """Confirm that a task is done (销号), or send it back with the reason: by another than its
    owner and than who reported it. `report` is the one that was read.

    NotVisible, Refused; Conflict where the report is not the one that waits; Invalid.
    """
    state = get_task(actor=actor, plan=plan, number=number)
    require(
        "task.strike_off",
        actor=actor,
        plan=plan,
        own=may_check(actor=actor, plan=plan, state=state),
    )
    plan = lock_plan(plan)
    state = _open(actor, plan, number)
    last = state.last_report
    if state.stage is not Stage.HANDLED or last is None or last.pk != report:
        raise Conflict(_("No report waits to be confirmed, or a newer one does."))
    require(
        "task.strike_off",
        actor=actor,
        plan=plan,
        own=may_check(actor=actor, plan=plan, state=state),
    )
    if not confirms and not reason.strip():
        raise Invalid({"reason": _("Say what is missing.")})
    code = None if actor.role in OF_ALL_PARTIES else actor.jurisdiction_code
    word = add_strike_off(actor=actor, report=last, confirms=confirms, reason=reason, code=code)
    words = (
        _("Task {number} was struck off: {task}")
        if confirms
        else _("Task {number} was sent back: {task}")
    )
    tell(
        plan,
        actor=actor,
        holders=[holder_key(state.owner, state.owner_body_id), *state.partner_codes],
        kind="task.strike_off",
        title=named(words, state.task),
        url=page_of(plan, state.task),
        key=f"task.strike_off:{word.pk}",
    )
    put_on_record(
        actor=actor,
        plan=plan,
        act="task.strike_off",
        subject=f"task:{number}",
        effects={
            "report": last.pk,
            "confirms": confirms,
            "reason": canonical.digest(reason.strip()) if reason.strip() else None,
            "jurisdiction": code,
        },
    )
    return word


def _open(actor: Actor, plan: Plan, number: int) -> TaskState:
    """The task, read under the lock of its plan. Conflict where it is over."""
    state = get_task(actor=actor, plan=plan, number=number)
    if state.standing.is_over:
        raise Conflict(OVER)
    return state
