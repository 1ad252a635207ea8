"""Chapters: opened, changed, moved, taken out."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from plans.register.queries import get_plan
from plans.register.rules import require
from plans.text import actions, queries
from plans.text.forms import ChapterEditForm, ChapterForm
from plans.text.rules import ACTS
from plans.text.views.answers import show_errors
from stakeholders.terms.asked import asked_number
from stakeholders.terms.errors import Invalid


@require_http_methods(["GET", "HEAD", "POST"])
def chapter_add(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    require("chapter.add", ACTS, actor=request.actor, plan=plan)
    form = ChapterForm(request.POST or None, parties=queries.units(plan))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_chapter(actor=request.actor, plan=plan, **form.cleaned_data)
            return _to(key, made.key)
        except Invalid as error:
            show_errors(form, error)
    context = {"plan": plan, "form": form}
    return render(request, "plans/text/chapter.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def chapter_edit(request: HttpRequest, key: str, chapter: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    require("chapter.edit", ACTS, actor=request.actor, plan=plan)
    found = queries.get_chapter(plan, key=chapter)
    form = ChapterEditForm(
        request.POST or None,
        parties=queries.units(plan, extra=found.drafting),
        initial={name: getattr(found, name) for name in ("title_zh", "title_en", "drafting")},
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_chapter(actor=request.actor, plan=plan, key=chapter, **form.cleaned_data)
            return _to(key, chapter)
        except Invalid as error:
            show_errors(form, error)
    count = queries.provisions_of(plan).filter(chapter=found).count()
    context = {"plan": plan, "form": form, "chapter": found, "count": count}
    return render(request, "plans/text/chapter.html", context, status=422 if form.errors else 200)


@require_POST
def chapter_move(request: HttpRequest, key: str, chapter: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    require("chapter.move", ACTS, actor=request.actor, plan=plan)
    found = queries.get_chapter(plan, key=chapter)
    step = {"up": -1, "down": 1}.get(request.POST.get("step", ""), 0)
    wanted = request.POST.get("position", "")
    position = asked_number(wanted, default=found.position + step)
    moved = actions.move_chapter(actor=request.actor, plan=plan, key=chapter, position=position)
    place = queries.get_chapter(plan, key=moved.key).position
    messages.success(request, _("The chapter is number %(number)s now.") % {"number": place})
    return _to(key, chapter)


@require_POST
def chapter_remove(request: HttpRequest, key: str, chapter: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    actions.remove_chapter(actor=request.actor, plan=plan, key=chapter)
    messages.success(request, _("The chapter is taken out."))
    return redirect("text:home", key=key)


def _to(key: str, chapter: str) -> HttpResponse:
    return redirect(f"{reverse('text:home', args=[key])}?chapter={chapter}")
