"""Giving and taking grants. The only writes to django-guardian's tables."""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from guardian.utils import get_group_obj_perms_model

from stakeholders.access.models import Group, Permission, RoleGroup


def role_group(*, holder: str, role: str) -> Group:
    """The role group of `holder` (a jurisdiction's code or `org-ID`), made when it is missing."""
    found = RoleGroup.objects.filter(holder=holder, role=role).select_related("group").first()
    if found:
        return found.group
    group, _created = Group.objects.get_or_create(name=f"{holder}:{role}")
    RoleGroup.objects.get_or_create(holder=holder, role=role, defaults={"group": group})
    return group


def give(*, holder: str, role: str, grants: Iterable[str], target: Model) -> None:
    """Grant `grants` (such as `view`, `sign`) on `target` to the role group. Safe to repeat."""
    group = role_group(holder=holder, role=role)
    name = target._meta.model_name
    permissions = Permission.objects.filter(
        content_type=ContentType.objects.get_for_model(target),
        codename__in=[f"{grant}_{name}" for grant in grants],
    )
    model = get_group_obj_perms_model(target)
    model._default_manager.bulk_create(
        [model(group=group, permission=p, content_object=target) for p in permissions],
        ignore_conflicts=True,
    )
