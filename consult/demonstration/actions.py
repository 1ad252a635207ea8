"""Loading the demonstration: the story replayed through the ordinary actions on a stated clock.

Every act of the replay is done by its person under its mandate, and the record says of each that
the clock was stated. What the slices cannot hold yet is left out:

* meetings, their agenda, minutes and tasks (decisions stand as notes of reasons and of matters);
* the confirmation of the base map and base data; most entries of the lists of demands;
* the table of common standards: as items of the frozen text they would change its consent matrix;
* one-time links (the opinion of the association is entered by the joint office);
* limits of a mandate to chapters or articles, advice of specialists on a disposition;
* options and linked commitments of a matter; the stand of the basin authority;
* written opinions of consulted neighbours; papers of the dossier, approval, reply, R5, publication;
* confirming the condition of an agreement in principle (Zhejiang declares anew instead);
* cases of a warning, corrections of a reading, transfers of quota, the health check.

What differs from the story, because the platform asks for it: the Xiuzhou party is invited before
round 1, in which it comments; the administrators confirm the signatories of the provinces and name
the experts; matter MT1 is closed at the special consultation, since nothing above the working level
may be open when the changed article goes back to the sign-off; comments and matters are numbered
by the platform in the order in which they come in.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from consult.demonstration.days import Days
from consult.demonstration.queries import PASSWORD
from consult.demonstration.reading import by_key
from consult.demonstration.replay.mandates import lasting_scenes
from consult.demonstration.replay.programme import scenes
from consult.demonstration.replay.stage import Scene, Stage
from consult.demonstration.rules import require_loading
from consult.demonstration.steps import hold_mail, make_bodies, make_people, read_old_notices
from consult.matters.actions import import_matters
from plans.register.models import Plan
from stakeholders.jurisdictions.actions import import_jurisdictions, import_regions
from stakeholders.jurisdictions.queries import overrides_at
from stakeholders.notices.models import OutboxMessage
from stakeholders.record import steps as record
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Conflict, Invalid

MAIN, COPY = "YRD-QWJ-2026", "YRD-QWJ-2026-S4"
COPY_SUFFIX = ("〔实施阶段〕", " [implementation]")


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """What a load made: plans by key with the number of their acts."""

    plans: Sequence[tuple[str, int]]
    people: int


@transaction.atomic
def load_demonstration(*, actor: Actor, checkpoint: str) -> Loaded:
    """Replay the story up to `checkpoint` (S1, S2, S3), beside a copy in implementation for S3.

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
    people, bodies = make_people(password=PASSWORD), make_bodies()
    newest_mail = OutboxMessage.objects.aggregate(newest=Max("pk"))["newest"] or 0
    now = clock.now()
    stages = [
        Stage(
            days=Days(now=now, state_day=int(states[state]["day"]), calendar=overrides_at(now)),
            key=key,
            state=state,
            people=people,
            bodies=bodies,
            suffix=suffix,
        )
        for key, state, suffix in _plans(checkpoint)
    ]
    # A person's lasting mandates serve both plans, so they begin with the longer history.
    _play(stages[-1], lasting_scenes())
    made = []
    for stage in stages:
        played = [scene for scene in scenes(stage.state) if scene.day <= stage.days.state_day]
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


def _plans(checkpoint: str) -> list[tuple[str, str, tuple[str, str]]]:
    """The plans to make: key, state and suffix of the title. The main one comes first, so that
    a person's first mandate is the one for it."""
    main = (MAIN, checkpoint, ("", ""))
    return [main, (COPY, "S4", COPY_SUFFIX)] if checkpoint == "S3" else [main]


def _play(stage: Stage, played: Sequence[Scene]) -> None:
    ordered = sorted(played, key=lambda scene: (scene.day, scene.in_the_evening))
    instants = stage.days.schedule([(scene.day, scene.in_the_evening) for scene in ordered])
    for scene, instant in zip(ordered, instants, strict=True):
        with clock.stated(instant):
            scene.play(stage)
