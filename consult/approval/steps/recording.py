"""A letter written, told and put on the record: what every act on letters ends with."""

from dataclasses import replace

from consult.approval.enums import LetterKind
from consult.approval.models import ApprovalLetter
from consult.approval.procedure import LetterFact
from consult.approval.queries.standing import Standing
from consult.approval.steps.letters import LetterText, write_letter
from consult.approval.telling import tell
from stakeholders.record import steps as record
from stakeholders.terms import canonical
from stakeholders.terms.actor import Actor

# The act that brings a letter of each kind about; a reply is written by its own act.
ACT_OF = {
    LetterKind.SUBMISSION: "approval.submit",
    LetterKind.FORWARDING: "approval.forward",
    LetterKind.COMPLETION_ASKED: "approval.ask_completion",
    LetterKind.COMPLETION: "approval.complete",
    LetterKind.PUBLICATION: "approval.publish",
    LetterKind.FILING: "approval.file",
}
# What the request says already: who writes a letter of this kind, and to whom.
WRITERS = frozenset({LetterKind.COMPLETION, LetterKind.PUBLICATION, LetterKind.FILING})
READERS = {LetterKind.COMPLETION_ASKED: "senders", LetterKind.COMPLETION: "addressees"}


def filled(kind: LetterKind, said: LetterText, request: LetterFact) -> LetterText:
    """The letter with the units that follow from the request."""
    if kind in WRITERS:
        said = replace(said, senders=request.senders)
    if kind in READERS:
        said = replace(said, addressees=getattr(request, READERS[kind]))
    return said


def put_on_record(
    standing: Standing,
    actor: Actor,
    kind: LetterKind,
    said: LetterText,
    *,
    answers: int | None = None,
    corrects: ApprovalLetter | None = None,
    reason: str = "",
) -> ApprovalLetter:
    """Write the letter, tell those concerned, and append the act's one entry (last)."""
    statement = standing.statement
    if statement is None:
        raise ValueError("a letter needs a common statement")
    if standing.submission is not None:
        said = filled(kind, said, standing.submission)
    revision = corrects.revision if corrects else standing.approved or statement.revision
    row = write_letter(
        plan=standing.plan,
        statement=statement,
        revision=revision,
        actor=actor,
        kind=kind.value,
        said=said,
        answers=standing.rows[answers] if answers else None,
        corrects=corrects,
        reason=reason,
    )
    tell(standing, row)
    record.append(
        chain=record.plan_chain(standing.plan.key),
        actor=actor,
        act="approval.correct" if corrects else ACT_OF[kind],
        subject=f"letter:{row.pk}",
        effects=effects_of(row),
    )
    return row


def effects_of(row: ApprovalLetter) -> dict[str, object]:
    """What the record says of a letter: ids, codes and hashes, never its words."""
    words = [row.number, row.text, row.place, row.reason]
    days = [day.isoformat() if day else None for day in (row.dated_on, row.due_on)]
    return {
        "letter": row.pk,
        "kind": row.kind,
        "statement": row.statement.hash,
        "senders": row.senders,
        "addressees": row.addressees,
        "text": canonical.digest_of([*words, *days]),
        "file": row.file.sha256 if row.file else None,
        "answers": row.answers_id,
        "corrects": row.corrects_id,
    }
