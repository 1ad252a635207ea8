"""Row writes of what belongs to a comment inside its jurisdiction, and of co-signing."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from consult.phase2_preparation.models import (
    Comment,
    CommentAutosave,
    CommentDraft,
    CommentFile,
    CommentSupport,
    DraftFile,
    DraftNote,
    Round,
)
from plans.register.models import Item
from stakeholders.files.models import StoredFile
from stakeholders.people.models import Mandate
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor


def set_files(draft: CommentDraft, *, files: Iterable[StoredFile]) -> None:
    """The files of a draft from now on; what goes is dropped by housekeeping."""
    wanted = {one.pk: one for one in files}
    draft.files.exclude(file__in=list(wanted)).delete()
    known = set(draft.files.values_list("file_id", flat=True))
    DraftFile.objects.bulk_create(
        DraftFile(draft=draft, file=one) for pk, one in wanted.items() if pk not in known
    )


def keep_files(*, drafts: Sequence[CommentDraft], comments: Sequence[Comment]) -> None:
    """The files of drafts become those of the comments they were submitted as, pair by pair."""
    CommentFile.objects.bulk_create(
        CommentFile(comment=comment, file=row.file)
        for draft, comment in zip(drafts, comments, strict=True)
        for row in draft.files.all()
    )


def add_note(*, draft: CommentDraft, actor: Actor, text: str) -> DraftNote:
    return DraftNote.objects.create(
        draft=draft, text=text.strip(), mandate_id=actor.mandate, at=clock.now()
    )


def write_support(
    *, comment: Comment, actor: Actor, is_withdrawn: bool, text: str
) -> CommentSupport:
    return CommentSupport.objects.create(
        comment=comment,
        jurisdiction_id=actor.jurisdiction,
        is_withdrawn=is_withdrawn,
        text=text.strip(),
        mandate_id=actor.mandate,
        at=clock.now(),
    )


def put_typed(
    *,
    actor: Actor,
    one: Round,
    draft: CommentDraft | None,
    item: Item | None,
    edits: int,
    fields: Mapping[str, list[str]],
) -> CommentAutosave:
    """What the actor has typed now, in place of what it had typed before."""
    row, _is_new = CommentAutosave.objects.update_or_create(
        round=one,
        draft=draft,
        item=item,
        mandate_id=actor.mandate,
        defaults={"fields": dict(fields), "edits": edits, "saved_at": clock.now()},
    )
    return row


def drop_typed(
    *, actor: Actor, one: Round, draft: CommentDraft | None = None, item: Item | None = None
) -> int:
    """Forget what the person had typed there for its jurisdiction, under a former mandate too; says
    how many rows went."""
    own = Mandate.objects.filter(user=actor.person, jurisdiction=actor.jurisdiction)
    rows = CommentAutosave.objects.filter(round=one, draft=draft, item=item)
    return rows.filter(mandate_id__in=own.values("pk")).delete()[0]


def drop_typed_before(at: datetime) -> int:
    """Forget what nobody has typed on since `at`; says how many rows went."""
    return CommentAutosave.objects.filter(saved_at__lt=at).delete()[0]
