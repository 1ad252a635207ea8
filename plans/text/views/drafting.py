"""Pages of the working draft, and the differences of two revisions."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from plans.register.models import Plan
from plans.register.queries import get_plan
from plans.register.rules import can, require
from plans.text import actions, queries
from plans.text.forms import ChapterForm, MoveForm, NewProvisionForm, ProvisionForm, initial_of
from plans.text.models import Provision
from plans.text.rules import ACTS, editable_chapters, require_drafting, sees_draft
from plans.text.wording import wording_of
from stakeholders.terms.errors import Conflict, Invalid


@require_safe
def draft(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    if not sees_draft(actor=request.actor, plan=plan):
        return redirect("text:read", key=key)
    contents = queries.contents(plan)
    chapters = [chapter for chapter, _articles in contents]
    context = {
        "plan": plan,
        "contents": contents,
        "names": queries.units(plan, extra=queries.codes_in(contents)),
        "editable": editable_chapters(actor=request.actor, plan=plan, chapters=chapters),
        "may_add_chapter": can("chapter.add", ACTS, actor=request.actor, plan=plan),
    }
    return render(request, "plans/text/draft.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def chapter_add(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    require("chapter.add", ACTS, actor=request.actor, plan=plan)
    form = ChapterForm(request.POST or None, parties=queries.units(plan))
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_chapter(actor=request.actor, plan=plan, **form.cleaned_data)
            return redirect("text:home", key=key)
        except Invalid as error:
            _show(form, error)
    context = {"plan": plan, "form": form}
    return render(request, "plans/text/chapter.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def provision_add(request: HttpRequest, key: str, chapter: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    into = queries.get_chapter(plan, key=chapter)
    require_drafting("provision.add", actor=request.actor, plan=plan, chapter=into)
    form = NewProvisionForm(request.POST or None, units=queries.units(plan))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_provision(
                actor=request.actor,
                plan=plan,
                chapter=chapter,
                wording=form.wording(),
                key=form.cleaned_data["key"],
            )
            return _back(key, made)
        except Invalid as error:
            _show(form, error)
    context = {"plan": plan, "chapter": into, "form": form}
    return render(request, "plans/text/provision.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def provision(request: HttpRequest, key: str, item: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    found = queries.get_provision(plan, key=item)
    require_drafting("provision.edit", actor=request.actor, plan=plan, chapter=found.chapter)
    units = queries.units(plan, extra=found.item.draft.concerned)
    if request.method != "POST":
        initial = initial_of(wording_of(found.item.draft), edits=found.item.draft.edits)
        return _provision_page(request, plan, found, ProvisionForm(initial=initial, units=units))
    form = ProvisionForm(request.POST, units=units)
    if form.is_valid():
        try:
            saved = actions.edit_provision(
                actor=request.actor,
                plan=plan,
                key=item,
                edits=form.cleaned_data["edits"] or 0,
                wording=form.wording(),
            )
            return _back(key, saved)
        except Invalid as error:
            _show(form, error)
        except Conflict as conflict:
            return _conflict_page(request, plan, found, conflict, units)
    return _provision_page(request, plan, found, form)


@require_POST
def provision_remove(request: HttpRequest, key: str, item: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    edits = int(request.POST.get("edits") or 0)
    actions.remove_provision(actor=request.actor, plan=plan, key=item, edits=edits)
    messages.success(request, _("The provision is taken out of the next revision."))
    return redirect("text:home", key=key)


@require_POST
def provision_move(request: HttpRequest, key: str, item: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    form = MoveForm(request.POST, chapters=list(queries.chapters_of(plan)))
    if not form.is_valid():
        raise Invalid({name: str(texts[0]) for name, texts in form.errors.items()})
    moved = actions.move_provision(actor=request.actor, plan=plan, key=item, **form.cleaned_data)
    return _back(key, moved)


def _provision_page(
    request: HttpRequest, plan: Plan, found: Provision, form: ProvisionForm
) -> HttpResponse:
    chapters = list(queries.chapters_of(plan))
    context = {
        "plan": plan,
        "provision": found,
        "chapter": found.chapter,
        "edits": found.item.draft.edits,
        "form": form,
        "move_form": MoveForm(
            chapters=chapters,
            initial={"chapter": found.chapter.key, "position": found.position},
        ),
    }
    return render(request, "plans/text/provision.html", context, status=422 if form.errors else 200)


def _conflict_page(
    request: HttpRequest,
    plan: Plan,
    found: Provision,
    conflict: Conflict,
    units: Mapping[str, object],
) -> HttpResponse:
    """Theirs beside mine; sending the form again saves mine over theirs, knowingly."""
    theirs: Any = conflict.theirs  # the draft as it stands now
    posted = request.POST.copy()
    posted["edits"] = str(theirs.edits)
    context = {
        "plan": plan,
        "provision": found,
        "chapter": found.chapter,
        "theirs": wording_of(theirs),
        "conflict": conflict.text,
        "names": units,
        "form": ProvisionForm(posted, units=units),
    }
    return render(request, "plans/text/conflict.html", context, status=409)


def _show(form: Form, error: Invalid) -> None:
    for field, text in error.errors.items():
        form.add_error(field if field in form.fields else None, str(text))


def _back(key: str, found: Provision) -> HttpResponse:
    answer = redirect("text:home", key=key)
    answer["Location"] += f"#{found.item.key}"
    return answer
