"""Row writes of rounds, drafts, replies, comments, dispositions and reasons of changes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from consult.matters.models import Matter
from consult.phase2_preparation.enums import DraftState, Source
from consult.phase2_preparation.models import (
    ChangeReason,
    Comment,
    CommentDraft,
    CommenterAnswer,
    Disposition,
    DispositionPublication,
    Reply,
    Round,
    RoundInvitee,
)
from consult.phase2_preparation.queries import next_number
from plans.register.models import Item, Plan, Revision, RevisionItem
from stakeholders.files.models import StoredFile
from stakeholders.people.models import Organization
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor


@dataclass(frozen=True, kw_only=True)
class Remark:
    """What a comment says: its type, its text and a proposed wording, in one or both languages."""

    type: str
    text_zh: str = ""
    text_en: str = ""
    wording_zh: str = ""
    wording_en: str = ""

    def fields(self) -> dict[str, str]:
        return {
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


def mandate_of(actor: Actor) -> int:
    """The mandate a row names. ValueError for an actor without one: it speaks for nobody."""
    if actor.mandate_id is None:
        raise ValueError("this row needs an actor under a mandate")
    return actor.mandate_id


@dataclass(frozen=True, kw_only=True)
class Letter:
    """The official letter that carries a reply."""

    number: str = ""
    on: date | None = None
    issuer: str = ""
    file: StoredFile | None = None


@dataclass(frozen=True, kw_only=True)
class Ends:
    """When a round ends: the local day and hour in a zone, and the instant derived from them."""

    day: date
    hour: time
    zone: str
    at: datetime


def open_round(
    *,
    plan: Plan,
    revision: Revision,
    kind: str,
    ends: Ends,
    only_changed: bool,
    is_sealed: bool,
    note: str,
    codes: Iterable[str],
) -> Round:
    """A new round with its invited jurisdictions. The caller holds the plan's row lock."""
    last = (
        Round.objects.filter(plan=plan).order_by("-number").values_list("number", flat=True).first()
        or 0
    )
    one = Round.objects.create(
        plan=plan,
        revision=revision,
        number=last + 1,
        kind=kind,
        opens_at=clock.now(),
        closes_at=ends.at,
        closes_on=ends.day,
        closes_hour=ends.hour,
        zone=ends.zone,
        only_changed=only_changed,
        is_sealed=is_sealed,
        note=note.strip(),
    )
    RoundInvitee.objects.bulk_create(
        RoundInvitee(round=one, jurisdiction_id=code) for code in sorted(set(codes))
    )
    return one


def lock_round(one: Round) -> Round:
    """The round's row, locked until the end of the transaction, as it stands now."""
    return Round.objects.select_for_update().get(pk=one.pk)


def move_end(*, one: Round, ends: Ends) -> None:
    one.closes_at, one.closes_on = ends.at, ends.day
    one.closes_hour, one.zone = ends.hour, ends.zone
    one.save(update_fields=["closes_at", "closes_on", "closes_hour", "zone"])


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
            "state": state,
            "edited_at": clock.now(),
            **remark.fields(),
        },
    )


def change_draft(draft: CommentDraft, *, changes: Mapping[str, object]) -> None:
    for name, value in changes.items():
        setattr(draft, name, value)
    draft.edited_at = clock.now()
    draft.save()


def write_reply(
    *,
    one: Round,
    actor: Actor,
    letter: Letter,
    is_nil: bool,
    text: str = "",
    is_late: bool = False,
    source: str = Source.PARTY,
    organization: Organization | None = None,
) -> Reply:
    """What an invited jurisdiction answered, or an opinion that the joint office enters."""
    return Reply.objects.create(
        round=one,
        jurisdiction_id=actor.jurisdiction_code if source == Source.PARTY else None,
        source=source,
        organization=organization,
        is_nil=is_nil,
        text=text.strip(),
        letter_number=letter.number.strip(),
        letter_on=letter.on,
        issuer=letter.issuer.strip(),
        letter_file=letter.file,
        mandate_id=mandate_of(actor),
        is_late=is_late,
        nonce=canonical.new_nonce(),
        at=clock.now(),
    )


def write_comments(
    *,
    reply: Reply,
    plan: Plan,
    remarks: Sequence[tuple[Item | None, Mapping[str, str]]],
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


def reply_content(reply: Reply, comments: Iterable[Comment]) -> str:
    """What the record binds of a reply: codes and hashes, never the words themselves."""
    return canonical.canonical(
        {
            "jurisdiction": reply.jurisdiction_id,
            "source": reply.source,
            "is_nil": reply.is_nil,
            "is_late": reply.is_late,
            "text": canonical.digest(reply.text),
            "letter": canonical.digest_of([reply.letter_number, reply.letter_on, reply.issuer]),
            **({"letter_file": reply.letter_file.sha256} if reply.letter_file else {}),
            "comments": [
                [
                    str(c),
                    c.item_id,
                    c.version_id,
                    c.type,
                    canonical.digest_of([c.text_zh, c.text_en, c.wording_zh, c.wording_en]),
                ]
                for c in comments
            ],
        }
    )


def write_disposition(
    *,
    comment: Comment,
    actor: Actor,
    outcome: str,
    reason_zh: str,
    reason_en: str,
    matter: Matter | None,
) -> Disposition:
    return Disposition.objects.create(
        comment=comment,
        outcome=outcome,
        reason_zh=reason_zh.strip(),
        reason_en=reason_en.strip(),
        matter=matter,
        mandate_id=mandate_of(actor),
        at=clock.now(),
    )


def publish(*, dispositions: Iterable[Disposition], actor: Actor) -> str:
    """Show dispositions to all in one batch; returns the batch."""
    batch, now = canonical.new_nonce()[:32], clock.now()
    DispositionPublication.objects.bulk_create(
        DispositionPublication(disposition=row, batch=batch, mandate_id=mandate_of(actor), at=now)
        for row in dispositions
    )
    return batch


def write_answer(
    *, disposition: Disposition, actor: Actor, accepts: bool, text: str
) -> CommenterAnswer:
    return CommenterAnswer.objects.create(
        disposition=disposition,
        accepts=accepts,
        text=text.strip(),
        mandate_id=mandate_of(actor),
        at=clock.now(),
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


def bound(reply: Reply, content: str, *, is_sealed: bool) -> dict[str, object]:
    """The effects the record holds of a reply: while the round is sealed only a commitment."""
    if is_sealed:
        return {"commitment": canonical.commitment(content, reply.nonce)}
    return {"content": content}
