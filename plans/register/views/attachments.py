"""Attachments of a plan and of its items."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from plans.register import queries
from plans.register.actions import add_attachment, remove_attachment
from plans.register.forms.attachments import OFFERS, AttachmentFilter, AttachmentForm, ReasonForm
from plans.register.rules import ACTS, can, is_own, require, sees_draft, takeable
from stakeholders.files.serving import answer_file
from stakeholders.terms.columns import columns
from stakeholders.terms.errors import Invalid

PAGE = 50


@require_safe
def attachments(request: HttpRequest, key: str) -> HttpResponse:
    plan = queries.get_plan(actor=request.actor, key=key)
    form = AttachmentFilter(request.GET)
    rows = queries.visible_attachments(
        plan, sees_draft=sees_draft(actor=request.actor, plan=plan), **form.chosen()
    )
    page = Paginator(queries.in_order(rows, form.order), PAGE).get_page(request.GET.get("page"))
    context = {
        "plan": plan,
        "form": form,
        "page_obj": page,
        "titles": queries.titles_of(queries.latest_revision(plan)),
        "columns": columns(request.GET.urlencode(), OFFERS, order=form.order),
        "may_add": can("attachment.add", ACTS, actor=request.actor, plan=plan),
        "removable": takeable(list(page), actor=request.actor, plan=plan),
    }
    return render(request, "plans/register/attachments.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def attachment_add(request: HttpRequest, key: str) -> HttpResponse:
    plan = queries.get_plan(actor=request.actor, key=key)
    require("attachment.add", ACTS, actor=request.actor, plan=plan)
    form = AttachmentForm(
        request.POST or None,
        request.FILES or None,
        actor=request.actor,
        plan_key=plan.key,
        initial={"item": request.GET.get("item", "")},
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = add_attachment(actor=request.actor, plan=plan, **form.cleaned_data)
            messages.success(request, _("The file is attached."))
            if made.item:
                return redirect("register:item", key=key, item=made.item.key)
            return redirect("register:attachments", key=key)
        except Invalid as error:
            form.show(error)
    status = 422 if form.errors else 200
    context = {"plan": plan, "form": form}
    return render(request, "plans/register/attachment_add.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def attachment_remove(request: HttpRequest, key: str, number: int) -> HttpResponse:
    plan = queries.get_plan(actor=request.actor, key=key)
    sees = sees_draft(actor=request.actor, plan=plan)
    found = queries.get_attachment(plan, number=number, sees_draft=sees)
    own = is_own(found, actor=request.actor)
    require("attachment.remove", ACTS, actor=request.actor, plan=plan, own=own)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        remove_attachment(actor=request.actor, plan=plan, number=number, **form.cleaned_data)
        messages.success(request, _("The attachment is taken out of the next revision."))
        return redirect("register:attachments", key=key)
    status = 422 if form.errors else 200
    context = {"plan": plan, "form": form, "attachment": found}
    return render(request, "plans/register/attachment_remove.html", context, status=status)


@require_safe
def attachment_file(request: HttpRequest, key: str, number: int) -> HttpResponseBase:
    """The file itself, also of an attachment taken out: former revisions name it."""
    plan = queries.get_plan(actor=request.actor, key=key)
    sees = sees_draft(actor=request.actor, plan=plan)
    found = queries.get_attachment(plan, number=number, sees_draft=sees)
    return answer_file(found.file, request=request)
