"""What every scene of the replay works with: the people, the plan, the calendar."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.core.files.base import ContentFile

from consult.demonstration.days import Days
from consult.matters.models import Matter
from consult.phase2_preparation.models import Comment
from plans.register.models import Plan
from stakeholders.files.actions import take_upload, upload_file
from stakeholders.files.enums import Kind
from stakeholders.files.models import StoredFile
from stakeholders.people.models import Organization, User
from stakeholders.people.queries import actor_of, mandates_of
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor, ActorKind, Role

OFFICE = "U01"


@dataclass(kw_only=True)
class Stage:
    """One replay. Comments and matters are kept by the story's own keys."""

    days: Days
    key: str
    state: str
    people: dict[str, User]
    bodies: dict[str, Organization]
    suffix: tuple[str, str] = ("", "")
    comments: dict[str, Comment] = field(default_factory=dict)
    matters: dict[str, Matter] = field(default_factory=dict)
    actors: dict[tuple[str, Role, str], tuple[datetime | None, Actor]] = field(default_factory=dict)

    @property
    def plan(self) -> Plan:
        """The plan as it stands now in the database."""
        return Plan.objects.get(key=self.key)

    def actor(self, person: str, role: Role, code: str = "") -> Actor:
        """The person acting under the mandate in `role` that counts at the stated instant.

        LookupError when there is none: the story and the mandates contradict each other.
        """
        now = clock.now()
        known = self.actors.get((person, role, code))
        if known and (known[0] is None or now < known[0]):
            return known[1]
        mandates = mandates_of(user_id=self.people[person].pk, at=now).filter(
            role=role, plan_key__in=["", self.key]
        )
        if code:
            mandates = mandates.filter(jurisdiction=code)
        mandate = mandates.first()
        if mandate is None:
            raise LookupError(f"{person} has no counted mandate as {role} on {now}")
        actor = actor_of(mandate)
        self.actors[person, role, code] = (mandate.valid_until, actor)
        return actor

    @property
    def office(self) -> Actor:
        """The director of the joint office, as coordinator of the plan."""
        return self.actor(OFFICE, Role.COORDINATOR)

    def administrator(self, person: str = "U28") -> Actor:
        return Actor(kind=ActorKind.ADMINISTRATOR, user_id=self.people[person].pk)

    def contact(self, code: str) -> Actor:
        return self.actor(CONTACTS[code], Role.CONTACT_POINT)

    def date(self, day: int) -> date:
        return self.days.date(day)


@dataclass(frozen=True, kw_only=True)
class Scene:
    """One act of the story: its day, what is done, and whether it waits for the evening."""

    day: int
    play: Callable[[Stage], None]
    in_the_evening: bool = False


CONTACTS = {
    "310118": "U04",
    "320509": "U09",
    "330421": "U12",
    "310000": "U14",
    "320000": "U15",
    "330000": "U16",
    "320500": "U17",
    "330400": "U18",
    "320583": "U19",
    "330411": "U20",
    "310117": "U21",
    "330482": "U29",
}


def kept(stage: Stage, *, actor: Actor, name: str, content: bytes) -> StoredFile:
    """A file as its person uploads it, taken up for the act that attaches it."""
    upload = ContentFile(content, name=name)
    kinds = frozenset(Kind)
    stored = upload_file(actor=actor, upload=upload, kinds=kinds, plan_key=stage.key)
    return take_upload(actor=actor, pk=stored.pk, kinds=kinds, plan_key=stage.key)
