"""The heads of the record as they were told, and the comparison with a mail that was kept."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from plans.register import queries
from plans.register.forms import HeadForm

PAGE = 50


@require_safe
def heads(request: HttpRequest, key: str) -> HttpResponse:
    plan = queries.get_plan(actor=request.actor, key=key)
    form = HeadForm(request.GET if "head" in request.GET else None)
    text = form.cleaned_data["head"] if form.is_valid() else ""
    page = Paginator(queries.heads_of(plan), PAGE).get_page(request.GET.get("page"))
    context = {
        "plan": plan,
        "form": form,
        "found": queries.find_heads(plan, text=text),
        "page_obj": page,
        "present": queries.present_head(plan),
    }
    return render(request, "plans/register/heads.html", context)
