"""The plan at a glance."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from consult.dashboard.queries import glance_of
from consult.dashboard.tiles import tiles_of
from plans.register.queries import get_plan


@require_safe
def home(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    found = glance_of(actor=request.actor, plan=plan)
    context = {"plan": plan, "glance": found, "tiles": tiles_of(plan, found)}
    return render(request, "consult/dashboard/home.html", context)
