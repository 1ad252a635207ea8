"""Row writes of replies, and what the record binds of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from consult.phase2_preparation.enums import Source
from consult.phase2_preparation.models import (
    Comment,
    Reply,
    ReplyLetter,
    Round,
)
from stakeholders.files.models import StoredFile
from stakeholders.people.models import Organization
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor, ActorKind


def mandate_of(actor: Actor) -> int:
    """The mandate a row names. ValueError for an actor without one: it speaks for nobody."""
    if actor.mandate_id is None:
        raise ValueError("this row needs an actor under a mandate")
    return actor.mandate_id


def mandate_or_link(actor: Actor) -> int | None:
    """The mandate a row names; none where the link of an invitation speaks for itself."""
    return None if actor.kind is ActorKind.LINK else mandate_of(actor)


@dataclass(frozen=True, kw_only=True)
class Letter:
    """The official letter that carries a reply."""

    number: str = ""
    on: date | None = None
    issuer: str = ""
    file: StoredFile | None = None


@dataclass(frozen=True, kw_only=True)
class Oral:
    """An answer given orally in an urgent round: who spoke, and when."""

    by: str
    at: datetime


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
    code: str | None = None,
    is_admitted_late: bool = False,
    received_on: date | None = None,
    oral: Oral | None = None,
    letter_due_at: datetime | None = None,
    at: datetime | None = None,
) -> Reply:
    """What an invited jurisdiction or body answered, or an opinion that the joint office enters.

    `code`: the jurisdiction whose letter the joint office enters. `at`: the instant at which the
    time to answer was judged, so that no reply stands on the other side of the hour.
    """
    unit = (code or actor.jurisdiction_code) if source == Source.PARTY else None
    return Reply.objects.create(
        round=one,
        jurisdiction_id=unit,
        source=source,
        organization=organization,
        is_nil=is_nil,
        text=text.strip(),
        letter_number=letter.number.strip(),
        letter_on=letter.on,
        issuer=letter.issuer.strip(),
        letter_file=letter.file,
        mandate_id=mandate_or_link(actor),
        is_late=is_late,
        is_admitted_late=is_admitted_late,
        received_on=received_on,
        oral_by=oral.by.strip() if oral else "",
        oral_at=oral.at if oral else None,
        letter_due_at=letter_due_at,
        nonce=canonical.new_nonce(),
        at=at or clock.now(),
    )


def write_later_letter(*, reply: Reply, actor: Actor, letter: Letter) -> ReplyLetter:
    """The letter after an answer. ValueError for one that the caller did not check to be whole."""
    if letter.on is None or letter.file is None:
        raise ValueError("the letter after an answer has a date and a file")
    return ReplyLetter.objects.create(
        reply=reply,
        number=letter.number.strip(),
        on=letter.on,
        issuer=letter.issuer.strip(),
        file=letter.file,
        mandate_id=mandate_of(actor),
        at=clock.now(),
    )


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
            **_besides(reply),
            **_opinion_content(reply),
            "comments": [
                [
                    str(c),
                    c.item_id,
                    c.version_id,
                    c.type,
                    canonical.digest_of([c.text_zh, c.text_en, c.wording_zh, c.wording_en]),
                    *more_of(c),
                ]
                for c in comments
            ],
        }
    )


def more_of(comment: Comment) -> list[str]:
    """The passage and the files of a comment that has any, as the record binds them."""
    quote = [comment.quote, comment.quote_language, comment.quote_at] if comment.quote else None
    files = [one.file.sha256 for one in comment.files.all()]
    return [canonical.digest_of([quote, files])] if quote or files else []


def _besides(reply: Reply) -> dict[str, object]:
    """What only some replies have; left out where empty, so that former commitments still hold."""
    given: dict[str, object] = {
        "body": reply.organization_id if reply.source == Source.BODY else None,
        "is_admitted_late": reply.is_admitted_late,
        "received_on": reply.received_on,
        "oral": canonical.digest_of([reply.oral_by, reply.oral_at]) if reply.oral_at else None,
    }
    return {name: value for name, value in given.items() if value}


def _opinion_content(reply: Reply) -> dict[str, object]:
    """What an invited expert's opinion adds to its reply: the result, the hashes of its files."""
    opinion = getattr(reply, "expert_opinion", None)
    if opinion is None:
        return {}
    files = opinion.invitation.files.filter(is_answer=True).order_by("pk")
    return {
        "invitation": opinion.invitation.number,
        "result": opinion.result,
        "files": list(files.values_list("stored__sha256", flat=True)),
    }


def bound(reply: Reply, content: str, *, is_sealed: bool) -> dict[str, object]:
    """The effects the record holds of a reply: while the round is sealed only a commitment."""
    if is_sealed:
        return {"commitment": canonical.commitment(content, reply.nonce)}
    return {"content": content}
