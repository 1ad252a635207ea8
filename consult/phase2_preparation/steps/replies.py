"""Row writes of replies, and what the record binds of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from consult.phase2_preparation.enums import Source
from consult.phase2_preparation.models import (
    Comment,
    Reply,
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
        mandate_id=mandate_or_link(actor),
        is_late=is_late,
        nonce=canonical.new_nonce(),
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
            **_opinion_content(reply),
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
