"""Row writes of comment forms: many drafts at constant cost."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from consult.phase2_preparation.models import CommentDraft, Round, RoundInvitee
from consult.phase2_preparation.steps.comments import Remark
from consult.phase2_preparation.steps.replies import mandate_of
from plans.register.models import Item
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor

_CHANGED = ["item", "type", "text_zh", "text_en", "wording_zh", "wording_en"]


@dataclass(frozen=True, kw_only=True)
class Written:
    """One row to be written: the key of its draft, its item, and what it says."""

    key: UUID
    item: Item | None
    remark: Remark


def lock_inside(*, one: Round, code: str) -> dict[UUID, CommentDraft]:
    """The drafts of a jurisdiction in a round, locked: nobody of it writes meanwhile."""
    asked = RoundInvitee.objects.select_for_update(no_key=True).order_by("pk")
    list(asked.filter(round=one, jurisdiction=code))
    rows = CommentDraft.objects.select_for_update(of=("self",), no_key=True).filter(
        round=one, jurisdiction=code
    )
    return {row.key: row for row in rows.select_related("item").order_by("pk")}


def add_drafts(
    *, one: Round, actor: Actor, rows: Iterable[Written], state: str
) -> list[CommentDraft]:
    """New drafts of the actor's jurisdiction. The caller has seen that no key is taken."""
    now, mandate = clock.now(), mandate_of(actor)
    return CommentDraft.objects.bulk_create(
        CommentDraft(
            key=row.key,
            round=one,
            jurisdiction_id=actor.jurisdiction,
            item=row.item,
            author_id=mandate,
            state=state,
            edited_at=now,
            **row.remark.fields(),
        )
        for row in rows
    )


def change_drafts(
    *, rows: Sequence[tuple[CommentDraft, Written]], state: str
) -> list[CommentDraft]:
    """Write rows over drafts that the caller has locked; they have to be cleared again."""
    now = clock.now()
    for draft, row in rows:
        for name, value in row.remark.fields().items():
            setattr(draft, name, value)
        draft.item, draft.state, draft.reason, draft.edited_at = row.item, state, "", now
    drafts = [draft for draft, _row in rows]
    names = [*_CHANGED, "state", "reason", "edited_at"]
    CommentDraft.objects.bulk_update(drafts, names, batch_size=500)
    return drafts


def remove_drafts(*, drafts: Collection[CommentDraft]) -> None:
    CommentDraft.objects.filter(pk__in=[draft.pk for draft in drafts]).delete()
