"""Drafting: chapters and provisions of the working draft."""

from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from plans.register.checks import check_codes, check_concerned
from plans.register.models import ItemDraft, Plan
from plans.register.queries import co_maker_codes, free_key
from plans.register.rules import require
from plans.register.steps import edit_draft, lock_plan, version_content
from plans.text import steps
from plans.text.actions.claims import claim_wording
from plans.text.checks import require_editorial
from plans.text.models import Chapter, Provision
from plans.text.queries import get_chapter, get_provision
from plans.text.rules import ACTS, require_drafting
from plans.text.wording import Wording, check
from stakeholders.record import steps as record
from stakeholders.terms import canonical
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Invalid


@transaction.atomic
def add_chapter(
    *,
    actor: Actor,
    plan: Plan,
    key: str,
    title_zh: str,
    title_en: str = "",
    drafting: Sequence[str] = (),
) -> Chapter:
    """Open a chapter at the end; `drafting` are the codes whose planners draft in it.

    Raises NotVisible, Refused (also while frozen), Invalid.
    """
    plan = lock_plan(plan)
    require("chapter.add", ACTS, actor=actor, plan=plan)
    if not title_zh.strip():
        raise Invalid({"title_zh": _("This text must not be empty.")})
    if plan.chapters.filter(key=key).exists():
        raise Invalid({"key": _("A chapter with this key exists already.")})
    check_codes("drafting", drafting)
    chapter = steps.create_chapter(
        plan=plan, key=key, title_zh=title_zh, title_en=title_en, drafting=drafting
    )
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act="chapter.add",
        subject=f"chapter:{key}",
        effects={"title": canonical.digest(title_zh), "drafting": chapter.drafting},
    )
    return chapter


@transaction.atomic
def add_provision(
    *,
    actor: Actor,
    plan: Plan,
    chapter: str,
    wording: Wording,
    key: str = "",
    position: int | None = None,
) -> Provision:
    """Draft a new provision in a chapter (its key); all co-makers are concerned unless said.

    `key` is its lasting identity; without one the next free `provision-N` is taken.
    Raises NotVisible, Refused (also while frozen), Invalid.
    """
    plan = lock_plan(plan)
    into = get_chapter(plan, key=chapter)
    require_drafting("provision.add", actor=actor, plan=plan, chapter=into)
    check(wording)
    check_codes("concerned", wording.concerned)
    _check_links(plan, wording.links)
    key = key or free_key(plan, stem="provision")
    if plan.items.filter(key=key).exists():
        raise Invalid({"key": _("An item with this key exists already.")})
    if not wording.concerned:
        wording = replace(wording, concerned=co_maker_codes(plan))
    provision = steps.create_provision(
        plan=plan, key=key, wording=wording, chapter=into, position=position, actor=actor
    )
    steps.drop_autosave(actor=actor, chapter=into)
    _record(
        act="provision.add", actor=actor, plan=plan, provision=provision, draft=provision.item.draft
    )
    return provision


@transaction.atomic
def edit_provision(
    *, actor: Actor, plan: Plan, key: str, edits: int, wording: Wording
) -> Provision:
    """Save a wording over the draft that was read as its save number `edits`.

    Raises NotVisible, Refused (also while frozen), Invalid, and Conflict with their draft when
    somebody saved meanwhile.
    """
    plan = lock_plan(plan)
    provision = get_provision(plan, key=key)
    require_drafting("provision.edit", actor=actor, plan=plan, chapter=provision.chapter)
    check(wording)
    check_codes("concerned", wording.concerned)
    _check_links(plan, wording.links)
    base = require_editorial(plan=plan, provision=provision, wording=wording)
    if not wording.concerned:
        wording = replace(wording, concerned=co_maker_codes(plan))
    check_concerned(draft=provision.item.draft, edits=edits, concerned=wording.concerned)
    draft = edit_draft(
        draft=provision.item.draft, edits=edits, actor=actor, changes=wording.draft_fields()
    )
    if base is not None:
        claim_wording(actor=actor, plan=plan, draft=draft, base=base)
    steps.drop_autosave(actor=actor, item=provision.item)
    _record(act="provision.edit", actor=actor, plan=plan, provision=provision, draft=draft)
    return provision


@transaction.atomic
def remove_provision(*, actor: Actor, plan: Plan, key: str, edits: int) -> Provision:
    """Take a provision out of the next revision; its item and its history stay.

    Raises NotVisible, Refused, Conflict.
    """
    plan = lock_plan(plan)
    provision = get_provision(plan, key=key)
    require_drafting("provision.remove", actor=actor, plan=plan, chapter=provision.chapter)
    draft = edit_draft(
        draft=provision.item.draft, edits=edits, actor=actor, changes={"is_removed": True}
    )
    _record(act="provision.remove", actor=actor, plan=plan, provision=provision, draft=draft)
    return provision


@transaction.atomic
def move_provision(
    *, actor: Actor, plan: Plan, key: str, chapter: str, position: int | None = None
) -> Provision:
    """Put a provision elsewhere: a chapter (its key) and a position from 1, or its end.

    The actor drafts in both chapters. Raises NotVisible, Refused.
    """
    plan = lock_plan(plan)
    provision = get_provision(plan, key=key)
    into = get_chapter(plan, key=chapter)
    for one in (provision.chapter, into):
        require_drafting("provision.move", actor=actor, plan=plan, chapter=one)
    steps.move(provision=provision, chapter=into, position=position)
    draft = provision.item.draft
    _record(act="provision.move", actor=actor, plan=plan, provision=provision, draft=draft)
    return provision


def _check_links(plan: Plan, keys: Sequence[str]) -> None:
    """Raise Invalid for keys that are no item's of the plan."""
    known = set(plan.items.filter(key__in=keys).values_list("key", flat=True))
    unknown = sorted(set(keys) - known)
    if unknown:
        text = _("There is no item with the key %(keys)s in this plan.")
        raise Invalid({"links": text % {"keys": ", ".join(unknown)}})


def _record(*, act: str, actor: Actor, plan: Plan, provision: Provision, draft: ItemDraft) -> None:
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act=act,
        subject=f"item:{provision.item.key}",
        effects={
            "chapter": provision.chapter.key,
            "position": provision.position,
            "edits": draft.edits,
            "draft": canonical.digest_of(version_content(draft)),
            **({"claim": draft.change_claim} if draft.change_claim else {}),
        },
    )
