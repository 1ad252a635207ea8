"""Downloads of the plan text: Word, PDF, Markdown. A large one is made by a job."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from plans.register.models import Plan, Revision
from plans.register.queries import get_plan, get_revision, latest_revision, revisions_of
from plans.text import queries
from plans.text.forms.export import DRAFT, ChoiceForm, ExportForm
from plans.text.rules import require_draft_sight, sees_draft
from plans.text.serving import answer, asked, start_file

FILE_METHODS = ["GET", "HEAD", "POST"]


@require_safe
def export(request: HttpRequest, key: str) -> HttpResponse:
    """The choices; a chosen file is one address that can be sent to others."""
    plan = get_plan(actor=request.actor, key=key)
    has_draft = sees_draft(actor=request.actor, plan=plan)
    latest = None if has_draft else latest_revision(plan)
    has_chapters = has_draft or latest is not None
    form = ExportForm(
        request.GET if "format" in request.GET else None,
        initial={"format": "docx", **request.GET.dict()},
        revisions=list(revisions_of(plan).defer("manifest")),
        in_force=plan.in_force.number if plan.in_force else None,
        has_draft=has_draft,
        chapters=queries.chapter_names(plan, revision=latest) if has_chapters else [],
        units=queries.units(plan),
    )
    if form.is_valid():
        return redirect(_address(plan, form))
    status = 422 if form.errors else 200
    context = {"plan": plan, "form": form, "has_source": bool(form.fields["source"].choices)}
    return render(request, "plans/text/export.html", context, status=status)


@require_http_methods(FILE_METHODS)
def draft_file(request: HttpRequest, key: str, kind: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    require_draft_sight(actor=request.actor, plan=plan)
    return _file(request, plan, None, kind)


@require_http_methods(FILE_METHODS)
def revision_file(request: HttpRequest, key: str, number: int, kind: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    revision = get_revision(plan, number=number)
    return _file(request, plan, revision, kind)


def _file(request: HttpRequest, plan: Plan, revision: Revision | None, kind: str) -> HttpResponse:
    """The file; of a large text a page that offers a job, which POST starts."""
    wanted = asked(plan, revision=revision, kind=kind, said=request.GET)
    if request.method == "POST":
        return redirect(start_file(actor=request.actor, wanted=wanted))
    if wanted.is_large:
        context = {"plan": plan, "wanted": wanted}
        return render(request, "plans/text/export_large.html", context)
    return answer(wanted)


def _address(plan: Plan, form: ExportForm) -> str:
    said = form.cleaned_data
    if said["source"] == DRAFT:
        url = reverse("text:export_draft", kwargs={"key": plan.key, "kind": said["format"]})
    else:
        given = {"key": plan.key, "number": int(said["source"]), "kind": said["format"]}
        url = reverse("text:export_revision", kwargs=given)
    chosen = {name: said[name] for name in ChoiceForm.base_fields if said.get(name)}
    chosen = {n: "on" if v is True else v for n, v in chosen.items() if v != "both"}
    return f"{url}?{urlencode(chosen)}" if chosen else url
