"""Who is late: the page, its piece that stays fresh, its download, and reminding by hand."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from consult.ballots.views import put_errors
from consult.desk import queries
from consult.desk.actions import Nudged, nudge
from consult.desk.late_forms import LateForm, NudgeForm, name_of
from consult.desk.queries import LateTable
from consult.desk.rules import require_oversight
from plans.register.models import Plan
from plans.register.queries import get_plan
from stakeholders.files.tables import Cell, TableKind, answer_table
from stakeholders.templatetags.moment import moment
from stakeholders.terms import clock
from stakeholders.terms.columns import Offer, columns
from stakeholders.terms.errors import Conflict, Invalid

FOLDER = "consult/desk"
UNIT = {"unit": Offer(label=gettext_lazy("Responsible"))}
SUMS = {
    "open": Offer(label=gettext_lazy("Open"), is_number=True),
    "overdue": Offer(label=gettext_lazy("Overdue"), is_number=True),
}
STEPS = {
    0: "",
    1: gettext_lazy("Escalated to contact points"),
    2: gettext_lazy("Escalated to contact points and signatories"),
    3: gettext_lazy("Escalated up to the level above"),
}


@dataclass(frozen=True, kw_only=True)
class Shown:
    """The table as the address asks for it."""

    plan: Plan
    form: LateForm
    table: LateTable
    query: str

    @property
    def etag(self) -> str:
        return self.table.etag(also=[get_language(), self.query])

    def context(self) -> dict[str, object]:
        order = self.form.asked().sort
        rows = [(name_of(row.standing), row) for row in self.table.rows]
        return {
            "plan": self.plan,
            "filter_form": self.form,
            "table": self.table,
            "rows": rows,
            "steps": STEPS,
            "query": self.query,
            "etag": self.etag,
            "unit_column": columns(self.query, UNIT, order=order)[0],
            "sum_columns": columns(self.query, SUMS, order=order),
            "is_one": bool(self.form.asked().unit),
        }


def _shown(request: HttpRequest, key: str) -> Shown:
    plan = get_plan(actor=request.actor, key=key)
    require_oversight(actor=request.actor, plan=plan)
    form = LateForm(request.GET)
    table = queries.late_table(plan=plan, actor=request.actor, now=clock.now(), asked=form.asked())
    form.offer(table)
    return Shown(plan=plan, form=form, table=table, query=request.GET.urlencode())


@require_safe
def late(request: HttpRequest, key: str) -> HttpResponse:
    context = {**_shown(request, key).context(), "form": NudgeForm()}
    return render(request, f"{FOLDER}/late.html", context)


@require_safe
@never_cache
def late_rows(request: HttpRequest, key: str) -> HttpResponse:
    """The table alone, for the page that stays open; 304 where nothing changed."""
    shown = _shown(request, key)
    unchanged = get_conditional_response(request, etag=shown.etag)
    if unchanged is not None:
        return unchanged
    response = render(request, f"{FOLDER}/late_rows.html", shown.context())
    response["ETag"] = shown.etag
    return response


@require_safe
def late_table(request: HttpRequest, key: str, kind: TableKind) -> HttpResponseBase:
    """The lines of the table as it is filtered and sorted."""
    shown = _shown(request, key)
    headings = [
        _("Code"),
        _("Responsible"),
        _("Part of the work"),
        _("Kind"),
        _("What is open"),
        _("Due"),
        _("Working days overdue"),
        _("Last reminded"),
        _("Escalation"),
    ]
    return answer_table(
        name=f"{shown.plan.key}-late",
        kind=kind,
        sheet=_("Who owes what"),
        headings=headings,
        rows=_lines(shown.table),
    )


def _lines(table: LateTable) -> Iterator[list[Cell]]:
    for row in table.rows:
        for one in row.lines:
            told = one.reminded
            yield [
                row.standing.code if row.standing.jurisdiction else "",
                str(name_of(row.standing)),
                str(one.line.group.label),
                str(one.kind),
                str(one.line.title),
                one.line.due_label,
                one.line.days_overdue,
                moment(told.last_at) if told else "",
                str(STEPS[told.step]) if told else "",
            ]


@require_POST
def remind(request: HttpRequest, key: str) -> HttpResponse:
    """Remind by hand, then back to the table as it was filtered."""
    form = NudgeForm(request.POST)
    plan = get_plan(actor=request.actor, key=key)
    status = 422
    if form.is_valid():
        try:
            done = nudge(actor=request.actor, plan=plan, **form.cleaned_data)
        except (Invalid, Conflict) as error:
            put_errors(form, error)
            status = 409 if isinstance(error, Conflict) else 422
        else:
            messages.success(request, _told(done))
            query = request.GET.urlencode()
            address = reverse("desk:late", args=[plan.key])
            return redirect(f"{address}?{query}" if query else address)
    context = {**_shown(request, key).context(), "form": form}
    return render(request, f"{FOLDER}/late.html", context, status=status)


def _told(done: Nudged) -> str:
    text = _("Reminder sent. Things reminded of: %(duties)s; people told: %(people)s.")
    return text % {"duties": done.duties, "people": done.people}
