"""Up the ladder: by the office, by the parties together, by the clock; moving the due date."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from consult.matters import ladder, steps
from consult.matters.enums import MoveKind
from consult.matters.models import Matter, MatterMove
from consult.matters.queries import asked_by
from consult.matters.rules import require
from consult.matters.steps import Wording
from plans.register.models import Plan
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor, ActorKind
from stakeholders.terms.errors import Conflict, Invalid


@transaction.atomic
def raise_matter(
    *,
    actor: Actor,
    plan: Plan,
    matter: Matter,
    note: str = "",
    proposal: Wording | None = None,
    due_at: datetime | None = None,
) -> Matter:
    """Pass an open matter on to the next step of the plan's ladder, with what is proposed there.

    A person gives the reason. Refused, Invalid, Conflict (closed, or at the top).
    """
    require("matter.raise", actor=actor, plan=plan, matter=matter)
    if actor.kind is not ActorKind.SYSTEM and not note.strip():
        raise Invalid({"note": _("Give the reason.")})
    level = matter.level
    matter = steps.lock_open(matter)
    if matter.level != level:
        raise Conflict(_("This matter was raised a moment ago."))
    return _climb(actor, plan, matter, note=note, proposal=proposal, due_at=due_at)


@transaction.atomic
def raise_overdue(*, actor: Actor, matter: Matter, at: datetime) -> Matter:
    """The clock of the ladder: one step up for a matter whose time at its step is over at `at`.

    The next step's time begins now, so that after an outage nobody is passed over: a matter
    climbs one step a run, and not again before the new time is over. Conflict when it was closed,
    raised or given more time meanwhile, or stands at the top: there it stays, as somebody's duty.
    """
    plan = matter.plan
    if plan is None:
        raise Conflict(_("An entry of the library stands at no level."))
    require("matter.raise", actor=actor, plan=plan, matter=matter)
    matter = steps.lock_open(matter)
    if matter.due_at is None or matter.due_at > at:
        raise Conflict(_("This matter is not overdue."))
    return _climb(actor, plan, matter)


@transaction.atomic
def ask_raise(*, actor: Actor, plan: Plan, matter: Matter, note: str) -> Matter:
    """Ask, as a party, for the next step. When every party has asked, the matter is raised.

    Refused, Invalid, Conflict (closed, at the top, asked already).
    """
    require("matter.ask_raise", actor=actor, plan=plan, matter=matter)
    if not note.strip():
        raise Invalid({"note": _("Give the reason.")})
    matter = steps.lock_open(matter)
    if ladder.step_above(ladder.steps_of(plan), level=matter.level) is None:
        raise Conflict(_("This matter stands at the highest level already."))
    code = str(actor.jurisdiction_code)
    if code in asked_by(matter):
        raise Conflict(_("Your jurisdiction has asked for the next level already."))
    row = steps.move(matter=matter, actor=actor, kind=MoveKind.ASKED, note=note, code=code)
    asked = asked_by(matter)
    is_joint = all(unit.code in asked for unit in matter.jurisdictions.all())
    before = matter.level
    if is_joint:
        matter, row = _up(actor, plan, matter, note=note)
    steps.tell(
        plan=plan,
        matter=matter,
        title=_("Matter {key} {title} was raised to the next level")
        if is_joint
        else _("A party asks for the next level in matter {key} {title}"),
        occasion=f"move-{row.pk}",
        former_level=before,
    )
    steps.put_on_record(
        actor=actor,
        plan=plan,
        act="matter.ask_raise",
        matter=matter,
        effects={"from": before, "to": matter.level, "asked": sorted(asked)},
    )
    return matter


@transaction.atomic
def reschedule(*, actor: Actor, plan: Plan, matter: Matter, due_at: datetime, note: str) -> Matter:
    """Move the due date of an open matter at its present step. Refused, Invalid, Conflict."""
    require("matter.reschedule", actor=actor, plan=plan, matter=matter)
    if not note.strip():
        raise Invalid({"note": _("Give the reason.")})
    if due_at <= clock.now():
        raise Invalid({"due_on": _("Choose a day that is still to come.")})
    matter = steps.lock_open(matter)
    before, matter.due_at = matter.due_at, due_at
    matter.save(update_fields=["due_at"])
    row = steps.move(
        matter=matter, actor=actor, kind=MoveKind.RESCHEDULED, note=note, due_at=due_at
    )
    steps.tell(
        plan=plan,
        matter=matter,
        title=_("The due date of matter {key} {title} was moved"),
        occasion=f"move-{row.pk}",
    )
    steps.put_on_record(
        actor=actor,
        plan=plan,
        act="matter.reschedule",
        matter=matter,
        effects={"from": before.isoformat() if before else None, "to": due_at.isoformat()},
    )
    return matter


def _climb(
    actor: Actor,
    plan: Plan,
    matter: Matter,
    *,
    note: str = "",
    proposal: Wording | None = None,
    due_at: datetime | None = None,
) -> Matter:
    before = matter.level
    matter, row = _up(actor, plan, matter, note=note, proposal=proposal, due_at=due_at)
    steps.tell(
        plan=plan,
        matter=matter,
        title=_("Matter {key} {title} was raised to the next level"),
        occasion=f"move-{row.pk}",
        former_level=before,
    )
    steps.put_on_record(
        actor=actor,
        plan=plan,
        act="matter.raise",
        matter=matter,
        effects={"from": before, "to": matter.level},
    )
    return matter


def _up(
    actor: Actor,
    plan: Plan,
    matter: Matter,
    *,
    note: str = "",
    proposal: Wording | None = None,
    due_at: datetime | None = None,
) -> tuple[Matter, MatterMove]:
    """The locked matter one step higher, and the row that says so."""
    above = ladder.step_above(ladder.steps_of(plan), level=matter.level)
    if above is None:
        raise Conflict(_("This matter stands at the highest level already."))
    matter.level = above.level
    matter.due_at = due_at or (None if above.days is None else ladder.end_of(above.days))
    matter.save(update_fields=["level", "due_at"])
    row = steps.move(
        matter=matter,
        actor=actor,
        kind=MoveKind.RAISED,
        note=note,
        proposal=proposal,
        due_at=matter.due_at,
    )
    return matter, row
