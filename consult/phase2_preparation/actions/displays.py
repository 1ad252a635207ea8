"""The result sheet of a public display: written version by version, issued under a number."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation import steps
from consult.phase2_preparation.checks import check_issue, document_digest
from consult.phase2_preparation.enums import RoundKind
from consult.phase2_preparation.models import DisplayFinish, DisplaySheet, Round
from consult.phase2_preparation.queries import is_past
from consult.phase2_preparation.queries.displays import get_sheet, sheets_of
from consult.phase2_preparation.rules import require
from consult.phase2_preparation.steps.papers import Issue, SheetText, finish_sheet, write_sheet
from plans.register.models import Plan
from stakeholders.files.models import StoredFile
from stakeholders.record import steps as record
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Conflict, Invalid, NotVisible


@transaction.atomic
def write_display(
    *,
    actor: Actor,
    plan: Plan,
    one: Round,
    text: SheetText,
    file: StoredFile | None = None,
    base: int | None = None,
) -> DisplaySheet:
    """Write the next version of the sheet; `base` is the version the writer had read.

    Refused; Invalid when nothing is said; Conflict when somebody else wrote a version meanwhile;
    NotVisible for a round that is no display.
    """
    require("display.write", actor=actor, plan=plan)
    one = _display(plan, one)
    told = text.stripped()
    if not any(told.values()) and file is None:
        raise Invalid({"place_zh": _("Say it in words.")})
    versions = sheets_of(actor=actor, one=one)
    if base is not None and base != (versions[0].number if versions else 0):
        raise Conflict(_("Somebody else wrote a version meanwhile: read it first."))
    row = write_sheet(one=one, actor=actor, text=text, file=file)
    effects = {
        "version": row.number,
        "content": canonical.digest_of(told),
        "file": file.sha256 if file else None,
    }
    _append(actor, plan, "display.write", one, effects)
    return row


@transaction.atomic
def finish_display(
    *, actor: Actor, plan: Plan, one: Round, number: int, issue: Issue
) -> DisplayFinish:
    """Issue version `number` of the sheet, which must be the newest, under a document number.

    Refused; Invalid without result, number, date or issuer; Conflict while the display runs, for
    an older version and for one that is issued already.
    """
    require("display.finish", actor=actor, plan=plan)
    one = _display(plan, one)
    if not is_past(one, at=clock.now()):
        raise Conflict(_("The display still runs."))
    newest = get_sheet(actor=actor, one=one)
    if newest.number != number:
        raise Conflict(_("Somebody else wrote a version meanwhile: read it first."), theirs=newest)
    if hasattr(newest, "finish"):
        raise Conflict(_("This version is issued already; a correction is a new version."))
    if not (newest.result_zh or newest.result_en):
        raise Invalid({"": _("Write the result into the sheet first.")})
    check_issue(issue)
    row = finish_sheet(sheet=newest, actor=actor, issue=issue)
    effects = {"version": number, "document": document_digest(issue)}
    _append(actor, plan, "display.finish", one, effects)
    return row


def _display(plan: Plan, one: Round) -> Round:
    if one.plan_id != plan.pk or one.kind != RoundKind.DISPLAY:
        raise NotVisible
    one = steps.lock_round(one)
    if one.recalled_at is not None:
        raise Conflict(_("This round was recalled."))
    return one


def _append(actor: Actor, plan: Plan, act: str, one: Round, effects: dict[str, object]) -> None:
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act=act,
        subject=f"round:{one.number}",
        effects=effects,
    )
