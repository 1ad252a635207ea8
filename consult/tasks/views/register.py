"""The list of tasks and its downloads."""

from collections.abc import Callable, Mapping
from datetime import date

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from consult.approval.dossier_papers.writing import file_of
from consult.tasks.forms.tasks import TaskFilterForm
from consult.tasks.papers import breakdown_paper, listed, state_words, table_headings, table_rows
from consult.tasks.queries import TaskState, own_first, tasks_of
from consult.tasks.rules import verdict_on
from plans.register.models import Plan
from plans.register.queries import get_plan, titles_of
from stakeholders.files.enums import MEDIA_TYPES
from stakeholders.files.serving import answer_made
from stakeholders.files.tables import TableKind, answer_table
from stakeholders.templatetags.in_language import in_language
from stakeholders.terms.columns import Offer, asked_order, columns
from stakeholders.terms.errors import NotVisible

PAGE = 50
PAPERS = ("docx", "pdf")
OWN = "own"
COLUMNS = {
    "number": Offer(label=gettext_lazy("No.")),
    "title": Offer(label=gettext_lazy("Task")),
    "item": Offer(label=gettext_lazy("Basis"), is_sortable=False),
    "owner": Offer(label=gettext_lazy("Lead unit")),
    "partners": Offer(label=gettext_lazy("Cooperating units"), is_sortable=False),
    "due": Offer(label=gettext_lazy("Until when")),
    "state": Offer(label=gettext_lazy("State")),
}
KEYS: Mapping[str, Callable[[TaskState], tuple[object, ...]]] = {
    "number": lambda row: (row.task.number,),
    "title": lambda row: (in_language(row.task, "title"), row.task.number),
    "owner": lambda row: (str(row.unit), row.task.number),
    "due": lambda row: (row.due_on or date.max, row.task.number),
    "state": lambda row: (state_words(row), row.due_on or date.max),
}


def _chosen(
    request: HttpRequest, plan: Plan
) -> tuple[TaskFilterForm, list[TaskState], str, dict[str, str]]:
    """The filter, the tasks it leaves in their order, that order, and the names of the items."""
    rows = tasks_of(actor=request.actor, plan=plan)
    titles = titles_of(plan.in_force)
    form = TaskFilterForm(request.GET, rows=rows, titles=titles)
    asked = request.GET.get("sort", "")
    order = asked_order(asked, COLUMNS, default=OWN)
    found = form.chosen(rows)
    if order == OWN:
        return form, own_first(found, actor=request.actor), order, titles
    key = KEYS[order.removeprefix("-")]
    found = sorted(found, key=key, reverse=order.startswith("-"))
    return form, found, order, titles


@require_safe
def register(request: HttpRequest, key: str) -> HttpResponse:
    """The tasks, those of the reader's unit first."""
    plan = get_plan(actor=request.actor, key=key)
    form, rows, order, titles = _chosen(request, plan)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "plan": plan,
        "form": form,
        "page_obj": page,
        "rows": [
            {
                "state": one,
                "words": state_words(one),
                "partners": listed(one.partners),
                "basis": titles.get(one.task.item.key, "") if one.task.item else "",
                "is_own": one.is_of(request.actor),
            }
            for one in page.object_list
        ],
        "columns": columns(request.GET.urlencode(), COLUMNS, order=order),
        "query": request.GET.urlencode(),
        "can_issue": bool(verdict_on("breakdown.issue", actor=request.actor, plan=plan, own=False)),
    }
    return render(request, "consult/tasks/register.html", context)


@require_safe
def table(request: HttpRequest, key: str, kind: str) -> HttpResponseBase:
    """The tasks as they are filtered and sorted: a spreadsheet, or the official table as a paper."""
    plan = get_plan(actor=request.actor, key=key)
    _form, rows, _order, titles = _chosen(request, plan)
    name = f"{plan.key}-tasks"
    if kind in TableKind.values:
        return answer_table(
            name=name,
            kind=TableKind(kind),
            sheet=_("Table of responsibilities"),
            headings=table_headings(),
            rows=table_rows(rows, titles),
        )
    if kind not in PAPERS:
        raise NotVisible
    content = file_of(breakdown_paper(plan, rows, titles), kind)
    return answer_made(content, name=f"{name}.{kind}", media_type=MEDIA_TYPES[kind])
