"""The register as a list, its downloads, and the known projects a plan may take up."""

from collections.abc import Iterable, Iterator

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from plans.projects import queries
from plans.projects.forms import AskForm, KnownForm
from plans.projects.models import Project
from plans.projects.rules import can
from plans.projects.sheet import WHOLE
from plans.projects.views.doors import shown_parts
from plans.register.models import Plan
from plans.register.queries import get_plan
from stakeholders.files.tables import Cell, TableKind, answer_table
from stakeholders.templatetags.in_language import in_language
from stakeholders.terms import clock
from stakeholders.terms.columns import Offer, asked_order, columns

PAGE = 50
ORDERS = {
    "key": Offer(label=gettext_lazy("Number")),
    "name": Offer(label=gettext_lazy("Project")),
    "theme": Offer(label=gettext_lazy("Theme")),
    "lead": Offer(label=gettext_lazy("Lead unit")),
    "partners": Offer(label=gettext_lazy("Cooperating units"), is_sortable=False),
    "budget": Offer(label=gettext_lazy("Budget"), is_number=True),
    "years": Offer(label=gettext_lazy("Years")),
    "milestones": Offer(label=gettext_lazy("Milestones"), is_number=True),
}


def _chosen(request: HttpRequest, plan: Plan) -> tuple[AskForm, QuerySet[Project], str]:
    """The filter, the projects it leaves, and their order."""
    form = AskForm(
        request.GET,
        units=queries.units_of(actor=request.actor, plan=plan),
        provisions=queries.provisions_seen(actor=request.actor, plan=plan),
    )
    order = asked_order(request.GET.get("sort", ""), ORDERS, default="key")
    rows = queries.register(
        actor=request.actor,
        plan=plan,
        asked=form.asked(),
        year=timezone.localtime(clock.now()).year,
        order=order,
    )
    return form, rows, order


@require_safe
def project_list(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    form, rows, order = _chosen(request, plan)
    own = request.actor.jurisdiction_code
    query = request.GET.urlencode()
    context = {
        "plan": plan,
        "form": form,
        "page_obj": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "columns": columns(query, ORDERS, order=order),
        "query": query,
        "whole": WHOLE,
        "may_add": can("project.add", actor=request.actor, plan=plan, lead_code=own),
    }
    return render(request, "plans/projects/list.html", context)


@require_safe
def project_table(request: HttpRequest, key: str, kind: TableKind) -> HttpResponseBase:
    """The register as it is filtered and sorted: a row for each party of a project."""
    plan = get_plan(actor=request.actor, key=key)
    _form, rows, _order = _chosen(request, plan)
    headings = [
        _("Number"),
        _("Name (Chinese)"),
        _("Name (English)"),
        _("Theme"),
        _("From year"),
        _("Until year"),
        _("Budget (10,000 yuan)"),
        _("Milestones"),
        _("Sum of weights (%)"),
        _("Provisions carried out"),
        _("Joint body that leads"),
        _("Jurisdiction"),
        _("Part"),
        _("Share of cost (%)"),
        _("Share of benefit (%)"),
        _("Share of cost (10,000 yuan)"),
    ]
    return answer_table(
        name=f"projects-{plan.key}",
        kind=kind,
        sheet=_("Register of joint projects"),
        headings=headings,
        rows=_lines(rows.prefetch_related("provisions")),
    )


def _lines(projects: Iterable[Project]) -> Iterator[list[Cell]]:
    for one in projects:
        first: list[Cell] = [
            one.key,
            one.name_zh,
            one.name_en,
            one.get_theme_display(),
            one.year_from,
            one.year_until,
            one.budget,
            getattr(one, "steps", 0),
            getattr(one, "weighed", None),
            "; ".join(item.key for item in one.provisions.all()),
            in_language(one.lead_body, "name") if one.lead_body else "",
        ]
        for part in shown_parts(one):
            yield [
                *first,
                str(part.party.jurisdiction),
                part.party.get_role_display(),
                part.party.cost_share,
                part.party.benefit_share,
                part.cost,
            ]


@require_safe
def known_list(request: HttpRequest, key: str) -> HttpResponse:
    """The known projects, each with what the plan made of it."""
    plan = get_plan(actor=request.actor, key=key)
    form = KnownForm(request.GET, units=queries.units_of_known())
    page = Paginator(queries.known_projects(**form.asked()), PAGE).get_page(request.GET.get("page"))
    own = request.actor.jurisdiction_code
    context = {
        "plan": plan,
        "form": form,
        "page_obj": page,
        "rows": queries.known_in(actor=request.actor, plan=plan, projects=page.object_list),
        "may_add": can("project.add", actor=request.actor, plan=plan, lead_code=own),
    }
    return render(request, "plans/projects/known.html", context)
