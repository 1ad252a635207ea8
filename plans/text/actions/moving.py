"""Several provisions put elsewhere in one act."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from plans.register.models import Plan
from plans.register.steps import lock_plan
from plans.text import steps
from plans.text.models import Provision
from plans.text.queries import get_chapter, provisions_of
from plans.text.rules import require_drafting
from stakeholders.record import steps as record
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Invalid, NotVisible


@transaction.atomic
def move_provisions(
    *,
    actor: Actor,
    plan: Plan,
    keys: Sequence[str],
    chapter: str,
    position: int | None = None,
) -> list[Provision]:
    """Put provisions (keys of their items), in the order of the text, into a chapter (its key):
    at a position from 1 among those that stand there, or at its end.

    The actor drafts in every chapter they come from and in this one. NotVisible, Refused, Invalid.
    """
    plan = lock_plan(plan)
    into = get_chapter(plan, key=chapter)
    provisions = list(provisions_of(plan).filter(item__key__in=keys))
    for one in {into.pk: into, **{p.chapter_id: p.chapter for p in provisions}}.values():
        require_drafting("provisions.move", actor=actor, plan=plan, chapter=one)
    if not keys:
        raise Invalid({"keys": _("Choose at least one provision.")})
    if len(provisions) != len(set(keys)):
        raise NotVisible
    steps.move_all(provisions=provisions, chapter=into, position=position)
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act="provisions.move",
        subject=f"chapter:{into.key}",
        effects={
            "provisions": [one.item.key for one in provisions],
            "positions": [one.position for one in provisions],
        },
    )
    return provisions
