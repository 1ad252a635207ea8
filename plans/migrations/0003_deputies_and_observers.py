"""Grants of parties that joined before: a deputy clears and reports, who only observes only sees."""

from django.db import migrations


def bring(apps, schema_editor):
    Party = apps.get_model("plans", "Party")
    PlanGrant = apps.get_model("plans", "PlanGrant")
    RoleGroup = apps.get_model("stakeholders", "RoleGroup")
    Permission = apps.get_model("auth", "Permission")
    database = schema_editor.connection.alias
    permissions = dict(
        Permission.objects.using(database)
        .filter(content_type__app_label="plans", codename__endswith="_plan")
        .values_list("codename", "pk")
    )
    if not permissions:
        return  # a database that has no plans yet
    for party in Party.objects.using(database).filter(left_at__isnull=True):
        groups = RoleGroup.objects.using(database).filter(holder=party.jurisdiction_id)
        if party.role == "observer":
            held = PlanGrant.objects.using(database).filter(
                content_object=party.plan_id, group__in=groups.values("group")
            )
            held.exclude(permission=permissions["view_plan"]).delete()
            continue
        deputy = groups.filter(role="deputy").first()
        if deputy is not None:
            PlanGrant.objects.using(database).bulk_create(
                [
                    PlanGrant(
                        group_id=deputy.group_id,
                        permission_id=permissions[f"{grant}_plan"],
                        content_object_id=party.plan_id,
                    )
                    for grant in ("clear", "report")
                ],
                ignore_conflicts=True,
            )


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0002_initial"),
        ("stakeholders", "0003_who_speaks"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [migrations.RunPython(bring, migrations.RunPython.noop)]
