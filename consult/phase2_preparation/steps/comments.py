"""Row writes of drafts and submitted comments."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation.enums import EDITABLE, DraftState
from consult.phase2_preparation.models import (
    Comment,
    CommentDraft,
    Reply,
    Round,
)
from consult.phase2_preparation.queries import next_number
from plans.register.models import Item, Plan, RevisionItem
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Conflict


@dataclass(frozen=True, kw_only=True)
class Remark:
    """What a comment says: its type, its text and a proposed wording, in one or both languages."""

    type: str
    text_zh: str = ""
    text_en: str = ""
    wording_zh: str = ""
    wording_en: str = ""
    quote: str = ""
    quote_language: str = ""
    quote_at: int = 0

    def fields(self) -> dict[str, str | int]:
        return {
            "quote": self.quote,
            "quote_language": self.quote_language,
            "quote_at": self.quote_at,
            "type": self.type,
            "text_zh": self.text_zh.strip(),
            "text_en": self.text_en.strip(),
            "wording_zh": self.wording_zh.strip(),
            "wording_en": self.wording_en.strip(),
        }


@dataclass(frozen=True, kw_only=True)
class Opinion:
    """One remark that the joint office enters; on the whole without an item."""

    remark: Remark
    item_key: str = ""


def save_draft(
    *,
    one: Round,
    actor: Actor,
    key: UUID,
    item: Item | None,
    remark: Remark,
    state: str,
) -> tuple[CommentDraft, bool]:
    """The draft of that key, made if it is not there yet; says whether it was made."""
    return CommentDraft.objects.get_or_create(
        key=key,
        defaults={
            "round": one,
            "jurisdiction_id": actor.jurisdiction_code,
            "item": item,
            "author_id": actor.mandate_id,
            "editor_id": actor.mandate_id,
            "state": state,
            "edited_at": clock.now(),
            **remark.fields(),
        },
    )


def change_draft(draft: CommentDraft, *, changes: Mapping[str, object]) -> None:
    """Write the changes; everything done to a draft counts in its `edits`."""
    for name, value in changes.items():
        setattr(draft, name, value)
    draft.edits += 1
    draft.edited_at = clock.now()
    draft.save()


def write_comments(
    *,
    reply: Reply,
    plan: Plan,
    remarks: Sequence[tuple[Item | None, Mapping[str, object]]],
    entries: Mapping[int, RevisionItem],
) -> list[Comment]:
    """Number and keep what was submitted. The caller holds the plan's row lock."""
    first = next_number(plan=plan)
    return Comment.objects.bulk_create(
        Comment(
            reply=reply,
            plan=plan,
            number=number,
            jurisdiction_id=reply.jurisdiction_id,
            item=item,
            version=entries[item.pk].version if item else None,
            **fields,
        )
        for number, (item, fields) in enumerate(remarks, start=first)
    )


def mark_submitted(drafts: Iterable[CommentDraft]) -> None:
    CommentDraft.objects.filter(pk__in=[d.pk for d in drafts]).update(state=DraftState.SUBMITTED)


SAID = ("type", "text_zh", "text_en", "wording_zh", "wording_en")
QUOTED = ("quote", "quote_language", "quote_at")


def said_in(draft: CommentDraft) -> dict[str, str | int]:
    """What a draft says, by field."""
    return {name: getattr(draft, name) for name in (*SAID, *QUOTED)}


def lock_drafts(drafts: Iterable[CommentDraft]) -> None:
    """Lock drafts about to be changed together, in the order in which everybody locks them.

    One after the other, each with its entry in the record, would hold the record while waiting for
    the next draft, whose holder may be waiting for the record.
    """
    rows = CommentDraft.objects.select_for_update(no_key=True).order_by("pk")
    list(rows.filter(pk__in=[draft.pk for draft in drafts]).values_list("pk"))


def locked_draft(draft: CommentDraft) -> CommentDraft:
    """The draft as it stands, locked. Conflict for one that was submitted or deleted."""
    found = (
        CommentDraft.objects.select_for_update(of=("self",), no_key=True)
        .select_related("round", "author", "item")
        .filter(pk=draft.pk)
        .first()
    )
    if found is None or found.state not in EDITABLE:
        raise Conflict(_("This comment was submitted or deleted meanwhile."))
    return found
