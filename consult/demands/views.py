"""Pages of the lists of demands: all of a plan, one demand, and the form of each act."""

from collections.abc import Callable, Iterator
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from consult.demands import actions, queries
from consult.demands.enums import SortedAs
from consult.demands.forms import (
    AnswerForm,
    AskForm,
    DemandForm,
    FilterForm,
    HandInForm,
    RemoveForm,
    SortForm,
)
from consult.demands.models import ListedDemand
from consult.demands.queries import Shown
from consult.demands.rules import can, require
from consult.matters.forms import RefusableForm
from consult.matters.queries import visible_matters
from plans.register.models import Plan
from plans.register.queries import carrying_choices, get_plan, latest_revision, titles_of
from stakeholders.files.serving import answer_file
from stakeholders.files.tables import Cell, TableKind, answer_table
from stakeholders.terms.columns import Offer, asked_order, columns
from stakeholders.terms.errors import Invalid, NotVisible

FOLDER = "consult/demands"
FORM_METHODS = ["GET", "HEAD", "POST"]
PAGE = 50
ORDERS = {
    "number": Offer(label=gettext_lazy("Number")),
    "title": Offer(label=gettext_lazy("Demand")),
    "kind": Offer(label=gettext_lazy("Kind of demand")),
    "theme": Offer(label=gettext_lazy("Theme")),
    "state": Offer(label=gettext_lazy("Sorted as")),
    "answer": Offer(label=gettext_lazy("Answer of the party"), is_sortable=False),
}


def _chosen(request: HttpRequest, plan: Plan) -> tuple[FilterForm, QuerySet[ListedDemand], str]:
    """The filter, the demands it leaves, and their order."""
    form = FilterForm(request.GET, units=queries.units_of(plan))
    order = asked_order(request.GET.get("sort", ""), ORDERS, default="number")
    rows = queries.visible_demands(actor=request.actor, plan=plan)
    return form, queries.filtered(rows, order=order, **form.chosen()), order


@require_safe
def demand_list(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    form, rows, order = _chosen(request, plan)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    code = request.actor.inside or ""
    doors = ("demands.ask", "demand.add", "demands.hand_in")
    context = {
        "plan": plan,
        "form": form,
        "page_obj": page,
        "rows": queries.shown(page.object_list),
        "titles": titles_of(latest_revision(plan)),
        "lists": queries.lists_of(plan),
        "call": queries.newest_call(plan),
        "working": queries.working_demands(plan=plan, code=code).count() if code else 0,
        "columns": columns(request.GET.urlencode(), ORDERS, order=order),
        "query": request.GET.urlencode(),
        "can": {act.replace(".", "_"): can(act, actor=request.actor, plan=plan) for act in doors},
    }
    return render(request, f"{FOLDER}/list.html", context)


@require_safe
def demand_table(request: HttpRequest, key: str, kind: TableKind) -> HttpResponseBase:
    """The list as it is filtered and sorted."""
    plan = get_plan(actor=request.actor, key=key)
    _form, rows, _order = _chosen(request, plan)
    headings = [
        _("Party"),
        _("Number"),
        _("Title (Chinese)"),
        _("Title (English)"),
        _("Text (Chinese)"),
        _("Text (English)"),
        _("Kind of demand"),
        _("Theme"),
        _("Sorted as"),
        _("Into"),
        _("Reason"),
        _("Answer of the party"),
    ]
    return answer_table(
        name=f"{plan.key}-demands",
        kind=kind,
        sheet=_("Lists of demands"),
        headings=headings,
        rows=_lines(queries.shown(rows)),
    )


def _lines(rows: list[Shown]) -> Iterator[list[Cell]]:
    for row in rows:
        one, sorting, said = row.demand, row.sorting, row.answer
        yield [
            str(one.jurisdiction),
            one.number,
            one.title_zh,
            one.title_en,
            one.text_zh,
            one.text_en,
            one.get_kind_display(),
            one.get_theme_display(),
            str(row.label),
            (sorting.matter.key if sorting.matter else "; ".join(sorting.items)) if sorting else "",
            sorting.reason if sorting else "",
            said.get_value_display() if said else "",
        ]


@require_safe
def detail(request: HttpRequest, key: str, code: str, number: int) -> HttpResponse:
    plan, found = _load(request, key, code, number)
    doors = ("demand.edit", "demand.remove", "demand.sort", "demand.answer")
    context = {
        "plan": plan,
        "row": queries.shown([found])[0],
        "sortings": queries.sortings_of(found),
        "titles": titles_of(latest_revision(plan)),
        "can": {
            act.partition(".")[2]: can(act, actor=request.actor, plan=plan, code=code)
            for act in doors
        },
    }
    return render(request, f"{FOLDER}/detail.html", context)


def _load(request: HttpRequest, key: str, code: str, number: int) -> tuple[Plan, ListedDemand]:
    plan = get_plan(actor=request.actor, key=key)
    return plan, queries.get_demand(actor=request.actor, plan=plan, code=code, number=number)


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _page(
    request: HttpRequest,
    plan: Plan,
    form: RefusableForm,
    *,
    title: str,
    run: Callable[[Any], object],
    demand: ListedDemand | None = None,
) -> HttpResponse:
    """One form: its page, or the act and back to the demand or the list."""
    back = reverse("demands:list", args=[plan.key])
    if demand is not None:
        back = reverse("demands:detail", args=[plan.key, demand.jurisdiction_id, demand.number])
    if request.method == "POST" and form.is_valid():
        try:
            made = run(form)
        except Invalid as error:
            form.show(error)
        else:
            messages.success(request, _("Done and put on record."))
            return redirect(back if made is not None else reverse("demands:list", args=[plan.key]))
    context = {"plan": plan, "form": form, "title": title, "demand": demand, "back": back}
    status = 422 if form.errors else 200
    return render(request, f"{FOLDER}/form.html", context, status=status)


@require_http_methods(FORM_METHODS)
def ask(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    require("demands.ask", actor=request.actor, plan=plan)
    return _page(
        request,
        plan,
        AskForm(_posted(request)),
        title=_("Ask for the lists of demands"),
        run=lambda form: actions.ask_demands(actor=request.actor, plan=plan, **form.cleaned_data),
    )


@require_http_methods(FORM_METHODS)
def add(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    require("demand.add", actor=request.actor, plan=plan)
    form = DemandForm(
        _posted(request), request.FILES or None, actor=request.actor, plan_key=plan.key
    )
    return _page(
        request,
        plan,
        form,
        title=_("Add a demand"),
        run=lambda form: actions.add_demand(actor=request.actor, plan=plan, entry=form.entry()),
    )


@require_http_methods(FORM_METHODS)
def edit(request: HttpRequest, key: str, code: str, number: int) -> HttpResponse:
    plan, found = _load(request, key, code, number)
    require("demand.edit", actor=request.actor, plan=plan, code=code)
    form = DemandForm(
        _posted(request),
        request.FILES or None,
        actor=request.actor,
        plan_key=plan.key,
        initial={name: getattr(found, name) for name in DemandForm.base_fields},
    )
    return _page(
        request,
        plan,
        form,
        title=_("Change a demand"),
        demand=found,
        run=lambda form: actions.edit_demand(
            actor=request.actor,
            plan=plan,
            demand=found,
            edits=form.cleaned_data["edits"] or 0,
            entry=form.entry(),
        ),
    )


@require_http_methods(FORM_METHODS)
def remove(request: HttpRequest, key: str, code: str, number: int) -> HttpResponse:
    plan, found = _load(request, key, code, number)
    require("demand.remove", actor=request.actor, plan=plan, code=code)
    return _page(
        request,
        plan,
        RemoveForm(_posted(request), initial={"edits": found.edits}),
        title=_("Remove a demand"),
        demand=found,
        run=lambda form: actions.remove_demand(
            actor=request.actor, plan=plan, demand=found, **form.cleaned_data
        ),
    )


@require_http_methods(FORM_METHODS)
def hand_in(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    require("demands.hand_in", actor=request.actor, plan=plan)
    return _page(
        request,
        plan,
        HandInForm(_posted(request)),
        title=_("Hand in the list of demands"),
        run=lambda form: actions.hand_in_demands(
            actor=request.actor, plan=plan, **form.cleaned_data
        ),
    )


@require_http_methods(FORM_METHODS)
def sort(request: HttpRequest, key: str, code: str, number: int) -> HttpResponse:
    plan, found = _load(request, key, code, number)
    require("demand.sort", actor=request.actor, plan=plan)
    present = queries.shown([found])[0].sorting
    initial: dict[str, object] = {"sorted_as": SortedAs.ITEMS.value}
    if present is not None:
        initial = {
            "sorted_as": present.sorted_as,
            "items": present.items,
            "matter": present.matter.key if present.matter else "",
            "reason": present.reason,
        }
    form = SortForm(
        _posted(request),
        initial=initial,
        items=carrying_choices(plan),
        matters=visible_matters(actor=request.actor, plan=plan),
    )
    return _page(
        request,
        plan,
        form,
        title=_("Sort the demand"),
        demand=found,
        run=lambda form: actions.sort_demand(
            actor=request.actor, plan=plan, demand=found, **form.sorting()
        ),
    )


@require_http_methods(FORM_METHODS)
def answer(request: HttpRequest, key: str, code: str, number: int) -> HttpResponse:
    plan, found = _load(request, key, code, number)
    require("demand.answer", actor=request.actor, plan=plan, code=code)
    present = queries.shown([found])[0].sorting
    if present is None:
        raise NotVisible
    return _page(
        request,
        plan,
        AnswerForm(_posted(request), initial={"sorting": present.pk}),
        title=_("Answer how the demand was sorted"),
        demand=found,
        run=lambda form: actions.answer_sorting(
            actor=request.actor, plan=plan, demand=found, **form.cleaned_data
        ),
    )


@require_safe
def evidence(request: HttpRequest, key: str, code: str, number: int) -> HttpResponseBase:
    _plan, found = _load(request, key, code, number)
    if found.evidence is None:
        raise NotVisible
    return answer_file(found.evidence, request=request)
