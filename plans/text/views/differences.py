"""Pages of the working draft, and the differences of two revisions."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from plans.register.queries import get_plan, get_revision, revisions_of
from plans.text.comparing import compare


@require_safe
def differences(request: HttpRequest, key: str, before: int, after: int) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    old, new = (get_revision(plan, number=number) for number in (before, after))
    only_changes = request.GET.get("all") != "1"
    context = {
        "plan": plan,
        "old": old,
        "new": new,
        "comparisons": compare(plan=plan, old=old, new=new, only_changes=only_changes),
        "only_changes": only_changes,
        "numbers": list(revisions_of(plan).values_list("number", flat=True)),
    }
    return render(request, "plans/text/differences.html", context)
