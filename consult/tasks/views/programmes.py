"""Yearly programmes: the years, one year with its progress and downloads, the editor."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from consult.approval.dossier_papers.writing import file_of
from consult.tasks.actions.programmes import issue_programme
from consult.tasks.forms.tables import ProgrammeForm
from consult.tasks.papers import state_words, year_headings, year_paper, year_rows
from consult.tasks.queries import tasks_of
from consult.tasks.queries.programmes import (
    YearState,
    get_programme,
    is_line_late,
    programmes_of,
    proposed_for,
    year_state,
)
from consult.tasks.rules import require, verdict_on
from consult.tasks.views.tasks import ANY, refuse
from plans.register.models import Plan
from plans.register.queries import get_plan
from stakeholders.files.enums import MEDIA_TYPES
from stakeholders.files.serving import answer_made
from stakeholders.files.tables import TableKind, answer_table
from stakeholders.terms import clock
from stakeholders.terms.errors import Conflict, Invalid, NotVisible

PAPERS = ("docx", "pdf")


def _edition(request: HttpRequest) -> int | None:
    asked = request.GET.get("edition", "")
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else None


def _year(request: HttpRequest, plan: Plan, year: int) -> YearState:
    programme = get_programme(plan, year=year, edition=_edition(request))
    states = tasks_of(actor=request.actor, plan=plan)
    today = localtime(clock.now()).date()
    return year_state(actor=request.actor, programme=programme, states=states, today=today)


@require_safe
def index(request: HttpRequest, key: str) -> HttpResponse:
    """The years of the plan, each with its newest edition."""
    plan = get_plan(actor=request.actor, key=key)
    newest = {one.year: one for one in reversed(programmes_of(plan))}
    years = range(plan.horizon_from, plan.horizon_until + 1)
    can_issue = verdict_on("programme.issue", actor=request.actor, plan=plan, own=False)
    context = {
        "plan": plan,
        "rows": [{"year": year, "programme": newest.get(year)} for year in years],
        "can_issue": bool(can_issue),
    }
    return render(request, "consult/tasks/programmes.html", context)


@require_safe
def detail(request: HttpRequest, key: str, year: int) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    state = _year(request, plan, year)
    lines = [
        {
            "row": one,
            "words": state_words(one.state),
            "is_late": is_line_late(one, today=state.today),
        }
        for one in state.lines
    ]
    editions = [one for one in programmes_of(plan) if one.year == year]
    can_issue = verdict_on("programme.issue", actor=request.actor, plan=plan, own=False)
    context = {
        "plan": plan,
        "year": state,
        "lines": lines,
        "editions": editions,
        "query": request.GET.urlencode(),
        "can_issue": bool(can_issue),
    }
    return render(request, "consult/tasks/programme.html", context)


@require_safe
def table(request: HttpRequest, key: str, year: int, kind: str) -> HttpResponseBase:
    plan = get_plan(actor=request.actor, key=key)
    state = _year(request, plan, year)
    name = f"{plan.key}-programme-{year}-{state.programme.edition}"
    if kind in TableKind.values:
        return answer_table(
            name=name,
            kind=TableKind(kind),
            sheet=_("Programme of %(year)s") % {"year": year},
            headings=year_headings(),
            rows=year_rows(state),
        )
    if kind not in PAPERS:
        raise NotVisible
    content = file_of(year_paper(plan, state), kind)
    return answer_made(content, name=f"{name}.{kind}", media_type=MEDIA_TYPES[kind])


@require_http_methods(ANY)
def edit(request: HttpRequest, key: str, year: int) -> HttpResponse:
    """The tasks of a year: which stand in its programme, what of each, and until when."""
    plan = get_plan(actor=request.actor, key=key)
    require("programme.issue", actor=request.actor, plan=plan)
    if not plan.horizon_from <= year <= plan.horizon_until:
        raise NotVisible
    last = next((one for one in programmes_of(plan) if one.year == year), None)
    posted = request.POST if request.method == "POST" else None
    form = ProgrammeForm(
        posted,
        offered=proposed_for(actor=request.actor, plan=plan, year=year),
        edition=last.edition + 1 if last else 1,
    )
    if posted is not None and form.is_valid():
        data = form.cleaned_data
        try:
            issue_programme(
                actor=request.actor,
                plan=plan,
                year=year,
                edition=data["edition"],
                lines=form.lines(),
                reason=data.get("reason", ""),
            )
        except (Invalid, Conflict) as error:
            refuse(form, error)
        else:
            messages.success(request, _("The programme was issued."))
            return redirect("tasks:programme", key, year)
    context = {"plan": plan, "year": year, "last": last, "form": form}
    status = 422 if form.errors else 200
    return render(request, "consult/tasks/programme_edit.html", context, status=status)
