"""Keeping the milestones of a joint project: adding, changing, taking out, what waits for what."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from plans.projects import steps
from plans.projects.models import Milestone, Project
from plans.projects.needs import closes_ring
from plans.projects.queries import lead_code_of, milestones_by_name, needs_in, party_codes
from plans.projects.rules import require
from plans.projects.sheet import WHOLE
from stakeholders.record import steps as record
from stakeholders.terms import canonical
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Conflict, Invalid, NotVisible, Text


@dataclass(frozen=True, kw_only=True)
class Words:
    """What a milestone says."""

    title_zh: str
    owner: str
    due_on: date
    weight: Decimal
    title_en: str = ""


@transaction.atomic
def add_milestone(
    *,
    actor: Actor,
    project: Project,
    title_zh: str,
    owner: str,
    due_on: date,
    weight: Decimal,
    title_en: str = "",
) -> Milestone:
    """Add a milestone that a party of the project answers for. NotVisible, Refused, Invalid."""
    project = steps.lock_project(project)
    require("milestone.add", actor=actor, plan=project.plan, lead_code=lead_code_of(project))
    faults = _faults(project, owner, weight)
    if faults:
        raise Invalid(faults)
    milestone = steps.create_milestone(
        project=project,
        title_zh=title_zh,
        title_en=title_en,
        owner=owner,
        due_on=due_on,
        weight=weight,
    )
    words = Words(title_zh=title_zh, title_en=title_en, owner=owner, due_on=due_on, weight=weight)
    _append("milestone.add", actor, project, milestone, _effects(milestone, words))
    return milestone


@transaction.atomic
def edit_milestone(
    *, actor: Actor, milestone: Milestone, changes: int, words: Words, reason: str
) -> Milestone:
    """Change what a milestone says; what it said before stays readable, with the reason.

    `changes` is how many changes of it the editor saw. NotVisible, Refused, Invalid, Conflict.
    """
    project, milestone = _locked("milestone.edit", actor, milestone)
    faults = _faults(project, words.owner, words.weight, besides=milestone)
    if not reason.strip():
        faults["reason"] = _("Give the reason of the change.")
    if faults:
        raise Invalid(faults)
    if milestone.changes.count() != changes:
        raise Conflict(_("Somebody changed this milestone after you opened it."))
    change = steps.keep_former(milestone=milestone, actor=actor, reason=reason)
    steps.save_milestone(
        milestone=milestone,
        title_zh=words.title_zh,
        title_en=words.title_en,
        owner=words.owner,
        due_on=words.due_on,
        weight=words.weight,
    )
    effects = {
        **_effects(milestone, words),
        "change": change.pk,
        "former_due_on": change.due_on,
        "reason": canonical.digest(reason),
    }
    _append("milestone.edit", actor, project, milestone, effects)
    return milestone


@transaction.atomic
def remove_milestone(*, actor: Actor, milestone: Milestone, reason: str) -> None:
    """Take a milestone out; its number, its reports and the reason stay. Nothing waits for it any
    more. NotVisible, Refused, Invalid."""
    project, milestone = _locked("milestone.remove", actor, milestone)
    if not reason.strip():
        raise Invalid({"reason": _("Give the reason of the change.")})
    change = steps.keep_former(milestone=milestone, actor=actor, reason=reason)
    freed = steps.remove_milestone(milestone)
    effects = {
        "milestone": milestone.pk,
        "change": change.pk,
        "reason": canonical.digest(reason),
        "freed": freed,
    }
    _append("milestone.remove", actor, project, milestone, effects)


@transaction.atomic
def link_milestone(*, actor: Actor, milestone: Milestone, needs: Iterable[str]) -> Milestone:
    """Say which milestones of the plan (PJ1.2) must be reached before this one, instead of those
    named before. Circles are refused. NotVisible, Refused, Invalid."""
    steps.lock_register(milestone.project.plan)
    project, milestone = _locked("milestone.link", actor, milestone)
    names = sorted(set(needs))
    found = milestones_by_name(project.plan, names=names)
    lost = [name for name in names if name not in found]
    if lost:
        text = _("The plan has no milestone {names}.")
        raise Invalid({"needs": format_lazy(text, names=", ".join(lost))})
    needed = {one.pk for one in found.values()}
    if closes_ring(needs_in(project.plan), milestone=milestone.pk, needed=needed):
        raise Invalid({"needs": _("So the milestone would wait for itself: that is a circle.")})
    steps.save_needs(milestone=milestone, needed=needed)
    effects = {"milestone": milestone.pk, "needs": sorted(needed)}
    _append("milestone.link", actor, project, milestone, effects)
    return milestone


def _locked(act: str, actor: Actor, milestone: Milestone) -> tuple[Project, Milestone]:
    """The project's row and the milestone as they stand, both locked."""
    project = steps.lock_project(milestone.project)
    require(act, actor=actor, plan=project.plan, lead_code=lead_code_of(project))
    locked = steps.lock_milestone(milestone)
    if locked is None:
        raise NotVisible
    return project, locked


def _faults(
    project: Project, owner: str, weight: Decimal, *, besides: Milestone | None = None
) -> dict[str, Text]:
    faults: dict[str, Text] = {}
    if owner not in party_codes(project):
        faults["owner"] = _("Only a party of the project answers for a milestone.")
    if not weight.is_finite() or weight <= 0 or weight != round(weight, 2):
        faults["weight"] = _("A weight is greater than 0 and has at most two decimal places.")
        return faults
    others = project.milestones.exclude(pk=besides.pk) if besides else project.milestones.all()
    held = others.aggregate(held=Sum("weight"))["held"] or Decimal(0)
    if held + weight > WHOLE:
        text = _("The weights of a project add up to 100 %; {left} % are left.")
        faults["weight"] = format_lazy(text, left=format(WHOLE - held, "f"))
    return faults


def _effects(milestone: Milestone, words: Words) -> dict[str, object]:
    return {
        "milestone": milestone.pk,
        "owner": words.owner,
        "due_on": words.due_on,
        "weight": format(words.weight, "f"),
        "title": canonical.digest_of([words.title_zh, words.title_en]),
    }


def _append(
    act: str, actor: Actor, project: Project, milestone: Milestone, effects: dict[str, object]
) -> None:
    record.append(
        chain=record.plan_chain(project.plan.key),
        actor=actor,
        act=act,
        subject=f"milestone:{project.key}.{milestone.number}",
        effects=effects,
    )
