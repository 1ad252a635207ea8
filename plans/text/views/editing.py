"""The editor of a provision: its form, what was typed and not saved, and two editors at once."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from plans.register.models import Plan
from plans.register.queries import get_plan
from plans.text import actions, queries
from plans.text.forms import (
    MoveForm,
    NewProvisionForm,
    ProvisionForm,
    initial_of,
    initial_of_typed,
    merged_in_words,
    typed_of,
    with_choices,
)
from plans.text.merging import TEXTS, Outcome, merge_wordings
from plans.text.models import Chapter, Provision
from plans.text.queries import changes_between
from plans.text.rules import note_holder, require_drafting
from plans.text.views.answers import back_to, show_errors
from plans.text.wording import Wording, wording_of
from stakeholders.terms.asked import asked_number
from stakeholders.terms.errors import Conflict, Invalid


@require_http_methods(["GET", "HEAD", "POST"])
def provision_add(request: HttpRequest, key: str, chapter: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    into = queries.get_chapter(plan, key=chapter)
    require_drafting("provision.add", actor=request.actor, plan=plan, chapter=into)
    units = queries.units(plan)
    if request.method != "POST":
        typed = queries.typed_in_chapter(into, actor=request.actor)
        form = NewProvisionForm(initial=initial_of_typed(typed) if typed else None, units=units)
        return _new_page(request, plan, into, form, typed=typed)
    form = NewProvisionForm(request.POST, units=units)
    if form.is_valid():
        try:
            made = actions.add_provision(
                actor=request.actor,
                plan=plan,
                chapter=chapter,
                wording=form.wording(),
                key=form.cleaned_data["key"],
            )
            return back_to(made)
        except Invalid as error:
            show_errors(form, error)
    return _new_page(request, plan, into, form)


@require_http_methods(["GET", "HEAD", "POST"])
def provision(request: HttpRequest, key: str, item: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    found = queries.get_provision(plan, key=item)
    require_drafting("provision.edit", actor=request.actor, plan=plan, chapter=found.chapter)
    units = queries.units(plan, extra=found.item.draft.concerned)
    if request.method != "POST":
        return _opened_page(request, plan, found, units)
    form = ProvisionForm(_chosen(request, found), units=units)
    if form.is_valid():
        try:
            saved = actions.edit_provision(
                actor=request.actor,
                plan=plan,
                key=item,
                edits=form.cleaned_data["edits"] or 0,
                wording=form.wording(),
            )
            return back_to(saved)
        except Invalid as error:
            show_errors(form, error)
        except Conflict as conflict:
            return _conflict_page(request, plan, found, conflict, form)
    return _provision_page(request, plan, found, form)


@require_POST
def provision_typed(request: HttpRequest, key: str, item: str) -> HttpResponse:
    """The editor as it stands, from time to time; what equals the draft is not kept."""
    plan = get_plan(actor=request.actor, key=key)
    found = queries.get_provision(plan, key=item)
    form = ProvisionForm(request.POST, units=queries.units(plan, extra=found.item.draft.concerned))
    wording = form.wording() if form.is_valid() else None
    edits = (form.cleaned_data.get("edits") if hasattr(form, "cleaned_data") else None) or 0
    try:
        row = actions.keep_typed_edit(
            actor=request.actor,
            plan=plan,
            key=item,
            edits=edits,
            fields=typed_of(form),
            wording=wording,
        )
    except Invalid as error:
        return _typed(request, error=error)
    return _typed(request, row=row)


@require_POST
def chapter_typed(request: HttpRequest, key: str, chapter: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    into = queries.get_chapter(plan, key=chapter)
    form = NewProvisionForm(request.POST, units=queries.units(plan))
    if form.is_valid() and queries.is_entered(into, wording=form.wording(), actor=request.actor):
        actions.discard_typed_provision(actor=request.actor, plan=plan, chapter=chapter)
        return _typed(request)
    try:
        row = actions.keep_typed_provision(
            actor=request.actor, plan=plan, chapter=chapter, fields=typed_of(form)
        )
    except Invalid as error:
        return _typed(request, error=error)
    return _typed(request, row=row)


@require_POST
def provision_discard(request: HttpRequest, key: str, item: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    actions.discard_typed_edit(actor=request.actor, plan=plan, key=item)
    return redirect("text:provision", key=key, item=item)


@require_POST
def chapter_discard(request: HttpRequest, key: str, chapter: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    actions.discard_typed_provision(actor=request.actor, plan=plan, chapter=chapter)
    return redirect("text:provision_add", key=key, chapter=chapter)


def _chosen(request: HttpRequest, found: Provision) -> Any:
    """What was sent, with theirs where the three-way page's sender chose theirs."""
    edits = asked_number(request.POST.get("edits", ""), default=-1)
    theirs = queries.save_at(found, edits=edits)
    return with_choices(request.POST, theirs=wording_of(theirs)) if theirs else request.POST


def _typed(request: HttpRequest, **context: Any) -> HttpResponse:
    status = 422 if "error" in context else 200
    if status == 422:
        context["error"] = " ".join(str(text) for text in context["error"].errors.values())
    return render(request, "plans/text/typed.html", context, status=status)


def _opened_page(
    request: HttpRequest, plan: Plan, found: Provision, units: Mapping[str, object]
) -> HttpResponse:
    """The draft in the form, or over it what the actor had typed and not saved."""
    draft = found.item.draft
    typed = queries.typed_in_provision(found, actor=request.actor)
    initial = initial_of_typed(typed) if typed else initial_of(wording_of(draft), edits=draft.edits)
    form = ProvisionForm(initial=initial, units=units)
    context = {"typed": typed, "is_stale": typed is not None and typed.edits != draft.edits}
    return _provision_page(request, plan, found, form, **context)


def _new_page(
    request: HttpRequest, plan: Plan, into: Chapter, form: NewProvisionForm, **context: Any
) -> HttpResponse:
    urls = {
        "typed_url": reverse("text:chapter_typed", args=[plan.key, into.key]),
        "discard_url": reverse("text:chapter_discard", args=[plan.key, into.key]),
    }
    context |= {"plan": plan, "chapter": into, "form": form, **urls}
    return render(request, "plans/text/provision.html", context, status=422 if form.errors else 200)


def _provision_page(
    request: HttpRequest, plan: Plan, found: Provision, form: ProvisionForm, **context: Any
) -> HttpResponse:
    holder = note_holder(actor=request.actor, plan=plan)
    move_form = MoveForm(
        chapters=list(queries.chapters_of(plan)),
        initial={"chapter": found.chapter.key, "position": found.position},
    )
    context |= {
        "edits": found.item.draft.edits,
        "move_form": move_form,
        "notes": queries.open_notes([found.item_id], holder=holder).get(found.item_id, 0),
        "number": queries.numbers_of(plan).get(found.item.key, ""),
        "claim": next((c.standing for c in queries.claims_of(plan) if c.item == found.item), None),
        **_editor(plan, found, form),
    }
    return render(request, "plans/text/provision.html", context, status=422 if form.errors else 200)


def _editor(plan: Plan, found: Provision, form: ProvisionForm) -> dict[str, object]:
    return {
        "plan": plan,
        "provision": found,
        "chapter": found.chapter,
        "form": form,
        "typed_url": reverse("text:provision_typed", args=[plan.key, found.item.key]),
        "discard_url": reverse("text:provision_discard", args=[plan.key, found.item.key]),
    }


def _conflict_page(
    request: HttpRequest, plan: Plan, found: Provision, conflict: Conflict, form: ProvisionForm
) -> HttpResponse:
    """What both began from, theirs and mine; the form holds both where they do not touch."""
    draft: Any = conflict.theirs  # the draft as it stands now
    theirs, mine = wording_of(draft), form.wording()
    save = queries.save_at(found, edits=form.cleaned_data["edits"] or 0)
    base: Wording = wording_of(save) if save else theirs
    proposed, rows = merge_wordings(base=base, theirs=theirs, mine=mine)
    units = queries.units(plan, extra=[*draft.concerned, *proposed.concerned])
    merged = ProvisionForm(initial=initial_of(proposed, edits=draft.edits), units=units)
    by_name = {
        side: {one.name: one.pieces for one in changes_between(base, now)}
        for side, now in (("theirs", theirs), ("mine", mine))
    }
    shown: list[dict[str, Any]] = [
        merged_in_words(merged, row)
        | {f"{side}_pieces": found_in.get(row.name) for side, found_in in by_name.items()}
        for row in rows
    ]
    context = {
        **_editor(plan, found, merged),
        "texts": [one for one in shown if one["name"] in TEXTS],
        "others": [one for one in shown if one["name"] not in TEXTS],
        "overlapping": [one for one in shown if one["row"].outcome is Outcome.OVERLAP],
        "their_mandate": queries.mandates_by_id([draft.edited_mandate_id]).get(
            draft.edited_mandate_id or 0
        ),
        "their_at": draft.edited_at,
        "has_base": save is not None,
        "theirs": theirs,
    }
    return render(request, "plans/text/conflict.html", context, status=409)
