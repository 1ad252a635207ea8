"""Chapters that stand already: their titles and drafters, their order, their end."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from plans.register.checks import check_codes
from plans.register.models import Plan
from plans.register.rules import require
from plans.register.steps import lock_plan
from plans.text import steps
from plans.text.models import Chapter
from plans.text.queries import chapters_of, get_chapter, provisions_of
from plans.text.rules import ACTS
from stakeholders.record import steps as record
from stakeholders.terms import canonical
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Invalid


@transaction.atomic
def edit_chapter(
    *,
    actor: Actor,
    plan: Plan,
    key: str,
    title_zh: str,
    title_en: str = "",
    drafting: Sequence[str] = (),
) -> Chapter:
    """Give a chapter other titles or drafters (codes). NotVisible, Refused, Invalid."""
    plan = lock_plan(plan)
    require("chapter.edit", ACTS, actor=actor, plan=plan)
    chapter = get_chapter(plan, key=key)
    if not title_zh.strip():
        raise Invalid({"title_zh": _("This text must not be empty.")})
    check_codes("drafting", drafting)
    steps.change_chapter(chapter=chapter, title_zh=title_zh, title_en=title_en, drafting=drafting)
    titles = canonical.digest_of([title_zh, title_en])
    effects = {"titles": titles, "drafting": chapter.drafting}
    _record("chapter.edit", actor=actor, plan=plan, key=key, effects=effects)
    return chapter


@transaction.atomic
def move_chapter(*, actor: Actor, plan: Plan, key: str, position: int) -> Chapter:
    """Put a chapter at `position` (from 1); its provisions move with it. NotVisible, Refused."""
    plan = lock_plan(plan)
    require("chapter.move", ACTS, actor=actor, plan=plan)
    chapter = get_chapter(plan, key=key)
    steps.move_chapter(chapter=chapter, position=position)
    order = list(chapters_of(plan).values_list("key", flat=True))
    _record("chapter.move", actor=actor, plan=plan, key=key, effects={"order": order})
    return chapter


@transaction.atomic
def remove_chapter(*, actor: Actor, plan: Plan, key: str) -> None:
    """Take an empty chapter out. NotVisible, Refused; Invalid while provisions stand in it."""
    plan = lock_plan(plan)
    require("chapter.remove", ACTS, actor=actor, plan=plan)
    chapter = get_chapter(plan, key=key)
    if provisions_of(plan).filter(chapter=chapter).exists():
        text = _("Provisions stand in this chapter: move them to another one or take them out.")
        raise Invalid({"": text})
    heir = chapters_of(plan).exclude(pk=chapter.pk).first()
    if heir is None and chapter.provisions.exists():
        text = _("The last chapter stays: provisions that were taken out have their place in it.")
        raise Invalid({"": text})
    steps.remove_chapter(chapter=chapter, heir=heir)
    order = list(chapters_of(plan).values_list("key", flat=True))
    _record("chapter.remove", actor=actor, plan=plan, key=key, effects={"order": order})


def _record(act: str, *, actor: Actor, plan: Plan, key: str, effects: Mapping[str, object]) -> None:
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act=act,
        subject=f"chapter:{key}",
        effects=effects,
    )
