"""Giving grants. The only writes to django-guardian's tables."""

from collections.abc import Iterable, Mapping

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from guardian.utils import get_group_obj_perms_model

from stakeholders.access.models import Group, Permission, RoleGroup


def role_groups(*, holder: str, roles: Iterable[str]) -> dict[str, int]:
    """Role -> id of its group, for `holder` (a jurisdiction's code or `org-ID`).

    Missing ones are made; the number of queries is the same for any number of roles.
    """
    wanted = set(roles)
    known = RoleGroup.objects.filter(holder=holder, role__in=wanted)
    found = dict(known.values_list("role", "group_id"))
    missing = {f"{holder}:{role}": role for role in wanted - found.keys()}
    if missing:
        # Two parties may join at once: who comes second takes the groups of the first.
        Group.objects.bulk_create([Group(name=name) for name in missing], ignore_conflicts=True)
        made = {missing[g.name]: g.pk for g in Group.objects.filter(name__in=missing)}
        rows = [RoleGroup(holder=holder, role=role, group_id=pk) for role, pk in made.items()]
        RoleGroup.objects.bulk_create(rows, ignore_conflicts=True)
        found |= made
    return found


def give(*, holder: str, grants: Mapping[str, Iterable[str]], target: Model) -> None:
    """Grant to each role of `holder` what `grants` names (role -> `view`, `sign` …) on `target`.

    Safe to repeat.
    """
    groups = role_groups(holder=holder, roles=grants)
    name = target._meta.model_name
    permissions = {
        permission.codename: permission
        for permission in Permission.objects.filter(
            content_type=ContentType.objects.get_for_model(target)
        )
    }
    model = get_group_obj_perms_model(target)
    rows = [
        model(
            group_id=groups[role],
            permission=permissions[f"{grant}_{name}"],
            content_object=target,
        )
        for role, given in grants.items()
        for grant in sorted(given)
    ]
    model._default_manager.bulk_create(rows, ignore_conflicts=True)


def revoke(*, holder: str, roles: Iterable[str], target: Model) -> int:
    """Take back every grant that `roles` of `holder` hold on `target`; how many there were.

    It counts from the next request on: nobody carries a grant in a session.
    """
    groups = RoleGroup.objects.filter(holder=holder, role__in=set(roles)).values("group")
    grants = get_group_obj_perms_model(target)._default_manager
    gone, _rows = grants.filter(content_object=target, group__in=groups).delete()
    return int(gone)
