"""Reading grants, set-based: the cost does not grow with rows not seen."""

from collections.abc import Iterable
from functools import cache
from typing import Any, TypeVar

from django.db.models import Exists, Model, OuterRef, QuerySet, Subquery
from guardian.utils import get_group_obj_perms_model

from stakeholders.access.models import Permission, RoleGroup

ModelT = TypeVar("ModelT", bound=Model)


def group_id_of(*, holder: str, role: str) -> int | None:
    """The id of the role group of `holder`, or None where nothing was granted yet."""
    return (
        RoleGroup.objects.filter(holder=holder, role=role)
        .values_list("group_id", flat=True)
        .first()
    )


def group_ids_of(*, holders: Iterable[str]) -> dict[tuple[str, str], int]:
    """(holder, role) -> id of the role group, of several holders at once."""
    rows = RoleGroup.objects.filter(holder__in=set(holders))
    return {(h, r): pk for h, r, pk in rows.values_list("holder", "role", "group_id")}


def grants_on(*, group_id: int | None, target: Model) -> frozenset[str]:
    """The grants (permission codenames without the model's name) of a role group on one object."""
    if group_id is None:
        return frozenset()
    grants = _grants_of(type(target)).filter(group_id=group_id, content_object=target)
    codes = grants.values_list("permission__codename", flat=True)
    return frozenset(code.removesuffix(f"_{target._meta.model_name}") for code in codes)


def with_grant(queryset: QuerySet[ModelT], *, group_id: int | None, grant: str) -> QuerySet[ModelT]:
    """The rows of `queryset` on which the role group holds `grant`."""
    return with_any_grant(queryset, group_ids=() if group_id is None else (group_id,), grant=grant)


def with_any_grant(
    queryset: QuerySet[ModelT], *, group_ids: Iterable[int], grant: str
) -> QuerySet[ModelT]:
    """The rows of `queryset` on which one of the role groups holds `grant`.

    The permission is looked up once inside the query, so that the grants are read from one index
    (group, permission, object) and joined to no other table.
    """
    ids = set(group_ids)
    if not ids:
        return queryset.none()
    model = queryset.model
    grants = _grants_of(model).filter(
        group_id__in=ids,
        permission=_permission(model, grant),
        content_object=OuterRef("pk"),
    )
    return queryset.filter(Exists(grants))


@cache
def _grant_model(model: type[Model]) -> type[Model]:
    """The table of grants on `model`; guardian looks for it anew each time it is asked."""
    found: type[Model] = get_group_obj_perms_model(model())
    return found


def _grants_of(model: type[Model]) -> QuerySet[Any]:
    return _grant_model(model)._default_manager.all()


def _permission(model: type[Model], grant: str) -> Subquery:
    """The id of the permission that stands for `grant` on `model`."""
    found = Permission.objects.filter(
        codename=f"{grant}_{model._meta.model_name}",
        content_type__app_label=model._meta.app_label,
        content_type__model=model._meta.model_name,
    )
    return Subquery(found.order_by().values("pk")[:1])


def holders_with_grant(*, target: Model, grant: str) -> QuerySet[RoleGroup]:
    """The role groups that hold `grant` on one object."""
    grants = _grants_of(type(target)).filter(
        content_object=target, permission__codename=f"{grant}_{target._meta.model_name}"
    )
    return RoleGroup.objects.filter(group__in=grants.values("group"))


def grants_by_holder(*, target: Model) -> dict[tuple[str, str], frozenset[str]]:
    """(holder, role) -> the grants of its role group on one object. One query."""
    rows = _grants_of(type(target)).filter(content_object=target)
    found: dict[tuple[str, str], set[str]] = {}
    names = ("group__role_group__holder", "group__role_group__role", "permission__codename")
    for holder, role, code in rows.exclude(group__role_group=None).values_list(*names):
        found.setdefault((holder, role), set()).add(
            code.removesuffix(f"_{target._meta.model_name}")
        )
    return {key: frozenset(grants) for key, grants in found.items()}
