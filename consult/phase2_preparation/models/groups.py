"""Comments that say the same and are decided as one."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation.models.comments import Comment
from plans.register.models import Plan
from stakeholders.people.models import Mandate


class CommentGroup(models.Model):
    """A working arrangement of the joint office. The record keeps what was grouped and when."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="comment_groups")
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta:
        verbose_name = _("group of comments")
        verbose_name_plural = _("groups of comments")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.pk)


class GroupMember(models.Model):
    """A comment stands in one group at most."""

    group = models.ForeignKey(CommentGroup, models.CASCADE, related_name="members")
    comment = models.OneToOneField(Comment, models.PROTECT, related_name="group_member")

    class Meta:
        verbose_name = _("comment in a group")
        verbose_name_plural = _("comments in groups")
        ordering = ["group_id", "comment__number"]

    def __str__(self) -> str:
        return f"{self.group_id} {self.comment_id}"
