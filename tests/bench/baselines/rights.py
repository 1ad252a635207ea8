"""One permission row for each comment and role group, and a reader who is a member of one."""

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import QuerySet
from django.http import HttpRequest
from guardian.shortcuts import get_objects_for_user

from consult.phase2_preparation.models import Comment
from plans.register.models import Plan
from stakeholders.access.models import Permission
from stakeholders.people.models import User

GROUPS = 10  # who sees an open round: the role groups of its parties
ROWS = """
INSERT INTO guardian_groupobjectpermission (permission_id, content_type_id, object_pk, group_id)
SELECT %s, %s, c.id, g FROM consult_comment c, unnest(%s) g WHERE c.plan_id = %s
"""


def grant_rows(plan: Plan, reader: User) -> None:
    """All comments of a plan, to ten groups, of the first of which the reader is a member."""
    names = [f"plain-{plan.key}-{number}" for number in range(GROUPS)]
    groups = Group.objects.bulk_create(Group(name=name) for name in names)
    reader.groups.add(groups[0])
    kind = ContentType.objects.get_for_model(Comment)
    view = Permission.objects.get(content_type=kind, codename="view_comment")
    with connection.cursor() as cursor:
        cursor.execute(ROWS, [view.pk, kind.pk, [group.pk for group in groups], plan.pk])
        cursor.execute("VACUUM ANALYZE guardian_groupobjectpermission")


def seen_by(request: HttpRequest) -> QuerySet[Comment]:
    """The stock filter of guardian."""
    return get_objects_for_user(
        request.user, "consult.view_comment", klass=Comment, accept_global_perms=False
    )
