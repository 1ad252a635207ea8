"""The steps after a sign-off, in order, as the letters there are let them stand. Pure.

`kinds` says which steps a kind of plan needs and how long they may take; `steps_of` lays the
letters beside it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from consult.approval.enums import LetterKind, ReplyOutcome
from consult.approval.needs import PROCEDURES, Approver, Rule, StepKind
from stakeholders.jurisdictions.enums import Level
from stakeholders.terms.workdays import workdays_between

APPROVING = frozenset({ReplyOutcome.APPROVED.value, ReplyOutcome.WITH_CONDITIONS.value})


class State(StrEnum):
    DONE = "done"
    OPEN = "open"  # somebody can and must do it now
    WAITING = "waiting"  # another step comes first
    NOT_NEEDED = "not_needed"


class By(StrEnum):
    """Whose turn an open step is."""

    PARTIES = "parties"
    OFFICE = "office"
    UNIT = "unit"  # the step's `unit`
    AUTHORITY = "authority"  # to whom the plan was submitted


@dataclass(frozen=True, kw_only=True)
class LetterFact:
    """A letter that counts, as plain values. `answers` is the pk of a letter that counts."""

    pk: int
    kind: str
    dated_on: date
    senders: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    due_on: date | None = None
    answers: int | None = None
    outcome: str = ""


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What the steps rest on. `signed_on`: the last signature, None while one is missing;
    `approved_on`: the text as the reply changed it was published, None before. A period is counted
    by the calendar of the day it begins (`calendars`), so that no later change of it moves one."""

    kind: str
    parties: tuple[str, ...]  # that must sign
    parents: Mapping[str, str | None]
    levels: Mapping[str, str]
    has_statement: bool
    signed_on: date | None
    letters: tuple[LetterFact, ...]  # under the present statement, oldest first
    approved_on: date | None
    today: date
    calendars: Callable[[date], Mapping[date, bool]]  # as known on a day


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step as it stands. `letter` did it; `notice` is what a completion answers; `unit` who
    forwards or asked; `days_left` in working days, below zero when late, while it is open."""

    kind: StepKind
    state: State
    by: By
    rule: Rule
    letter: int | None = None
    notice: int | None = None
    unit: str = ""
    dated_on: date | None = None
    due_on: date | None = None
    waits_for: StepKind | None = None
    days_left: int | None = None
    outcome: str = ""


def superiors(code: str, parents: Mapping[str, str | None]) -> list[str]:
    """The units above `code`, the nearest first."""
    found: list[str] = []
    above = parents.get(code)
    while above is not None and above not in found:
        found.append(above)
        above = parents.get(above)
    return found


def suggested_addressees(facts: Facts) -> list[str]:
    """Who approves: by the kind the parties' own level, else the nearest unit above all of the
    lower parties, or each one's province where none but the country is above them."""
    lower = _lower(facts)
    if PROCEDURES[facts.kind].approver is Approver.OWN:
        return lower
    chains = [
        [one for one in superiors(code, facts.parents) if facts.levels.get(one) != Level.COUNTRY]
        for code in lower
    ]
    if not all(chains):  # a province's plan goes to the State Council
        return sorted(code for code, level in facts.levels.items() if level == Level.COUNTRY)
    if not chains:
        return []
    shared = [one for one in chains[0] if all(one in chain for chain in chains[1:])]
    if shared:
        return shared[:1]
    return sorted({chain[-1] for chain in chains})


def suggested_senders(facts: Facts) -> list[str]:
    """The must-sign parties that write: not those to whom they write."""
    addressees = set(suggested_addressees(facts))
    if PROCEDURES[facts.kind].approver is Approver.OWN:
        return sorted(facts.parties)
    return sorted(set(facts.parties) - addressees)


def _lower(facts: Facts) -> list[str]:
    """The parties that have no other party below them: a province that signs is no applicant."""
    above = {one for code in facts.parties for one in superiors(code, facts.parents)}
    return sorted(set(facts.parties) - above)


def forwarding_units(
    *, senders: Iterable[str], addressees: Iterable[str], facts: Facts
) -> list[str]:
    """The prefectures a request of `senders` to `addressees` may not skip, in order of code.

    A prefecture forwards when a county below it writes and an addressee lies above it.
    """
    wanted = set(addressees)
    found = set()
    for code in senders:
        above = facts.parents.get(code)
        if above is None or facts.levels.get(above) != Level.PREFECTURE:
            continue
        if above not in wanted and wanted.intersection(superiors(above, facts.parents)):
            found.add(above)
    return sorted(found)


def submission_of(letters: Sequence[LetterFact]) -> LetterFact | None:
    """The newest request: earlier ones were returned."""
    return _last(letters, LetterKind.SUBMISSION, None)


def reply_to(letters: Sequence[LetterFact], submission: LetterFact | None) -> LetterFact | None:
    return _last(letters, LetterKind.REPLY, submission.pk) if submission else None


def answered(letters: Sequence[LetterFact], notice: int) -> LetterFact | None:
    """The completed documents that answer a notice."""
    return _last(letters, LetterKind.COMPLETION, notice)


def _last(
    letters: Sequence[LetterFact], kind: LetterKind, answers: int | None
) -> LetterFact | None:
    fitting = [
        one for one in letters if one.kind == kind and (answers is None or one.answers == answers)
    ]
    return fitting[-1] if fitting else None


def steps_of(facts: Facts) -> list[Step]:
    """Every step of the plan's kind in order, as it stands on `facts.today`."""
    submission = submission_of(facts.letters)
    reply = reply_to(facts.letters, submission)
    steps = [
        _statement(facts),
        _submission(facts, submission),
        *_forwardings(facts, submission, reply),
        *_completions(facts, submission, reply),
        _reply(facts, submission, reply),
    ]
    if reply and reply.outcome == ReplyOutcome.WITH_CONDITIONS:
        steps.append(_approved_text(facts, reply))
    return [*steps, _publication(facts, reply), _filing(facts, reply)]


def _rule(facts: Facts, kind: StepKind) -> Rule:
    return PROCEDURES[facts.kind].rules[kind]


def _step(
    facts: Facts,
    kind: StepKind,
    by: By,
    *,
    letter: LetterFact | None = None,
    waits_for: StepKind | None = None,
    due_on: date | None = None,
    unit: str = "",
    notice: int | None = None,
) -> Step:
    """Done with its letter, else waiting for another step, else open until its day."""
    state = State.OPEN
    if letter is not None:
        state = State.DONE
    elif waits_for is not None:
        state = State.WAITING
    is_open = state is State.OPEN
    left = None
    if is_open and due_on:
        left = workdays_between(facts.today, due_on, facts.calendars(facts.today))
    return Step(
        kind=kind,
        state=state,
        by=by,
        rule=_rule(facts, kind),
        letter=letter.pk if letter else None,
        notice=notice,
        unit=unit,
        dated_on=letter.dated_on if letter else None,
        due_on=due_on if state is not State.WAITING else None,
        waits_for=waits_for if state is State.WAITING else None,
        days_left=left,
        outcome=letter.outcome if letter else "",
    )


def _due(facts: Facts, kind: StepKind, begin: date | None) -> date | None:
    period = _rule(facts, kind).period
    return period.end(begin, facts.calendars(begin)) if period and begin else None


def _statement(facts: Facts) -> Step:
    state = State.DONE if facts.signed_on else State.OPEN
    return Step(
        kind=StepKind.STATEMENT,
        state=state,
        by=By.PARTIES,
        rule=_rule(facts, StepKind.STATEMENT),
        dated_on=facts.signed_on,
    )


def _submission(facts: Facts, submission: LetterFact | None) -> Step:
    return _step(
        facts,
        StepKind.SUBMISSION,
        By.OFFICE,
        letter=submission,
        waits_for=None if facts.signed_on else StepKind.STATEMENT,
        due_on=_due(facts, StepKind.SUBMISSION, facts.signed_on),
    )


def _forwardings(
    facts: Facts, submission: LetterFact | None, reply: LetterFact | None
) -> list[Step]:
    """One a prefecture; one step "not needed" where no level is skipped. What was not forwarded
    before the reply is asked for no more: it can be entered no more."""
    senders = submission.senders if submission else suggested_senders(facts)
    addressees = submission.addressees if submission else suggested_addressees(facts)
    units = forwarding_units(senders=senders, addressees=addressees, facts=facts)
    if not units:
        rule = _rule(facts, StepKind.FORWARDING)
        return [
            Step(kind=StepKind.FORWARDING, state=State.NOT_NEEDED, by=By.UNIT, rule=rule),
        ]
    done = {
        one.senders[0]: one
        for one in facts.letters
        if one.kind == LetterKind.FORWARDING
        and one.senders
        and submission
        and one.answers == submission.pk
    }
    begin = submission.dated_on if submission else None
    steps = [
        _step(
            facts,
            StepKind.FORWARDING,
            By.UNIT,
            letter=done.get(unit),
            waits_for=None if submission else StepKind.SUBMISSION,
            due_on=_due(facts, StepKind.FORWARDING, begin),
            unit=unit,
        )
        for unit in units
    ]
    return [_past(step) if reply and step.state is State.OPEN else step for step in steps]


def _past(step: Step) -> Step:
    """A step that the reply has overtaken."""
    return replace(step, state=State.NOT_NEEDED, due_on=None, days_left=None)


def _completions(
    facts: Facts, submission: LetterFact | None, reply: LetterFact | None
) -> list[Step]:
    """One a notice. What was not completed before the reply is asked for no more."""
    if submission is None:
        return []
    found = []
    for notice in facts.letters:
        if notice.kind != LetterKind.COMPLETION_ASKED or notice.answers != submission.pk:
            continue
        done = answered(facts.letters, notice.pk)
        step = _step(
            facts,
            StepKind.COMPLETION,
            By.OFFICE,
            letter=done,
            due_on=notice.due_on,
            unit=notice.senders[0] if notice.senders else "",
            notice=notice.pk,
        )
        if reply and not done:
            step = _past(step)
        found.append(step)
    return found


def _reply(facts: Facts, submission: LetterFact | None, reply: LetterFact | None) -> Step:
    return _step(
        facts,
        StepKind.REPLY,
        By.AUTHORITY,
        letter=reply,
        waits_for=None if submission else StepKind.SUBMISSION,
        due_on=_due(facts, StepKind.REPLY, submission.dated_on if submission else None),
    )


def _approved_text(facts: Facts, reply: LetterFact) -> Step:
    """The text as the reply's conditions change it, in time for its publication."""
    due = _due(facts, StepKind.PUBLICATION, reply.dated_on)
    step = _step(facts, StepKind.APPROVED_TEXT, By.OFFICE, due_on=due)
    if facts.approved_on is None:
        return step
    return replace(step, state=State.DONE, dated_on=facts.approved_on, days_left=None)


def _after_reply(facts: Facts, reply: LetterFact | None) -> StepKind | None:
    """What comes before publishing: a reply that approves; after a returned one a new statement."""
    if reply is None:
        return StepKind.REPLY
    if reply.outcome not in APPROVING:
        return StepKind.STATEMENT
    if reply.outcome == ReplyOutcome.WITH_CONDITIONS and facts.approved_on is None:
        return StepKind.APPROVED_TEXT
    return None


def _publication(facts: Facts, reply: LetterFact | None) -> Step:
    return _step(
        facts,
        StepKind.PUBLICATION,
        By.OFFICE,
        letter=_last(facts.letters, LetterKind.PUBLICATION, reply.pk) if reply else None,
        waits_for=_after_reply(facts, reply),
        due_on=_due(facts, StepKind.PUBLICATION, reply.dated_on if reply else None),
    )


def _filing(facts: Facts, reply: LetterFact | None) -> Step:
    """Not a condition of anything: where the kind asks for none it may still be done."""
    done = _last(facts.letters, LetterKind.FILING, reply.pk) if reply else None
    rule = _rule(facts, StepKind.FILING)
    if not rule.is_needed and done is None:
        return Step(kind=StepKind.FILING, state=State.NOT_NEEDED, by=By.OFFICE, rule=rule)
    waits = _after_reply(facts, reply)
    return _step(
        facts,
        StepKind.FILING,
        By.OFFICE,
        letter=done,
        waits_for=waits,
        due_on=_due(facts, StepKind.FILING, reply.dated_on if reply else None),
    )
