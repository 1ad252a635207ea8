"""Row writes of groups of the same comments."""

from collections.abc import Iterable

from consult.phase2_preparation.models import Comment, CommentGroup, GroupMember
from consult.phase2_preparation.steps.replies import mandate_of
from plans.register.models import Plan
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor


def make_group(*, plan: Plan, actor: Actor, comments: Iterable[Comment]) -> CommentGroup:
    group = CommentGroup.objects.create(plan=plan, mandate_id=mandate_of(actor), at=clock.now())
    GroupMember.objects.bulk_create(GroupMember(group=group, comment=row) for row in comments)
    return group


def end_group(*, group: CommentGroup) -> bool:
    """The comments stand alone again. The record keeps that they were grouped. False where another
    ended it at the same moment."""
    gone, _each = group.delete()
    return gone > 0
