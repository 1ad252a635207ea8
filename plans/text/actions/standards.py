"""Common standards (3 + 1 + X): adding, editing one or many, removing, importing a workbook."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from plans.register.checks import check_codes, check_concerned, check_kept
from plans.register.enums import ItemKind
from plans.register.models import ItemDraft, Plan
from plans.register.queries import co_maker_codes, free_key, names_of
from plans.register.rules import require
from plans.register.steps import create_item, edit_draft, lock_plan, version_content
from plans.text import steps
from plans.text.enums import SourceKind
from plans.text.models import Standard
from plans.text.norms import Norm, sound
from plans.text.queries import get_standard, units
from plans.text.rules import ACTS
from plans.text.standard_previews import Preview, preview
from plans.text.standard_sheets import Sheet
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.record import steps as record
from stakeholders.terms import canonical
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Conflict, Invalid, Text

# Words in the addresses of the table itself.
RESERVED = frozenset({"new", "values", "import", "file"})


@dataclass(frozen=True, kw_only=True)
class Saving:
    """A norm to be put over the draft that was read as its save number `edits`."""

    edits: int
    norm: Norm


@transaction.atomic
def add_standard(*, actor: Actor, plan: Plan, norm: Norm, key: str = "") -> Standard:
    """Add a standard; all co-makers are concerned unless said.

    `key` is its lasting identity; without one the next free `standard-N` is taken.
    Raises NotVisible, Refused (also while frozen), Invalid.
    """
    plan = lock_plan(plan)
    require("standard.add", ACTS, actor=actor, plan=plan)
    standard = _add(actor=actor, plan=plan, norm=norm, key=key)
    _record("standard.add", actor, plan, f"item:{standard.item.key}", _effects(standard.item.draft))
    return standard


@transaction.atomic
def edit_standard(*, actor: Actor, plan: Plan, key: str, edits: int, norm: Norm) -> Standard:
    """Save a norm over the draft that was read as its save number `edits`.

    Raises NotVisible, Refused (also while frozen), Invalid, Conflict.
    """
    plan = lock_plan(plan)
    require("standard.edit", ACTS, actor=actor, plan=plan)
    standard = get_standard(plan, key=key)
    norm = _whole(plan, norm, kept=standard.item.draft)
    check_concerned(draft=standard.item.draft, edits=edits, concerned=norm.concerned)
    draft = edit_draft(
        draft=standard.item.draft, edits=edits, actor=actor, changes=norm.draft_fields()
    )
    _record("standard.edit", actor, plan, f"item:{key}", _effects(draft))
    return standard


@transaction.atomic
def edit_standards(*, actor: Actor, plan: Plan, savings: Mapping[str, Saving]) -> list[str]:
    """Save many standards (by key) at once, or none; says which changed.

    Raises NotVisible, Refused, Invalid (fields as `key:field`) and Conflict.
    """
    plan = lock_plan(plan)
    require("standard.edit", ACTS, actor=actor, plan=plan)
    errors: dict[str, Text] = {}
    drafts: dict[str, ItemDraft] = {}
    for key, saving in savings.items():
        former = get_standard(plan, key=key).item.draft
        try:
            norm = _whole(plan, saving.norm, kept=former)
            check_kept(draft=former, concerned=norm.concerned)
        except Invalid as error:
            errors |= {f"{key}:{field}": text for field, text in error.errors.items()}
            continue
        fields = norm.draft_fields()
        if former.edits != saving.edits:
            errors[f"{key}:"] = _("Somebody saved this standard after you opened the table.")
        elif any(getattr(former, name) != value for name, value in fields.items()):
            drafts[key] = edit_draft(draft=former, edits=saving.edits, actor=actor, changes=fields)
    if errors:
        raise Invalid(errors)
    if drafts:
        effects = {"items": {key: _effects(draft) for key, draft in sorted(drafts.items())}}
        _record("standard.edit", actor, plan, f"plan:{plan.key}", effects)
    return list(drafts)


@transaction.atomic
def remove_standard(*, actor: Actor, plan: Plan, key: str, edits: int) -> Standard:
    """Take a standard out of the next revision. Raises NotVisible, Refused, Conflict."""
    plan = lock_plan(plan)
    require("standard.remove", ACTS, actor=actor, plan=plan)
    standard = get_standard(plan, key=key)
    draft = edit_draft(
        draft=standard.item.draft, edits=edits, actor=actor, changes={"is_removed": True}
    )
    _record("standard.remove", actor, plan, f"item:{key}", _effects(draft))
    return standard


@transaction.atomic
def import_standards(*, actor: Actor, plan: Plan, sheet: Sheet) -> Preview:
    """Take over a workbook that was looked at: all its rows, or none.

    Standards that the workbook leaves out stay. Raises NotVisible, Refused (also while frozen),
    Conflict when a row is wrong or out of date by now, or nothing would change.
    """
    plan = lock_plan(plan)
    require("standard.import", ACTS, actor=actor, plan=plan)
    found = preview(plan=plan, sheet=sheet)
    if found.errors:
        text = _("The workbook has {number} cells to mend; nothing was saved.")
        raise Conflict(format_lazy(text, number=len(found.errors)), theirs=found)
    if not found.changed:
        raise Conflict(_("The workbook changes nothing."), theirs=found)
    done: dict[str, dict[str, object]] = {}
    for row in found.changed:
        if row.standard is None:
            made = _add(actor=actor, plan=plan, norm=row.norm, key="")
            done[made.item.key] = _effects(made.item.draft)
            continue
        former = row.standard.item.draft
        norm = _whole(plan, row.norm, kept=former)
        check_kept(draft=former, concerned=norm.concerned)
        draft = edit_draft(
            draft=former, edits=former.edits, actor=actor, changes=norm.draft_fields()
        )
        done[row.standard.item.key] = _effects(draft)
    effects = {"file": f"sha256:{sheet.sha256}", "items": done}
    _record("standard.import", actor, plan, f"plan:{plan.key}", effects)
    return found


def _add(*, actor: Actor, plan: Plan, norm: Norm, key: str) -> Standard:
    norm = _whole(plan, norm)
    key = key or free_key(plan, stem="standard")
    if key in RESERVED or plan.items.filter(key=key).exists():
        raise Invalid({"key": _("An item with this key exists already.")})
    item = create_item(
        plan=plan,
        key=key,
        kind=ItemKind.STANDARD,
        content=norm.content(),
        strength=norm.strength,
        competence=norm.competence,
        concerned=norm.concerned,
        actor=actor,
    )
    return steps.place_standard(item=item)


def _whole(plan: Plan, norm: Norm, *, kept: ItemDraft | None = None) -> Norm:
    """`norm` read and in order, its parties named, somebody concerned.

    A party that has left keeps the value it stands with (`kept`). Raises Invalid.
    """
    norm = sound(norm)
    former = {one["source"] for one in kept.content["sources"]} if kept else set()
    known = units(plan)
    strangers = [
        one.key
        for one in norm.of_kind(SourceKind.PARTY)
        if one.key not in known and one.key not in former
    ]
    if strangers:
        text = _("There is no party with the code %(codes)s.")
        raise Invalid({f"value_{key}": text % {"codes": key} for key in strangers})
    check_codes("concerned", norm.concerned)
    names = {**names_of(former), **known}
    sources = [
        replace(one, **_names(names.get(one.key))) if one.kind is SourceKind.PARTY else one
        for one in norm.sources
    ]
    concerned = tuple(sorted(set(norm.concerned))) or co_maker_codes(plan)
    return replace(norm, sources=tuple(sources), concerned=concerned)


def _names(unit: Jurisdiction | None) -> dict[str, str]:
    return {"name_zh": unit.name_zh, "name_en": unit.name_en_unique} if unit else {}


def _effects(draft: ItemDraft) -> dict[str, object]:
    return {"edits": draft.edits, "draft": canonical.digest_of(version_content(draft))}


def _record(
    act: str, actor: Actor, plan: Plan, subject: str, effects: Mapping[str, object]
) -> None:
    record.append(
        chain=record.plan_chain(plan.key), actor=actor, act=act, subject=subject, effects=effects
    )
