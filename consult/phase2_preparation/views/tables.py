"""The adoption table: which file, the file itself, or the offer to have a job make a large one."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from consult.matters.queries import party_units
from consult.phase2_preparation.adoption_table.asked import answer, asked, start_file
from consult.phase2_preparation.forms import FilterForm
from consult.phase2_preparation.forms.tables import TableForm
from plans.register.models import Plan
from plans.register.queries import get_plan
from stakeholders.terms.errors import Invalid


@require_safe
def adoption(request: HttpRequest, key: str) -> HttpResponse:
    """The choices; a chosen file is one address that can be sent to others."""
    plan = get_plan(actor=request.actor, key=key)
    filters = FilterForm(request.GET, units=party_units(plan=plan)).chosen()
    form = TableForm(request.GET if "format" in request.GET else None)
    if form.is_valid() and _can_be(form, request=request, plan=plan, filters=filters):
        said = form.cleaned_data
        kind = said.pop("format")
        chosen = {**filters, **{name: "1" for name, value in said.items() if value}}
        url = reverse("preparation:adoption_file", args=[plan.key, kind])
        return redirect(f"{url}?{urlencode(chosen)}" if chosen else url)
    context = {
        "plan": plan,
        "form": form,
        "filters": filters,
        "query": urlencode(filters),
        "wanted": asked(actor=request.actor, plan=plan, kind="docx", said=filters),
    }
    status = 422 if form.errors else 200
    return render(request, "consult/phase2_preparation/adoption.html", context, status=status)


def _can_be(
    form: TableForm, *, request: HttpRequest, plan: Plan, filters: Mapping[str, str]
) -> bool:
    """Whether the chosen kind can hold so many comments; else the form says why not."""
    kind = form.cleaned_data["format"]
    try:
        asked(actor=request.actor, plan=plan, kind=kind, said=filters).require_kind()
    except Invalid as error:
        form.add_error("format", str(error.errors[""]))
    return form.is_valid()


@require_http_methods(["GET", "HEAD", "POST"])
def adoption_file(request: HttpRequest, key: str, kind: str) -> HttpResponse:
    """The file, with the filters and the sight of the page; POST has a job make it."""
    plan = get_plan(actor=request.actor, key=key)
    wanted = asked(actor=request.actor, plan=plan, kind=kind, said=request.GET)
    wanted.require_kind()
    if request.method == "POST":
        return redirect(start_file(wanted=wanted))
    if wanted.is_large:
        context = {"plan": plan, "wanted": wanted, "query": urlencode(wanted.filters)}
        return render(request, "consult/phase2_preparation/adoption_large.html", context)
    return answer(wanted)
