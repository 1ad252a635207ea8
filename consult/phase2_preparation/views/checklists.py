"""The checklist of a plan's kind: what is there, what is missing, who says what about it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from consult.matters.forms import RefusableForm
from consult.phase2_preparation import rules
from consult.phase2_preparation.actions.checklists import (
    confirm_checklist_paper,
    file_checklist_paper,
    waive_checklist_paper,
)
from consult.phase2_preparation.checklists import PAPERS, By, Paper
from consult.phase2_preparation.forms.papers import ConfirmForm, PaperForm, WaiveForm
from consult.phase2_preparation.models import PaperEntry
from consult.phase2_preparation.queries import checklists as queries
from plans.register.models import Plan
from plans.register.queries import get_plan
from stakeholders.files.serving import answer_file
from stakeholders.terms.errors import Conflict, Invalid, NotVisible

ANY = ["GET", "HEAD", "POST"]


@require_safe
def checklist(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    given = rules.facts(actor=request.actor, plan=plan)
    lines = queries.checklist(plan)
    can_confirm = bool(rules.can("paper.confirm", given=given))
    context = {
        "plan": plan,
        "lines": lines,
        "missing": sum(line.blocks for line in lines),
        "can_file": rules.can("paper.file", given=given),
        "may_confirm": {
            line.paper.key
            for line in lines
            if can_confirm
            and line.standing is queries.Standing.WAITING
            and line.entry is not None
            and line.entry.mandate.jurisdiction_id != request.actor.jurisdiction_code
        },
    }
    return render(request, "consult/phase2_preparation/checklist.html", context)


@require_http_methods(ANY)
def file_paper(request: HttpRequest, key: str, paper: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    rules.require("paper.file", actor=request.actor, plan=plan)
    known = _paper(paper)
    form = PaperForm(
        *((request.POST, request.FILES) if request.method == "POST" else (None, None)),
        is_collective=known.is_collective,
        actor=request.actor,
        plan_key=plan.key,
    )
    if request.method == "POST" and form.is_valid():
        try:
            file_checklist_paper(actor=request.actor, plan=plan, paper=paper, **form.values())
        except Invalid as error:
            form.show(error)
        else:
            messages.success(request, _("The paper was filed."))
            return redirect("preparation:checklist", plan.key)
    return _page(request, plan, form, _("File a paper"), str(known.name))


@require_http_methods(ANY)
def waive_paper(request: HttpRequest, key: str, paper: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    rules.require("paper.waive", actor=request.actor, plan=plan)
    known = _paper(paper)
    form = WaiveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            waive_checklist_paper(actor=request.actor, plan=plan, paper=paper, **form.cleaned_data)
        except Invalid as error:
            form.show(error)
        else:
            messages.success(request, _("Another party is asked to confirm it."))
            return redirect("preparation:checklist", plan.key)
    return _page(request, plan, form, _("Not needed"), str(known.name))


@require_http_methods(ANY)
def confirm_paper(request: HttpRequest, key: str, entry: int) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    rules.require("paper.confirm", actor=request.actor, plan=plan)
    found = queries.get_entry(plan, pk=entry)
    if not found.is_waiver:
        raise NotVisible
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            confirm_checklist_paper(
                actor=request.actor, plan=plan, entry=found, **form.cleaned_data
            )
        except Invalid as error:
            form.show(error)
        except Conflict as error:
            form.add_error(None, str(error.text))
        else:
            messages.success(request, _("Your answer was put on record."))
            return redirect("preparation:checklist", plan.key)
    return _page(request, plan, form, _("Is this paper not needed?"), _lead(found))


@require_safe
def document(request: HttpRequest, key: str, entry: int) -> HttpResponseBase:
    plan = get_plan(actor=request.actor, key=key)
    return answer_file(queries.get_document(plan, pk=entry), request=request)


def _paper(key: str) -> Paper:
    found = PAPERS.get(key)
    if found is None or found.by is By.NEIGHBOURS:
        raise NotVisible
    return found


def _lead(entry: PaperEntry) -> str:
    return f"{PAPERS[entry.paper].name}: {entry.reason}"


def _page(
    request: HttpRequest, plan: Plan, form: RefusableForm, title: str, lead: str
) -> HttpResponse:
    context = {"plan": plan, "form": form, "title": title, "lead": lead}
    status = 422 if form.errors else 200
    return render(request, "consult/phase2_preparation/paper_form.html", context, status=status)
