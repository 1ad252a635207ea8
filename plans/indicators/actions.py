"""Defining indicators, and taking over reference values."""

from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from plans.indicators.checking import check, check_still_read
from plans.indicators.measure import BY_PARTY, Measure, measure_of
from plans.indicators.models import Definition, ReferenceValue
from plans.indicators.queries import get_definition
from plans.indicators.rules import ACTS
from plans.register.checks import check_codes, check_concerned
from plans.register.enums import ItemKind, LineageKind
from plans.register.models import ItemDraft, Plan
from plans.register.queries import co_maker_codes
from plans.register.rules import require
from plans.register.steps import (
    create_item,
    edit_draft,
    link_predecessors,
    lock_plan,
    version_content,
)
from stakeholders.record import steps as record
from stakeholders.terms import canonical
from stakeholders.terms.actor import Actor, ActorKind
from stakeholders.terms.errors import Conflict, Invalid, Refused
from stakeholders.terms.rights import Reason, Verdict

KEY_LENGTH = 60


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
    last = Definition.objects.filter(item__plan=plan).aggregate(last=Max("position"))["last"] or 0
    definition = _create(plan=plan, key=key, measure=measure, position=last + 1, actor=actor)
    _record(act="indicator.add", actor=actor, plan=plan, draft=definition.item.draft)
    return definition


@transaction.atomic
def edit_indicator(
    *, actor: Actor, plan: Plan, key: str, edits: int, measure: Measure
) -> Definition:
    """Save a measure over the draft that was read as its save number `edits`.

    Once readings exist the unit, the way to add up and the direction stay: `replace_indicator`.
    Raises NotVisible, Refused (also while frozen), Invalid, Conflict.
    """
    plan = lock_plan(plan)
    require("indicator.edit", ACTS, actor=actor, plan=plan)
    definition = get_definition(plan, key=key)
    measure = _checked(plan, measure)
    if definition.read_since is not None:
        check_still_read(before=measure_of(definition.item.draft), after=measure)
    check_concerned(draft=definition.item.draft, edits=edits, concerned=measure.concerned)
    draft = edit_draft(
        draft=definition.item.draft, edits=edits, actor=actor, changes=measure.draft_fields()
    )
    _record(act="indicator.edit", actor=actor, plan=plan, draft=draft)
    return definition


@transaction.atomic
def replace_indicator(
    *, actor: Actor, plan: Plan, key: str, edits: int, measure: Measure
) -> Definition:
    """Put a new indicator in the place of the one with this key, which leaves the next revision.

    What was read of the old one stays with it, its successor is read anew: so a unit changes.
    Whoever was concerned by the old one is concerned. Raises NotVisible, Refused (also while
    frozen), Invalid, and Conflict when it was saved after its save number `edits`, or is removed.
    """
    plan = lock_plan(plan)
    require("indicator.replace", ACTS, actor=actor, plan=plan)
    old = get_definition(plan, key=key)
    if old.item.draft.is_removed:
        raise Conflict(
            _("This indicator is taken out of the next revision already."), theirs=old.item.draft
        )
    measure = _checked(plan, measure)
    check_concerned(draft=old.item.draft, edits=edits, concerned=measure.concerned)
    edit_draft(draft=old.item.draft, edits=edits, actor=actor, changes={"is_removed": True})
    made = _create(
        plan=plan, key=_free_key(plan, key), measure=measure, position=old.position, actor=actor
    )
    link_predecessors(
        item=made.item, predecessors=[old.item], kind=LineageKind.REPLACE.value, actor=actor
    )
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act="indicator.replace",
        subject=f"item:{key}",
        effects={
            "successor": made.item.key,
            "draft": canonical.digest_of(version_content(made.item.draft)),
        },
    )
    return made


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


def _create(*, plan: Plan, key: str, measure: Measure, position: int, actor: Actor) -> Definition:
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
    return Definition.objects.create(item=item, position=position)


def _free_key(plan: Plan, stem: str) -> str:
    """A key that says whence the indicator came: `water-share-2`."""
    taken = set(plan.items.values_list("key", flat=True))
    names = (f"{stem[: KEY_LENGTH - 6]}-{n}" for n in range(2, len(taken) + 3))
    return next(name for name in names if name not in taken)


def _checked(plan: Plan, measure: Measure) -> Measure:
    """The measure with somebody concerned; Invalid for what cannot be."""
    if not measure.concerned:
        measure = replace(measure, concerned=co_maker_codes(plan))
    check(measure)
    check_codes("concerned", measure.concerned)
    if measure.codes - set(measure.concerned):
        for name in BY_PARTY:
            check_codes(name, getattr(measure, name))
    return measure


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
