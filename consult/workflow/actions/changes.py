"""Changing the text in force: opening a change, putting it to the parties, answering it, putting it
in force, withdrawing it."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.functional import lazystr
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation.queries import rounds_of
from consult.phase2_preparation.steps.dispositions import explain
from consult.phase3_identification.telling import tell
from consult.workflow.actions.phases import APPROVED_REASON
from consult.workflow.allowing import blockers, elsewhere
from consult.workflow.enums import ChangeStep, ChangeWay
from consult.workflow.models import TextChange, TextChangeStep
from consult.workflow.queries import charter_version
from consult.workflow.queries.changes import (
    Changing,
    Worded,
    choices_in_force,
    get_change,
    open_change,
    since_in_force,
    worded,
)
from consult.workflow.rules import ACTS, answer_act_of
from consult.workflow.steps import (
    restore_drafts,
    step_phase,
    tell_contact_points,
    write_change,
    write_step,
)
from plans.register import steps as register
from plans.register.enums import Phase, Stage
from plans.register.models import Item, Plan, Revision
from plans.register.rules import require
from stakeholders.files.models import StoredFile
from stakeholders.record import steps as record
from stakeholders.terms import canonical
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Blocked, Conflict, Invalid, Text


@transaction.atomic
def open_text_change(
    *,
    actor: Actor,
    plan: Plan,
    way: str,
    items: Sequence[str],
    reason_zh: str,
    reason_en: str = "",
    letter: str = "",
    file: StoredFile | None = None,
    jurisdiction: str | None = None,
) -> TextChange:
    """Open a change of the text in force for its `items` (keys); the lock is lifted, and an
    amendment takes the plan back to preparation.

    `jurisdiction`: the party that asked for it. Raises NotVisible, Refused; Invalid without a
    reason, for an unknown way, items that are not in force or a unit that is no party; Conflict
    while another change is under way.
    """
    plan = register.lock_plan(plan)
    require("change.open", ACTS, actor=actor, plan=plan)
    if open_change(plan) is not None:
        raise Conflict(_("Another change is under way: finish or withdraw it first."))
    _check(plan, way, items, f"{reason_zh}{reason_en}", jurisdiction)
    row = write_change(
        plan=plan,
        actor=actor,
        way=way,
        items=items,
        reason_zh=reason_zh,
        reason_en=reason_en,
        letter=letter,
        file=file,
        jurisdiction=jurisdiction,
    )
    write_step(change=row, actor=actor, step=ChangeStep.OPENED)
    register.freeze(plan=plan, revision=None)
    if way == ChangeWay.AMENDMENT:
        step_phase(plan=plan, actor=actor, to=Phase.PREPARATION.value, reason=str(row))
    _tell_all(row, "change.open", _("{plan}: a change of the text in force was opened"))
    _record("change.open", actor, row, {"way": way, "items": list(row.items)})
    return row


def _check(
    plan: Plan, way: str, items: Sequence[str], reason: str, jurisdiction: str | None
) -> None:
    if plan.in_force is None:
        raise Conflict(_("There is no text in force yet."))
    if way not in ChangeWay.values:
        raise Invalid({"way": _("This is not one of the choices.")})
    if not reason.strip():
        raise Invalid({"reason_zh": _("Say why the text in force is changed.")})
    if not items or set(items) - {key for key, _words in choices_in_force(plan)}:
        raise Invalid({"items": _("Name the items of the text in force that are changed.")})
    if jurisdiction and not plan.parties.filter(jurisdiction=jurisdiction, left_at=None).exists():
        raise Invalid({"jurisdiction": _("This unit is no party of the plan.")})


@transaction.atomic
def put_forward(*, actor: Actor, plan: Plan, number: int) -> TextChangeStep:
    """Put the wording of a correction or an adjustment to the parties it concerns.

    Raises NotVisible, Refused; Conflict for an amendment and for what has ended or stands before
    the parties in this wording; Blocked with a line for all it may not change.
    """
    plan, change = _open(actor, plan, number, "change.put_forward")
    if change.way is ChangeWay.AMENDMENT:
        raise Conflict(_("An amendment goes through preparation and identification."))
    found = _sound(plan, change)
    if change.state.wording == found.hash:
        raise Conflict(_("This wording has been put to the parties already."))
    step = write_step(
        change=change.row, actor=actor, step=ChangeStep.PUT_FORWARD, wording=found.hash
    )
    tell(
        plan,
        codes=found.asked,
        kind="change.put_forward",
        title=_("Answer a change of the text in force"),
        url=_page(change.row),
    )
    _record(
        "change.put_forward",
        actor,
        change.row,
        {"wording": found.hash, "changes": found.pending.counts, "asked": list(found.asked)},
    )
    return step


@transaction.atomic
def answer_text_change(
    *, actor: Actor, plan: Plan, number: int, confirms: bool, wording: str, reason: str = ""
) -> TextChangeStep:
    """A party the change concerns confirms the wording it read (`wording`: its hash), or refuses it
    with a reason. An adjustment is the signatory's word, a correction also the contact point's.

    Raises NotVisible, Refused (also for whom it does not concern), Invalid; Conflict when another
    wording stands before the parties, or none.
    """
    plan = register.lock_plan(plan)
    change = get_change(plan, number=number)
    found = worded(plan, change)
    code = actor.jurisdiction_code or ""
    act = answer_act_of(change.way)
    require(act, ACTS, actor=actor, plan=plan, own=code in found.asked)
    if not change.state.is_open or change.put_forward is None:
        raise Conflict(_("Nothing stands before the parties now."))
    if not wording == change.state.wording == found.hash:
        raise Conflict(_("The wording was changed after you read it: read it again."))
    if not confirms and not reason.strip():
        raise Invalid({"reason": _("Say why you refuse it.")})
    step = write_step(
        change=change.row,
        actor=actor,
        step=ChangeStep.CONFIRMED if confirms else ChangeStep.REFUSED,
        jurisdiction=code,
        wording=wording,
        reason=reason,
    )
    effects = {"wording": wording, "confirms": confirms, "reason": _digest(reason)}
    _record(act, actor, change.row, effects)
    return step


@transaction.atomic
def enforce(*, actor: Actor, plan: Plan, number: int) -> Revision:
    """Put a correction or an adjustment in force: a new revision, once all it concerns confirmed
    this wording. Raises NotVisible, Refused, Conflict, Blocked."""
    plan, change = _open(actor, plan, number, "change.enforce")
    if change.way is ChangeWay.AMENDMENT:
        raise Conflict(_("An amendment comes into force with its approved text."))
    found = _sound(plan, change)
    if change.state.wording != found.hash or not change.state.is_agreed(found.asked):
        raise Conflict(_("Not all parties concerned have confirmed this wording."))
    revision = register.publish_revision(
        plan=plan,
        actor=actor,
        stage=Stage.APPROVED.value,
        headings=found.pending.headings,
        places=found.pending.places,
        changes=found.pending.kinds,
        charter_version=charter_version(plan),
        sealed=found.pending.sealed,
        note_zh=_named(plan, change.row),
    )
    register.freeze(plan=plan, revision=revision, reason=APPROVED_REASON)
    register.set_in_force(plan=plan, revision=revision)
    items = Item.objects.filter(plan=plan, key__in=[one.reading.key for one in found.changes])
    note = _named(plan, change.row)
    for item in items.order_by("key"):
        explain(plan=plan, item=item, actor=actor, disposition=None, matter=None, note=note)
    write_step(change=change.row, actor=actor, step=ChangeStep.IN_FORCE, revision=revision)
    _tell_all(change.row, "change.enforce", _("{plan}: a changed text is in force"))
    effects = {"revision": revision.hash, "changes": found.pending.counts}
    _record("change.enforce", actor, change.row, effects)
    return revision


@transaction.atomic
def withdraw_text_change(*, actor: Actor, plan: Plan, number: int, reason: str) -> TextChangeStep:
    """End a change without effect: the drafts say again what is in force, the lock comes back.

    Raises NotVisible, Refused, Invalid without a reason; Conflict when it has ended or a comment
    round on the amendment runs; Blocked where articles were moved, which are moved back by hand.
    """
    plan, change = _open(actor, plan, number, "change.withdraw")
    if not reason.strip():
        raise Invalid({"reason": _("Say why the change is withdrawn.")})
    if rounds_of(plan).filter(closed_at=None, recalled_at=None).exists():
        raise Conflict(_("A comment round is open: close it first."))
    assert plan.in_force is not None  # noqa: S101 - a change is opened on a text in force only
    restore_drafts(plan=plan, revision=plan.in_force, keys=since_in_force(plan), actor=actor)
    if left := since_in_force(plan, with_places=True):
        raise Blocked(elsewhere(plan, left))
    if plan.phase != Phase.IMPLEMENTATION:
        step_phase(plan=plan, actor=actor, to=Phase.IMPLEMENTATION.value, reason=str(change.row))
    register.freeze(plan=plan, revision=plan.in_force, reason=APPROVED_REASON)
    step = write_step(change=change.row, actor=actor, step=ChangeStep.WITHDRAWN, reason=reason)
    _tell_all(change.row, "change.withdraw", _("{plan}: the change of the text was withdrawn"))
    _record("change.withdraw", actor, change.row, {"reason": _digest(reason)})
    return step


def _open(actor: Actor, plan: Plan, number: int, act: str) -> tuple[Plan, Changing]:
    """The locked plan and its change, if it is under way."""
    plan = register.lock_plan(plan)
    require(act, ACTS, actor=actor, plan=plan)
    change = get_change(plan, number=number)
    if not change.state.is_open:
        raise Conflict(_("This change has ended."))
    return plan, change


def _sound(plan: Plan, change: Changing) -> Worded:
    found = worded(plan, change)
    if left := blockers(plan, change, found):
        raise Blocked(left)
    return found


def _named(plan: Plan, row: TextChange) -> str:
    """ "Correction of an error TC1 (document number)", in the language of the plan."""
    language = "zh-hans" if plan.authentic_language == "zh" else plan.authentic_language
    with translation.override(language):
        said = f"{ChangeWay(row.way).label} {row}"
    return f"{said} {row.letter}".strip()


def _tell_all(row: TextChange, kind: str, title: Text) -> None:
    tell_contact_points(
        plan=row.plan,
        kind=kind,
        title=format_lazy(title, plan=lazystr(row.plan)),
        url=_page(row),
        occasion=str(row.number),
    )


def _page(row: TextChange) -> str:
    return reverse("workflow:change", args=[row.plan.key, row.number])


def _digest(text: str) -> str:
    return canonical.digest(text) if text else ""


def _record(act: str, actor: Actor, row: TextChange, effects: Mapping[str, object]) -> None:
    record.append(
        chain=record.plan_chain(row.plan.key),
        actor=actor,
        act=act,
        subject=f"text_change:{row.number}",
        effects={"plan": row.plan.key, **effects},
    )
