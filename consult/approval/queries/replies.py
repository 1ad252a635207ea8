"""Where the reply to a submission stands: its conditions, the approved text, who has noted it.

Unscoped: for plans the caller has loaded, for gates, duties and sweeps.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localtime

from consult.approval.enums import LetterKind, ReplyOutcome, TakenUp
from consult.approval.models import Acknowledgement, ApprovalLetter, ApprovalReply, ReplyCondition
from consult.approval.queries.letters import approved_after, counted_letters, heads_of
from consult.phase3_identification.queries.statements import passed_statements
from plans.register.enums import Phase, Stage
from plans.register.manifest import seal
from plans.register.models import ItemDraft, Party, Plan, Revision, RevisionItem
from plans.register.reading import Reading, read
from stakeholders.jurisdictions.queries import calendars
from stakeholders.terms.duty import Text
from stakeholders.terms.workdays import add_workdays

DAYS_TO_NOTE = 10  # working days in which the parties acknowledge the approved text


@dataclass(frozen=True, kw_only=True)
class ConditionState:
    """One condition, or one returned item. `key` and `before` are empty where it is of the plan as
    a whole; `before` is the wording submitted."""

    row: ReplyCondition
    taken_up: TakenUp
    key: str = ""
    before: Reading | None = None

    @property
    def number(self) -> int:
        return self.row.number

    @property
    def text_zh(self) -> str:
        return self.row.text_zh

    @property
    def text_en(self) -> str:
        return self.row.text_en

    @property
    def label(self) -> Text:
        """ "Article 42" as submitted; "" for the plan as a whole."""
        return self.before.number_label if self.before else ""

    @property
    def is_waiting(self) -> bool:
        return self.taken_up is TakenUp.NOT_YET


@dataclass(frozen=True, kw_only=True)
class ReplyState:
    """The newest counted reply to the submission of a plan's last common statement.

    `approved` is the approved text published after it; `acknowledged` and `outstanding` are codes
    of the must-sign parties, both empty unless the reply has conditions and the text is published;
    `waits_until` is the last day the gate waits for them. `returned` are keys of items, until the
    text was opened again (`is_reopened`).
    """

    letter: ApprovalLetter
    reply: ApprovalReply
    outcome: ReplyOutcome
    conditions: Sequence[ConditionState] = ()
    approved: Revision | None = None
    acknowledged: tuple[str, ...] = ()
    outstanding: tuple[str, ...] = ()
    waits_until: date | None = None
    returned: tuple[str, ...] = ()
    is_reopened: bool = False

    @property
    def submitted(self) -> Revision:
        return self.letter.revision

    @property
    def is_approving(self) -> bool:
        return self.outcome is not ReplyOutcome.RETURNED

    @property
    def is_open(self) -> bool:
        """Approved, and the approved text is not published yet."""
        return self.is_approving and self.approved is None

    @property
    def is_untouched(self) -> bool:
        """Nothing has come of it that the correction of a wrong entry would undo."""
        return self.approved is None and not self.is_reopened

    @property
    def waits_for_reopening(self) -> bool:
        """Returned, and its items were not taken back to preparation yet."""
        return not self.is_approving and not self.is_reopened

    @property
    def owes_text(self) -> bool:
        """Conditions are met by an approved text; without them the frozen one is approved."""
        return self.outcome is ReplyOutcome.WITH_CONDITIONS and self.approved is None

    @property
    def named(self) -> frozenset[str]:
        """Keys of the items that conditions of an approving reply change."""
        if not self.is_approving:
            return frozenset()
        return frozenset(one.key for one in self.conditions if one.key)

    @property
    def of_plan(self) -> list[ConditionState]:
        """The conditions on the plan as a whole."""
        return [one for one in self.conditions if not one.key]

    @property
    def waiting(self) -> list[ConditionState]:
        """The conditions on items that the text does not show yet."""
        return [one for one in self.conditions if one.key and one.is_waiting]


Calendars = Callable[[date], Mapping[date, bool]]


@dataclass(frozen=True, kw_only=True)
class _Read:
    """What is read for all plans at once, by the ids of their rows."""

    conditions: Mapping[int, Sequence[ReplyCondition]]
    drafts: Mapping[int, ItemDraft]
    approved: Mapping[int, Revision]
    entries: Mapping[tuple[int, int], RevisionItem]
    acknowledged: Mapping[int, frozenset[tuple[int, str]]]
    signing: Mapping[int, Sequence[str]]
    calendars: Calendars


def reply_state(plan: Plan) -> ReplyState | None:
    """None where nothing was submitted under the last statement, or no reply has come. At most
    nine queries."""
    return reply_states([plan]).get(plan.pk)


def reply_states(plans: Iterable[Plan], *, with_conditions: bool = True) -> dict[int, ReplyState]:
    """By the id of the plan. At most nine queries over all `plans`, two where none was answered.

    `with_conditions` False spares three where only who has noted the text is asked.
    """
    by_id = {plan.pk: plan for plan in plans}
    letters = _letters(by_id)
    if not letters:
        return {}
    found = _read(letters, with_conditions=with_conditions)
    return {pk: _state(by_id[pk], letter, found) for pk, letter in letters.items()}


def _letters(plans: Mapping[int, Plan]) -> dict[int, ApprovalLetter]:
    """Plan id -> the newest counted reply under its last statement."""
    statements = [row.pk for row in passed_statements(plans.values())] if plans else []
    if not statements:
        return {}
    rows = counted_letters(plans).filter(kind=LetterKind.REPLY, statement__in=statements)
    return {row.plan_id: row for row in rows.select_related("revision")}


def _read(letters: Mapping[int, ApprovalLetter], *, with_conditions: bool) -> _Read:
    replies = [letter.reply.pk for letter in letters.values()]
    rows = ReplyCondition.objects.filter(reply__in=replies).select_related("item", "version")
    conditions: dict[int, list[ReplyCondition]] = {}
    for row in rows.order_by("reply", "number") if with_conditions else ():
        conditions.setdefault(row.reply_id, []).append(row)
    items = {row.item_id for some in conditions.values() for row in some if row.item_id}
    approved = _approved(letters)
    revisions = [one.revision_id for one in letters.values()]
    revisions += [one.pk for one in approved.values()]
    entries = RevisionItem.objects.filter(revision__in=revisions, item__in=items)
    noted: dict[int, set[tuple[int, str]]] = {}
    given = Acknowledgement.objects.filter(reply__in=replies)
    for reply, revision, code in given.values_list("reply", "revision", "jurisdiction"):
        noted.setdefault(reply, set()).add((revision, code))
    drafts = ItemDraft.objects.filter(item__in=items).select_related("item")
    return _Read(
        conditions=conditions,
        drafts={one.item_id: one for one in drafts},
        approved=approved,
        entries={(one.revision_id, one.item_id): one for one in entries},
        acknowledged={pk: frozenset(some) for pk, some in noted.items()},
        signing=_signing(letters),
        calendars=calendars() if approved else lambda _day: {},
    )


def _approved(letters: Mapping[int, ApprovalLetter]) -> dict[int, Revision]:
    """Plan id -> the first approved text published after its reply."""
    rows = Revision.objects.filter(plan__in=letters, stage=Stage.APPROVED).defer("manifest")
    of_plan: dict[int, list[Revision]] = {}
    for row in rows.order_by("number"):
        of_plan.setdefault(row.plan_id, []).append(row)
    texts = {pk: approved_after(letters[pk], found) for pk, found in of_plan.items()}
    return {pk: text for pk, text in texts.items() if text is not None}


def _signing(plans: Iterable[int]) -> dict[int, list[str]]:
    rows = Party.objects.co_makers().must_sign().filter(plan__in=list(plans))
    found: dict[int, list[str]] = {}
    for plan, code in rows.order_by("jurisdiction").values_list("plan", "jurisdiction"):
        found.setdefault(plan, []).append(code)
    return found


def _state(plan: Plan, letter: ApprovalLetter, found: _Read) -> ReplyState:
    reply = letter.reply
    outcome = ReplyOutcome(reply.outcome)
    approved = found.approved.get(plan.pk) if outcome is not ReplyOutcome.RETURNED else None
    rows = found.conditions.get(reply.pk, ())
    conditions = tuple(_condition(row, letter, approved, found) for row in rows)
    noted: tuple[str, ...] = ()
    owing: tuple[str, ...] = ()
    until = None
    if approved is not None and outcome is ReplyOutcome.WITH_CONDITIONS:
        said = {c for pk, c in found.acknowledged.get(reply.pk, ()) if pk == approved.pk}
        codes = found.signing.get(plan.pk, ())
        noted = tuple(sorted(said))
        owing = tuple(code for code in codes if code not in said)
        begun = localtime(approved.published_at).date()
        until = add_workdays(begun, DAYS_TO_NOTE, found.calendars(begun))
    is_returned = outcome is ReplyOutcome.RETURNED
    return ReplyState(
        letter=letter,
        reply=reply,
        outcome=outcome,
        conditions=conditions,
        approved=approved,
        acknowledged=noted,
        outstanding=owing,
        waits_until=until,
        returned=tuple(dict.fromkeys(one.key for one in conditions if one.key))
        if is_returned
        else (),
        is_reopened=is_returned and _is_reopened(plan, letter),
    )


def _is_reopened(plan: Plan, letter: ApprovalLetter) -> bool:
    """The text submitted is not the one that stands frozen for identification any more."""
    return plan.phase != Phase.IDENTIFICATION or plan.frozen_id != letter.revision_id


def _condition(
    row: ReplyCondition, letter: ApprovalLetter, approved: Revision | None, found: _Read
) -> ConditionState:
    if row.item is None or row.version is None:
        taken = TakenUp.IN_TEXT if approved else TakenUp.NOT_YET
        return ConditionState(row=row, taken_up=taken)
    entry = found.entries.get((letter.revision_id, row.item.pk))
    before = read(json.loads(row.version.content), number=entry.number if entry else "")
    taken = _taken_up(row, approved, found)
    return ConditionState(row=row, taken_up=taken, key=row.item.key, before=before)


def _taken_up(row: ReplyCondition, approved: Revision | None, found: _Read) -> TakenUp:
    """Whether the item says something else than what was submitted, or stands no more."""
    item = row.item_id or 0
    if approved is not None:
        entry = found.entries.get((approved.pk, item))
        is_same = entry is not None and entry.version_id == row.version_id
        return TakenUp.NOT_YET if is_same else TakenUp.IN_TEXT
    draft = found.drafts.get(item)
    hash_before = row.version.hash if row.version else ""
    is_same = draft is not None and not draft.is_removed and seal(draft).hash == hash_before
    return TakenUp.NOT_YET if is_same else TakenUp.IN_DRAFT


def submission_of(plan: Plan) -> ApprovalLetter | None:
    """The newest counted submission under the plan's last statement, with revision. Two queries."""
    rows = counted_letters([plan.pk]).filter(
        kind=LetterKind.SUBMISSION, statement__in=passed_statements([plan]).values("pk")
    )
    return rows.select_related("revision", "statement").last()


def answered(submission: ApprovalLetter) -> ApprovalLetter | None:
    """The counted reply under the statement of a submission."""
    rows = counted_letters([submission.plan_id]).filter(kind=LetterKind.REPLY)
    return rows.filter(statement=submission.statement_id).last()


def awaits_completion(submission: ApprovalLetter) -> bool:
    """Whether the authority has asked for papers that were not handed in yet: what answers a
    notice answers its correction. One query."""
    rows = list(ApprovalLetter.objects.filter(statement=submission.statement_id).order_by("pk"))
    heads = heads_of(rows)
    counted = [row for row in rows if heads[row.pk] == row.pk]
    asked = {row.pk for row in counted if row.kind == LetterKind.COMPLETION_ASKED}
    given = [row.answers_id for row in counted if row.kind == LetterKind.COMPLETION]
    return bool(asked - {heads.get(pk) for pk in given if pk})
