"""The dossier: its lines, filing, order, downloads, packages."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consult.approval.actions.dossier import arrange_dossier, file_dossier_paper
from consult.approval.dossier_files.packing import ARCHIVE, VOLUME
from consult.approval.dossier_files.pieces import archive_name, file_name, pieces_of
from consult.approval.dossier_papers.catalogue import catalogue_paper
from consult.approval.dossier_papers.writing import file_of, made_file
from consult.approval.forms.dossier import ArrangeForm, DossierPaperForm
from consult.approval.queries.arrangements import arranged_lines, newest_arrangement
from consult.approval.queries.dossier import Dossier, DossierLine, dossier_state
from consult.approval.queries.sight import require_dossier_sight
from consult.approval.rules import ACTS
from plans.register.models import Plan
from plans.register.queries import get_plan
from plans.register.rules import can, require
from stakeholders.files.enums import MEDIA_TYPES
from stakeholders.files.serving import answer_file, answer_made
from stakeholders.jobs.actions import start_job
from stakeholders.terms.errors import Conflict, Invalid, NotVisible

ANY = ["GET", "HEAD", "POST"]
JOB = "approval.dossier"
FOLDER = "consult/approval"


def _seen(request: HttpRequest, key: str) -> Plan:
    plan = get_plan(actor=request.actor, key=key)
    require_dossier_sight(actor=request.actor, plan=plan)
    return plan


@require_safe
def dossier(request: HttpRequest, key: str) -> HttpResponse:
    plan = _seen(request, key)
    context = {
        "plan": plan,
        "dossier": dossier_state(plan),
        "may_file": can("dossier.file", ACTS, actor=request.actor, plan=plan),
        "may_arrange": can("dossier.arrange", ACTS, actor=request.actor, plan=plan),
    }
    return render(request, f"{FOLDER}/dossier.html", context)


@require_http_methods(ANY)
def file_paper(request: HttpRequest, key: str, line: str) -> HttpResponse:
    plan = _seen(request, key)
    require("dossier.file", ACTS, actor=request.actor, plan=plan)
    found = _line(dossier_state(plan), line)
    form = DossierPaperForm(
        *((request.POST, request.FILES) if request.method == "POST" else (None, None)),
        actor=request.actor,
        plan_key=plan.key,
    )
    if request.method == "POST" and form.is_valid():
        try:
            file_dossier_paper(actor=request.actor, plan=plan, line=line, **form.values())
        except Invalid as error:
            form.show(error)
        else:
            messages.success(request, _("The paper was filed."))
            return redirect(found.url)
    context = {"plan": plan, "form": form, "line": found}
    status = 422 if form.errors else 200
    return render(request, f"{FOLDER}/dossier_paper.html", context, status=status)


@require_http_methods(ANY)
def arrange(request: HttpRequest, key: str) -> HttpResponse:
    plan = _seen(request, key)
    require("dossier.arrange", ACTS, actor=request.actor, plan=plan)
    newest = newest_arrangement(plan)
    form = ArrangeForm(
        request.POST if request.method == "POST" else None,
        lines=arranged_lines(plan.kind, newest),
        initial={"base": newest.pk if newest else 0},
    )
    if request.method == "POST" and form.is_valid():
        try:
            arrange_dossier(actor=request.actor, plan=plan, **form.values())
        except Invalid as error:
            form.show(error)
        except Conflict as error:
            form.add_error(None, str(error.text))
        else:
            messages.success(request, _("The dossier was arranged."))
            return redirect("approval:dossier", plan.key)
    context = {"plan": plan, "form": form, "newest": newest}
    status = 422 if form.errors else 200
    return render(request, f"{FOLDER}/dossier_arrange.html", context, status=status)


@require_safe
def made(request: HttpRequest, key: str, code: str, kind: str) -> HttpResponse:
    """A computed paper as a file, in the reader's language."""
    plan = _seen(request, key)
    state = dossier_state(plan)
    found = state.document(code)
    if found is None or kind not in found[1].kinds:
        raise NotVisible
    content = made_file(actor=request.actor, dossier=state, code=code, kind=kind)
    name = file_name(found[0].sign, found[1].name_zh, kind)
    return answer_made(content, name=name, media_type=MEDIA_TYPES[kind])


@require_safe
def kept(request: HttpRequest, key: str, pk: UUID) -> HttpResponseBase:
    """A file that belongs to the dossier, now or by an older filing."""
    state = dossier_state(_seen(request, key))
    files = [one.file for line in state.lines for one in line.documents]
    files += [one.file for line in state.lines for one in line.older]
    found = next((file for file in files if file is not None and file.pk == pk), None)
    if found is None:
        raise NotVisible
    return answer_file(found, request=request)


@require_safe
def catalogue(request: HttpRequest, key: str, kind: str) -> HttpResponse:
    state = dossier_state(_seen(request, key))
    if kind not in ("docx", "pdf"):
        raise NotVisible
    paper = catalogue_paper(state, pieces_of(state), faults={})
    name = file_name("00", "目录", kind)
    return answer_made(file_of(paper, kind), name=name, media_type=MEDIA_TYPES[kind])


@require_POST
def package(request: HttpRequest, key: str) -> HttpResponse:
    """Have a job pack the dossier as it stands; what is missing is said in it."""
    plan = _seen(request, key)
    form = request.POST.get("form", "")
    if form not in (ARCHIVE, VOLUME):
        raise NotVisible
    job = start_job(
        actor=request.actor,
        kind=JOB,
        arguments={"plan": plan.key, "form": form, "language": get_language() or "zh-hans"},
        title=format_lazy(
            gettext_lazy("Packing of the dossier: {name}"),
            name=archive_name(dossier_state(plan), form),
        ),
        url=reverse("approval:dossier", args=[plan.key]),
    )
    return redirect(job)


def _line(state: Dossier, key: str) -> DossierLine:
    found = state.line(key)
    if found is None:
        raise NotVisible
    return found
