"""Reading the inside of the actor's own jurisdiction: its set, its steps, what it typed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, QuerySet

from consult.phase2_preparation.enums import DraftState
from consult.phase2_preparation.models import (
    CommentAutosave,
    CommentDraft,
    DraftNote,
    Round,
)
from consult.phase2_preparation.queries.comments import visible_drafts
from consult.phase2_preparation.queries.rounds import own_code, takes_replies
from plans.register.models import Item
from stakeholders.files.models import StoredFile
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.enums import ChainKind
from stakeholders.people.models import ChainPass, ChainRun, Mandate
from stakeholders.people.queries import (
    INSIDERS,
    OwnSteps,
    Running,
    own_steps,
    passes_of,
    state_of,
    visible_runs,
)
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import NotVisible


@dataclass(frozen=True, kw_only=True)
class ReplySteps:
    """The jurisdiction's own steps before the reply that its cleared comments make now.

    `is_void`: steps were begun on another set of comments and count no more.
    """

    subject: str
    own: OwnSteps
    state: Running | None = None
    passes: Sequence[ChainPass] = ()
    is_void: bool = False

    def passed(self) -> dict[int, ChainPass]:
        """Step id -> the pass that made it, of the steps that are passed."""
        if self.state is None:
            return {}
        made = {one.step_id: one for one in self.passes if one.back_to is None}
        return {pk: one for pk, one in made.items() if pk in self.state.done}


def cleared_drafts(one: Round, *, code: str) -> QuerySet[CommentDraft]:
    """Unscoped, for actions: the comments that a jurisdiction would submit now."""
    rows = CommentDraft.objects.filter(round=one, jurisdiction=code, state=DraftState.CLEARED)
    return rows.order_by("pk")


def reply_subject(one: Round, *, code: str) -> str:
    """What the steps before a reply are about: the round and the set as it stands, every state of
    every comment in it told apart. Touching one makes another subject."""
    rows = cleared_drafts(one, code=code).values_list("key", "edits")
    digest = canonical.digest_of([[str(key), edits] for key, edits in rows])
    return f"{one.pk}:{digest[-32:]}"


def reply_steps(*, actor: Actor, one: Round) -> ReplySteps | None:
    """Where the own steps before the reply stand; None where the jurisdiction asks for none."""
    code = own_code(actor)
    if code is None or actor.role not in INSIDERS or actor.acts is not None:
        return None  # as with the chains themselves
    subject = reply_subject(one, code=code)
    own = own_steps(
        actor=actor,
        kind=ChainKind.REPLY.value,
        plan_key=one.plan.key,
        subject_kind="round",
        subject_id=subject,
    )
    if own is None:
        return None
    if own.run is None:
        return ReplySteps(subject=subject, own=own, is_void=_began(actor, one))
    return ReplySteps(
        subject=subject, own=own, state=state_of(own.run), passes=list(passes_of(own.run))
    )


def _began(actor: Actor, one: Round) -> bool:
    """Whether steps were begun on any set of this round."""
    runs: QuerySet[ChainRun] = visible_runs(actor=actor).filter(subject_kind="round")
    return runs.filter(subject_id__startswith=f"{one.pk}:").exists()


def drafts_with_notes(*, actor: Actor, one: Round) -> list[CommentDraft]:
    """All drafts the actor sees, with files, author, last editor and `note_count`; two queries."""
    rows = visible_drafts(actor=actor, one=one).select_related("author__user", "editor__user")
    return list(rows.annotate(note_count=Count("notes")).prefetch_related("files__file"))


def notes_of(draft: CommentDraft) -> QuerySet[DraftNote]:
    """What colleagues said about a draft that the caller has loaded by `get_draft`."""
    return draft.notes.select_related("mandate__user").order_by("pk")


def drafts_by_key(*, actor: Actor, one: Round, keys: Iterable[UUID | str]) -> list[CommentDraft]:
    """Drafts of the own jurisdiction. NotVisible when one is another's or not there."""
    wanted = {str(key) for key in keys}
    found = list(visible_drafts(actor=actor, one=one).filter(key__in=wanted))
    if len(found) != len(wanted):
        raise NotVisible
    return found


def get_draft_file(*, actor: Actor, one: Round, draft: UUID | str, pk: UUID) -> StoredFile:
    """A file of a draft the actor sees. NotVisible else."""
    rows = visible_drafts(actor=actor, one=one).filter(key=draft)
    found = StoredFile.objects.filter(
        pk__in=rows.filter(files__file=pk).values("files__file"), pk=pk
    ).first()
    if found is None:
        raise NotVisible
    return found


def typed_comment(
    *, actor: Actor, one: Round, draft: CommentDraft | None = None, item: Item | None = None
) -> CommentAutosave | None:
    """What the person had typed there for its jurisdiction, under this mandate or a former one."""
    if actor.user_id is None or actor.jurisdiction_code is None:
        return None
    own = Mandate.objects.filter(user=actor.user_id, jurisdiction=actor.jurisdiction_code)
    rows = CommentAutosave.objects.filter(round=one, draft=draft, item=item)
    return rows.filter(mandate_id__in=own.values("pk")).order_by("-saved_at").first()


def still_takes(*, actor: Actor, one: Round) -> bool:
    """Whether the round still takes the answer of the actor's jurisdiction."""
    invitee = one.invitees.filter(jurisdiction=actor.jurisdiction_code).first()
    return invitee is not None and takes_replies(one, invitee, at=clock.now())


def may_answer(*, actor: Actor, one: Round) -> bool:
    """Whether the actor's jurisdiction has still to answer, and may."""
    code = own_code(actor)
    if code is None or one.replies.filter(jurisdiction=code).exists():
        return False
    return still_takes(actor=actor, one=one)


def unit_of(actor: Actor) -> Jurisdiction:
    """The jurisdiction the actor speaks for."""
    return Jurisdiction.objects.defer("boundary").get(pk=actor.jurisdiction)
