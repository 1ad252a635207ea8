"""Reading invitations to give an opinion, the opinions given, and the common ones."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from consult.phase2_preparation.enums import Asks
from consult.phase2_preparation.models import (
    CollectiveOpinion,
    Comment,
    CommenterAnswer,
    Disposition,
    ExpertInvitation,
    ExpertOpinion,
    ExpertSuggestion,
    InvitationFile,
    PanelSignature,
)
from consult.phase2_preparation.models.experts import READ_AFTER
from consult.phase2_preparation.queries.comments import Wording, wording_of
from consult.phase2_preparation.queries.replies import visible_replies
from plans.register.models import Plan, Revision, RevisionItem
from plans.register.queries import entries_of, titles_of
from plans.text.queries.export import chapter_names
from stakeholders.files.models import StoredFile
from stakeholders.notices.models import OutboxMessage
from stakeholders.notices.queries import newest_mails
from stakeholders.people.models import Mandate
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor, ActorKind, Role
from stakeholders.terms.errors import NotVisible

MINTER = "expert_invitation"


@dataclass(frozen=True, kw_only=True)
class AskedChapter:
    """One chapter of the published revision with those of its provisions that are asked about."""

    name: str
    entries: list[tuple[RevisionItem, Wording]]


@dataclass(frozen=True, kw_only=True)
class Said:
    """One remark handed in, what became of it and what its author answered to that."""

    comment: Comment
    disposition: Disposition | None = None
    answer: CommenterAnswer | None = None


@dataclass(frozen=True, kw_only=True)
class InvitationRow:
    """One invitation as the joint office sees it, with the newest mail written for it."""

    invitation: ExpertInvitation
    mail: OutboxMessage | None = None
    suggestions: list[ExpertSuggestion] = field(default_factory=list)

    @property
    def has_failed(self) -> bool:
        return self.mail is not None and self.mail.sent_at is None and bool(self.mail.last_error)


@dataclass(frozen=True, kw_only=True)
class Member:
    """A member of a group of experts and whether it signed the words as they stand."""

    invitation: ExpertInvitation
    signature: PanelSignature | None = None


def hash_of(token: str) -> str:
    """What is stored of a link. The token has 256 bits, so a plain hash cannot be guessed back."""
    return hashlib.sha256(token.encode()).hexdigest()


def link_actor(invitation: ExpertInvitation) -> Actor:
    """Who acts by the link of an invitation: nobody else, and nothing but what it asks."""
    return Actor(kind=ActorKind.LINK, invitation_id=invitation.pk, plan_key=invitation.plan.key)


def is_asked(actor: Actor, invitation: ExpertInvitation) -> bool:
    """Whether the invitation is the actor's own. Pure."""
    if actor.kind is ActorKind.LINK:
        return invitation.user_id is None and actor.invitation_id == invitation.pk
    return (
        actor.kind is ActorKind.MANDATED
        and actor.user_id is not None
        and actor.user_id == invitation.user_id
        and actor.may_touch_plan(invitation.plan.key)
    )


def _with_all() -> QuerySet[ExpertInvitation]:
    beside = ("plan", "round__revision", "collective__revision", "opinion__reply", "organization")
    return ExpertInvitation.objects.select_related(*beside, "user")


def invitation_by_token(*, token: str) -> ExpertInvitation:
    """The invitation a link belongs to, in whatever state. NotVisible for a link never given."""
    found = _with_all().filter(token_hash=hash_of(token), user__isnull=True).first()
    if found is None:
        raise NotVisible
    return found


def invitation_entered(*, pk: int) -> ExpertInvitation:
    """Unscoped: the invitation a session says it came in by; the caller asks whether it opens."""
    found = _with_all().filter(pk=pk, user__isnull=True).first()
    if found is None:
        raise NotVisible
    return found


def own_invitation(*, actor: Actor, pk: int) -> ExpertInvitation:
    """An invitation of the acting person, as an expert with an account. NotVisible."""
    found = _with_all().filter(pk=pk).first()
    if found is None or actor.role is not Role.EXPERT or not is_asked(actor, found):
        raise NotVisible
    return found


def opens(invitation: ExpertInvitation) -> bool:
    """Whether its link opens the page now: while it is asked, and some time after the answer.

    A declined one shows that it was declined until its time is over.
    """
    now = clock.now()
    if invitation.revoked_at is not None:
        return False
    answered = invitation.answered_at or signed_at(invitation)
    if answered is not None:
        return now < answered + READ_AFTER
    return now < invitation.closes_at


def signed_at(invitation: ExpertInvitation) -> datetime | None:
    """When the member signed the common opinion as it stands; None if it did not."""
    if invitation.collective is None:
        return None
    row = invitation.signatures.filter(content=invitation.collective.content).first()
    return row.at if row is not None else None


def get_invitation(plan: Plan, *, number: int) -> ExpertInvitation:
    """One invitation of a plan the caller loaded by `get_plan`, for the joint office."""
    found = _with_all().filter(plan=plan, number=number).first()
    if found is None:
        raise NotVisible
    return found


def invitation_rows(*, actor: Actor, plan: Plan) -> list[InvitationRow]:
    """The invitations of a plan for its joint office; nobody else sees any. Four queries."""
    if actor.role is not Role.COORDINATOR:
        return []
    rows = (
        _with_all()
        .filter(plan=plan, asks=Asks.OPINION)
        .prefetch_related("items", Prefetch("suggestions", ExpertSuggestion.objects.all()))
        .order_by("number")
    )
    found = list(rows)
    mails = newest_mails(minter=MINTER, abouts=[str(row.pk) for row in found])
    return [
        InvitationRow(
            invitation=row, mail=mails.get(str(row.pk)), suggestions=list(row.suggestions.all())
        )
        for row in found
    ]


def get_suggestion(plan: Plan, *, pk: int) -> ExpertSuggestion:
    found = ExpertSuggestion.objects.filter(invitation__plan=plan, pk=pk)
    row = found.select_related("invitation__round", "invitation__plan").first()
    if row is None:
        raise NotVisible
    return row


def visible_opinions(*, actor: Actor, plan: Plan) -> QuerySet[ExpertOpinion]:
    """The opinions handed in that `actor` may read, with their files: as their replies, so sealed
    ones leak nowhere."""
    replies = visible_replies(actor=actor, plan=plan).order_by()
    rows = ExpertOpinion.objects.filter(reply__in=replies)
    files = InvitationFile.objects.select_related("stored")
    return (
        rows.select_related("invitation", "reply__round")
        .prefetch_related(Prefetch("invitation__files", files))
        .order_by("pk")
    )


def scope_choices(revision: Revision) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """(chapters, provisions) of a published revision, each key with its name, for a choice."""
    return chapter_names(revision.plan, revision=revision), list(titles_of(revision).items())


def items_in(revision: Revision, *, chapters: Sequence[str], items: Sequence[str]) -> set[int]:
    """Ids of the items asked about: those named, and all in the chapters named."""
    rows = revision.entries.filter(Q(heading__in=list(chapters)) | Q(item__key__in=list(items)))
    return set(rows.values_list("item_id", flat=True))


def chapters_asked(invitation: ExpertInvitation) -> list[AskedChapter]:
    """What is asked about, as the published revision has it; nothing else of the plan."""
    revision = revision_of(invitation)
    wanted = set(invitation.items.values_list("pk", flat=True))
    names = dict(chapter_names(revision.plan, revision=revision))
    found: dict[str, list[tuple[RevisionItem, Wording]]] = {}
    for entry in entries_of(revision):
        if not wanted or entry.item_id in wanted:
            found.setdefault(entry.heading, []).append((entry, wording_of(entry.version)))
    return [AskedChapter(name=names.get(key, ""), entries=rows) for key, rows in found.items()]


def titles_asked(invitation: ExpertInvitation) -> dict[str, str]:
    """Item key -> sign and title, of what is asked about and nothing else of the plan."""
    wanted = set(invitation.items.values_list("key", flat=True))
    titles = titles_of(revision_of(invitation))
    return {key: title for key, title in titles.items() if not wanted or key in wanted}


def revision_of(invitation: ExpertInvitation) -> Revision:
    """The published revision an invitation asks about."""
    if invitation.round is not None:
        return invitation.round.revision
    if invitation.collective is None:
        raise NotVisible
    return invitation.collective.revision


def said_by(invitation: ExpertInvitation) -> list[Said]:
    """The remarks handed in under an invitation, each with its published disposition. 3 queries."""
    opinion = getattr(invitation, "opinion", None)
    if opinion is None:
        return []
    comments = list(
        Comment.objects.filter(reply=opinion.reply_id).select_related("item").order_by("number")
    )
    shown: dict[int, Disposition] = {}
    rows = Disposition.objects.filter(comment__in=comments, publication__isnull=False)
    for row in rows.prefetch_related("answers").order_by("pk"):
        shown[row.comment_id] = row
    return [
        Said(
            comment=one,
            disposition=shown.get(one.pk),
            answer=_newest(shown[one.pk]) if one.pk in shown else None,
        )
        for one in comments
    ]


def _newest(disposition: Disposition) -> CommenterAnswer | None:
    answers = list(disposition.answers.all())
    return answers[-1] if answers else None


def get_file(invitation: ExpertInvitation, *, pk: UUID) -> StoredFile:
    """A file of an invitation, for who was invited. NotVisible."""
    found = InvitationFile.objects.filter(invitation=invitation, stored=pk)
    row = found.select_related("stored").first()
    if row is None:
        raise NotVisible
    return row.stored


def get_answer_file(*, actor: Actor, plan: Plan, pk: UUID) -> StoredFile:
    """A file that came with an opinion the actor may read. NotVisible."""
    shown = visible_opinions(actor=actor, plan=plan).values("invitation")
    found = InvitationFile.objects.filter(invitation__in=shown, stored=pk, is_answer=True)
    row = found.select_related("stored").first()
    if row is None:
        raise NotVisible
    return row.stored


def expert_choices(plan: Plan) -> list[Mandate]:
    """The experts with an account whose mandate counts for a plan now."""
    rows = Mandate.objects.counted(clock.now()).filter(role=Role.EXPERT.value)
    rows = rows.filter(plan_key__in=["", plan.key]).select_related("user", "organization")
    return list(rows.order_by("user_id", "pk"))


def opinions_of_plan(plan: Plan) -> QuerySet[CollectiveOpinion]:
    """The common opinions of a plan the caller loaded by `get_plan`, newest first."""
    rows = CollectiveOpinion.objects.filter(plan=plan).select_related("revision", "file")
    return rows.order_by("-number")


def visible_collective(*, actor: Actor, plan: Plan) -> QuerySet[CollectiveOpinion]:
    """Finished ones for everybody who sees the plan; those in work for the joint office."""
    rows = opinions_of_plan(plan)
    return rows if actor.role is Role.COORDINATOR else rows.filter(finished_at__isnull=False)


def get_collective(*, actor: Actor, plan: Plan, number: int) -> CollectiveOpinion:
    found = visible_collective(actor=actor, plan=plan).filter(number=number).first()
    if found is None:
        raise NotVisible
    return found


def members_of(one: CollectiveOpinion) -> list[Member]:
    """The members, the chair first, each with its signature under the words as they stand."""
    signed = {
        row.member_id: row
        for row in PanelSignature.objects.filter(member__collective=one, content=one.content)
    }
    rows = one.members.filter(revoked_at__isnull=True).select_related("organization", "user")
    ordered = rows.order_by("-is_chair", "number")
    return [Member(invitation=row, signature=signed.get(row.pk)) for row in ordered]


def finished_collectives(plans: Collection[int]) -> set[int]:
    """Unscoped, for gate and duties: plans with a finished common opinion, which has its chair's
    signature under the words as they stand. One query."""
    rows = CollectiveOpinion.objects.filter(plan__in=plans, finished_at__isnull=False)
    return set(rows.values_list("plan", flat=True))


def owed_opinions(plans: Collection[int]) -> QuerySet[ExpertInvitation]:
    """Unscoped, for duties and the sweep: what was asked and is neither answered nor over."""
    given = ExpertOpinion.objects.filter(invitation=OuterRef("pk"))
    rows = ExpertInvitation.objects.filter(
        ~Exists(given), revoked_at__isnull=True, declined_at__isnull=True, plan__in=plans
    )
    return rows.filter(plan__phase=2).select_related("plan", "round", "collective__revision")


def owed_signatures(plans: Collection[int]) -> list[ExpertInvitation]:
    """Unscoped: the members who have not signed the unfinished common opinion as it stands."""
    rows = list(owed_opinions(plans).filter(collective__finished_at__isnull=True))
    rows = [row for row in rows if row.asks == Asks.SIGNATURE]
    signed = {
        (row.member_id, row.content) for row in PanelSignature.objects.filter(member__in=rows)
    }
    return [
        row for row in rows if row.collective and (row.pk, row.collective.content) not in signed
    ]


def open_suggestions(plans: Collection[int]) -> Mapping[int, int]:
    """Unscoped, for duties: plan id -> how many suggested experts wait for a decision."""
    found: dict[int, int] = {}
    rows = ExpertSuggestion.objects.filter(invitation__plan__in=plans, outcome="")
    for plan_id in rows.values_list("invitation__plan", flat=True):
        found[plan_id] = found.get(plan_id, 0) + 1
    return found


def longer_asked(plans: Collection[int]) -> QuerySet[ExpertInvitation]:
    """Unscoped, for duties: open invitations that ask for more time."""
    return owed_opinions(plans).filter(asks=Asks.OPINION, longer_until__isnull=False)
