"""The text as people read it: where the room "Text" leads."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from plans.register.queries import get_plan, latest_revision


@require_safe
def read(request: HttpRequest, key: str) -> HttpResponse:
    """To the text in force, else the latest revision, else the empty list of revisions."""
    plan = get_plan(actor=request.actor, key=key)
    revision = plan.in_force or latest_revision(plan)
    if revision is None:
        return redirect("register:revisions", key=key)
    return redirect("register:revision", key=key, number=revision.number)
