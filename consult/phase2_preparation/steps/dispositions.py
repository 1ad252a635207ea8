"""Row writes of dispositions, their publication and answers, and reasons of changes."""

from collections.abc import Iterable
from dataclasses import dataclass

from consult.matters.models import Matter
from consult.phase2_preparation.models import (
    Advice,
    ChangeReason,
    Comment,
    CommenterAnswer,
    Disposition,
    DispositionBatch,
    DispositionPublication,
    DispositionWithdrawal,
    PublicationLetter,
)
from consult.phase2_preparation.steps.replies import mandate_of, mandate_or_link
from plans.register.models import Item, Plan
from stakeholders.files.models import StoredFile
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor

CHUNK = 1_000


@dataclass(frozen=True, kw_only=True)
class Resolved:
    """What a comment is decided as, its matter opened and its names found."""

    outcome: str
    reason_zh: str = ""
    reason_en: str = ""
    matter: Matter | None = None
    superseded_by: Comment | None = None
    superseded_item: Item | None = None
    follows: Advice | None = None


def write_dispositions(
    *,
    decided: Iterable[tuple[Comment, Resolved]],
    actor: Actor,
    together: DispositionBatch | None = None,
) -> list[Disposition]:
    """A disposition for each comment; one query per thousand of them."""
    now, mandate_id = clock.now(), mandate_of(actor)
    return Disposition.objects.bulk_create(
        (
            Disposition(
                comment=comment,
                outcome=one.outcome,
                reason_zh=one.reason_zh.strip(),
                reason_en=one.reason_en.strip(),
                matter=one.matter,
                superseded_by=one.superseded_by,
                superseded_item=one.superseded_item,
                follows=one.follows,
                together=together,
                mandate_id=mandate_id,
                at=now,
            )
            for comment, one in decided
        ),
        batch_size=CHUNK,
    )


def open_batch(*, plan: Plan, actor: Actor, kind: str, outcome: str, size: int) -> DispositionBatch:
    return DispositionBatch.objects.create(
        plan=plan,
        kind=kind,
        outcome=outcome,
        size=size,
        mandate_id=mandate_of(actor),
        at=clock.now(),
    )


def withdraw(*, ids: Iterable[int], actor: Actor) -> int:
    """Take dispositions back: what stood before them stands again. Returns how many."""
    now, mandate_id = clock.now(), mandate_of(actor)
    rows = DispositionWithdrawal.objects.bulk_create(
        (DispositionWithdrawal(disposition_id=pk, mandate_id=mandate_id, at=now) for pk in ids),
        batch_size=CHUNK,
    )
    return len(rows)


def publish(*, dispositions: Iterable[Disposition], actor: Actor) -> str:
    """Show dispositions to all in one batch; returns the batch."""
    batch, now = canonical.new_nonce()[:32], clock.now()
    DispositionPublication.objects.bulk_create(
        DispositionPublication(disposition=row, batch=batch, mandate_id=mandate_of(actor), at=now)
        for row in dispositions
    )
    return batch


def add_letter(
    *, plan: Plan, actor: Actor, batch: str, note: str, file: StoredFile | None
) -> PublicationLetter:
    """The note and the explanatory letter that go with a published batch."""
    return PublicationLetter.objects.create(
        plan=plan,
        batch=batch,
        note=note.strip(),
        file=file,
        mandate_id=mandate_of(actor),
        at=clock.now(),
    )


def write_answers(
    *, dispositions: Iterable[Disposition], actor: Actor, accepts: bool, text: str
) -> list[CommenterAnswer]:
    now, mandate_id = clock.now(), mandate_or_link(actor)
    return CommenterAnswer.objects.bulk_create(
        CommenterAnswer(
            disposition=row, accepts=accepts, text=text.strip(), mandate_id=mandate_id, at=now
        )
        for row in dispositions
    )


def explain(
    *,
    plan: Plan,
    item: Item,
    actor: Actor,
    disposition: Disposition | None,
    matter: Matter | None,
    note: str,
) -> ChangeReason:
    return ChangeReason.objects.create(
        plan=plan,
        item=item,
        disposition=disposition,
        matter=matter,
        note=note.strip(),
        mandate_id=mandate_of(actor),
        at=clock.now(),
    )
