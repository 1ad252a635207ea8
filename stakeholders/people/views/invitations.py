"""Account invitations: the page a mailed link opens, and what who keeps them does."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from stakeholders.people import actions
from stakeholders.people.actions.invitations import ENDED
from stakeholders.people.enums import InvitationState
from stakeholders.people.forms import AcceptForm
from stakeholders.people.models import AccountInvitation
from stakeholders.people.queries import get_kept_invitation, invitation_of
from stakeholders.people.reauthentication import require_unpaused
from stakeholders.terms.errors import Conflict, Invalid, NotVisible

FOLDER = "stakeholders/people"


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows what is asked, by whom and until when; only POST accepts: mail scanners click."""
    try:
        found = invitation_of(token=token)
    except NotVisible:
        return _said(request, _("This link opens no invitation. A newer mail may hold another."))
    if found.state != InvitationState.OPEN:
        return _said(request, str(ENDED[found.state]), found)
    if request.user.is_authenticated and request.user.pk != found.user_id:
        return _shown(request, found, other=True)
    given = request.POST if request.method == "POST" else None  # empty for who is signed in
    form = AcceptForm(given, user=found.user, is_signed_in=_is_own(request, found))
    if request.method == "POST" and form.is_valid():
        try:
            actions.accept_invitation(
                actor=request.actor, token=token, password=form.cleaned_data.get("password1", "")
            )
        except Invalid as error:
            for field, text in error.errors.items():
                form.add_error(field, str(text))
        except Conflict as error:
            form.add_error(None, str(error.text))
        else:
            messages.success(request, _("The invitation is accepted."))
            return redirect("people:mandates" if _is_own(request, found) else "account_login")
    return _shown(request, found, form=form)


def _is_own(request: HttpRequest, found: AccountInvitation) -> bool:
    return request.user.is_authenticated and request.user.pk == found.user_id


def _shown(
    request: HttpRequest, found: AccountInvitation, *, form: AcceptForm | None = None, other=False
) -> HttpResponse:
    asks_sign_in = not request.user.is_authenticated and found.user.has_usable_password()
    context = {"invitation": found, "form": form, "other": other, "asks_sign_in": asks_sign_in}
    status = 403 if other else 422 if form and form.errors else 200
    return _unreferred(render(request, f"{FOLDER}/invitation.html", context, status=status))


def _said(request: HttpRequest, text: str, found: AccountInvitation | None = None) -> HttpResponse:
    """Why the link opens nothing (any more), and how to get a new one."""
    context = {"said": text, "ended": found}
    status = 410 if found else 404
    return _unreferred(render(request, f"{FOLDER}/invitation.html", context, status=status))


def _unreferred(response: HttpResponse) -> HttpResponse:
    """The address of the page opens the account: no other page learns it, only the origin.

    Without any referrer browsers send `Origin: null` with the form, which CSRF checks refuse.
    """
    response["Referrer-Policy"] = "strict-origin"
    return response


@require_POST
def resend(request: HttpRequest, pk: int) -> HttpResponse:
    require_unpaused(user_id=request.user.pk)
    found = get_kept_invitation(actor=request.actor, pk=pk)
    actions.resend_invitation(actor=request.actor, invitation=found)
    messages.success(request, _("The invitation is sent again. The former link opens no more."))
    return redirect("people:mandates")


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_kept_invitation(actor=request.actor, pk=pk)
    actions.withdraw_invitation(actor=request.actor, invitation=found)
    messages.success(request, _("The invitation is withdrawn and its mandate has ended."))
    return redirect("people:mandates")
