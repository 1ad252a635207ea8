"""How those who were asked stand to a round."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import (
    Count,
    Prefetch,
)

from consult.phase2_preparation.enums import OF_BODIES, Audience, Source, Standing
from consult.phase2_preparation.lengths import terms_of
from consult.phase2_preparation.models import (
    Reply,
    Round,
    RoundInvitee,
)
from consult.phase2_preparation.queries.replies import visible_replies
from consult.phase2_preparation.queries.rounds import (
    deadline_of,
    is_ahead,
    own_body,
    own_code,
    takes_replies,
)
from stakeholders.files.models import StoredFile
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor

WITHOUT = frozenset(
    {Standing.NOT_YET, Standing.WAITING, Standing.LAPSED, Standing.SILENT, Standing.RECALLED}
)


@dataclass(frozen=True, kw_only=True)
class Invited:
    """How one who was asked stands to a round, as the reader may know it.

    `reply` and `letter` are given where the reader may read them; `is_late`: admitted late.
    """

    invitee: RoundInvitee
    standing: Standing
    deadline: datetime
    is_own: bool = False
    comments: int | None = None
    replied_at: datetime | None = None
    reply: Reply | None = None
    letter: StoredFile | None = None
    reply_id: int | None = None

    @property
    def jurisdiction(self) -> Jurisdiction | None:
        return self.invitee.jurisdiction

    @property
    def name(self) -> str:
        """Of the body or the public; a unit is named as of the opening by the page."""
        row = self.invitee
        return str(row.jurisdiction or row.organization or row.get_audience_display())

    @property
    def has_answered(self) -> bool:
        return self.standing not in WITHOUT

    @property
    def is_late(self) -> bool:
        return self.reply is not None and self.reply.is_admitted_late

    @property
    def waits_for_letter(self) -> bool:
        """Whether the official letter of a party's answer is still to come."""
        found = self.reply
        due = found is not None and found.letter_due_at is not None
        return due and not hasattr(found, "later_letter")


def progress(*, actor: Actor, one: Round) -> list[Invited]:
    """Who was asked, who has answered, and what the actor may read of it; six queries and those
    of the charter.

    Of a reply that the actor may not read it learns only that somebody answered, not how much:
    while a sealed round runs, and as long as it has a longer time itself and has not answered.
    """
    now = clock.now()
    unit = Prefetch("jurisdiction", Jurisdiction.objects.defer("boundary"))
    invitees = one.invitees.prefetch_related(unit, "organization").order_by(
        "jurisdiction_id", "organization_id"
    )
    replies = _answers_of(one.replies.annotate(said=Count("comments")).order_by("pk"))
    readable = (
        visible_replies(actor=actor, plan=one.plan)
        .filter(round=one)
        .select_related("round", "letter_file", "later_letter__file")
        .in_bulk()
    )
    lapses = terms_of(one.plan).silence_lapses
    code, body = own_code(actor), own_body(actor)
    found = []
    for invitee in invitees:
        own = bool(code and invitee.jurisdiction_id == code) or bool(
            body and invitee.organization_id == body
        )
        said = replies.get(_key(invitee), [])
        hidden = not own and any(reply.pk not in readable for reply in said)
        row = _standing(one, invitee, said, hidden, now)
        if row.standing is Standing.LAPSED and invitee.audience == Audience.PARTY and not lapses:
            row = replace(row, standing=Standing.SILENT)
        if row.reply_id in readable and row.comments is not None:
            reply = readable[row.reply_id]
            row = replace(row, reply=reply, letter=reply.letter_file)
        found.append(replace(row, is_own=own))
    return found


def _key(invitee: RoundInvitee) -> object:
    """What finds the replies of one who was asked: a code, the number of a body, or the public."""
    return invitee.jurisdiction_id or invitee.organization_id or Audience.PUBLIC


def _answers_of(replies: Iterable[Reply]) -> dict[object, list[Reply]]:
    found: dict[object, list[Reply]] = {}
    for row in replies:
        key: object = row.jurisdiction_id
        if row.source in OF_BODIES:
            key = row.organization_id
        elif row.source == Source.PUBLIC:
            key = Audience.PUBLIC
        if key is not None:
            found.setdefault(key, []).append(row)
    return found


def _standing(
    one: Round, invitee: RoundInvitee, replies: list[Reply], hidden: bool, now: datetime
) -> Invited:
    deadline = deadline_of(one, invitee)
    if not replies:
        if one.recalled_at is not None:
            standing = Standing.RECALLED
        elif is_ahead(one, at=now):
            standing = Standing.NOT_YET
        elif takes_replies(one, invitee, at=now):
            standing = Standing.WAITING
        else:
            public = invitee.audience == Audience.PUBLIC
            standing = Standing.SILENT if public else Standing.LAPSED
        return Invited(invitee=invitee, standing=standing, deadline=deadline)
    if hidden:
        return Invited(invitee=invitee, standing=Standing.ANSWERED, deadline=deadline)
    return Invited(
        invitee=invitee,
        standing=Standing.NIL if all(r.is_nil for r in replies) else Standing.COMMENTS,
        deadline=deadline,
        comments=sum(r.said for r in replies),  # type: ignore[attr-defined]
        replied_at=replies[0].at,
        reply_id=replies[0].pk,
    )
