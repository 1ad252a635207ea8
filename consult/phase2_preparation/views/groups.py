"""Groups of the same comments: the list with suggestions, grouping by hand, ungrouping."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from consult.phase2_preparation import actions, rules
from consult.phase2_preparation.filling import unpacked
from consult.phase2_preparation.queries import groups
from consult.phase2_preparation.views.batches import selected
from plans.register.queries import get_plan
from stakeholders.terms.errors import Conflict, Invalid, NotVisible


@require_http_methods(["GET", "HEAD", "POST"])
def group_list(request: HttpRequest, key: str) -> HttpResponse:
    """The groups and what could be grouped; POST groups the comments named."""
    plan = get_plan(actor=request.actor, key=key)
    rules.require("comment.group", actor=request.actor, plan=plan)
    status, error = 200, ""
    if request.method == "POST":
        typed = request.POST.get("numbers", "").upper().replace("C", "").replace(" ", ",")
        numbers = unpacked(typed) or selected(request, plan)
        try:
            actions.group_comments(actor=request.actor, plan=plan, numbers=numbers)
        except Invalid as refused:
            status, error = 422, str(next(iter(refused.errors.values())))
        except (Conflict, NotVisible) as refused:
            status = 409 if isinstance(refused, Conflict) else 422
            error = str(getattr(refused, "text", "")) or _("There is no such comment.")
        else:
            messages.success(request, _("These comments are decided as one now."))
            return redirect("preparation:groups", plan.key)
    context = {
        "plan": plan,
        "groups": groups.groups_of(actor=request.actor, plan=plan),
        "suggestions": groups.suggestions(actor=request.actor, plan=plan),
        "error": error,
        "typed": request.POST.get("numbers", ""),
    }
    return render(request, "consult/phase2_preparation/groups.html", context, status=status)


@require_POST
def end_group(request: HttpRequest, key: str, group: int) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    rules.require("comment.ungroup", actor=request.actor, plan=plan)
    found = groups.get_group(actor=request.actor, plan=plan, pk=group)
    actions.end_group(actor=request.actor, plan=plan, group=found)
    messages.success(request, _("These comments stand alone again."))
    return redirect("preparation:groups", plan.key)
