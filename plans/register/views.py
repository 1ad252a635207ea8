"""Pages of plans and their revisions."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from plans.register import queries


@require_safe
def plan_list(request: HttpRequest) -> HttpResponse:
    context = {"plans": queries.visible_plans(actor=request.actor)}
    return render(request, "plans/register/list.html", context)


@require_safe
def plan_detail(request: HttpRequest, key: str) -> HttpResponse:
    context = {"plan": queries.get_plan(actor=request.actor, key=key)}
    return render(request, "plans/register/detail.html", context)
