"""The shape of a grant: a role group of a jurisdiction or organization, on one object."""

from django.contrib.auth.models import Group, Permission
from django.db import models
from guardian.models import GroupObjectPermissionBase

from stakeholders.terms.actor import Role


class RoleGroup(models.Model):
    """The group that stands for one role of one holder. It has no human members.

    `holder` is a jurisdiction's code or `org-ID`. A person carries the group through the mandate
    it acts under, so an expired mandate, or another one, gives nothing.
    """

    holder = models.CharField(max_length=30)
    role = models.CharField(max_length=20, choices=[(r.value, r.value) for r in Role])
    group = models.OneToOneField(Group, models.PROTECT, related_name="role_group")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["holder", "role"], name="role_group_holder_role"),
        ]

    def __str__(self) -> str:
        return f"{self.holder}:{self.role}"


class GroupGrant(GroupObjectPermissionBase):
    """Abstract grant with a direct foreign key: subclasses add `content_object`."""

    class Meta(GroupObjectPermissionBase.Meta):
        abstract = True


__all__ = ["Group", "GroupGrant", "Permission", "RoleGroup"]
