"""Reading groups of the same comments, and what could be grouped."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Count

from consult.phase2_preparation.likeness import alike
from consult.phase2_preparation.models import Comment, CommentGroup, GroupMember
from consult.phase2_preparation.queries.dispositions import disposition_table
from plans.register.models import Plan
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import NotVisible


@dataclass(frozen=True, kw_only=True)
class Group:
    """A group with its comments in order."""

    group: CommentGroup
    comments: list[Comment]

    @property
    def numbers(self) -> list[int]:
        return [comment.number for comment in self.comments]


@dataclass(frozen=True, kw_only=True)
class Membership:
    """That a comment stands in a group, and with how many others."""

    group: int
    size: int

    @property
    def others(self) -> int:
        return self.size - 1


def groups_of(*, actor: Actor, plan: Plan) -> list[Group]:
    """The groups of a plan with those of their comments that the actor may see. Two queries."""
    held = dict(
        GroupMember.objects.filter(group__plan=plan)
        .order_by("comment__number")
        .values_list("comment_id", "group_id")
    )
    comments = disposition_table(actor=actor, plan=plan).filter(group_member__isnull=False)
    found: dict[int, list[Comment]] = {}
    for comment in comments:
        found.setdefault(held[comment.pk], []).append(comment)
    groups = CommentGroup.objects.in_bulk(found)
    return [Group(group=groups[pk], comments=found[pk]) for pk in sorted(found) if pk in groups]


def get_group(*, actor: Actor, plan: Plan, pk: int) -> Group:
    for group in groups_of(actor=actor, plan=plan):
        if group.group.pk == pk:
            return group
    raise NotVisible


def memberships(comments: Iterable[Comment]) -> dict[int, Membership]:
    """Comment id -> its group, for rows that were read; two queries, however many."""
    rows = GroupMember.objects.filter(comment__in=[comment.pk for comment in comments])
    held = dict(rows.values_list("comment_id", "group_id"))
    if not held:
        return {}
    counted = CommentGroup.objects.filter(pk__in=set(held.values())).annotate(n=Count("members"))
    sizes = dict(counted.values_list("pk", "n"))
    return {pk: Membership(group=group, size=sizes[group]) for pk, group in held.items()}


def same_group(*, plan: Plan, comment: Comment) -> list[int]:
    """The numbers of the comments of one group, that of `comment` among them; else it alone."""
    group = GroupMember.objects.filter(comment=comment).values_list("group_id", flat=True)
    rows = Comment.objects.filter(plan=plan, group_member__group__in=group)
    return list(rows.order_by("number").values_list("number", flat=True)) or [comment.number]


def suggestions(*, actor: Actor, plan: Plan) -> list[list[Comment]]:
    """Comments that stand in no group yet and say the same about the same item. One query."""
    rows = disposition_table(actor=actor, plan=plan).filter(group_member__isnull=True)
    by_item: dict[int | None, dict[int, Comment]] = {}
    for comment in rows:
        by_item.setdefault(comment.item_id, {})[comment.number] = comment
    found = []
    for known in by_item.values():
        texts = {number: _said(comment) for number, comment in known.items()}
        found += [[known[number] for number in numbers] for numbers in alike(texts)]
    return sorted(found, key=lambda comments: comments[0].number)


def _said(comment: Comment) -> str:
    """What the comment asks for: its text and the wording it proposes, in the language given."""
    return f"{comment.text_zh or comment.text_en} {comment.wording_zh or comment.wording_en}"


def ungrouped(*, plan: Plan, numbers: Collection[int]) -> bool:
    """Whether none of the comments stands in a group. Unscoped, for the action."""
    return not GroupMember.objects.filter(
        comment__plan=plan, comment__number__in=list(numbers)
    ).exists()
