"""Pages of plans and their revisions."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from plans.register import queries
from plans.register.actions import admit_body, create_plan, dismiss_body
from plans.register.enums import CO_MAKING
from plans.register.forms import BodyForm, DismissForm, GrantFilterForm, PlanForm
from plans.register.models import Plan
from plans.register.rules import (
    ACTS,
    BODY_ROLES,
    can,
    may_create_plan,
    require,
    require_plan_create,
)
from stakeholders.jurisdictions import outline
from stakeholders.terms.actor import Role
from stakeholders.terms.errors import Invalid

PAGE = 50


@require_safe
def plan_list(request: HttpRequest) -> HttpResponse:
    plans = queries.plan_rows(actor=request.actor)
    context = {
        "page_obj": Paginator(plans, PAGE).get_page(request.GET.get("page")),
        "may_create": may_create_plan(actor=request.actor),
    }
    return render(request, "plans/register/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_new(request: HttpRequest) -> HttpResponse:
    require_plan_create(actor=request.actor)
    form = PlanForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            plan = create_plan(actor=request.actor, **form.cleaned_data)
            return redirect(plan)
        except Invalid as error:
            for field, text in error.errors.items():
                form.add_error(field or None, str(text))
    status = 422 if form.errors else 200
    return render(request, "plans/register/new.html", {"form": form}, status=status)


@require_safe
def plan_detail(request: HttpRequest, key: str) -> HttpResponse:
    plan = queries.get_plan(actor=request.actor, key=key)
    parties = list(queries.parties_of(plan))
    co_makers = [one.jurisdiction for one in parties if one.role in CO_MAKING]
    context = {
        "plan": plan,
        "parties": parties,
        "drawing": outline.draw_together(one for one in co_makers if one.level == "county"),
        "revisions": queries.revisions_of(plan)[:5],
    }
    return render(request, "plans/register/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def bodies(request: HttpRequest, key: str) -> HttpResponse:
    """The bodies that take part without being parties; the coordinator admits more."""
    plan = queries.get_plan(actor=request.actor, key=key)
    form = BodyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        admit_body(actor=request.actor, plan=plan, **form.cleaned_data)
        return redirect("register:bodies", key=plan.key)
    verdict = can("body.admit", ACTS, actor=request.actor, plan=plan)
    context = {
        "plan": plan,
        "bodies": queries.bodies_of(plan),
        "form": form if verdict else None,
        "dismissable": BODY_ROLES if can_dismiss(request, plan) else (),
    }
    status = 422 if form.errors else 200
    return render(request, "plans/register/bodies.html", context, status=status)


def can_dismiss(request: HttpRequest, plan: Plan) -> bool:
    return bool(can("body.dismiss", ACTS, actor=request.actor, plan=plan))


@require_http_methods(["GET", "HEAD", "POST"])
def body_dismiss(request: HttpRequest, key: str, organization: str, role: str) -> HttpResponse:
    """The coordinator ends the part of a body, with a reason."""
    plan = queries.get_plan(actor=request.actor, key=key)
    require("body.dismiss", ACTS, actor=request.actor, plan=plan)
    body = queries.get_body(plan, organization=organization, role=role)
    form = DismissForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            dismiss_body(
                actor=request.actor,
                plan=plan,
                organization=body.organization,
                role=Role(body.role.value),
                reason=form.cleaned_data["reason"],
            )
            return redirect("register:bodies", key=plan.key)
        except Invalid as error:
            for field, text in error.errors.items():
                form.add_error(field if field in form.fields else None, str(text))
    context = {"plan": plan, "body": body, "form": form}
    status = 422 if form.errors else 200
    return render(request, "plans/register/body_dismiss.html", context, status=status)


@require_safe
def grants(request: HttpRequest, key: str) -> HttpResponse:
    """Who may do what in this plan: the role groups of parties and bodies with their grants."""
    plan = queries.get_plan(actor=request.actor, key=key)
    form = GrantFilterForm(request.GET)
    found = queries.grants_of(plan, **form.chosen())
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {"plan": plan, "form": form, "page_obj": page}
    return render(request, "plans/register/grants.html", context)


@require_safe
def revision_list(request: HttpRequest, key: str) -> HttpResponse:
    plan = queries.get_plan(actor=request.actor, key=key)
    page = Paginator(queries.revisions_of(plan), PAGE).get_page(request.GET.get("page"))
    return render(request, "plans/register/revisions.html", {"plan": plan, "page_obj": page})


@require_safe
def revision_detail(request: HttpRequest, key: str, number: int) -> HttpResponse:
    plan = queries.get_plan(actor=request.actor, key=key)
    revision = queries.get_revision(plan, number=number)
    sections = queries.sections_of(revision)
    codes = {code for one in sections for r in one.readings for code in r.concerned}
    context = {
        "plan": plan,
        "revision": revision,
        "sections": sections,
        "names": queries.names_of(codes),
        "former": number - 1,
    }
    return render(request, "plans/register/revision.html", context)


@require_safe
def revision_bundle(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Manifest and wordings in one file, which is verified without this site (standalone.py)."""
    plan = queries.get_plan(actor=request.actor, key=key)
    revision = queries.get_revision(plan, number=number)
    body = queries.bundle_of(revision)
    answer = HttpResponse(body, content_type="application/json; charset=utf-8")
    name = f"{plan.key}-R{revision.number}-bundle.json"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_safe
def revision_manifest(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """The manifest byte for byte, so that its SHA-256 can be recomputed by anybody."""
    plan = queries.get_plan(actor=request.actor, key=key)
    revision = queries.get_revision(plan, number=number)
    answer = HttpResponse(revision.manifest, content_type="application/json; charset=utf-8")
    name = f"{plan.key}-R{revision.number}-manifest.json"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
