"""Row writes on the way of a plan and on its changes, and the notices that tell of them."""

import json
from collections.abc import Collection, Sequence

from django.db.models import Max
from django.urls import reverse

from consult.workflow.enums import ChangeStep
from consult.workflow.models import PhaseStep, TextChange, TextChangeStep
from plans.register import steps as register
from plans.register.models import ItemDraft, ItemVersion, Plan, Revision
from stakeholders.files.models import StoredFile
from stakeholders.notices.steps import notify
from stakeholders.people.queries import people_of
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.duty import Text


def step_phase(*, plan: Plan, actor: Actor, to: int, reason: str = "") -> PhaseStep:
    """Write the phase on the plan, and the move as a row of its own."""
    step = PhaseStep.objects.create(
        plan=plan,
        from_phase=plan.phase,
        to_phase=to,
        mandate_id=actor.mandate_id,
        reason=reason,
        at=clock.now(),
    )
    register.set_phase(plan=plan, phase=to)
    return step


def tell_contact_points(*, plan: Plan, kind: str, title: Text, url: str, occasion: str) -> int:
    """One notice to every contact point of the parties that have not left."""
    codes = plan.parties.filter(left_at__isnull=True).values_list("jurisdiction_id", flat=True)
    people = people_of(codes=codes, roles=[Role.CONTACT_POINT], at=clock.now(), plan_key=plan.key)
    return notify(
        people={user for found in people.values() for user in found},
        kind=kind,
        title=title,
        url=url,
        key=f"{kind}:{plan.key}:{occasion}",
        plan_key=plan.key,
    )


def gate_url(plan: Plan) -> str:
    return reverse("workflow:gate", kwargs={"key": plan.key})


def write_change(
    *,
    plan: Plan,
    actor: Actor,
    way: str,
    items: Sequence[str],
    reason_zh: str,
    reason_en: str = "",
    letter: str = "",
    file: StoredFile | None = None,
    jurisdiction: str | None = None,
) -> TextChange:
    """The next change of the plan; `plan` is the locked row."""
    last = plan.text_changes.aggregate(last=Max("number"))["last"] or 0
    return TextChange.objects.create(
        plan=plan,
        number=last + 1,
        way=way,
        items=sorted(items),
        reason_zh=reason_zh,
        reason_en=reason_en,
        letter=letter,
        file=file,
        jurisdiction_id=jurisdiction,
        mandate_id=actor.mandate,
        at=clock.now(),
    )


def write_step(
    *,
    change: TextChange,
    actor: Actor,
    step: ChangeStep,
    jurisdiction: str | None = None,
    wording: str = "",
    revision: Revision | None = None,
    reason: str = "",
) -> TextChangeStep:
    return TextChangeStep.objects.create(
        change=change,
        step=step,
        jurisdiction_id=jurisdiction,
        wording_hash=wording,
        revision=revision,
        reason=reason,
        mandate_id=actor.mandate,
        at=clock.now(),
    )


def restore_drafts(*, plan: Plan, revision: Revision, keys: Collection[str], actor: Actor) -> int:
    """Set the drafts of the items `keys` back to what `revision` says; what it does not hold is
    taken out. Returns how many were written."""
    versions = ItemVersion.objects.filter(revision_entries__revision=revision, item__key__in=keys)
    held = {one.item_id: json.loads(one.content) for one in versions}
    drafts = ItemDraft.objects.filter(item__plan=plan, item__key__in=keys).select_related("item")
    for draft in drafts:
        before = held.get(draft.item_id)
        changes: dict[str, object] = {"is_removed": before is None, "change_claim": ""}
        if before is not None:
            changes |= {
                "content": before["content"],
                "strength": before["strength"],
                "competence": before["competence"],
                "is_given": before["given"],
                "given_source": before["given_source"],
                "concerned": before["concerned"],
            }
        register.edit_draft(draft=draft, edits=draft.edits, actor=actor, changes=changes)
    return len(drafts)
