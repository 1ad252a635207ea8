"""Reading grants, set-based: the cost does not grow with rows not seen."""

from typing import TypeVar

from django.db.models import Exists, Model, OuterRef, QuerySet
from guardian.utils import get_group_obj_perms_model

from stakeholders.access.models import RoleGroup

ModelT = TypeVar("ModelT", bound=Model)


def group_id_of(*, holder: str, role: str) -> int | None:
    """The id of the role group of `holder`, or None where nothing was granted yet."""
    return (
        RoleGroup.objects.filter(holder=holder, role=role)
        .values_list("group_id", flat=True)
        .first()
    )


def grants_on(*, group_id: int | None, target: Model) -> frozenset[str]:
    """The grants (permission codenames without the model's name) of a role group on one object."""
    if group_id is None:
        return frozenset()
    grants = get_group_obj_perms_model(target)._default_manager.filter(
        group_id=group_id, content_object=target
    )
    codes = grants.values_list("permission__codename", flat=True)
    return frozenset(code.removesuffix(f"_{target._meta.model_name}") for code in codes)


def with_grant(queryset: QuerySet[ModelT], *, group_id: int | None, grant: str) -> QuerySet[ModelT]:
    """The rows of `queryset` on which the role group holds `grant`."""
    if group_id is None:
        return queryset.none()
    model = queryset.model
    grants = get_group_obj_perms_model(model())._default_manager.filter(
        group_id=group_id,
        permission__codename=f"{grant}_{model._meta.model_name}",
        content_object=OuterRef("pk"),
    )
    return queryset.filter(Exists(grants))


def holders_with_grant(*, target: Model, grant: str) -> QuerySet[RoleGroup]:
    """The role groups that hold `grant` on one object."""
    grants = get_group_obj_perms_model(target)._default_manager.filter(
        content_object=target, permission__codename=f"{grant}_{target._meta.model_name}"
    )
    return RoleGroup.objects.filter(group__in=grants.values("group"))
