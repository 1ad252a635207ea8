"""Mandates: my own, and those of the jurisdiction whose contact point I am."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from stakeholders.people import actions
from stakeholders.people.forms import AppointForm
from stakeholders.people.queries import (
    get_held_mandate,
    held_mandates,
    kept_invitations,
    own_mandates,
)
from stakeholders.people.reauthentication import recently_proved
from stakeholders.people.rules import grantable, require_grant
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from stakeholders.terms.errors import Invalid

FOLDER = "stakeholders/people"


@require_safe
def mandates(request: HttpRequest) -> HttpResponse:
    """My mandates, and those of the jurisdiction whose contact point I am."""
    context = {
        "own": own_mandates(actor=request.actor),
        "held": held_mandates(actor=request.actor),
        "invitations": kept_invitations(actor=request.actor),
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
