"""Supervision notes (督办单) with where each stands, within what the actor may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Q, QuerySet
from django.urls import NoReverseMatch, reverse

from consult.tasks.enums import NoteSubject
from consult.tasks.models import SupervisionNote, SupervisionReply, SupervisionVerdict, Task
from consult.tasks.pressing import Answer, NoteStanding, note_standing
from plans.projects.models import Project
from plans.register.models import Plan
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor, ActorKind, Role
from stakeholders.terms.errors import NotVisible


@dataclass(frozen=True, kw_only=True)
class NoteState:
    """A note with its replies and verdicts and where it stands now."""

    note: SupervisionNote
    standing: NoteStanding
    replies: Sequence[SupervisionReply]

    @property
    def last_reply(self) -> SupervisionReply | None:
        return self.replies[-1] if self.replies else None

    @property
    def label(self) -> str:
        """Its number among the notes of the plan in its year: 2026-3."""
        return f"{self.note.at.year}-{self.note.number}"

    @property
    def issuer(self) -> object:
        return self.note.issuer or self.note.mandate.organization

    @property
    def subject_url(self) -> str:
        """The page of what it is about; "" where it has none."""
        if not self.note.subject_id or self.note.subject not in SUBJECT_PAGES:
            return ""
        args = [self.note.plan.key, self.note.subject_id]
        try:
            return reverse(SUBJECT_PAGES[self.note.subject], args=args)
        except NoReverseMatch:
            return ""

    def is_from(self, actor: Actor) -> bool:
        return is_issuer(self.note, actor=actor)

    def is_to(self, actor: Actor) -> bool:
        return actor.inside is not None and actor.inside == self.note.addressee_id


SUBJECT_PAGES = {
    NoteSubject.TASK.value: "tasks:detail",
    NoteSubject.PROJECT.value: "projects:detail",
    NoteSubject.CASE.value: "implementation:case",
}


def is_issuer(note: SupervisionNote, *, actor: Actor) -> bool:
    """Whether the actor speaks for the authority that issued the note."""
    if note.issuer_id is not None:
        return actor.inside == note.issuer_id
    return (
        note.mandate.organization_id is not None
        and note.mandate.organization_id == actor.organization_id
    )


def visible_notes(*, actor: Actor, plan: Plan) -> QuerySet[SupervisionNote]:
    """What the actor issued or received, what is for a unit below its own; the joint office, which
    sees to it that it is answered, and supervisors see all. Other parties see none."""
    rows = SupervisionNote.objects.filter(plan=plan)
    if actor.kind is ActorKind.SYSTEM:
        return rows
    if not actor.speaks:
        return rows.none()
    if actor.role in (Role.COORDINATOR, Role.SUPERVISOR):
        return rows
    seen = Q(pk__in=[])
    if actor.inside is not None:
        code = actor.inside
        seen |= Q(issuer=code) | Q(addressee=code) | Q(addressee__path__contains=f"{code}/")
    return rows.filter(seen)


def notes_of(*, actor: Actor, plan: Plan) -> list[NoteState]:
    """The notes the actor sees, the newest first. A fixed number of queries."""
    now = clock.now()
    rows = _with_story(visible_notes(actor=actor, plan=plan)).order_by("-number")
    return [_state(one, now) for one in rows]


def get_note(*, actor: Actor, plan: Plan, number: int) -> NoteState:
    """One note by its number. NotVisible where there is none, or not for `actor`."""
    rows = visible_notes(actor=actor, plan=plan).filter(number=number)
    note = _with_story(rows).first()
    if note is None:
        raise NotVisible
    return _state(note, clock.now())


def notes_about(*, actor: Actor, plan: Plan, subject: str, subject_id: str) -> list[NoteState]:
    """The notes about one thing that the actor sees."""
    now = clock.now()
    rows = visible_notes(actor=actor, plan=plan).filter(subject=subject, subject_id=subject_id)
    return [_state(one, now) for one in _with_story(rows).order_by("number")]


def may_press(*, actor: Actor, addressee: Jurisdiction) -> bool:
    """Whether the actor stands above the unit: a superior by the administrative tree, or a
    supervisor of an authority that belongs to no unit."""
    if actor.jurisdiction_code is None:
        return actor.role is Role.SUPERVISOR
    return actor.inside is not None and actor.inside in addressee.codes_above


def pressed_units(*, actor: Actor, plan: Plan) -> list[Jurisdiction]:
    """The parties the actor may press. One query."""
    parties = plan.parties.filter(left_at__isnull=True).select_related("jurisdiction")
    units = [one.jurisdiction for one in parties.order_by("jurisdiction_id")]
    return [one for one in units if may_press(actor=actor, addressee=one)]


def subject_exists(plan: Plan, *, subject: str, subject_id: str) -> bool:
    """Whether the plan has the task (by its number) or the project (by its key). A case is named
    by its number only."""
    if subject == NoteSubject.TASK:
        return (
            subject_id.isdecimal()
            and Task.objects.filter(plan=plan, number=int(subject_id[:9])).exists()
        )
    if subject == NoteSubject.PROJECT:
        return Project.objects.filter(plan=plan, key=subject_id).exists()
    return True


def _with_story(rows: QuerySet[SupervisionNote]) -> QuerySet[SupervisionNote]:
    named = ("mandate__user", "mandate__jurisdiction", "mandate__organization")
    replies = SupervisionReply.objects.select_related("file", *named).order_by("pk")
    return rows.select_related("plan", "issuer", "addressee", "file", *named).prefetch_related(
        Prefetch("replies", replies),
        Prefetch("replies__verdict", SupervisionVerdict.objects.select_related(*named)),
    )


def _state(note: SupervisionNote, now: datetime) -> NoteState:
    replies = list(note.replies.all())
    return NoteState(note=note, standing=standing_of_note(note, now=now), replies=replies)


def standing_of_note(note: SupervisionNote, *, now: datetime) -> NoteStanding:
    """Where a note stands whose replies and verdicts are loaded in their order."""
    answers = [_answer(one) for one in note.replies.all()]
    return note_standing(due_at=note.due_at, answers=answers, now=now)


def _answer(reply: SupervisionReply) -> Answer:
    verdict: SupervisionVerdict | None = getattr(reply, "verdict", None)
    if verdict is None:
        return Answer()
    return Answer(accepts=verdict.accepts, due_at=verdict.due_at)
