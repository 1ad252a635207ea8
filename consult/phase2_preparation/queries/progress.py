"""How the invited jurisdictions stand to a round."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import (
    Count,
    Prefetch,
)

from consult.phase2_preparation.enums import Standing
from consult.phase2_preparation.models import (
    Reply,
    Round,
    RoundInvitee,
)
from consult.phase2_preparation.queries.replies import visible_replies
from consult.phase2_preparation.queries.rounds import deadline_of, is_past, own_code, takes_replies
from stakeholders.files.models import StoredFile
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor


@dataclass(frozen=True, kw_only=True)
class Invited:
    """How one invited jurisdiction stands to a round, as the reader may know it."""

    invitee: RoundInvitee
    standing: Standing
    deadline: datetime
    comments: int | None = None
    replied_at: datetime | None = None
    letter: StoredFile | None = None
    reply_id: int | None = None

    @property
    def jurisdiction(self) -> Jurisdiction:
        return self.invitee.jurisdiction


def progress(*, actor: Actor, one: Round) -> list[Invited]:
    """Who was asked, who has answered, and the letters the actor may read; four queries.

    Of a running sealed round others learn only that somebody answered, not what or how much.
    """
    now = clock.now()
    unit = Prefetch("jurisdiction", Jurisdiction.objects.defer("boundary"))
    invitees = one.invitees.prefetch_related(unit).order_by("jurisdiction_id")
    replies = {
        row.jurisdiction_id: row
        for row in one.replies.filter(jurisdiction__isnull=False).annotate(said=Count("comments"))
    }
    letters = visible_replies(actor=actor, plan=one.plan).filter(round=one)
    stored = {
        row.jurisdiction_id: row.letter_file
        for row in letters.filter(letter_file__isnull=False).select_related("letter_file")
    }
    hidden = one.is_sealed and not is_past(one, at=now)
    code = own_code(actor)
    return [
        _invited(
            one,
            invitee,
            replies.get(invitee.jurisdiction_id),
            hidden and invitee.jurisdiction_id != code,
            now,
            stored.get(invitee.jurisdiction_id),
        )
        for invitee in invitees
    ]


def _invited(
    one: Round,
    invitee: RoundInvitee,
    reply: Reply | None,
    hidden: bool,
    now: datetime,
    letter: StoredFile | None,
) -> Invited:
    deadline = deadline_of(one, invitee)
    if reply is None:
        standing = Standing.WAITING if takes_replies(one, invitee, at=now) else Standing.LAPSED
        return Invited(invitee=invitee, standing=standing, deadline=deadline)
    if hidden:
        return Invited(invitee=invitee, standing=Standing.ANSWERED, deadline=deadline)
    return Invited(
        invitee=invitee,
        standing=Standing.NIL if reply.is_nil else Standing.COMMENTS,
        deadline=deadline,
        comments=reply.said,  # type: ignore[attr-defined]
        replied_at=reply.at,
        letter=letter,
        reply_id=reply.pk,
    )
