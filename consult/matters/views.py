"""Pages of the library of matters and of the matters of a plan."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from consult.matters import actions, queries, rules
from consult.matters.forms import (
    CloseForm,
    LibraryForm,
    NoteForm,
    OpenForm,
    RefusableForm,
    StandForm,
)
from consult.matters.models import Matter
from plans.register.models import Plan
from plans.register.queries import get_plan
from stakeholders.terms.errors import Invalid

PAGE = 50


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    form = LibraryForm(request.GET)
    page = Paginator(queries.catalogue(**form.chosen()), PAGE).get_page(request.GET.get("page"))
    return render(request, "consult/matters/library.html", {"form": form, "page_obj": page})


@require_safe
def catalogue_entry(request: HttpRequest, matter: str) -> HttpResponse:
    found = queries.get_library_matter(key=matter)
    return render(request, "consult/matters/entry.html", {"matter": found})


@require_safe
def matter_list(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    matters = queries.visible_matters(actor=request.actor, plan=plan)
    context = {
        "plan": plan,
        "matters": matters,
        "can_open": rules.can("matter.open", actor=request.actor, plan=plan),
    }
    return render(request, "consult/matters/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def open_matter(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    rules.require("matter.open", actor=request.actor, plan=plan)
    form = OpenForm(
        request.POST if request.method == "POST" else None, units=queries.party_units(plan=plan)
    )
    if request.method == "POST" and form.is_valid():
        try:
            matter = actions.open_matter(actor=request.actor, plan=plan, **form.values())
        except Invalid as error:
            form.show(error)
        else:
            messages.success(request, _("The matter was opened."))
            return redirect("matters:detail", plan.key, matter.key)
    context = {"plan": plan, "form": form, "title": _("Open a matter"), "guarded": True}
    return render(request, "consult/matters/form.html", context, status=_status(form))


@require_safe
def matter_detail(request: HttpRequest, key: str, matter: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    found = queries.get_matter(actor=request.actor, plan=plan, key=matter)
    acts = ("matter.stand", "matter.raise", "matter.close", "matter.reopen")
    context = {
        "plan": plan,
        "matter": found,
        "columns": queries.stands_of(found),
        "moves": queries.moves_of(found),
        "can": {
            act.partition(".")[2]: rules.can(act, actor=request.actor, plan=plan, matter=found)
            for act in acts
        },
        "is_highest": found.level == actions.LADDER[-1],
    }
    return render(request, "consult/matters/detail.html", context)


def _act(
    request: HttpRequest,
    key: str,
    matter: str,
    *,
    act: str,
    title: str,
    form: RefusableForm,
    run: Callable[[Plan, Matter, Any], object],
) -> HttpResponse:
    """One form on one matter: its page, or the act and back to the matter."""
    plan = get_plan(actor=request.actor, key=key)
    found = queries.get_matter(actor=request.actor, plan=plan, key=matter)
    rules.require(act, actor=request.actor, plan=plan, matter=found)
    if request.method == "POST" and form.is_valid():
        try:
            run(plan, found, form)
        except Invalid as error:
            form.show(error)
        else:
            messages.success(request, _("Done and put on record."))
            return redirect("matters:detail", plan.key, found.key)
    context = {"plan": plan, "matter": found, "form": form, "title": title}
    return render(request, "consult/matters/form.html", context, status=_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
def take_stand(request: HttpRequest, key: str, matter: str) -> HttpResponse:
    return _act(
        request,
        key,
        matter,
        act="matter.stand",
        title=_("Take a stand"),
        form=StandForm(request.POST if request.method == "POST" else None),
        run=lambda plan, found, form: actions.take_stand(
            actor=request.actor, plan=plan, matter=found, **form.values()
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def raise_matter(request: HttpRequest, key: str, matter: str) -> HttpResponse:
    return _act(
        request,
        key,
        matter,
        act="matter.raise",
        title=_("Raise to the next level"),
        form=NoteForm(request.POST if request.method == "POST" else None),
        run=lambda plan, found, form: actions.raise_matter(
            actor=request.actor, plan=plan, matter=found, **form.cleaned_data
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def close_matter(request: HttpRequest, key: str, matter: str) -> HttpResponse:
    return _act(
        request,
        key,
        matter,
        act="matter.close",
        title=_("Close the matter"),
        form=CloseForm(request.POST if request.method == "POST" else None),
        run=lambda plan, found, form: actions.close_matter(
            actor=request.actor, plan=plan, matter=found, **form.cleaned_data
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def reopen_matter(request: HttpRequest, key: str, matter: str) -> HttpResponse:
    return _act(
        request,
        key,
        matter,
        act="matter.reopen",
        title=_("Reopen the matter"),
        form=NoteForm(request.POST if request.method == "POST" else None),
        run=lambda plan, found, form: actions.reopen_matter(
            actor=request.actor, plan=plan, matter=found, **form.cleaned_data
        ),
    )


def _status(form: RefusableForm) -> int:
    return 422 if form.errors else 200
