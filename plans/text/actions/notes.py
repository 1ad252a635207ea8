"""Internal notes. They stand on the chain of their holder's inside, as digests."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from plans.register.models import Plan
from plans.register.rules import require
from plans.register.steps import lock_plan
from plans.text import steps
from plans.text.characters import forbidden_in
from plans.text.models import InternalNote, NoteResolution
from plans.text.queries import get_note, get_provision
from plans.text.rules import ACTS, note_holder
from stakeholders.record import steps as record
from stakeholders.terms import canonical
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Conflict, Invalid, NotVisible, Text

LIMIT = 2_000


@transaction.atomic
def add_note(*, actor: Actor, plan: Plan, key: str, text: str) -> InternalNote:
    """Note something on a provision for one's own party, or the joint team for itself.

    Raises NotVisible, Refused, Invalid.
    """
    plan = lock_plan(plan)
    require("note.add", ACTS, actor=actor, plan=plan)
    holder = _holder(actor, plan)
    item = get_provision(plan, key=key).item
    _check(text)
    note = steps.add_note(actor=actor, item=item, holder=holder, text=text.strip())
    effects = {"note": note.pk, "text": canonical.digest(note.text)}
    _record("note.add", actor=actor, plan=plan, key=key, holder=holder, effects=effects)
    return note


@transaction.atomic
def resolve_note(*, actor: Actor, plan: Plan, note: int) -> NoteResolution:
    """Say that a note (its id) is done with. NotVisible for another party's; Refused, Conflict."""
    plan = lock_plan(plan)
    require("note.resolve", ACTS, actor=actor, plan=plan)
    holder = _holder(actor, plan)
    found = get_note(plan, pk=note, holder=holder)
    if hasattr(found, "resolution"):
        raise Conflict(_("This note is resolved already."))
    end = steps.resolve_note(actor=actor, note=found)
    effects = {"note": found.pk}
    key = found.item.key
    _record("note.resolve", actor=actor, plan=plan, key=key, holder=holder, effects=effects)
    return end


def _holder(actor: Actor, plan: Plan) -> str:
    holder = note_holder(actor=actor, plan=plan)
    if holder is None:
        raise NotVisible
    return holder


def _check(text: str) -> None:
    fault: Text | None = forbidden_in(text)
    if not text.strip():
        fault = _("This text must not be empty.")
    elif len(text) > LIMIT:
        fault = _("A note has at most 2,000 characters.")
    if fault is not None:
        raise Invalid({"text": fault})


def _record(
    act: str, *, actor: Actor, plan: Plan, key: str, holder: str, effects: Mapping[str, object]
) -> None:
    record.append(
        chain=record.inside_chain(code=holder, key=plan.key),
        actor=actor,
        act=act,
        subject=f"item:{key}",
        effects=effects,
    )
