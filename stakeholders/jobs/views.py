"""A person's own long work: the list, one job with its progress, cancel, the result."""

import uuid

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from stakeholders.jobs import actions
from stakeholders.jobs.forms import JobFilter
from stakeholders.jobs.queries import get_own_job, own_jobs
from stakeholders.jobs.rules import require_result
from stakeholders.terms.errors import NotVisible

PAGE_SIZE = 50
FOLDER = "stakeholders/jobs"


@require_safe
@never_cache
def listing(request: HttpRequest) -> HttpResponse:
    form = JobFilter(request.GET)
    rows = form.apply(own_jobs(actor=request.actor))
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page_obj": page, "form": form, "columns": form.columns()}
    return render(request, f"{FOLDER}/list.html", context)


@require_safe
@never_cache
def detail(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The page; asked by htmx, only the piece that changes, which stops asking at the end."""
    job = get_own_job(actor=request.actor, pk=pk)
    piece = "#state" if request.htmx and not request.htmx.boosted else ""
    return render(request, f"{FOLDER}/detail.html{piece}", {"job": job})


@require_POST
def cancel(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    job = actions.cancel_job(actor=request.actor, pk=pk)
    said = (
        _("The job stops after the step it is at.") if job.is_open else _("The job is cancelled.")
    )
    messages.success(request, said)
    return redirect(job)


@require_safe
def result(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The file a job made, served as every upload is, to who may still see what it holds."""
    job = get_own_job(actor=request.actor, pk=pk)
    if job.result_file is None:
        raise NotVisible
    require_result(actor=request.actor, job=job)
    serve = import_string(settings.JOBS["ANSWER_FILE"])
    answer: HttpResponse = serve(job.result_file, request=request)
    return answer
