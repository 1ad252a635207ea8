"""The page of the search."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from consult.search import queries
from consult.search.forms import SearchForm

PAGE = 20


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What is found, or the empty page that says how to search."""
    actor = request.actor
    form = SearchForm(
        request.GET if request.GET else None,
        plans=queries.plans_offered(actor=actor),
        units=queries.units_offered(actor=actor),
    )
    context: dict[str, Any] = {"form": form, "words": request.GET.get("q", "")}
    context["is_asked"] = form.is_valid()
    if context["is_asked"]:
        found = queries.find(actor=actor, asked=form.asked())
        context["page_obj"] = Paginator(found, PAGE).get_page(request.GET.get("page"))
        context["has_more"] = found.has_more
        context["is_filtered"] = any(form.cleaned_data[name] for name in form.fields if name != "q")
    return render(request, "consult/search/home.html", context)
