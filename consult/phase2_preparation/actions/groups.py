"""Grouping the same comments, so that they are decided as one."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation import steps
from consult.phase2_preparation.models import CommentGroup
from consult.phase2_preparation.queries.dispositions import disposition_table
from consult.phase2_preparation.queries.groups import Group, ungrouped
from consult.phase2_preparation.rules import require
from plans.register.models import Plan
from plans.register.steps import lock_plan
from stakeholders.record import steps as record
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Conflict, Invalid, NotVisible


@transaction.atomic
def group_comments(*, actor: Actor, plan: Plan, numbers: Collection[int]) -> CommentGroup:
    """Group comments that say the same. Refused, Invalid for fewer than two, NotVisible;
    Conflict where one of them stands in a group already."""
    require("comment.group", actor=actor, plan=plan)
    if len(set(numbers)) < 2:
        raise Invalid({"numbers": _("Choose at least two comments.")})
    plan = lock_plan(plan)
    comments = list(disposition_table(actor=actor, plan=plan).filter(number__in=list(numbers)))
    if len(comments) != len(set(numbers)):
        raise NotVisible
    if not ungrouped(plan=plan, numbers=numbers):
        raise Conflict(_("One of these comments stands in a group already."))
    group = steps.make_group(plan=plan, actor=actor, comments=comments)
    _append(actor, plan, "comment.group", group.pk, [str(comment) for comment in comments])
    return group


@transaction.atomic
def end_group(*, actor: Actor, plan: Plan, group: Group) -> None:
    """Let the comments of a group stand alone again. What was decided stays. Refused;
    NotVisible where it was ended."""
    require("comment.ungroup", actor=actor, plan=plan)
    if group.group.plan_id != plan.pk:
        raise NotVisible
    plan = lock_plan(plan)
    pk, comments = group.group.pk, [str(comment) for comment in group.comments]
    if not steps.end_group(group=group.group):
        raise NotVisible
    _append(actor, plan, "comment.ungroup", pk, comments)


def _append(actor: Actor, plan: Plan, act: str, group: int, comments: list[str]) -> None:
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act=act,
        subject=f"plan:{plan.key}",
        effects={"group": group, "comments": comments},
    )
