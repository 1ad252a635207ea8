"""A comment form into the comments inside a jurisdiction: read, looked at, entered.

Reading and choosing change nothing of the round and are no acts; entering is one.
"""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation.actions.opinions import enter_opinion
from consult.phase2_preparation.checks import check_remark, still_asked
from consult.phase2_preparation.comment_sheets.comparing import Outcome, Words
from consult.phase2_preparation.comment_sheets.files import read_form
from consult.phase2_preparation.comment_sheets.packing import packed
from consult.phase2_preparation.comment_sheets.shape import FormKind, ReadForm
from consult.phase2_preparation.enums import EDITABLE, ENTERED, DraftState
from consult.phase2_preparation.models import CommentDraft, Reply, Round, SheetImport
from consult.phase2_preparation.queries.sheets import entries_to_comment, get_sheet
from consult.phase2_preparation.rules import can, facts, require
from consult.phase2_preparation.sheet_lines import SheetView, sheet_view
from consult.phase2_preparation.steps import Letter, Opinion, Remark, lock_round
from consult.phase2_preparation.steps.comments import said_in
from consult.phase2_preparation.steps.sheets import (
    Written,
    add_drafts,
    change_drafts,
    lock_inside,
    remove_drafts,
)
from plans.register.models import Item, Plan
from stakeholders.files import storage
from stakeholders.files.enums import Scan
from stakeholders.files.models import StoredFile
from stakeholders.record import steps as record
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Conflict, Invalid, Text

ACT = "comment.import"
OFFICE_ACT = "round.enter_opinion"


@transaction.atomic
def start_sheet(
    *, actor: Actor, plan: Plan, one: Round, file: StoredFile, source: str = ""
) -> SheetImport:
    """Read a form into a preview that only its person sees; nothing of the round changes.

    With a `source` (expert, enterprise, public) the joint office reads the form of somebody who
    sent it by mail. NotVisible, Refused, Conflict after the close, Invalid ({"file": why}).
    """
    if source:
        require(OFFICE_ACT, actor=actor, plan=plan)
        if source not in ENTERED:
            raise Invalid({"source": _("Choose one of the values.")})
    else:
        require(ACT, actor=actor, plan=plan, code=actor.jurisdiction_code)
        still_asked(one, actor, ACT)
    if file.scan == Scan.INFECTED:
        raise Invalid({"file": _("A virus was found in this file. Choose another one.")})
    form = read_form(storage.place_of(file.sha256), kind=file.kind.value)
    _check_reference(form, plan=plan, one=one, code=None if source else actor.jurisdiction)
    return SheetImport.objects.create(
        round=one,
        jurisdiction_id=None if source else actor.jurisdiction,
        source=source,
        file=file,
        user_id=actor.person,
        created_at=clock.now(),
        parsed=packed(form),
    )


def _check_reference(form: ReadForm, *, plan: Plan, one: Round, code: str | None) -> None:
    """Refuse (Invalid) a form that says it belongs elsewhere; one that says nothing is taken."""
    said = form.reference
    if said is None:
        return
    text: Text | None = None
    if said.plan != plan.key:
        text = format_lazy(
            _("This form is of the plan {theirs}; here is the plan {ours}."),
            theirs=said.plan,
            ours=plan.key,
        )
    elif said.round != one.number:
        text = format_lazy(
            _("This form is of round {theirs}; here is round {ours}. Download the form anew."),
            theirs=str(said.round),
            ours=str(one.number),
        )
    elif code is not None and said.body and said.body != code:
        text = format_lazy(
            _("This form was written for the jurisdiction {theirs}; you act for {ours}."),
            theirs=said.body,
            ours=code,
        )
    elif said.kind == FormKind.COMPILED:
        text = _("This is the compiled table with the dispositions. Download an empty form.")
    if text is not None:
        raise Invalid({"file": text})


@transaction.atomic
def choose_rows(
    *, actor: Actor, plan: Plan, one: Round, pk: UUID, choices: Mapping[str, bool]
) -> SheetImport:
    """Keep which rows (`row-3`) are to be entered and which comments (`gone-…`) deleted.

    NotVisible, Refused, Conflict when the form is entered already, Invalid.
    """
    found = _open(actor=actor, plan=plan, one=one, pk=pk)
    view = sheet_view(one=one, sheet=found)
    known = {line.name for line in view.lines} | {line.name for line in view.missing}
    if set(choices) - known:
        raise Invalid({"": _("There is no such row.")})
    found.choices = {**found.choices, **choices}
    found.save(update_fields=["choices"])
    return found


@transaction.atomic
def drop_sheet(*, actor: Actor, plan: Plan, one: Round, pk: UUID) -> None:
    """Forget a form that is not entered; housekeeping drops the file. NotVisible, Conflict."""
    _open(actor=actor, plan=plan, one=one, pk=pk).delete()


def _open(*, actor: Actor, plan: Plan, one: Round, pk: UUID) -> SheetImport:
    """The person's form, locked, not entered yet."""
    require_door(actor=actor, plan=plan)
    found = get_sheet(actor=actor, one=one, pk=pk)
    require_sheet(actor=actor, plan=plan, sheet=found)
    locked = SheetImport.objects.select_for_update(of=("self",), no_key=True).select_related("file")
    found = locked.get(pk=pk)
    if found.entered_at is not None:
        raise Conflict(_("This form is entered already."))
    return found


def require_door(*, actor: Actor, plan: Plan) -> None:
    """NotVisible or Refused unless the actor hands in forms, its own or those that came by mail."""
    given = facts(actor=actor, plan=plan, code=actor.jurisdiction_code)
    if not can(OFFICE_ACT, given=given):
        require(ACT, actor=actor, plan=plan, code=actor.jurisdiction_code)


def require_sheet(*, actor: Actor, plan: Plan, sheet: SheetImport) -> None:
    """NotVisible or Refused unless the actor may still enter this form."""
    if sheet.source:
        require(OFFICE_ACT, actor=actor, plan=plan)
    else:
        require(ACT, actor=actor, plan=plan, code=sheet.jurisdiction_id)


@transaction.atomic
def enter_sheet(
    *,
    actor: Actor,
    plan: Plan,
    one: Round,
    pk: UUID,
    seen: str,
    whole: bool = True,
    share: bool = True,
) -> SheetImport:
    """Write the rows chosen as comments inside the jurisdiction, in one act.

    `whole`: only when no row has a fault, else those without one. `share` hands them to the
    contact point. `seen` is the preview as it was looked at. NotVisible, Refused, Invalid, and
    Conflict when the round is closed, the form entered, or a comment changed meanwhile.
    """
    require(ACT, actor=actor, plan=plan, code=actor.jurisdiction_code)
    found = _open(actor=actor, plan=plan, one=one, pk=pk)
    if found.source:
        raise Conflict(_("This form is an opinion: enter it with its letter."))
    one = lock_round(one)
    still_asked(one, actor, ACT)
    present = lock_inside(one=one, code=actor.jurisdiction)
    view = sheet_view(one=one, sheet=found)
    _require_ready(view, seen=seen, whole=whole)
    if view.removed:
        require("comment.delete", actor=actor, plan=plan, code=actor.jurisdiction_code)
    state = DraftState.SHARED if share else DraftState.DRAFT
    rows = _written(one, view)
    added = [row for row in rows if row.key not in present]
    edited = [(present[row.key], row) for row in rows if row.key in present]
    removed = [present[UUID(line.held.key)] for line in view.removed]
    _require_open([*(draft for draft, _row in edited), *removed])
    made = add_drafts(one=one, actor=actor, rows=added, state=state)
    changed = change_drafts(rows=edited, state=state)
    remove_drafts(drafts=removed)
    _end(found, added=len(made), edited=len(changed), removed=len(removed), view=view)
    record.append(
        chain=f"{record.plan_chain(plan.key)}:{actor.jurisdiction}",
        actor=actor,
        act=ACT,
        subject=f"sheet:{found.pk}",
        effects={
            "round": one.number,
            "file": f"sha256:{found.file.sha256}",
            "state": state,
            "added": _digests(made),
            "edited": _digests(changed),
            "removed": sorted(str(draft.key) for draft in removed),
        },
    )
    return found


def _require_ready(view: SheetView, *, seen: str, whole: bool) -> None:
    if view.seen != seen:
        text = _("Comments changed here since you looked at the form. Look at it again.")
        raise Conflict(text)
    if whole and view.faulty:
        first = view.faulty[0].faults[0].place
        text = _(
            "{count} rows have faults, the first in {place}; nothing was entered. Mend them, or"
            " untick “All or nothing” to leave them out."
        )
        raise Invalid({"": format_lazy(text, count=len(view.faulty), place=first)})
    if not view.chosen and not view.removed:
        raise Invalid({"": _("No row is chosen that would change anything.")})


def _require_open(drafts: Sequence[CommentDraft]) -> None:
    if any(draft.state not in EDITABLE for draft in drafts):
        raise Conflict(_("This comment was submitted or deleted meanwhile."))


def _written(one: Round, view: SheetView) -> list[Written]:
    items = _items(one)
    rows = []
    for line in view.chosen:
        words = line.planned.words
        remark = _remark(words)
        check_remark(remark)
        item = items[words.item] if words.item else None
        rows.append(Written(key=UUID(line.planned.key), item=item, remark=remark))
    return rows


def _items(one: Round) -> dict[str, Item]:
    _entries, rows = entries_to_comment(one)
    return {key: row.item for key, row in rows.items()}


def _remark(words: Words) -> Remark:
    return Remark(
        type=words.type,
        text_zh=words.text_zh,
        text_en=words.text_en,
        wording_zh=words.wording_zh,
        wording_en=words.wording_en,
    )


def _digests(drafts: Sequence[CommentDraft]) -> dict[str, str]:
    return {str(draft.key): canonical.digest_of(said_in(draft)) for draft in drafts}


def _end(sheet: SheetImport, *, added: int, edited: int, removed: int, view: SheetView) -> None:
    sheet.entered_at = clock.now()
    skipped = len(view.faulty)
    sheet.result = {"added": added, "edited": edited, "removed": removed, "skipped": skipped}
    sheet.save(update_fields=["entered_at", "result"])


@transaction.atomic
def enter_sheet_opinion(
    *,
    actor: Actor,
    plan: Plan,
    one: Round,
    pk: UUID,
    seen: str,
    letter: Letter,
    whole: bool = True,
) -> Reply:
    """Enter the rows chosen as one opinion that came by mail, with its letter.

    NotVisible, Refused, Invalid, Conflict as `enter_sheet`.
    """
    require(OFFICE_ACT, actor=actor, plan=plan)
    found = _open(actor=actor, plan=plan, one=one, pk=pk)
    if not found.source:
        raise Conflict(_("This form is a jurisdiction's own: it is entered as its comments."))
    view = sheet_view(one=one, sheet=found)
    _require_ready(view, seen=seen, whole=whole)
    chosen = [line.planned for line in view.chosen if line.outcome is Outcome.NEW]
    _end(found, added=len(chosen), edited=0, removed=0, view=view)
    return enter_opinion(
        actor=actor,
        plan=plan,
        one=one,
        source=found.source,
        letter=letter,
        opinions=[Opinion(remark=_remark(row.words), item_key=row.words.item) for row in chosen],
    )
