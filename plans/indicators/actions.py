"""Defining indicators, and taking over reference values."""

from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from plans.indicators.measure import Measure, check
from plans.indicators.models import Definition, ReferenceValue
from plans.indicators.queries import get_definition
from plans.indicators.rules import ACTS
from plans.register.checks import check_codes, check_concerned
from plans.register.enums import ItemKind
from plans.register.models import ItemDraft, Plan
from plans.register.queries import co_maker_codes
from plans.register.rules import require
from plans.register.steps import create_item, edit_draft, lock_plan, version_content
from stakeholders.record import steps as record
from stakeholders.terms import canonical
from stakeholders.terms.actor import Actor, ActorKind
from stakeholders.terms.errors import Invalid, Refused
from stakeholders.terms.rights import Reason, Verdict


@transaction.atomic
def add_indicator(*, actor: Actor, plan: Plan, key: str, measure: Measure) -> Definition:
    """Define an indicator; all co-makers are concerned unless said.

    Raises NotVisible, Refused (also while frozen), Invalid.
    """
    plan = lock_plan(plan)
    require("indicator.add", ACTS, actor=actor, plan=plan)
    measure = _checked(plan, measure)
    if not key or plan.items.filter(key=key).exists():
        raise Invalid({"key": _("An item with this key exists already.")})
    item = create_item(
        plan=plan,
        key=key,
        kind=ItemKind.INDICATOR,
        content=measure.content(),
        strength=measure.strength,
        competence=measure.competence,
        is_given=measure.is_given,
        given_source=measure.given_source,
        concerned=measure.concerned,
        actor=actor,
    )
    last = Definition.objects.filter(item__plan=plan).aggregate(last=Max("position"))["last"] or 0
    definition = Definition.objects.create(item=item, position=last + 1)
    _record(act="indicator.add", actor=actor, plan=plan, draft=item.draft)
    return definition


@transaction.atomic
def edit_indicator(
    *, actor: Actor, plan: Plan, key: str, edits: int, measure: Measure
) -> Definition:
    """Save a measure over the draft that was read as its save number `edits`.

    Raises NotVisible, Refused (also while frozen), Invalid, Conflict.
    """
    plan = lock_plan(plan)
    require("indicator.edit", ACTS, actor=actor, plan=plan)
    definition = get_definition(plan, key=key)
    measure = _checked(plan, measure)
    check_concerned(draft=definition.item.draft, edits=edits, concerned=measure.concerned)
    draft = edit_draft(
        draft=definition.item.draft, edits=edits, actor=actor, changes=measure.draft_fields()
    )
    _record(act="indicator.edit", actor=actor, plan=plan, draft=draft)
    return definition


@transaction.atomic
def remove_indicator(*, actor: Actor, plan: Plan, key: str, edits: int) -> Definition:
    """Take an indicator out of the next revision. Raises NotVisible, Refused, Conflict."""
    plan = lock_plan(plan)
    require("indicator.remove", ACTS, actor=actor, plan=plan)
    definition = get_definition(plan, key=key)
    draft = edit_draft(
        draft=definition.item.draft, edits=edits, actor=actor, changes={"is_removed": True}
    )
    _record(act="indicator.remove", actor=actor, plan=plan, draft=draft)
    return definition


@transaction.atomic
def import_reference_values(*, actor: Actor, values: Sequence[ReferenceValue]) -> int:
    """Take over a read file: new rows are added, known ones (key and area) brought up to date.

    Only an administrator or the system. Returns how many rows were new or changed; a file
    already taken over changes nothing and is not recorded again. Raises Refused.
    """
    if actor.kind not in (ActorKind.SYSTEM, ActorKind.ADMINISTRATOR):
        act = "reference_values.import"
        raise Refused(Verdict(allowed=False, reason=Reason.NO_MANDATE, act=act))
    fields = [f.name for f in ReferenceValue._meta.fields if f.name != "id"]
    held = set(ReferenceValue.objects.values_list(*fields))
    fresh = [one for one in values if tuple(getattr(one, name) for name in fields) not in held]
    if not fresh:
        return 0
    ReferenceValue.objects.bulk_create(
        fresh,
        update_conflicts=True,
        unique_fields=["key", "area_en"],
        update_fields=[name for name in fields if name not in {"key", "area_en"}],
    )
    record.append(
        chain=record.SITE,
        actor=actor,
        act="reference_values.import",
        subject="reference_values:all",
        effects={"rows": len(values), "changed": sorted(one.key for one in fresh)},
    )
    return len(fresh)


def _checked(plan: Plan, measure: Measure) -> Measure:
    """The measure with somebody concerned; Invalid for what cannot be."""
    check(measure)
    check_codes("concerned", {*measure.concerned, *measure.allocations})
    return measure if measure.concerned else replace(measure, concerned=co_maker_codes(plan))


def _record(*, act: str, actor: Actor, plan: Plan, draft: ItemDraft) -> None:
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act=act,
        subject=f"item:{draft.item.key}",
        effects={
            "edits": draft.edits,
            "draft": canonical.digest_of(version_content(draft)),
        },
    )
