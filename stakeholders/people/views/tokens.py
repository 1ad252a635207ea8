"""API tokens."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from stakeholders.people import actions
from stakeholders.people.forms import TokenForm
from stakeholders.people.models import User
from stakeholders.people.queries import (
    own_tokens,
)
from stakeholders.people.reauthentication import recently_proved
from stakeholders.terms import clock
from stakeholders.terms.errors import Conflict

FOLDER = "stakeholders/people"


@recently_proved
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """My API tokens. A new one is shown in this answer and never again."""
    form = TokenForm(request.POST or None)
    context = {"form": form, "now": clock.now()}
    if request.method == "POST" and form.is_valid():
        try:
            row, token = actions.make_token(
                actor=request.actor, user=cast(User, request.user), **form.cleaned_data
            )
        except Conflict as error:
            form.add_error(None, str(error.text))
        else:
            context |= {"form": TokenForm(), "token": token, "made": row}
    context["tokens"] = own_tokens(actor=request.actor)
    status = 422 if form.errors else 200
    return render(request, f"{FOLDER}/tokens.html", context, status=status)


@require_POST
def revoke(request: HttpRequest) -> HttpResponse:
    actions.revoke_token(actor=request.actor, digest=request.POST.get("token", ""))
    messages.success(request, _("The token is revoked."))
    return redirect("people:tokens")
