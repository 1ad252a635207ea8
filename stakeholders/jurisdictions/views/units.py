"""Pages of the administrative units, for everybody who is signed in."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from stakeholders.jurisdictions import outline, queries
from stakeholders.jurisdictions.forms import FilterForm

PAGE = 50


@require_safe
def jurisdiction_list(request: HttpRequest) -> HttpResponse:
    form = FilterForm(request.GET)
    found = queries.find_jurisdictions(**form.chosen())
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page}
    return render(request, "stakeholders/jurisdictions/list.html", context)


@require_safe
def jurisdiction_detail(request: HttpRequest, code: str) -> HttpResponse:
    jurisdiction = queries.get_jurisdiction(code)
    if jurisdiction is None:
        raise Http404
    context = {
        "jurisdiction": jurisdiction,
        "ancestors": queries.ancestors(code),
        "children": queries.all_jurisdictions().filter(parent=code),
        "neighbours": queries.neighbours(code),
        "memberships": queries.regions_of(code),
        "former": queries.former_names_of(code),
        "predecessors": queries.predecessors_of(code),
        "successors": queries.successors_of(code),
        "outline": outline.draw(jurisdiction.boundary),
    }
    return render(request, "stakeholders/jurisdictions/detail.html", context)
