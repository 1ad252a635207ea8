"""Pages of the register across plans, its download, and the relations between jurisdictions."""

from collections.abc import Iterator

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from django.views.decorators.http import require_safe

from consult.matters import queries
from consult.matters.forms import RegisterForm, RelationsForm
from consult.matters.models import Matter
from consult.matters.queries import Listed
from plans.register.queries import visible_plans
from stakeholders.files.tables import Cell, TableKind, answer_table
from stakeholders.templatetags.in_language import in_language
from stakeholders.templatetags.moment import moment
from stakeholders.terms import clock
from stakeholders.terms.columns import Offer, asked_order, columns

PAGE = 50
ORDERS = {
    "key": Offer(label=gettext_lazy("Key")),
    "title": Offer(label=gettext_lazy("Matter")),
    "plan": Offer(label=gettext_lazy("Plan")),
    "theme": Offer(label=gettext_lazy("Theme")),
    "units": Offer(label=gettext_lazy("Jurisdictions"), is_sortable=False),
    "level": Offer(label=pgettext_lazy("matter", "Level")),
    "state": Offer(label=gettext_lazy("State")),
    "due": Offer(label=gettext_lazy("Due")),
    "result": Offer(label=pgettext_lazy("matter", "Result"), is_sortable=False),
}


def _chosen(request: HttpRequest) -> tuple[RegisterForm, QuerySet[Matter], str]:
    """The filter, the matters it leaves, and their order."""
    plans = visible_plans(actor=request.actor).order_by("key")
    form = RegisterForm(
        request.GET,
        plans=[(plan.key, in_language(plan, "short") or plan.key) for plan in plans],
        units=queries.units_of_register(actor=request.actor),
    )
    order = asked_order(request.GET.get("sort", ""), ORDERS, default="plan")
    rows = queries.register(actor=request.actor, asked=form.asked(), at=clock.now(), order=order)
    return form, rows, order


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    form, rows, order = _chosen(request)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page_obj": page,
        "rows": queries.listed(list(page.object_list)),
        "columns": columns(request.GET.urlencode(), ORDERS, order=order),
        "query": request.GET.urlencode(),
        "now": clock.now(),
    }
    return render(request, "consult/matters/register.html", context)


@require_safe
def register_table(request: HttpRequest, kind: TableKind) -> HttpResponseBase:
    """The register as it is filtered and sorted."""
    _form, rows, _order = _chosen(request)
    headings = [
        _("Key"),
        _("Plan"),
        _("Title (Chinese)"),
        _("Title (English)"),
        _("Theme"),
        _("Jurisdictions"),
        pgettext("matter", "Level"),
        _("State"),
        _("Due"),
        pgettext("matter", "Result"),
    ]
    return answer_table(
        name="matters",
        kind=kind,
        sheet=_("Register of matters"),
        headings=headings,
        rows=_lines(queries.listed(list(rows))),
    )


def _lines(rows: list[Listed]) -> Iterator[list[Cell]]:
    for row in rows:
        one = row.matter
        state = one.get_outcome_display() if one.outcome else _("Open")
        yield [
            one.key,
            one.plan.key if one.plan else _("Library of cross-border matters"),
            one.title_zh,
            one.title_en,
            one.get_theme_display(),
            "; ".join(str(unit) for unit in one.jurisdictions.all()),
            one.get_level_display() if one.plan else "",
            state if one.plan else "",
            moment(one.due_at) if one.due_at else "",
            in_language(row, "result"),
        ]


@require_safe
def relations(request: HttpRequest) -> HttpResponse:
    """What stands between each two jurisdictions."""
    form = RelationsForm(request.GET, units=queries.units_of_register(actor=request.actor))
    rows = queries.relations(actor=request.actor, code=form.code())
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {"page_obj": page, "form": form}
    return render(request, "consult/matters/relations.html", context)
