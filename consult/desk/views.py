"""The desk, and who is late."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from consult.desk import queries
from consult.desk.rules import require_oversight
from plans.register.queries import get_plan
from stakeholders.people.queries import mandates_of_ended_units
from stakeholders.terms import clock
from stakeholders.terms.actor import Role

FOLDER = "consult/desk"


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    others = [mandate for mandate in request.mandates if mandate != request.mandate]
    desk = queries.desk_of(actor=request.actor, now=clock.now(), mandates=others)
    context = {
        "desk": desk,
        "is_coordinator": request.actor.role is Role.COORDINATOR,
        # Asked only of who speaks for nobody (any more).
        "ended": []
        if request.mandates
        else mandates_of_ended_units(user_id=request.user.pk or 0, at=clock.now()),
    }
    return render(request, f"{FOLDER}/home.html", context)


@require_safe
def late(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    require_oversight(actor=request.actor, plan=plan)
    standings = queries.standings_of(plan=plan, actor=request.actor, now=clock.now())
    return render(request, f"{FOLDER}/late.html", {"plan": plan, "standings": standings})
