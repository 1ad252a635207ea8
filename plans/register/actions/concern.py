"""A party says itself that an item concerns it, or no longer does; nobody says it for another."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from plans.register.enums import ConcernStep
from plans.register.models import ConcernChange, ItemDraft, Plan
from plans.register.queries import draft_of, visible_item
from plans.register.rules import ACTS, require, sees_draft
from plans.register.steps import change_concern, lock_plan
from stakeholders.record import steps as record
from stakeholders.terms import canonical
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Conflict, Invalid


@transaction.atomic
def declare_concern(*, actor: Actor, plan: Plan, item: str, reason: str) -> ConcernChange:
    """The actor's jurisdiction is concerned by an item (its key) from the next revision on.

    Raises NotVisible, Refused (also while frozen), Invalid without a reason, Conflict when it is
    concerned already.
    """
    plan = lock_plan(plan)
    require("concern.declare", ACTS, actor=actor, plan=plan, own=True)
    draft = _draft(actor, plan, item, reason)
    if actor.jurisdiction in draft.concerned:
        raise Conflict(_("Your jurisdiction is named as concerned already."))
    concerned = [*draft.concerned, actor.jurisdiction]
    return _change("concern.declare", ConcernStep.DECLARED, actor, plan, draft, concerned, reason)


@transaction.atomic
def renounce_concern(*, actor: Actor, plan: Plan, item: str, reason: str) -> ConcernChange:
    """The actor's jurisdiction is no longer concerned by an item, from the next revision on.

    The change itself still concerns it: the union of the old and the new concerned is asked.
    Raises NotVisible, Refused (also while frozen), Invalid without a reason or for the last one
    concerned, Conflict when it is not concerned.
    """
    plan = lock_plan(plan)
    require("concern.renounce", ACTS, actor=actor, plan=plan, own=True)
    draft = _draft(actor, plan, item, reason)
    if actor.jurisdiction not in draft.concerned:
        raise Conflict(_("Your jurisdiction is not named as concerned."))
    concerned = [code for code in draft.concerned if code != actor.jurisdiction]
    if not concerned:
        raise Invalid({"": _("An item concerns one party at least: you are the last one.")})
    return _change("concern.renounce", ConcernStep.RENOUNCED, actor, plan, draft, concerned, reason)


def _draft(actor: Actor, plan: Plan, item: str, reason: str) -> ItemDraft:
    """The draft of an item the actor sees. NotVisible, Invalid, Conflict."""
    sees = sees_draft(actor=actor, plan=plan)
    draft = draft_of(visible_item(plan, key=item, sees_draft=sees))
    if draft.is_removed:
        raise Conflict(_("This item is taken out of the next revision."))
    if not reason.strip():
        raise Invalid({"reason": _("Say why.")})
    return draft


def _change(
    act: str,
    kind: ConcernStep,
    actor: Actor,
    plan: Plan,
    draft: ItemDraft,
    concerned: list[str],
    reason: str,
) -> ConcernChange:
    change = change_concern(
        draft=draft,
        code=actor.jurisdiction,
        kind=kind.value,
        concerned=concerned,
        reason=reason.strip(),
        actor=actor,
    )
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act=act,
        subject=f"item:{draft.item.key}",
        effects={
            "change": change.pk,
            "jurisdiction": actor.jurisdiction,
            "concerned": sorted(concerned),
            "reason": canonical.digest(reason.strip()),
        },
    )
    return change
