"""Pages of the coordination regions."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from stakeholders.jurisdictions import queries

PAGE = 50


@require_safe
def region_list(request: HttpRequest) -> HttpResponse:
    context = {"regions": queries.all_regions()}
    return render(request, "stakeholders/jurisdictions/regions.html", context)


@require_safe
def region_detail(request: HttpRequest, key: str) -> HttpResponse:
    region = queries.get_region(key)
    if region is None:
        raise Http404
    context = {
        "region": region,
        "members": queries.members(key),
        "change": queries.membership_change(region),
    }
    return render(request, "stakeholders/jurisdictions/region.html", context)
