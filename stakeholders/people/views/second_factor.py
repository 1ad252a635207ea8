"""A lost second factor: asked by one person, confirmed by a second."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from stakeholders.people import actions
from stakeholders.people.enums import RESET_LIVES
from stakeholders.people.forms import ResetForm
from stakeholders.people.queries import get_kept_reset, kept_resets, same_side
from stakeholders.people.reauthentication import recently_proved
from stakeholders.terms import clock
from stakeholders.terms.errors import Invalid

FOLDER = "stakeholders/people"


@recently_proved
@require_http_methods(["GET", "HEAD", "POST"])
def resets(request: HttpRequest) -> HttpResponse:
    """The open requests on accounts one keeps, and the form to ask."""
    actions.require_resetter(actor=request.actor, act="second_factor.ask")
    form = ResetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_second_factor_reset(actor=request.actor, **form.cleaned_data)
        except Invalid as error:
            for field, text in error.errors.items():
                form.add_error(field, str(text))
        else:
            messages.success(request, _("Asked. A second person has to confirm within three days."))
            return redirect("people:resets")
    now = clock.now()
    rows = kept_resets(actor=request.actor, at=now, since=now - RESET_LIVES)
    status = 422 if form.errors else 200
    own = same_side(actor=request.actor, since=now - RESET_LIVES)
    context = {"form": form, "rows": rows, "lives": RESET_LIVES, "same_side": own}
    return render(request, f"{FOLDER}/resets.html", context, status=status)


@recently_proved
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_reset(request: HttpRequest, pk: int) -> HttpResponse:
    now = clock.now()
    reset = get_kept_reset(actor=request.actor, pk=pk, at=now, since=now - RESET_LIVES)
    if request.method == "POST":
        actions.confirm_second_factor_reset(actor=request.actor, reset=reset)
        messages.success(
            request, _("The second factor is removed. The person can sign nothing for 24 hours.")
        )
        return redirect("people:resets")
    return render(request, f"{FOLDER}/confirm_reset.html", {"reset": reset})
