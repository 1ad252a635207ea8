"""The directory of organizations."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from stakeholders.people import actions
from stakeholders.people.enums import DEPARTMENT_KINDS
from stakeholders.people.forms import OrganizationFilterForm, OrganizationForm, put_errors
from stakeholders.people.models import Organization
from stakeholders.people.queries import find_organizations, get_organization, mandates_in
from stakeholders.people.rules import can_keep, require_keep
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor, ActorKind
from stakeholders.terms.columns import Offer, asked_order, columns
from stakeholders.terms.errors import Invalid

FOLDER = "stakeholders/people/organizations"
PAGE = 50
COLUMNS = {
    "key": Offer(label=gettext_lazy("Key")),
    "name": Offer(label=gettext_lazy("Name")),
    "kind": Offer(label=gettext_lazy("Kind")),
    "belongs": Offer(label=gettext_lazy("Belongs to"), is_sortable=False),
}


@require_safe
def organizations(request: HttpRequest) -> HttpResponse:
    form = OrganizationFilterForm(request.GET)
    order = asked_order(request.GET.get("sort", ""), COLUMNS, default="key")
    found = find_organizations(**form.chosen(), order=order)
    context = {
        "form": form,
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "columns": columns(request.GET.urlencode(), COLUMNS, order=order),
        "may_enter": bool(_may(request.actor, "organization.enter")),
    }
    return render(request, f"{FOLDER}/list.html", context)


def _may(actor: Actor, act: str, organization: Organization | None = None) -> bool:
    own = actor.jurisdiction_code is not None
    if organization is not None:
        codes = {one.pk for one in organization.jurisdictions.all()}
        free = actor.kind is ActorKind.ADMINISTRATOR or organization.kind in DEPARTMENT_KINDS
        own = own and free and codes == {actor.jurisdiction_code}
    return bool(can_keep(actor=actor, act=act, is_own=own))


@require_safe
def organization(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_organization(actor=request.actor, key=slug)
    rows = mandates_in(actor=request.actor, organization=found)
    context = {
        "organization": found,
        "may_change": _may(request.actor, "organization.change", found),
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "now": clock.now(),
    }
    return render(request, f"{FOLDER}/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def enter_organization(request: HttpRequest) -> HttpResponse:
    own = request.actor.jurisdiction_code is not None
    require_keep(actor=request.actor, act="organization.enter", is_own=own)
    form = OrganizationForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.enter_organization(
                actor=request.actor, key=form.cleaned_data["key"], particulars=form.particulars()
            )
        except Invalid as error:
            put_errors(form, error.errors)
        else:
            messages.success(request, _("The organization is entered."))
            return redirect("people:organization", slug=made.key)
    status = 422 if form.errors else 200
    return render(request, f"{FOLDER}/form.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def change_organization(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_organization(actor=request.actor, key=slug)
    own = _may(request.actor, "organization.change", found)
    require_keep(actor=request.actor, act="organization.change", is_own=own)
    form = OrganizationForm(request.POST or None, actor=request.actor, organization=found)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_organization(
                actor=request.actor, organization=found, particulars=form.particulars()
            )
        except Invalid as error:
            put_errors(form, error.errors)
        else:
            messages.success(request, _("The organization is changed."))
            return redirect("people:organization", slug=found.key)
    context = {"form": form, "organization": found}
    status = 422 if form.errors else 200
    return render(request, f"{FOLDER}/form.html", context, status=status)
