"""Loading the demonstration: the story replayed through the ordinary actions on a stated clock.

Every act of the replay is done by its person under its mandate, and the record says of each that
the clock was stated. What the slices cannot hold yet is left out:

* the confirmation of the base map and base data and the table of common standards: they stand in
  the plan of the pilot area, since as items of the frozen text they would change its consent
  matrix; most entries of the lists of demands;
* one-time links (the opinion of the association is entered by the joint office);
* limits of a mandate to chapters or articles, advice of specialists on a disposition;
* options and linked commitments of a matter; the stand of the basin authority;
* files behind the papers of the checklist, the deliberations as minutes, the letter of the
  task breakdown; links from the changed articles to the decisions of the meetings (notes say them).

What differs from the story, because the platform asks for it: the Xiuzhou party is invited before
round 1, in which it comments; the administrators confirm the signatories of the provinces and name
the experts; matter MT1 is closed at the special consultation, since nothing above the working level
may be open when the changed article goes back to the sign-off; comments and matters are numbered
by the platform in the order in which they come in; a reservation is reviewed by its holder, not by
the joint office; the second condition of the reply changes the words of article 9 too, since its
annex is an item of its own; letters bear the year of their day. The contact point of the party that
has the chair leads a meeting, also at government level; the correction of the first minutes makes a
second edition, which the other parties confirm too; the late task climbs by the days of the ladder,
and a province presses for it from day 210.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from consult.demonstration.days import Days
from consult.demonstration.queries import PASSWORD
from consult.demonstration.reading import by_key
from consult.demonstration.replay.mandates import lasting_scenes
from consult.demonstration.replay.pilot import scenes as pilot_scenes
from consult.demonstration.replay.programme import scenes
from consult.demonstration.replay.stage import Scene, Stage
from consult.demonstration.rules import require_loading
from consult.demonstration.steps import hold_mail, make_bodies, make_people, read_old_notices
from consult.matters.actions import import_matters
from plans.indicators.actions import import_reference_values
from plans.indicators.reading import DATA, read_reference_values
from plans.projects.actions import import_known_projects
from plans.register.models import Plan
from stakeholders.jurisdictions.actions import import_jurisdictions, import_regions
from stakeholders.jurisdictions.queries import overrides_at
from stakeholders.notices.models import OutboxMessage
from stakeholders.record import steps as record
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Conflict, Invalid

MAIN, COPY, PILOT = "YRD-QWJ-2026", "YRD-QWJ-2026-S4", "YRD-QWJ-PILOT"
COPY_SUFFIX = ("〔实施阶段〕", " [implementation]")


@dataclass(frozen=True, kw_only=True)
class Part:
    """One plan of the demonstration: its key, its state, its acts, what is added to its title."""

    key: str
    state: str
    scenes: Callable[[], Sequence[Scene]]
    suffix: tuple[str, str] = ("", "")


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """What a load made: plans by key with the number of their acts."""

    plans: Sequence[tuple[str, int]]
    people: int


@transaction.atomic
def load_demonstration(*, actor: Actor, checkpoint: str) -> Loaded:
    """Replay the story up to `checkpoint` (S1, S2, S3); for S3 a copy in implementation and the
    detailed plan of the pilot area, below the first one, are made besides.

    All or nothing. Raises Refused (a site others can reach), Invalid (no such checkpoint),
    Conflict (loaded already).
    """
    require_loading(actor=actor)
    states = by_key("states", "state")
    if checkpoint not in states:
        raise Invalid({"checkpoint": _("There is no such checkpoint.")})
    if Plan.objects.filter(key=MAIN).exists():
        raise Conflict(_("The demonstration is loaded already."))
    import_jurisdictions(actor=actor)
    import_regions(actor=actor)
    import_matters(actor=actor)
    import_known_projects(actor=actor)
    import_reference_values(actor=actor, values=read_reference_values(DATA))
    people, bodies = make_people(password=PASSWORD), make_bodies()
    newest_mail = OutboxMessage.objects.aggregate(newest=Max("pk"))["newest"] or 0
    now = clock.now()
    parts = _parts(checkpoint)
    stages = [
        Stage(
            days=Days(now=now, state_day=int(states[one.state]["day"]), calendar=overrides_at(now)),
            key=one.key,
            state=one.state,
            people=people,
            bodies=bodies,
            suffix=one.suffix,
        )
        for one in parts
    ]
    # A person's lasting mandates serve all plans, so they begin with the longest history.
    _play(max(stages, key=lambda stage: stage.days.state_day), lasting_scenes())
    made = []
    for part, stage in zip(parts, stages, strict=True):
        played = [scene for scene in part.scenes() if scene.day <= stage.days.state_day]
        _play(stage, played)
        read_old_notices(plan_key=stage.key, at=now)
        made.append((stage.key, len(played)))
    held = hold_mail(newer_than=newest_mail, at=now)
    record.append(
        chain=record.SITE,
        actor=actor,
        act="demonstration.load",
        subject=f"plan:{MAIN}",
        effects={
            "checkpoint": checkpoint,
            "plans": [key for key, _count in made],
            "people": sorted(user.pk for user in people.values()),
            "organizations": sorted(body.pk for body in bodies.values()),
            "mails_held": held,
        },
    )
    return Loaded(plans=made, people=len(people))


def _parts(checkpoint: str) -> list[Part]:
    """The plans to make. The main one comes first, so that a person's first mandate is the one
    for it and the plan below it finds it."""
    main = Part(key=MAIN, state=checkpoint, scenes=partial(scenes, checkpoint))
    if checkpoint != "S3":
        return [main]
    copy = Part(key=COPY, state="S4", scenes=partial(scenes, "S4"), suffix=COPY_SUFFIX)
    return [main, copy, Part(key=PILOT, state=checkpoint, scenes=pilot_scenes)]


def _play(stage: Stage, played: Sequence[Scene]) -> None:
    ordered = sorted(played, key=lambda scene: (scene.day, scene.in_the_evening))
    instants = stage.days.schedule([(scene.day, scene.in_the_evening) for scene in ordered])
    for scene, instant in zip(ordered, instants, strict=True):
        with clock.stated(instant):
            scene.play(stage)
