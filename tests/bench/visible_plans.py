"""A page of 50 plans of which 10 % are visible, with the count of all visible ones.

Against (a) the bare SQL that reads the same rows, and (b) the stock filter of django-guardian over
one permission row per object and group, as a plain DRF project uses it: the person is a member of
the group.
"""

from collections.abc import Iterable

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import QuerySet
from guardian.shortcuts import get_objects_for_user

from plans.register.models import Plan, PlanGrant
from plans.register.queries import visible_plans
from stakeholders.access.models import Permission
from stakeholders.access.steps import role_groups
from stakeholders.people.models import User
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor, ActorKind, Role
from tests.bench.harness import Result, compare

SQL = """
SELECT p.* FROM plans_plan p
WHERE EXISTS (SELECT 1 FROM plans_plangrant g JOIN auth_permission a ON a.id = g.permission_id
              WHERE g.content_object_id = p.id AND g.group_id = %s AND a.codename = 'view_plan')
"""
PAGE = f"{SQL} ORDER BY p.key LIMIT 50"
COUNT = SQL.replace("p.*", "count(*)", 1)


def group_of(holder: str) -> Group:
    """The role group of the planners of `holder`."""
    planner = Role.PLANNER.value
    return Group.objects.get(pk=role_groups(holder=holder, roles=[planner])[planner])


def grant(plans: Iterable[Plan], *groups: Group) -> None:
    """Let the groups see the plans in turn: the first plan the first group, and so on."""
    kind = ContentType.objects.get_for_model(Plan)
    view = Permission.objects.get(content_type=kind, codename="view_plan")
    PlanGrant.objects.bulk_create(
        (
            PlanGrant(group=groups[n % len(groups)], permission=view, content_object=plan)
            for n, plan in enumerate(plans)
        ),
        batch_size=5_000,
    )


def seed(size: int) -> Group:
    """`size` plans; the group sees every tenth, nine other groups see the rest."""
    PlanGrant.objects.all().delete()
    Plan.objects.all().delete()
    now = clock.now()
    plans = Plan.objects.bulk_create(
        (
            Plan(
                key=f"P{number:06}",
                title_zh="规划",
                short_zh="规划",
                kind="overall",
                horizon_from=2026,
                horizon_until=2035,
                created_at=now,
            )
            for number in range(size)
        ),
        batch_size=5_000,
    )
    groups = [group_of(f"B{n}") for n in range(10)]
    grant(plans, *groups)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE plans_plan, plans_plangrant")
    return groups[0]


def shown(plans: QuerySet[Plan]) -> tuple[list[str], int]:
    return [p.key for p in plans.order_by("key")[:50]], plans.count()


def run() -> list[Result]:
    results = []
    user = User.objects.create_user("bench@x.example", "x", name_zh="x")
    for size in (1_000, 10_000, 100_000):
        group = seed(size)
        user.groups.set([group])
        actor = Actor(kind=ActorKind.MANDATED, role=Role.PLANNER, group_id=group.pk)

        def ours(actor: Actor = actor) -> tuple[list[str], int]:
            return shown(visible_plans(actor=actor))

        def floor(group: Group = group) -> tuple[list[str], int]:
            with connection.cursor() as cursor:
                cursor.execute(PAGE, [group.pk])
                names = [column.name for column in cursor.description]
                rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
                cursor.execute(COUNT, [group.pk])
                return [row["key"] for row in rows], cursor.fetchone()[0]

        def guardian() -> tuple[list[str], int]:
            found = get_objects_for_user(
                user, "plans.view_plan", klass=Plan, accept_global_perms=False
            )
            return shown(found)

        ways = {"ours": ours, "sql": floor, "guardian": guardian}
        results.append(compare(case="visible_plans", size=size, ways=ways))
    return results
