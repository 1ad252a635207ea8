"""My account: one page that leads to everything about it."""

from allauth.socialaccount.adapter import get_adapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from stakeholders.people import actions
from stakeholders.people.queries import door_counts, second_factors_of, signing_paused_until
from stakeholders.terms import clock
from stakeholders.terms.actor import Role

FOLDER = "stakeholders/people"


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    factors = second_factors_of(user_id=request.actor.person)
    weighty = getattr(request.user, "is_staff", False) or any(
        mandate.role == Role.SIGNATORY for mandate in request.mandates
    )
    context = {
        "factors": factors,
        "needs_factor": weighty and not {"totp", "webauthn"} & factors.keys(),
        "doors": door_counts(user_id=request.actor.person, at=now),
        "paused_until": signing_paused_until(user_id=request.actor.person, at=now),
        "providers": get_adapter().list_providers(request),
    }
    return render(request, f"{FOLDER}/account.html", context)


@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    actions.end_own_session(actor=request.actor, pk=pk)
    messages.success(request, _("The session has ended."))
    return redirect("usersessions_list")
