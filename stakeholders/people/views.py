"""Acting as, mandates, API tokens, the language of one's mail."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.i18n import set_language as choose_for_session

from stakeholders.people import actions
from stakeholders.people.forms import AppointForm, TokenForm
from stakeholders.people.middleware import SESSION_KEY
from stakeholders.people.models import User
from stakeholders.people.queries import (
    get_held_mandate,
    held_mandates,
    own_mandates,
    own_tokens,
)
from stakeholders.people.reauthentication import recently_proved
from stakeholders.people.rules import grantable, require_grant
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from stakeholders.terms.errors import Conflict, Invalid

FOLDER = "stakeholders/people"


@require_POST
def act_as(request: HttpRequest) -> HttpResponse:
    """Choose the mandate pages are read under. Forms keep the mandate they were opened with."""
    chosen = request.POST.get("mandate", "")
    mandate = next((m for m in request.mandates if str(m.pk) == chosen), None)
    if mandate is None:
        messages.error(request, _("This mandate is not yours, or it has ended."))
    else:
        request.session[SESSION_KEY] = mandate.pk
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = "/"
    return HttpResponseRedirect(target)  # an address, never the name of a page


@login_not_required
def set_language(request: HttpRequest) -> HttpResponse:
    """Django's choice of language, remembered for the mail of a person who is signed in."""
    language = request.POST.get("language", "")
    if request.method == "POST" and request.user.is_authenticated and language:
        actions.choose_language(actor=request.actor, user=request.user, language=language)
    return choose_for_session(request)


@require_safe
def mandates(request: HttpRequest) -> HttpResponse:
    """My mandates, and those of the jurisdiction whose contact point I am."""
    context = {
        "own": own_mandates(actor=request.actor),
        "held": held_mandates(actor=request.actor),
        "may_grant": bool(grantable(actor=request.actor)),
        "now": clock.now(),
    }
    return render(request, f"{FOLDER}/mandates.html", context)


@recently_proved
@require_http_methods(["GET", "HEAD", "POST"])
def grant(request: HttpRequest) -> HttpResponse:
    form = AppointForm(request.POST or None, actor=request.actor)
    if request.method != "POST":
        _require_any_grant(request)
    elif form.is_valid():
        try:
            made = actions.appoint(
                actor=request.actor, plan_key=request.actor.plan_key, **form.values()
            )
        except Invalid as error:
            for field, text in error.errors.items():
                form.add_error(field if field in form.fields else None, str(text))
        else:
            messages.success(request, _granted(made.second_by_id is None, made.role))
            return redirect("people:mandates")
    status = 422 if form.errors else 200
    return render(request, f"{FOLDER}/grant.html", {"form": form}, status=status)


def _require_any_grant(request: HttpRequest) -> None:
    """The page of the form is refused to who may grant nothing, with who may."""
    actor = request.actor
    for role in grantable(actor=actor) or [Role.PLANNER]:
        require_grant(
            actor=actor,
            act="mandate.grant",
            role=role,
            user_id=None,
            jurisdiction_code=actor.jurisdiction_code,
            organization_id=actor.organization_id,
            plan_key=actor.plan_key,
        )


def _granted(is_pending: bool, role: str) -> str:
    if is_pending and role == Role.SIGNATORY:
        return _("The mandate is entered. It counts when a second person has confirmed it.")
    return _("The mandate is granted.")


@recently_proved
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    mandate = get_held_mandate(actor=request.actor, pk=pk)
    if request.method == "POST":
        actions.confirm_mandate(actor=request.actor, mandate=mandate)
        messages.success(request, _("The mandate is confirmed and counts from now on."))
        return redirect("people:mandates")
    return render(request, f"{FOLDER}/confirm.html", {"mandate": mandate})


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, pk: int) -> HttpResponse:
    mandate = get_held_mandate(actor=request.actor, pk=pk)
    if request.method == "POST":
        actions.end_mandate(actor=request.actor, mandate=mandate)
        messages.success(request, _("The mandate has ended."))
        return redirect("people:mandates")
    return render(request, f"{FOLDER}/end.html", {"mandate": mandate})


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
