"""The desk, and who is late."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from consult.desk import queries
from consult.desk.actions import visit
from consult.desk.forms import DeskFilter
from consult.desk.sifting import sieve_of
from stakeholders.people.queries import mandates_of_ended_units
from stakeholders.terms import clock
from stakeholders.terms.actor import Role

FOLDER = "consult/desk"


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    actor, now = request.actor, clock.now()
    others = [mandate for mandate in request.mandates if mandate != request.mandate]
    desk = queries.desk_of(
        actor=actor,
        now=now,
        mandates=others,
        sieve=sieve_of(request.GET),
        since=visit(actor=actor, now=now).since,
        shows_all=request.GET.get("all") == "1",
    )
    context = {
        "desk": desk,
        "form": DeskFilter(request.GET, choices=desk.choices),
        "is_coordinator": actor.role is Role.COORDINATOR,
        # Asked only of who speaks for nobody (any more).
        "ended": []
        if request.mandates
        else mandates_of_ended_units(user_id=request.user.pk or 0, at=now),
    }
    return render(request, f"{FOLDER}/home.html", context)
