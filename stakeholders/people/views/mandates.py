"""Mandates: my own, and those of the jurisdiction whose contact point I am."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from stakeholders.people import actions
from stakeholders.people.forms import AppointForm, MandateFilterForm, SubstituteForm, put_errors
from stakeholders.people.queries import (
    choose,
    get_mandate,
    held_mandates,
    kept_invitations,
    own_mandates,
    pending_mandates,
    plan_keys_of,
)
from stakeholders.people.reauthentication import recently_proved
from stakeholders.people.rules import grantable, may_grant, require_grant, require_substitution
from stakeholders.terms import clock
from stakeholders.terms.actor import ActorKind, Role
from stakeholders.terms.columns import Offer, asked_order, columns
from stakeholders.terms.errors import Conflict, Invalid

FOLDER = "stakeholders/people"
PAGE = 50
COLUMNS = {
    "person": Offer(label=gettext_lazy("Person")),
    "role": Offer(label=gettext_lazy("Speaks for")),
    "plan": Offer(label=gettext_lazy("Limited to plan")),
    "letter": Offer(label=gettext_lazy("Letter of mandate"), is_sortable=False),
    "from": Offer(label=gettext_lazy("Valid")),
    "standing": Offer(label=gettext_lazy("State")),
    "acts": Offer(label=gettext_lazy("What you can do"), is_sortable=False),
}


@require_safe
def mandates(request: HttpRequest) -> HttpResponse:
    """My mandates, and those of the jurisdiction whose contact point I am."""
    actor = request.actor
    held = held_mandates(actor=actor)
    form = MandateFilterForm(request.GET, plans=plan_keys_of(held))
    order = asked_order(request.GET.get("sort", ""), COLUMNS, default="")
    found = choose(held, **form.chosen(), order=order)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "own": own_mandates(actor=actor)[:PAGE],
        "form": form,
        "page": page,
        "columns": columns(request.GET.urlencode(), COLUMNS, order=order),
        "may_grant": bool(grantable(actor=actor)),
        "pending": pending_mandates(actor=actor, at=clock.now()).count(),
        "may_claim": not actor.speaks and actor.kind is not ActorKind.ADMINISTRATOR,
        "invitations": kept_invitations(actor=actor),
        "now": clock.now(),
    }
    return render(request, f"{FOLDER}/mandates.html", context)


@recently_proved
@require_http_methods(["GET", "HEAD", "POST"])
def grant(request: HttpRequest) -> HttpResponse:
    form = AppointForm(request.POST or None, request.FILES or None, actor=request.actor)
    _require_any_grant(request)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.appoint(actor=request.actor, **form.values())
        except Invalid as error:
            put_errors(form, error.errors)
        else:
            messages.success(request, _granted(is_pending=made.is_pending))
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
            acts=actor.acts,
        )


def _granted(*, is_pending: bool) -> str:
    if is_pending:
        return _("The mandate is entered. It counts when a second person has confirmed it.")
    return _("The mandate is granted.")


@recently_proved
@require_http_methods(["GET", "HEAD", "POST"])
def substitute(request: HttpRequest, pk: int) -> HttpResponse:
    """Name who stands in while the holder is away."""
    mandate = get_mandate(actor=request.actor, pk=pk)
    require_substitution(
        actor=request.actor,
        mandate_id=mandate.pk,
        role=Role(mandate.role),
        substitute_id=0,
        allowed=may_grant(actor=request.actor, act="mandate.substitute", mandate=mandate),
    )
    form = SubstituteForm(request.POST or None, request.FILES or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.substitute(actor=request.actor, mandate=mandate, **form.values())
        except Invalid as error:
            put_errors(form, error.errors)
        except Conflict as error:
            form.add_error(None, str(error.text))
        else:
            messages.success(request, _granted(is_pending=made.is_pending))
            return redirect("people:mandate", pk=mandate.pk)
    context = {"form": form, "mandate": mandate}
    status = 422 if form.errors else 200
    return render(request, f"{FOLDER}/substitute.html", context, status=status)
