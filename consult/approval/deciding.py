"""What a reply must say to be entered, and when it may be corrected or acknowledged."""

from collections.abc import Mapping, Sequence

from django.utils.text import format_lazy
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from consult.approval.enums import LetterKind, ReplyOutcome
from consult.approval.models import ApprovalLetter, ApprovalReply
from consult.approval.naming import by_name, find_entry
from consult.approval.queries.letters import counted_letters
from consult.approval.queries.replies import ReplyState, answered
from consult.approval.steps.letters import LetterText
from consult.approval.steps.replies import ConditionText, Found
from plans.register.enums import ChangeKind, Phase
from plans.register.manifest import seal
from plans.register.models import Plan, Revision, RevisionItem
from plans.register.queries import drafts_of, entries_of, latest_revision, reading_of
from plans.text.comparing import compare_draft
from plans.text.shown import plan_changes
from stakeholders.terms import clock
from stakeholders.terms.duty import Text
from stakeholders.terms.errors import Conflict, Invalid

MOST = 200  # conditions of one reply
LONGEST = 2_000  # characters of one condition

NOTHING_SUBMITTED = _("Nothing was submitted for approval: a reply answers a submission.")
NEEDS_ROWS: Mapping[str, Text] = {
    ReplyOutcome.WITH_CONDITIONS.value: _("Enter at least one condition of the reply."),
    ReplyOutcome.RETURNED.value: _("Name at least one item that the reply returns."),
}


def unanswered(submission: ApprovalLetter | None) -> ApprovalLetter:
    """The submission a reply is due on. Conflict."""
    if submission is None:
        raise Conflict(NOTHING_SUBMITTED)
    former = answered(submission)
    if former is not None:
        text = _("The submission was answered on {day}: correct that reply if it is wrong.")
        raise Conflict(format_lazy(text, day=former.dated_on.isoformat()), theirs=former)
    return submission


def decided(
    plan: Plan,
    submission: ApprovalLetter,
    *,
    said: LetterText,
    outcome: str,
    conditions: Sequence[ConditionText],
) -> list[Found]:
    """The conditions with the items they name. Invalid, all faults at once, by field; Conflict."""
    _check_frozen(plan, submission)
    errors = {**_letter_errors(submission, said), **_outcome_errors(outcome, conditions)}
    names = by_name(entries_of(submission.revision))
    found: list[Found] = []
    seen: set[tuple[int | None, str]] = set()
    for number, row in enumerate(conditions):
        if row.is_blank:
            continue
        entry = find_entry(names, row.item)
        one = Found(entry=entry, text_zh=row.text_zh.strip(), text_en=row.text_en.strip())
        errors |= _row_errors(number, row, one, submission)
        name = (entry.item_id if entry else None, one.text_zh)
        if name in seen and one.text_zh:
            errors[f"condition-{number}-text_zh"] = _("This condition is entered twice.")
        seen.add(name)
        found.append(one)
    if outcome == ReplyOutcome.WITH_CONDITIONS:
        errors |= _changed_since(plan, submission, conditions, names)
    if errors:
        raise Invalid(errors)
    return found


def _check_frozen(plan: Plan, submission: ApprovalLetter) -> None:
    if plan.frozen_id != submission.revision_id:
        text = _("{label} was submitted, and it is not the frozen text any more.")
        raise Conflict(format_lazy(text, label=str(submission.revision)))


def _letter_errors(submission: ApprovalLetter, said: LetterText) -> dict[str, Text]:
    errors: dict[str, Text] = {}
    if said.dated_on < submission.dated_on:
        text = _("The reply cannot be older than the submission of {day}.")
        errors["dated_on"] = format_lazy(text, day=submission.dated_on.isoformat())
    elif said.dated_on > localtime(clock.now()).date():
        errors["dated_on"] = _("This day is still to come.")
    if not said.number.strip():
        errors["number"] = _("A letter has a letter number.")
    asked = set(submission.addressees)
    if asked and not said.senders:
        errors["senders"] = _("Say who has replied.")
    elif asked and not asked.issuperset(said.senders):
        errors["senders"] = _("Only those the plan was submitted to reply.")
    return errors


def _outcome_errors(outcome: str, conditions: Sequence[ConditionText]) -> dict[str, Text]:
    if outcome not in ReplyOutcome.values:
        return {"outcome": _("This is not one of the choices.")}
    rows = [row for row in conditions if not row.is_blank]
    if len(rows) > MOST:
        return {"": format_lazy(_("A reply has at most {most} conditions."), most=MOST)}
    if outcome == ReplyOutcome.APPROVED and rows:
        text = _("An approval without conditions has none: choose “approved with conditions”.")
        return {"outcome": text}
    named = [row for row in rows if row.item.strip()]
    lacks = not rows if outcome == ReplyOutcome.WITH_CONDITIONS else not named
    return {"": NEEDS_ROWS[outcome]} if outcome in NEEDS_ROWS and lacks else {}


def _row_errors(
    number: int, row: ConditionText, one: Found, submission: ApprovalLetter
) -> dict[str, Text]:
    at = f"condition-{number}-"
    errors: dict[str, Text] = {}
    if row.item.strip() and one.entry is None:
        text = _("There is no item “{typed}” in {revision}, which was submitted.")
        errors[at + "item"] = format_lazy(
            text, typed=row.item.strip()[:80], revision=str(submission.revision)
        )
    if not one.text_zh:
        errors[at + "text_zh"] = _("Enter the text of the reply in Chinese.")
    for name in ("text_zh", "text_en"):
        if len(getattr(one, name)) > LONGEST:
            text = _("At most {most} characters.")
            errors[at + name] = format_lazy(text, most=LONGEST)
    return errors


def _changed_since(
    plan: Plan,
    submission: ApprovalLetter,
    conditions: Sequence[ConditionText],
    names: Mapping[str, Sequence[RevisionItem]],
) -> dict[str, Text]:
    """Conditions on items whose wording in the draft or in a later revision is another one."""
    named = {
        number: entry
        for number, row in enumerate(conditions)
        if (entry := find_entry(names, row.item)) is not None
    }
    drafts = {
        one.item_id: "" if one.is_removed else seal(one).hash
        for one in drafts_of(plan).filter(item__in=[e.item_id for e in named.values()])
    }
    later = _later_wordings(plan, submission.revision)
    errors: dict[str, Text] = {}
    text = _(
        "{item} has changed since it was submitted: look at what stands there now. Take its "
        "submitted wording back, or enter the condition on the plan as a whole."
    )
    for number, entry in named.items():
        hashes = {drafts.get(entry.item_id, ""), later.get(entry.item_id, entry.version.hash)}
        if hashes != {entry.version.hash}:
            sign = reading_of(entry).number_label
            errors[f"condition-{number}-item"] = format_lazy(text, item=sign)
    return errors


def _later_wordings(plan: Plan, submitted: Revision) -> dict[int, str]:
    """Item id -> hash in the newest revision, where one was published since."""
    newest = latest_revision(plan)
    if newest is None or newest.pk == submitted.pk:
        return {}
    return dict(newest.entries.values_list("item_id", "version__hash"))


def untouched(plan: Plan, state: ReplyState, *, outcome: str) -> None:
    """Conflict where something has come of the reply: its correction would undo it."""
    if outcome != state.outcome and _is_published(plan, state):
        text = _("The publication or filing is on file: the plan stays approved as it is.")
        raise Conflict(text)
    if plan.phase != Phase.IDENTIFICATION and not state.is_reopened:
        raise Conflict(_("The plan has gone on: the reply cannot be corrected any more."))
    if state.approved is not None:
        raise Conflict(_("The approved text is published: the reply cannot be corrected any more."))
    if state.is_reopened:
        raise Conflict(_("The returned items were taken back to preparation already."))
    if plan.frozen_id is None and _is_edited(plan, state.submitted):
        raise Conflict(
            _("The working draft was changed since the reply: take the changes back first.")
        )


def _is_published(plan: Plan, state: ReplyState) -> bool:
    rows = counted_letters([plan.pk]).filter(kind__in=(LetterKind.PUBLICATION, LetterKind.FILING))
    return rows.filter(statement=state.letter.statement_id).exists()


def _is_edited(plan: Plan, submitted: Revision) -> bool:
    found = compare_draft(plan=plan, old=submitted)
    moved = any(one.kind is not ChangeKind.UNCHANGED for one in found.changes)
    return moved or bool(plan_changes(found))


def to_note(state: ReplyState | None, *, code: str) -> tuple[ApprovalReply, Revision]:
    """What the party `code` acknowledges. Conflict."""
    if state is None or state.approved is None:
        raise Conflict(_("There is no approved text to acknowledge yet."))
    if code in state.acknowledged:
        raise Conflict(_("Your jurisdiction has acknowledged it already."))
    if code not in state.outstanding:
        raise Conflict(_("The reply imposed nothing that has to be acknowledged."))
    return state.reply, state.approved
