"""A page of 50 plans of which 10 % are visible, with the count of all visible ones.

Against (a) the bare SQL that produces the same rows, and (b) the stock filter of django-guardian
over one permission row per object and group, as a plain DRF project would use it.
"""

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from guardian.shortcuts import get_objects_for_group

from plans.register.models import Plan, PlanGrant
from plans.register.queries import visible_plans
from stakeholders.access.models import Permission
from stakeholders.access.steps import role_groups
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor, ActorKind, Role
from tests.bench.harness import Result, compare

SQL = """
SELECT p.key, count(*) OVER () FROM plans_plan p
WHERE EXISTS (SELECT 1 FROM plans_plangrant g JOIN auth_permission a ON a.id = g.permission_id
              WHERE g.content_object_id = p.id AND g.group_id = %s AND a.codename = 'view_plan')
ORDER BY p.key LIMIT 50
"""


def seed(size: int) -> Group:
    """`size` plans; the group sees every tenth, nine other groups see the rest."""
    PlanGrant.objects.all().delete()
    Plan.objects.all().delete()
    now = clock.now()
    plans = Plan.objects.bulk_create(
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
    )
    planner = Role.PLANNER.value
    made = [role_groups(holder=f"B{n}", roles=[planner])[planner] for n in range(10)]
    groups = [Group.objects.get(pk=pk) for pk in made]
    view = Permission.objects.get(
        content_type=ContentType.objects.get_for_model(Plan), codename="view_plan"
    )
    PlanGrant.objects.bulk_create(
        PlanGrant(group=groups[number % 10], permission=view, content_object=plan)
        for number, plan in enumerate(plans)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE plans_plan, plans_plangrant")
    return groups[0]


def run() -> list[Result]:
    results = []
    for size in (1_000, 10_000):
        group = seed(size)
        actor = Actor(kind=ActorKind.MANDATED, role=Role.PLANNER, group_id=group.pk)

        def ours(actor: Actor = actor) -> tuple[list[str], int]:
            plans = visible_plans(actor=actor)
            return [p.key for p in plans.order_by("key")[:50]], plans.count()

        def floor(group: Group = group) -> tuple[list[str], int]:
            with connection.cursor() as cursor:
                cursor.execute(SQL, [group.pk])
                rows = cursor.fetchall()
            return [row[0] for row in rows], rows[0][1]

        def guardian(group: Group = group) -> tuple[list[str], int]:
            plans = get_objects_for_group(group, "plans.view_plan", klass=Plan)
            return [p.key for p in plans.order_by("key")[:50]], plans.count()

        ways = {"ours": ours, "sql": floor, "guardian": guardian}
        results.append(compare(case="visible_plans", size=size, ways=ways))
    return results
